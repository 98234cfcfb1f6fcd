"""One stroke of a round brush on a mask: painted at once, and taken back without a trace."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.patches import Patch, patch, tiles

NOWHERE: Final = Bounds(0, 0, 0, 0)
THIN: Final = 3.0  # px
SHORTEST_PIECE: Final = 64.0  # px


class Ink(Enum):
    """What a stroke does to the mask."""

    paint = "paint"
    erase = "erase"


@dataclass(frozen=True)
class Dab:
    """The brush at one point: (0.5, 0.5) is the middle of the first pixel."""

    x: float
    y: float
    size: float  # px, the diameter

    @property
    def radius(self) -> float:
        return self.size / 2

    def snapped(self) -> "Dab":
        """Return a thin dab moved to the middle of its pixel, where it is not a grey smear."""
        if self.size >= THIN:
            return self
        return Dab(math.floor(self.x) + 0.5, math.floor(self.y) + 0.5, self.size)


class Stroke:
    """Paints on `pixels` (H, W) uint8 in place; costs what the brush touches, not the mask."""

    def __init__(self, pixels: Pixels, ink: Ink) -> None:
        self._pixels = pixels
        self._whole = Bounds(0, 0, pixels.shape[1], pixels.shape[0])
        self._ink = ink
        self._before: dict[Bounds, Pixels] = {}
        self._bounds = NOWHERE
        self._last: Dab | None = None

    def extend(self, to: Dab) -> Bounds:
        """Draw a straight line from the last dab, or the first dab; return what was touched."""
        to = to.snapped()
        last, self._last = self._last or to, to
        touched = NOWHERE
        for start, end in _pieces(last, to):
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
        bounds = _around(start).union(_around(end)).intersection(self._whole)
        if bounds.is_empty:
            return NOWHERE
        self._remember(bounds)
        part = self._pixels[bounds.slices]
        cover = _swept(start, end, bounds)
        if self._ink is Ink.paint:
            np.maximum(part, cover, out=part)
        else:
            np.minimum(part, 255 - cover, out=part)
        return bounds

    def _remember(self, bounds: Bounds) -> None:
        for tile in tiles(bounds, self._whole):
            if tile not in self._before:
                self._before[tile] = self._pixels[tile.slices].copy()


def _pieces(start: Dab, end: Dab) -> Iterator[tuple[Dab, Dab]]:
    """Cut a long line, so that a diagonal does not cost the whole rectangle around it."""
    length = math.hypot(end.x - start.x, end.y - start.y)
    count = max(1, math.ceil(length / max(SHORTEST_PIECE, start.size, end.size)))
    for i in range(count):
        yield _between(start, end, i / count), _between(start, end, (i + 1) / count)


def _between(a: Dab, b: Dab, share: float) -> Dab:
    return Dab(
        a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share, a.size + (b.size - a.size) * share
    )


def _around(dab: Dab) -> Bounds:
    reach = dab.radius + 0.5  # the edge is one pixel soft
    x, y = math.floor(dab.x - reach), math.floor(dab.y - reach)
    return Bounds(x, y, math.ceil(dab.x + reach) - x, math.ceil(dab.y + reach) - y)


def _swept(start: Dab, end: Dab, bounds: Bounds) -> Pixels:
    """Return the coverage, 0..255, of all dabs on the way from `start` to `end`.

    The way has a distance from each pixel, so infinitely many dabs cost no more than one and
    there is no spacing that could leave gaps or scallops.
    """
    x = np.arange(bounds.x, bounds.right, dtype=np.float32) + np.float32(0.5 - start.x)
    y = np.arange(bounds.y, bounds.bottom, dtype=np.float32) + np.float32(0.5 - start.y)
    y = y[:, None]
    dx, dy = np.float32(end.x - start.x), np.float32(end.y - start.y)
    share = np.clip((x * dx + y * dy) / max(dx * dx + dy * dy, np.float32(1e-6)), 0, 1)
    off_x, off_y = x - share * dx, y - share * dy
    off_x *= off_x
    off_y *= off_y
    off_x += off_y
    edge = np.float32(start.radius + 0.5) + share * np.float32(end.radius - start.radius)
    edge -= np.sqrt(off_x, out=off_x)
    return np.asarray(np.clip(edge, 0, 1) * 255 + np.float32(0.5)).astype(np.uint8)
