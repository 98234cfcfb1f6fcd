"""Picture layers: pictures of one size that lie over each other, and all that a document holds."""

import uuid
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import PIL.Image

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels

MASK: Final = "mask"  # stands where the id of a layer could
WHITE: Final = (255, 255, 255, 255)
ALPHA: Final = np.frombuffer(bytes((0, 0, 0, 255)), np.uint32)[0]  # in one RGBA value, like `view`
BAND: Final = 256  # rows, which stay in the processor's cache


def new_id() -> str:
    """Return an id that no layer has or has had."""
    return uuid.uuid4().hex


@dataclass(frozen=True, eq=False)
class Layer:
    """One picture layer; `pixels`: (H, W, 4) uint8 sRGB, straight alpha, as large as the document.

    `opacity` is 0 to 1.
    """

    id: str
    name: str
    pixels: Pixels = field(repr=False)
    is_visible: bool = True
    opacity: float = 1.0

    @property
    def extent(self) -> Extent:
        return Extent(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def shows(self) -> bool:
        """Whether anything of it can be seen."""
        return self.is_visible and self.opacity > 0


@dataclass(frozen=True, eq=False)
class Content:
    """All that a document holds, as it was at one moment; raises ValueError where it does not fit.

    `layers` lie bottom first; without a picture there are none, and neither extent nor mask.
    """

    extent: Extent | None = None
    layers: tuple[Layer, ...] = ()
    mask: Mask | None = None
    active: str = MASK

    def __post_init__(self) -> None:
        ids = [layer.id for layer in self.layers]
        if len({*ids, MASK}) != len(ids) + 1:
            raise ValueError(f"The ids of layers are not unique: {ids}")
        if (self.extent is None) != (not self.layers) or self.active not in (*ids, MASK):
            raise ValueError("A document has an extent, layers and an active one, or none of them.")
        for layer in self.layers:
            if layer.extent != self.extent or not is_rgba(layer.pixels):
                raise ValueError(f"{layer} of {layer.extent} in a document of {self.extent}")
        if self.mask and self.mask.extent != self.extent:
            raise ValueError(f"{self.mask} in a document of {self.extent}")


def is_rgba(pixels: Pixels) -> bool:
    """Tell whether it is an (H, W, 4) array of bytes."""
    return pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 4


def clear(extent: Extent) -> Pixels:
    """Return a new (H, W, 4) array in which nothing can be seen."""
    return np.zeros((extent.height, extent.width, 4), np.uint8)


def opaque(image: Image) -> Pixels:
    """Return a new (H, W, 4) array with the picture in it."""
    colours = np.ascontiguousarray(image.pixels).reshape(-1, 3)
    result = np.empty(len(colours), np.uint32)
    # Four bytes at every third one: a third of the time of copying colours. The last would end
    # behind the picture.
    words = np.ndarray((len(colours) - 1,), np.uint32, colours, strides=(3,))
    np.bitwise_or(words, ALPHA, out=result[:-1])
    pixels = result.view(np.uint8).reshape(-1, 4)
    pixels[-1] = (*colours[-1], 255)
    return pixels.reshape(*image.pixels.shape[:2], 4)


def is_opaque(pixels: Pixels) -> bool:
    """Tell whether alpha is 255 everywhere in (H, W, 4) pixels."""
    return bool((pixels.view(np.uint32) >= ALPHA).all())


def on_white(pixels: Pixels) -> Image:
    """Lay (H, W, 4) pixels on white."""
    seen = np.empty((*pixels.shape[:2], 3), np.uint8)
    for top in range(0, len(pixels), BAND):
        band = pixels[top : top + BAND]
        if not is_opaque(band):
            above = PIL.Image.fromarray(band)
            white = PIL.Image.new("RGBA", above.size, WHITE)
            band = np.asarray(PIL.Image.alpha_composite(white, above))
        for i in range(3):
            seen[top : top + BAND, :, i] = band[..., i]
    seen.flags.writeable = False  # or Image would copy it once more
    return Image(seen)


def window(pixels: Pixels, bounds: Bounds) -> Pixels:
    """Return a new array with what lies in `bounds` of (H, W, ...) pixels; 0 outside of them."""
    seen = np.zeros((bounds.height, bounds.width, *pixels.shape[2:]), np.uint8)
    common = bounds.intersection(Bounds(0, 0, pixels.shape[1], pixels.shape[0]))
    seen[common.moved(-bounds.x, -bounds.y).slices] = pixels[common.slices]
    return seen
