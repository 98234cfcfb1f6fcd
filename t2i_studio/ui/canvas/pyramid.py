"""A picture in ever smaller halves, so that a small view of a large one is smooth and cheap."""

import math

import numpy as np
import PIL.Image

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels


class Pyramid:
    """Level n is 2**n times smaller, averaged; made when it is first looked at."""

    def __init__(self, pixels: Pixels) -> None:
        self._levels = [np.ascontiguousarray(pixels)]  # a crop is not, and Qt needs it

    @property
    def shape(self) -> tuple[int, ...]:
        return self._levels[0].shape

    def level(self, number: int) -> Pixels:
        while len(self._levels) <= number:
            self._levels.append(_halved(self._levels[-1]))
        return self._levels[number]

    def renew(self, pixels: Pixels, bounds: Bounds) -> None:
        """Follow a change inside `bounds`; `pixels` may be another array of the same picture."""
        before, self._levels[0] = self._levels[0], np.ascontiguousarray(pixels)
        if pixels.shape != before.shape or bounds.extent.area >= pixels.shape[0] * pixels.shape[1]:
            del self._levels[1:]
        for number in range(1, len(self._levels)):
            x, y = bounds.x // 2, bounds.y // 2
            bounds = Bounds(x, y, (bounds.right + 1) // 2 - x, (bounds.bottom + 1) // 2 - y)
            source = self._levels[number - 1]
            part = source[2 * y : 2 * bounds.bottom, 2 * x : 2 * bounds.right]
            self._levels[number][bounds.slices] = _halved(part)


def level_for(scale: float) -> int:
    """Return the smallest level that is still larger than the picture at this scale."""
    return max(0, math.floor(-math.log2(scale)))


def _halved(pixels: Pixels) -> Pixels:
    return np.array(PIL.Image.fromarray(pixels).reduce(2))
