"""Selections and masks as arrays: grow, shrink, feather, shapes, flood fill, files.

All arrays are (H, W) uint8, 255 = repaint or fully covered; nothing is changed in place. A pixel
covers [x, x + 1) x [y, y + 1).
"""

import io
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import PIL.Image
import PIL.ImageFilter
from numpy.typing import NDArray

from t2i_studio.core.flood import connected, similar
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.pictures import read_mask
from t2i_studio.core.polygons import coverage

MOST: Final = 256  # px that a mask grows, shrinks or softens by
TILE: Final = 256  # px, at least; what fits into the processor's cache

Point = tuple[float, float]


class Cover(NamedTuple):
    """How much of each pixel a shape covers, inside `at`; empty where it misses the picture."""

    pixels: Pixels
    at: Bounds


NOTHING: Final = Cover(np.zeros((0, 0), np.uint8), Bounds(0, 0, 0, 0))


def grow(mask: Pixels, radius: int) -> Pixels:
    """Spread every value to all pixels within `radius` px (Euclidean): 0..256."""
    radius = _checked(radius)
    return _near_borders(mask, radius, lambda part: _dilated(part, radius))


def shrink(mask: Pixels, radius: int) -> Pixels:
    """Take `radius` px (Euclidean) off every border: 0..256; the picture's own border is none."""
    return 255 - grow(255 - mask, radius)


def feather(mask: Pixels, radius: int) -> Pixels:
    """Soften borders over `radius` px to both sides, like a Gaussian of half that deviation."""
    blur = PIL.ImageFilter.GaussianBlur(_checked(radius) / 2)

    def soften(part: Pixels) -> Pixels:
        return np.asarray(PIL.Image.fromarray(part).filter(blur))

    return _near_borders(mask, 2 * radius + 2, soften)  # beyond it the blur is 0


def rectangle(extent: Extent, x0: float, y0: float, x1: float, y1: float) -> Cover:
    """Cover the rectangle between two opposite corners."""
    (x0, x1), (y0, y1) = sorted((x0, x1)), sorted((y0, y1))
    at = _around(extent, x0, y0, x1, y1)
    columns, rows = _shares(x0, x1, at.x, at.right), _shares(y0, y1, at.y, at.bottom)
    return Cover(np.rint(255 * rows[:, None] * columns).astype(np.uint8), at)


def polygon(extent: Extent, points: Sequence[Point]) -> Cover:
    """Cover the inside of a closed line, also where it winds around twice."""
    corners = np.asarray(points, np.float64).reshape(-1, 2)
    if len(corners) < 3:
        return NOTHING
    at = _around(extent, *corners.min(axis=0), *corners.max(axis=0))
    return Cover(coverage(corners - (at.x, at.y), at.extent), at)


def flood(pixels: Pixels, at: tuple[int, int], tolerance: int, *, contiguous: bool = True) -> Cover:
    """Cover what looks like the pixel `at` (x, y) and, if `contiguous`, hangs together with it.

    `pixels`: (H, W, 3) or, with straight alpha, (H, W, 4). `tolerance`, 0..255, is the largest
    difference of a channel. Nothing is covered if the point lies outside.
    """
    x, y = at
    extent = Extent(pixels.shape[1], pixels.shape[0])
    if not (0 <= x < extent.width and 0 <= y < extent.height):
        return NOTHING
    alike = similar(pixels, pixels[y, x], tolerance)
    if contiguous:
        alike = connected(alike, x, y)
    return Cover(255 * alike.view(np.uint8), Bounds.at_origin(extent))


def read_mask_file(path: Path, extent: Extent) -> tuple[Mask, Extent]:
    """Read a mask, scaled to `extent`, and the size that it has in the file.

    White = repaint; in a picture with transparency, transparent = repaint. Raises UserError.
    """
    mask = read_mask(path)
    return mask.resized(extent), mask.extent


def mask_of(pixels: Pixels) -> Mask:
    """Take a picture, (H, W, 4), as a mask, in the same way as one from a file."""
    opacity = Mask(pixels[..., 3])
    if opacity.pixels.min() < 255:
        return opacity.inverted()
    return Mask.from_pil(PIL.Image.fromarray(pixels))


def alpha_png(picture: Image, mask: Mask) -> bytes:
    """Write the picture, transparent where it is to be repainted (DALL·E 2's edit interface)."""
    if mask.extent != picture.extent:
        raise ValueError(f"A mask of {mask.extent} for a picture of {picture.extent}.")
    opacity = PIL.Image.fromarray(255 - mask.pixels)
    open_picture = picture.to_pil()
    open_picture.putalpha(opacity)
    buffer = io.BytesIO()
    open_picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _checked(radius: int) -> int:
    if not 0 <= radius <= MOST:
        raise ValueError(f"a radius of {radius} px, not 0..{MOST}")
    return radius


def _near_borders(mask: Pixels, reach: int, change: Callable[[Pixels], Pixels]) -> Pixels:
    """Apply what depends on values up to `reach` px away, but not where all those are the same.

    A mask is mostly plain: the cost is that of its borders.
    """
    result = mask.copy()
    whole = Bounds(0, 0, mask.shape[1], mask.shape[0])
    for tile in _tiles(whole, max(TILE, 2 * reach)):
        around = tile.padded(reach).intersection(whole)
        part = mask[around.slices]
        if part.min() != part.max():
            inner = tile.moved(-around.x, -around.y)
            result[tile.slices] = change(part)[inner.slices]
    return result


def _tiles(whole: Bounds, side: int) -> Iterator[Bounds]:
    for y in range(0, whole.height, side):
        for x in range(0, whole.width, side):
            yield Bounds(x, y, side, side).intersection(whole)


def _dilated(part: Pixels, radius: int) -> Pixels:
    """Return the largest value in the disc around each pixel.

    A disc is a stack of rows: the highest values along rows are widened from the disc's top to
    its middle, and each width is laid over the rows above and below.
    """
    result, along, half = part.copy(), part, 0
    for dy in range(min(radius, len(part) - 1), -1, -1):
        wider = math.isqrt(radius**2 - dy**2)
        along, half = _widened(along, half, wider), wider
        np.maximum(result[dy:], along[: len(part) - dy], out=result[dy:])
        np.maximum(result[: len(part) - dy], along[dy:], out=result[: len(part) - dy])
    return result


def _widened(highest: Pixels, half: int, wider: int) -> Pixels:
    """Return the highest within `wider` px of each column, from those within `half`."""
    while half < wider:
        step = min(wider - half, half + 1)  # more would miss what lies near the first column
        before, highest = highest, highest.copy()
        np.maximum(highest[:, step:], before[:, :-step], out=highest[:, step:])
        np.maximum(highest[:, :-step], before[:, step:], out=highest[:, :-step])
        half += step
    return highest


def _around(extent: Extent, x0: float, y0: float, x1: float, y1: float) -> Bounds:
    """Return the whole pixels between two corners that lie in the picture."""
    left, top = math.floor(x0), math.floor(y0)
    box = Bounds(left, top, math.ceil(x1) - left, math.ceil(y1) - top)
    return box.intersection(Bounds.at_origin(extent))


def _shares(start: float, end: float, first: int, last: int) -> NDArray[np.float64]:
    """Return how much of each pixel from `first` to `last` lies between `start` and `end`."""
    edges = np.clip(np.arange(first, last + 1, dtype=np.float64), start, end)
    return np.diff(edges)
