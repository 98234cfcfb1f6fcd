"""Where a mask has anything at all, known in blocks, so that nobody looks for it in each frame."""

from typing import Final

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels

BLOCK: Final = 64  # px, side


class Occupancy:
    """Which blocks of (H, W) pixels have anything above 0."""

    def __init__(self, pixels: Pixels) -> None:
        height, width = pixels.shape
        self._blocks = np.zeros((-(-height // BLOCK), -(-width // BLOCK)), np.bool_)
        self.renew(pixels, Bounds(0, 0, width, height))

    def renew(self, pixels: Pixels, bounds: Bounds) -> None:
        """Look again at the blocks that `bounds` touch."""
        x, right = bounds.x // BLOCK, -(-bounds.right // BLOCK)
        for y in range(bounds.y // BLOCK, -(-bounds.bottom // BLOCK)):
            strip = pixels[y * BLOCK : (y + 1) * BLOCK, x * BLOCK : right * BLOCK]
            columns = np.zeros((right - x) * BLOCK, np.uint8)
            np.bitwise_or.reduce(strip, axis=0, out=columns[: strip.shape[1]])
            self._blocks[y, x:right] = columns.reshape(-1, BLOCK).any(axis=1)

    def within(self, bounds: Bounds) -> Bounds:
        """Return the part of `bounds` outside which there is nothing; it may be empty."""
        x, y = bounds.x // BLOCK, bounds.y // BLOCK
        part = self._blocks[y : -(-bounds.bottom // BLOCK), x : -(-bounds.right // BLOCK)]
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        if not rows.size:
            return Bounds(bounds.x, bounds.y, 0, 0)
        left, top = x + int(columns[0]), y + int(rows[0])
        width, height = x + int(columns[-1]) + 1 - left, y + int(rows[-1]) + 1 - top
        found = Bounds(left * BLOCK, top * BLOCK, width * BLOCK, height * BLOCK)
        return found.intersection(bounds)
