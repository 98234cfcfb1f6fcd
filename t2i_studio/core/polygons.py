"""How much of each pixel lies inside a polygon: exact areas, no samples."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Pixels

BLOCK: Final = 64  # rows whose sums stay in the processor's cache

Points = NDArray[np.float64]


def coverage(corners: Points, extent: Extent) -> Pixels:
    """Return 0..255 for each pixel of `extent`; `corners`: (N, 2) of a closed line, x and y.

    Sums signed areas along rows, as font rasterisers do: every piece of the line adds its height
    to all pixels on its right, and a share of it to the pixel that it crosses. The sum is the
    winding number; other than 0 is inside.
    """
    x, y, height, share = _pieces(corners, extent)
    result = np.empty((extent.height, extent.width), np.uint8)
    stride = extent.width + 1
    for top in range(0, extent.height, BLOCK):
        rows = min(BLOCK, extent.height - top)
        start, end = np.searchsorted(y, (top, top + rows))
        here = (y[start:end] - top) * stride + x[start:end]
        size = rows * stride + 1
        sums = np.bincount(here, height[start:end] * share[start:end], size)
        sums += np.bincount(here + 1, height[start:end] * (1 - share[start:end]), size)
        winding = np.cumsum(sums[:-1].reshape(rows, stride), axis=1)[:, :-1]
        result[top : top + rows] = np.rint(255 * np.minimum(np.abs(winding), 1))
    return result


def _pieces(
    corners: Points, extent: Extent
) -> tuple[NDArray[np.int64], NDArray[np.int64], Points, Points]:
    """Cut the line at every border between pixels; return the pieces, sorted by row.

    Of each: column, row, signed height, and the share of its pixel on its right. What lies left
    of the picture counts in the first column, what lies right of it in one more, unseen.
    """
    start, end = corners, np.roll(corners, -1, axis=0)
    line = np.arange(len(corners))
    cuts = [(line, np.zeros(len(line))), (line, np.ones(len(line)))]
    cuts += [_crossings(start[:, k], end[:, k], (extent.width, extent.height)[k]) for k in (0, 1)]
    lines, at = (np.concatenate(each) for each in zip(*cuts, strict=True))
    order = np.lexsort((at, lines))
    lines, at = lines[order], at[order]
    points = start[lines] + at[:, None] * (end - start)[lines]
    is_joint = lines[1:] == lines[:-1]
    one, other = points[:-1][is_joint], points[1:][is_joint]
    middle = (one + other) / 2
    height = np.clip(other[:, 1], 0, extent.height) - np.clip(one[:, 1], 0, extent.height)
    inside = np.clip(middle[:, 0], 0, extent.width)
    column = np.minimum(inside.astype(np.int64), extent.width)
    row = np.clip(middle[:, 1], 0, extent.height - 1).astype(np.int64)
    order = np.argsort(row, kind="stable")
    share = 1 - (inside - column)
    return column[order], row[order], height[order], share[order]


def _crossings(start: Points, end: Points, size: int) -> tuple[NDArray[np.int64], Points]:
    """Return where lines cross whole coordinates from 0 to `size`: which line, and 0..1 of it."""
    low, high = np.minimum(start, end), np.maximum(start, end)
    first = np.clip(np.ceil(low), 0, size + 1)
    counts = (np.clip(np.floor(high), -1, size) - first + 1).clip(0).astype(np.int64)
    lines = np.repeat(np.arange(len(start)), counts)
    steps = np.arange(len(lines)) - np.repeat(np.cumsum(counts) - counts, counts)
    whole = first[lines] + steps
    reach = end[lines] - start[lines]
    return lines, np.divide(whole - start[lines], reach, out=np.zeros_like(whole), where=reach != 0)
