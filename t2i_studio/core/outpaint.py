"""Pictures that grow: what lies beyond the border, and the frame in which it is painted."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.inpaint import shaped

KNOWN: Final = 2  # the frame shows at least 1/2 as much of the picture as of what is new


@dataclass(frozen=True)
class Margins:
    """How far a picture grows over each border, in px."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    @property
    def longest(self) -> int:
        return max(self.left, self.top, self.right, self.bottom)

    def around(self, picture: Extent) -> Bounds:
        """Return the grown canvas, in the picture's own pixels."""
        width = self.left + picture.width + self.right
        height = self.top + picture.height + self.bottom
        return Bounds(-self.left, -self.top, width, height)


def extended(picture: Image, margins: Margins) -> tuple[Image, Mask]:
    """Return the grown picture, its border repeated in what is new, and that as a mask.

    Repeated, not spread: what the new is mixed with along a soft border goes on straight.
    """
    canvas = margins.around(picture.extent)
    rows, columns = (margins.top, margins.bottom), (margins.left, margins.right)
    pixels = np.pad(picture.pixels, (rows, columns, (0, 0)), "edge")
    mask = np.full((canvas.height, canvas.width), 255, np.uint8)
    mask[Bounds.at_origin(picture.extent).moved(margins.left, margins.top).slices] = 0
    return Image(pixels), Mask(mask)


def frame_of_extension(picture: Extent, margins: Margins, native: Extent) -> Bounds:
    """Return the frame that holds all that is new, in px of the grown picture.

    Along one border it is a strip with as much of the picture as is useful, else all of it; in the
    shape of the model's `native` size.
    """
    canvas = margins.around(picture).extent
    reach = margins.longest + margins.longest // KNOWN
    width, height = max(picture.height, reach), max(picture.width, reach)
    whole = strip = Bounds.at_origin(canvas)
    match (margins.left, margins.top, margins.right, margins.bottom):
        case (_, 0, 0, 0):
            strip = Bounds(0, 0, width, canvas.height)
        case (0, 0, _, 0):
            strip = Bounds(canvas.width - width, 0, width, canvas.height)
        case (0, _, 0, 0):
            strip = Bounds(0, 0, canvas.width, height)
        case (0, 0, 0, _):
            strip = Bounds(0, canvas.height - height, canvas.width, height)
    return shaped(strip.intersection(whole), canvas, native)
