"""One stroke of a round brush: painted at once, and taken back without a trace."""

from dataclasses import dataclass

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.blending import BLACK, Colour, Ink, Paint, painted
from t2i_studio.studio.patches import NOWHERE, Patch, patch, tiles
from t2i_studio.studio.sweep import Dab, around, coverage, pieces

__all__ = ["NOWHERE", "Brush", "Dab", "Ink", "Stroke"]


@dataclass(frozen=True)
class Brush:
    """What the brush does: `hardness`, `opacity` 0 to 1; the colour matters on layers only."""

    ink: Ink
    hardness: float = 1.0
    opacity: float = 1.0
    colour: Colour = BLACK

    @property
    def paint(self) -> Paint:
        return Paint(self.ink, self.colour, self.opacity)


class Stroke:
    """Paints on `pixels`, (H, W) or (H, W, 4), in place; costs what the brush touches.

    Its opacity is that of the whole stroke: where it crosses itself nothing builds up. So it
    keeps what it has covered, and what was there before, in tiles.
    """

    def __init__(self, pixels: Pixels, brush: Brush) -> None:
        self._pixels = pixels
        self._whole = Bounds(0, 0, pixels.shape[1], pixels.shape[0])
        self._brush = brush
        self._before: dict[Bounds, Pixels] = {}
        self._covered: dict[Bounds, Pixels] = {}
        self._bounds = NOWHERE
        self._last: Dab | None = None

    def extend(self, to: Dab) -> Bounds:
        """Draw a straight line from the last dab, or the first dab; return what was touched."""
        to = to.snapped()
        last, self._last = self._last or to, to
        touched = NOWHERE
        for start, end in pieces(last, to):
            touched = touched.union(self._draw(start, end))
        self._bounds = self._bounds.union(touched)
        return touched

    def abandon(self) -> Bounds:
        """Restore every pixel; return what was touched."""
        for tile, before in self._before.items():
            self._pixels[tile.slices] = before
        self._before.clear()
        return self._bounds

    def patches(self) -> tuple[Patch, ...]:
        """Return what the stroke has changed."""
        made = (
            patch(before ^ self._pixels[tile.slices], tile.x, tile.y)
            for tile, before in self._before.items()
        )
        return tuple(each for each in made if each is not None)

    def _draw(self, start: Dab, end: Dab) -> Bounds:
        bounds = around(start, end).intersection(self._whole)
        if bounds.is_empty:
            return NOWHERE
        cover = coverage(start, end, bounds, self._brush.hardness)
        for tile in tiles(bounds, self._whole):
            part = tile.intersection(bounds)
            self._paint(tile, part, cover[part.moved(-bounds.x, -bounds.y).slices])
        return bounds

    def _paint(self, tile: Bounds, part: Bounds, cover: Pixels) -> None:
        if tile not in self._before:
            self._before[tile] = self._pixels[tile.slices].copy()
            self._covered[tile] = np.zeros((tile.height, tile.width), np.uint8)
        inside = part.moved(-tile.x, -tile.y).slices
        covered = self._covered[tile][inside]
        np.maximum(covered, cover, out=covered)
        before = self._before[tile][inside]
        self._pixels[part.slices] = painted(before, covered, self._brush.paint)
