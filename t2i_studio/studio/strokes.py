"""One stroke of a round brush: painted at once, and taken back without a trace."""

from dataclasses import dataclass

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.blending import BLACK, Colour, Ink, Paint, painted
from t2i_studio.studio.patches import NOWHERE, Patch, box_of, patch, tiles
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


class _Tile:
    """A part of what is painted on: as it was before, and what the stroke has covered of it."""

    def __init__(self, pixels: Pixels) -> None:
        self.before = pixels.copy()
        self.covered = np.zeros(pixels.shape[:2], np.uint8)
        self.is_full = False  # no dab can change it any more


class Stroke:
    """Paints on `pixels`, (H, W) or (H, W, 4), in place; costs what the brush touches.

    Its opacity is that of the whole stroke: where it crosses itself nothing builds up. So it
    keeps what it has covered, and paints that anew on what was there before.
    """

    def __init__(self, pixels: Pixels, brush: Brush) -> None:
        self._pixels = pixels
        self._whole = Bounds(0, 0, pixels.shape[1], pixels.shape[0])
        self.brush = brush
        self._tiles: dict[Bounds, _Tile] = {}
        self._bounds = NOWHERE
        self._last: Dab | None = None

    def extend(self, to: Dab) -> Bounds:
        """Draw a straight line from the last dab, or the first dab; return what was touched."""
        to = to.snapped()
        last, self._last = self._last or to, to
        touched = NOWHERE
        for start, end in pieces(last, to):
            for tile in tiles(around(start, end).intersection(self._whole), self._whole):
                touched = touched.union(self._draw(start, end, tile))
        self._bounds = self._bounds.union(touched)
        return touched

    def abandon(self) -> Bounds:
        """Restore every pixel; return what was touched."""
        for bounds, tile in self._tiles.items():
            self._pixels[bounds.slices] = tile.before
        self._tiles.clear()
        return self._bounds

    def patches(self) -> tuple[Patch, ...]:
        """Return what the stroke has changed."""
        made = (
            patch(tile.before ^ self._pixels[bounds.slices], bounds.x, bounds.y)
            for bounds, tile in self._tiles.items()
        )
        return tuple(each for each in made if each is not None)

    def _draw(self, start: Dab, end: Dab, bounds: Bounds) -> Bounds:
        """Paint what of a tile is covered more than before."""
        if bounds not in self._tiles:
            self._tiles[bounds] = _Tile(self._pixels[bounds.slices])
        tile = self._tiles[bounds]
        if tile.is_full:
            return NOWHERE
        part = around(start, end).intersection(bounds)
        cover = coverage(start, end, part, self.brush.hardness)
        covered = tile.covered[part.moved(-bounds.x, -bounds.y).slices]
        box = box_of(cover > covered)
        if box.is_empty:
            return NOWHERE
        np.maximum(covered, cover, out=covered)
        tile.is_full = bool(tile.covered.min() == 255)
        part = box.moved(part.x, part.y)
        inside = part.moved(-bounds.x, -bounds.y).slices
        self._pixels[part.slices] = painted(
            tile.before[inside], tile.covered[inside], self.brush.paint
        )
        return part
