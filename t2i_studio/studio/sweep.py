"""Where a round brush on its way from one point to another covers the pixels, and how much."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels

Field = NDArray[np.float32]

THIN: Final = 3.0  # px
SHORTEST_PIECE: Final = 64.0  # px


@dataclass(frozen=True)
class Dab:
    """The brush at one point: (0.5, 0.5) is the middle of the first pixel."""

    x: float
    y: float
    size: float  # px, the diameter
    flow: float = 1.0  # how much it covers, 0 to 1

    @property
    def radius(self) -> float:
        return self.size / 2

    def snapped(self) -> "Dab":
        """Return a thin dab moved to the middle of its pixel, where it is not a grey smear."""
        if self.size >= THIN:
            return self
        return Dab(math.floor(self.x) + 0.5, math.floor(self.y) + 0.5, self.size, self.flow)


def pieces(start: Dab, end: Dab) -> Iterator[tuple[Dab, Dab]]:
    """Cut a long line, so that a diagonal does not cost the whole rectangle around it."""
    length = math.hypot(end.x - start.x, end.y - start.y)
    count = max(1, math.ceil(length / max(SHORTEST_PIECE, start.size, end.size)))
    for i in range(count):
        yield _between(start, end, i / count), _between(start, end, (i + 1) / count)


def around(start: Dab, end: Dab) -> Bounds:
    """Return the pixels that a brush may touch on its way."""
    return _around(start).union(_around(end))


def coverage(start: Dab, end: Dab, bounds: Bounds, hardness: float) -> Pixels:
    """Return how much all dabs on the way cover the pixels of `bounds`: (H, W), 0 to 255.

    The way has a distance from each pixel, so infinitely many dabs cost no more than one and
    there is no spacing that could leave gaps or scallops. A hard brush has an edge of one pixel;
    a soft one falls off from `hardness` of its radius to the edge.
    """
    share, distance = _nearest(start, end, bounds)
    rim = _mixed(start.radius + 0.5, end.radius + 0.5, share)
    inside = rim - distance
    if hardness < 1:
        inside = _softened(inside, rim, hardness)
    covered = np.clip(inside, 0, 1)
    if min(start.flow, end.flow) < 1:
        covered *= _mixed(start.flow, end.flow, share)
    return np.asarray(covered * 255 + np.float32(0.5)).astype(np.uint8)


def _nearest(start: Dab, end: Dab, bounds: Bounds) -> tuple[Field, Field]:
    """Return which share of the way is nearest to each pixel, and how far away that is."""
    x = np.arange(bounds.x, bounds.right, dtype=np.float32) + np.float32(0.5 - start.x)
    y = np.arange(bounds.y, bounds.bottom, dtype=np.float32) + np.float32(0.5 - start.y)
    y = y[:, None]
    dx, dy = np.float32(end.x - start.x), np.float32(end.y - start.y)
    if dx == dy == 0:
        return np.zeros((), np.float32), np.asarray(np.sqrt(x * x + y * y))
    along = (x * dx + y * dy) / max(dx * dx + dy * dy, np.float32(1e-6))
    share = np.asarray(np.clip(along, 0, 1), np.float32)
    off_x, off_y = x - share * dx, y - share * dy
    off_x *= off_x
    off_y *= off_y
    off_x += off_y
    return share, np.sqrt(off_x, out=off_x)


def _mixed(start: float, end: float, share: Field) -> Field | np.float32:
    if start == end:
        return np.float32(start)
    return np.asarray(np.float32(start) + share * np.float32(end - start))


def _softened(inside: Field, rim: Field | np.float32, hardness: float) -> Field:
    """Rise from the edge to 1 by the smoothstep 3t² - 2t³, which shows no ring."""
    width = 1 + np.float32(1 - hardness) * np.maximum(rim - 1, 0)
    t = np.clip(inside / width, 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def _between(a: Dab, b: Dab, share: float) -> Dab:
    return Dab(
        a.x + (b.x - a.x) * share,
        a.y + (b.y - a.y) * share,
        a.size + (b.size - a.size) * share,
        a.flow + (b.flow - a.flow) * share,
    )


def _around(dab: Dab) -> Bounds:
    reach = dab.radius + 0.5  # the edge is one pixel soft
    x, y = math.floor(dab.x - reach), math.floor(dab.y - reach)
    return Bounds(x, y, math.ceil(dab.x + reach) - x, math.ceil(dab.y + reach) - y)
