"""What changed in a picture or mask, small enough to be kept for undo.

A patch is the XOR of before and after: laid on either it gives the other, so that one array
serves undo and redo. 60 strokes on 1024x1024 take 0.1 MB, their snapshots would take 63 MB.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels

NOWHERE: Final = Bounds(0, 0, 0, 0)
TILE: Final = 256  # px
SAMPLE_BYTES: Final = 2**16
WORTH_PACKING: Final = 0.9  # of the original size


@dataclass(frozen=True)
class Patch:
    """The differing values within `bounds`."""

    bounds: Bounds
    data: bytes
    is_packed: bool

    @property
    def size_bytes(self) -> int:
        return len(self.data)

    def flip(self, pixels: Pixels) -> None:
        """Turn before into after, or after into before, in place."""
        data = zlib.decompress(self.data) if self.is_packed else self.data
        part = pixels[self.bounds.slices]
        part ^= np.frombuffer(data, np.uint8).reshape(part.shape)


def patch(delta: Pixels, x: int = 0, y: int = 0) -> Patch | None:
    """Keep an XOR whose corner is at (x, y): only its part that is not zero; None if all is."""
    rows = np.flatnonzero(delta.any(axis=tuple(range(1, delta.ndim))))
    if not rows.size:
        return None
    band = delta[rows[0] : rows[-1] + 1]
    columns = np.flatnonzero(band.any(axis=(0, *range(2, delta.ndim))))
    part = band[:, columns[0] : columns[-1] + 1]
    bounds = Bounds(x + int(columns[0]), y + int(rows[0]), part.shape[1], part.shape[0])
    return Patch(bounds, *_packed(part.tobytes()))


def patches(delta: Pixels, x: int = 0, y: int = 0) -> tuple[Patch, ...]:
    """Keep an XOR whose corner is at (x, y) by tiles: a long thin change costs what it touches."""
    whole = Bounds(0, 0, delta.shape[1], delta.shape[0])
    made = (patch(delta[tile.slices], x + tile.x, y + tile.y) for tile in tiles(whole, whole))
    return tuple(each for each in made if each is not None)


def tiles(part: Bounds, whole: Bounds) -> Iterator[Bounds]:
    """Yield the tiles of `whole` that meet `part`."""
    for y in range(part.y // TILE * TILE, part.bottom, TILE):
        for x in range(part.x // TILE * TILE, part.right, TILE):
            yield Bounds(x, y, TILE, TILE).intersection(whole)


def _packed(data: bytes) -> tuple[bytes, bool]:
    # Grain does not shrink, and trying takes 20 ms a megabyte: a sample from the middle tells.
    middle = max(0, (len(data) - SAMPLE_BYTES) // 2)
    sample = data[middle : middle + SAMPLE_BYTES]
    if len(zlib.compress(sample, 1)) > WORTH_PACKING * len(sample) and len(data) > SAMPLE_BYTES:
        return data, False
    return zlib.compress(data, 1), True
