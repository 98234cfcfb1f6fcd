"""What the masked part of a picture starts from where a repaint starts from a picture."""

from typing import Final

import numpy as np

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.pyramid import Floats, cells_of, enlarged, spread
from t2i_studio.core.request import Content

EDGE: Final = 256  # cells along the longer side in which colours are spread and noise is made
BLUR_EDGE: Final = 8  # cells along the longer side that are left of a blurred picture
DEVIATION: Final = 64.0  # of noise, in levels of 255


def with_content(image: Image, mask: Mask, content: Content, seed: int) -> Image:
    """Return the picture with `content` where the mask is, mixed in where the mask is soft.

    "original": as it is; "fill": the colours around the hole, spread into it; "blur": what is
    there without any detail; "noise": colours of the seed, rough at every scale, so that it is
    noise whatever it is scaled to. What is not masked stays byte for byte.
    """
    match content:
        case "original":
            return image
        case "fill":
            inside = _filling(image, mask)
        case "blur":
            inside = _blurred(image)
        case "noise":
            inside = _noise(image.extent, seed)
    return _laid(image, inside, mask)


def _filling(image: Image, mask: Mask) -> Floats:
    """Spread the colours of what is known; the mean colour of all if nothing is."""
    known = (mask.pixels == 0).astype(np.float32)
    if not known.any():
        return np.broadcast_to(image.pixels.mean(axis=(0, 1), dtype=np.float32), (1, 1, 3))
    size = _cell(image.extent, EDGE)
    means, shares = cells_of(image.pixels.astype(np.float32), known, size)
    return _grown(spread(means, (shares > 0).astype(np.float32)), image.extent, size)


def _blurred(image: Image) -> Floats:
    size = _cell(image.extent, BLUR_EDGE)
    everywhere = np.ones(image.pixels.shape[:2], np.float32)
    means, _ = cells_of(image.pixels.astype(np.float32), everywhere, size)
    return _grown(means, image.extent, size)


def _noise(extent: Extent, seed: int) -> Floats:
    """Add up noise of cells of 1, 2, 4, ... times the smallest size, all of them equally strong."""
    random, size = np.random.default_rng(seed), _cell(extent, EDGE)
    shape = -(-extent.height // size), -(-extent.width // size)
    octaves = max(shape).bit_length()
    total = np.zeros((*shape, 3), np.float32)
    for octave in range(octaves):
        few = -(-shape[0] >> octave), -(-shape[1] >> octave), 3
        total += enlarged(random.standard_normal(few, np.float32), shape)
    return 128 + _grown(total, extent, size) * np.float32(DEVIATION / octaves**0.5)


def _cell(extent: Extent, edge: int) -> int:
    return -(-max(extent.width, extent.height) // edge)


def _grown(cells: Floats, extent: Extent, size: int) -> Floats:
    """Bring cells back to pixels, without what stuck out."""
    full = enlarged(cells, (cells.shape[0] * size, cells.shape[1] * size))
    return full[: extent.height, : extent.width]


def _laid(image: Image, inside: Floats, mask: Mask) -> Image:
    weight = mask.pixels.astype(np.float32)[..., None] / 255
    mixed = image.pixels + (inside - image.pixels) * weight
    pixels: Pixels = np.rint(np.clip(mixed, 0, 255)).astype(np.uint8)
    return Image(pixels)
