"""Which pixels look alike, and which of those hang together."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core.image import Pixels

BLOCK: Final = 64  # rows that stay in the processor's cache
ALL_FOUR: Final = 0x01010101  # four true bytes

Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]


def similar(pixels: Pixels, wanted: Pixels, tolerance: int) -> Flags:
    """Tell which pixels, (H, W, C), differ from `wanted`, (C,), by at most `tolerance` each.

    With straight alpha (C = 4) the colour of what is fully transparent does not count.
    """
    height, width, channels = pixels.shape
    low = np.maximum(wanted.astype(np.int16) - tolerance, 0)
    span = np.minimum(wanted.astype(np.int16) + tolerance, 255) - low
    if channels == 4 and wanted[3] == 0:
        low[:3], span[:3] = 0, 255
    # One long row of each: a comparison along four channels has no room for vector instructions.
    lows, spans = (np.tile(each.astype(np.uint8), width) for each in (low, span))
    alike = np.empty((height, width), np.bool_)
    for top in range(0, height, BLOCK):
        rows = pixels[top : top + BLOCK]
        near = rows.reshape(len(rows), -1) - lows <= spans  # below `low` it wraps around
        alike[top : top + BLOCK] = _in_all(near, channels)
    return alike


def connected(alike: Flags, x: int, y: int) -> Flags:
    """Keep the part of (H, W) flags that is reached from (x, y) over shared sides.

    Rows are cut into runs; runs that touch one another are joined until nothing changes.
    """
    height, width = alike.shape
    stride = width + 1  # a gap after each row
    flat = np.zeros(1 + height * stride, np.bool_)
    flat[1:].reshape(height, stride)[:, :width] = alike
    changes = np.flatnonzero(flat[1:] != flat[:-1])
    starts, ends = changes[0::2], changes[1::2]
    here = np.searchsorted(starts, y * stride + x, "right") - 1
    parts = _parts(*_touching(starts, ends, stride), len(starts))
    is_kept = np.zeros(2 * len(starts) + 1, np.bool_)  # gap, run, gap, ..., gap
    is_kept[1::2] = parts == parts[here]
    lengths = np.diff(changes, prepend=0, append=height * stride)
    return np.repeat(is_kept, lengths).reshape(height, stride)[:, :width]


def _in_all(near: Flags, channels: int) -> Flags:
    if channels == 4:
        return np.equal(near.view(np.uint32), ALL_FOUR)
    return near[:, 0::3] & near[:, 1::3] & near[:, 2::3]


def _touching(starts: Indices, ends: Indices, stride: int) -> tuple[Indices, Indices]:
    """Return all pairs of runs that share a side: one of a row, and one of the row below."""
    first = np.searchsorted(ends, starts + stride, "right")
    counts = np.searchsorted(starts, ends + stride, "left") - first
    above = np.repeat(np.arange(len(starts)), counts)
    skipped = np.cumsum(counts) - counts - first
    return above, np.arange(len(above)) - np.repeat(skipped, counts)


def _parts(above: Indices, below: Indices, count: int) -> Indices:
    """Give all runs that hang together the same number: the smallest of theirs."""
    parts = np.arange(count)
    while len(above):
        one, other = parts[above], parts[below]
        lower = np.minimum(one, other)
        np.minimum.at(parts, one, lower)
        np.minimum.at(parts, other, lower)
        parts = _followed(parts)
        apart = parts[above] != parts[below]
        above, below = above[apart], below[apart]
    return parts


def _followed(parts: Indices) -> Indices:
    """Point every run at the end of its chain."""
    while not np.array_equal(following := parts[parts], parts):
        parts = following
    return parts
