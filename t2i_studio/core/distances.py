"""Euclidean distances of pixels to the border of a region, exact and quick where they are short."""

import numpy as np
from numpy.typing import NDArray

Squares = NDArray[np.unsignedinteger]  # uint16 where it holds them, else uint32

BLOCK = 32  # rows whose distances stay in the processor's cache while they are compared


def squared_depths(inside: NDArray[np.bool_], limit: int) -> Squares:
    """Return each pixel's squared Euclidean distance to the nearest one outside, up to limit**2.

    It separates into the axes: along columns first, then across them (Felzenszwalb and
    Huttenlocher 2012, section 3); beyond the array nothing counts as outside.
    """
    if inside.shape[0] > inside.shape[1]:  # the loop over rows is the slow one
        return squared_depths(inside.T, limit).T
    squared = np.minimum(_steps_down(inside, limit), _steps_down(inside[::-1], limit)[::-1]) ** 2
    for top in range(0, len(squared), BLOCK):
        block = squared[top : top + BLOCK]
        if block.max() > 0 and block.min() < limit**2:
            _spread(block, limit)
    return squared


def _steps_down(inside: NDArray[np.bool_], limit: int) -> Squares:
    """Count the pixels from the nearest one outside above to each, up to `limit`."""
    dtype = np.uint16 if 2 * limit**2 < 2**16 else np.uint32  # holds the sum of two squares
    counts = np.empty(inside.shape, dtype)
    last = np.full(inside.shape[1], limit, dtype)
    for row, is_inside in zip(counts, inside, strict=True):
        last = np.minimum(last + 1, limit, out=row)
        row *= is_inside
    return counts


def _spread(along: Squares, limit: int) -> None:
    """Bring squared distances along columns to those in all directions, in place."""
    start = along.copy()
    shifted = np.empty_like(along)
    for dx in range(1, min(limit, along.shape[1])):
        np.add(start, dx * dx, out=shifted)
        np.minimum(along[:, dx:], shifted[:, :-dx], out=along[:, dx:])
        np.minimum(along[:, :-dx], shifted[:, dx:], out=along[:, :-dx])
