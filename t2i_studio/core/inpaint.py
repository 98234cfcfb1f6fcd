"""The rectangles and blends of inpainting; three rectangles that are never mixed.

The *picture* is what the user has; the *frame* is the square part of it (it may stick out over
the border) that the model sees, scaled to the model's size; the *mask bounds* lie in the frame.
"""

from typing import TypeVar

import numpy as np
import PIL.ImageFilter

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask

R = TypeVar("R", Image, Mask)

CONTEXT = 0.25  # of the mask's longer side on each side of it


def frame_around(mask: Bounds, picture: Extent, native: Extent) -> Bounds:
    """Return the square that the model sees: the mask with context, as large as is useful.

    The whole picture if it is square and no more than twice the model's `native` size; otherwise
    at least `native`, at least the mask with its context, moved inside the picture where it fits.
    """
    if picture.width == picture.height <= 2 * native.width:
        return Bounds.at_origin(picture)
    longer = max(mask.width, mask.height)
    side = max(longer + 2 * round(longer * CONTEXT), min(native.width, *_sides(picture)))
    side = max(min(side, min(_sides(picture))), longer)
    x = _slide(mask.x + mask.width // 2 - side // 2, side, picture.width)
    y = _slide(mask.y + mask.height // 2 - side // 2, side, picture.height)
    return Bounds(x, y, side, side)


def cut(raster: R, frame: Bounds) -> R:
    """Cut out `frame`; what sticks out repeats the border."""
    rows = np.clip(np.arange(frame.y, frame.bottom), 0, raster.extent.height - 1)
    columns = np.clip(np.arange(frame.x, frame.right), 0, raster.extent.width - 1)
    return type(raster)(raster.pixels[np.ix_(rows, columns)])


def feathered(mask: Mask, width: int) -> Mask:
    """Soften the border over `width` px inwards: what was 0 stays 0."""
    if width == 0:
        return mask
    eroded = mask.to_pil().filter(PIL.ImageFilter.BoxBlur(width / 2))
    inner = np.clip(np.asarray(eroded, np.float32) * 2.0 - 255.0, 0.0, 255.0)
    return Mask(np.minimum(mask.pixels, np.rint(inner).astype(np.uint8)))


def composite(picture: Image, painted: Image, frame: Bounds, mask: Mask) -> Image:
    """Lay `painted` (of the frame's size) into the picture where `mask` (of the picture's) says.

    Where the mask is 0 the result equals `picture` byte for byte.
    """
    inside = frame.intersection(Bounds.at_origin(picture.extent))
    patch = painted.crop(inside.moved(-frame.x, -frame.y)).pixels.astype(np.float32)
    weight = mask.pixels[inside.slices].astype(np.float32)[..., None] / 255.0
    result = picture.pixels.copy()
    known = result[inside.slices].astype(np.float32)
    result[inside.slices] = np.rint(known + (patch - known) * weight).astype(np.uint8)
    return Image(result)


def _sides(extent: Extent) -> tuple[int, int]:
    return extent.width, extent.height


def _slide(start: int, length: int, room: int) -> int:
    """Move [start, start + length) into [0, room), or centre it where it is longer."""
    if length > room:
        return (room - length) // 2
    return min(max(start, 0), room - length)
