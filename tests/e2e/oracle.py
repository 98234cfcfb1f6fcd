"""Says what colours a picture shows, and where, from hue alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core.image import Image

HUES = {"red": (0.94, 0.04), "green": (0.25, 0.45), "blue": (0.54, 0.72)}  # of a turn
SATURATION = 0.45
VALUE = 0.25
ENOUGH = 0.01  # of the picture


@dataclass(frozen=True)
class Patch:
    """All pixels of one colour: their share of the picture and their centre, 0 to 1."""

    share: float
    x: float
    y: float

    @property
    def is_there(self) -> bool:
        return self.share > ENOUGH


def find(image: Image, colour: str) -> Patch:
    """Return what is saturated and of that colour."""
    hue, saturation, value = hsv(image)
    low, high = HUES[colour]
    in_range = (hue >= low) & (hue <= high) if low < high else (hue >= low) | (hue <= high)
    rows, columns = np.nonzero(in_range & (saturation > SATURATION) & (value > VALUE))
    height, width = hue.shape
    if not rows.size:
        return Patch(0.0, 0.5, 0.5)
    return Patch(rows.size / hue.size, columns.mean() / width, rows.mean() / height)


def hsv(image: Image) -> tuple[NDArray[np.float64], ...]:
    """Hue, saturation and value, each (H, W) in 0 to 1."""
    levels = np.asarray(image.to_pil().convert("HSV"), np.float64) / 255.0
    return levels[..., 0], levels[..., 1], levels[..., 2]
