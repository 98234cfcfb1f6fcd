"""The rectangles and blends of inpainting; three rectangles that are never mixed.

The *picture* is what the user has; the *frame* is the part of it (it may stick out over the border)
that the model sees, scaled to the model's size; the *mask bounds* lie in the frame.
"""

from typing import TypeVar

import numpy as np

from t2i_studio.core.distances import Squares, squared_depths
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import MIN_FRAME

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


def frame_for(
    area: str, mask: Bounds, padding: int, picture: Extent, native: Extent
) -> Bounds | None:
    """Return the frame of a request whose inpaint area is "auto", "picture" or "mask".

    None leaves it to the engine: "auto", and "mask" without a mask. "mask" is the mask's bounds
    with `padding` px of what is around it in the picture, then grown to the shape of the model's
    `native` size. A frame has at least MIN_FRAME px a side and stays in the picture where it fits.
    """
    if area == "auto" or (area == "mask" and mask.is_empty):
        return None
    whole = Bounds.at_origin(picture)
    if area == "picture":
        return _grown(whole, MIN_FRAME, MIN_FRAME, picture)
    padded = mask.padded(padding).intersection(whole)
    return shaped(_grown(padded, MIN_FRAME, MIN_FRAME, picture), picture, native)


def shaped(frame: Bounds, picture: Extent, native: Extent) -> Bounds:
    """Grow a frame to the shape of `native`; what is added lies in the picture where it fits."""
    width = max(frame.width, -(-frame.height * native.width // native.height))
    height = max(frame.height, -(-frame.width * native.height // native.width))
    return _grown(frame, width, height, picture)


def cut(raster: R, frame: Bounds) -> R:
    """Cut out `frame`; what sticks out repeats the border."""
    rows = np.clip(np.arange(frame.y, frame.bottom), 0, raster.extent.height - 1)
    columns = np.clip(np.arange(frame.x, frame.right), 0, raster.extent.width - 1)
    pixels = raster.pixels[np.ix_(rows, columns)]
    pixels.flags.writeable = False
    return type(raster)(pixels)


def feathered(mask: Mask, width: int) -> Mask:
    """Soften the border over `width` px inwards: what was 0 stays 0, nothing else becomes 0.

    The depth of a pixel is its Euclidean distance to the nearest 0; its weight rises with the
    depth up to `width`, or up to the largest depth nearby where the mask is thinner than that:
    the middle of a thin stroke keeps its full value. The picture's own border is not softened.
    """
    if width == 0 or mask.is_empty:
        return mask
    bounds = mask.bounds.padded(1).intersection(Bounds.at_origin(mask.extent))
    values = mask.pixels[bounds.slices]
    squared = squared_depths(values > 0, width + 1)
    highest = _highest_near(squared, width)
    soft = (squared > 0) & (squared < highest)
    weight = np.sqrt(squared[soft] / highest[soft], dtype=np.float32)
    result = mask.pixels.copy()
    inner = result[bounds.slices]
    inner[soft] = np.minimum(values[soft], np.rint(255.0 * weight)).astype(np.uint8)
    return Mask(result)


def composite(picture: Image, painted: Image, frame: Bounds, mask: Mask) -> Image:
    """Lay `painted` (of the frame's size) into the picture where `mask` (of the picture's) says.

    Where the mask is 0 the result equals `picture` byte for byte.
    """
    inside = frame.intersection(mask.bounds)
    if inside.is_empty:
        return picture
    patch = painted.crop(inside.moved(-frame.x, -frame.y)).pixels.astype(np.float32)
    weight = mask.pixels[inside.slices].astype(np.float32)[..., None] / 255.0
    result = picture.pixels.copy()
    known = result[inside.slices].astype(np.float32)
    result[inside.slices] = np.rint(known + (patch - known) * weight).astype(np.uint8)
    return Image(result)


def _grown(bounds: Bounds, width: int, height: int, picture: Extent) -> Bounds:
    """Grow to at least that size around the middle, but into the picture where there is room."""
    width, height = max(width, bounds.width), max(height, bounds.height)
    return Bounds(
        _reach(bounds.x, bounds.width, width, picture.width),
        _reach(bounds.y, bounds.height, height, picture.height),
        width,
        height,
    )


def _reach(start: int, length: int, longer: int, room: int) -> int:
    """Return where `longer` px start that hold [start, start + length), best in [0, room)."""
    inside = _slide(start - (longer - length) // 2, longer, room)
    return min(max(inside, start + length - longer), start)


def _sides(extent: Extent) -> tuple[int, int]:
    return extent.width, extent.height


def _slide(start: int, length: int, room: int) -> int:
    """Move [start, start + length) into [0, room), or centre it where it is longer."""
    if length > room:
        return (room - length) // 2
    return min(max(start, 0), room - length)


def _highest_near(values: Squares, radius: int) -> Squares:
    """Return the largest value within `radius` px in both directions of each pixel."""
    return _highest_along(_highest_along(values, radius).T, radius).T


def _highest_along(values: Squares, radius: int) -> Squares:
    window, highest = 1, np.pad(values, ((radius, radius), (0, 0)))
    while window < 2 * radius + 1:
        step = min(window, 2 * radius + 1 - window)
        highest = np.maximum(highest[:-step], highest[step:])
        window += step
    return highest
