"""Smooth surfaces through values that are known in some places: pyramids of cells of pixels."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import PIL.Image
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SWEEPS: Final = 2  # of relaxation at each level
TINY: Final = 1e-9  # keeps what weighs nothing from being divided by nothing


def cells_of(values: Floats, weights: Floats, size: int) -> tuple[Floats, Floats]:
    """Return weighted means over cells of `size` x `size` pixels, and the cells' mean weights.

    values: (H, W, C); weights: (H, W). Cells at the lower and the right border may be cut off: what
    is missing of them weighs nothing. Returns (h, w, C), (h, w).
    """
    weighted = _summed(values * weights[..., None], size)
    total = _summed(weights[..., None], size)
    return _mean(weighted, total), np.divide(total[..., 0], size**2)


def around(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return the weighted mean over each cell and its eight neighbours, and their summed weight."""
    weighted = _with_neighbours(values * weights[..., None])
    total = _with_neighbours(weights[..., None])
    return _mean(weighted, total), total[..., 0]


def enlarged(values: Floats, shape: Sequence[int]) -> Floats:
    """Interpolate (h, w, C) bilinearly to (H, W, C); `shape` begins with H, W."""
    height, width = shape[:2]
    how = PIL.Image.Resampling.BILINEAR
    grown = np.empty((height, width, values.shape[2]), np.float32)
    for index in range(values.shape[2]):
        channel = PIL.Image.fromarray(np.ascontiguousarray(values[..., index]))
        grown[..., index] = np.asarray(channel.resize((width, height), how))
    return grown


def spread(values: Floats, weights: Floats) -> Floats:
    """Fill in what is not known: values (H, W, C) where weights (H, W) are 1, smooth where 0.

    Pull-push (Gortler et al. 1996, The Lumigraph, section 3.4): means of what is known go up a
    pyramid, and come down into the holes; some relaxation at each level brings the surface close
    to a membrane, whose every point is the mean of its neighbours. Zero if nothing is known.
    """
    levels = [(values, np.minimum(weights, 1))]
    while max(levels[-1][1].shape) > 1:
        means, shares = cells_of(*levels[-1], 2)
        levels.append((means, np.minimum(4 * shares, 1)))
    surface = np.where(levels[-1][1][..., None] > 0, levels[-1][0], 0)
    for known, share in reversed(levels[:-1]):
        surface = _relaxed(enlarged(surface, share.shape), known, share[..., None])
    return surface


def _relaxed(surface: Floats, known: Floats, share: Floats) -> Floats:
    surface = surface + (known - surface) * share
    for _ in range(SWEEPS):
        padded = np.pad(surface, ((1, 1), (1, 1), (0, 0)), "edge")
        mean: Floats = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
        mean *= 0.25
        surface = mean + (known - mean) * share
    return surface


def _mean(weighted: Floats, total: Floats) -> Floats:
    mean: Floats = np.divide(weighted, np.maximum(total, TINY))
    return mean


def _summed(values: Floats, size: int) -> Floats:
    height, width, channels = values.shape
    if size == 1:
        return values
    if height % size or width % size:
        values = np.pad(values, ((0, -height % size), (0, -width % size), (0, 0)))
    rows: Floats = values.reshape(-1, size, *values.shape[1:]).sum(axis=1)
    cells: Floats = rows.reshape(len(rows), -1, size, channels).sum(axis=2)
    return cells


def _with_neighbours(values: Floats) -> Floats:
    padded = np.pad(values, ((1, 1), (1, 1), (0, 0)))
    rows: Floats = padded[:-2] + padded[1:-1] + padded[2:]
    return rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
