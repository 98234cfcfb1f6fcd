"""What tests of the document share: painting, listening, and its composite worked out anew."""

from collections.abc import Callable

import numpy as np

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Pixels
from t2i_studio.core.layers import clear
from t2i_studio.studio.blending import faded, over
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink

SMALL = Extent(60, 40)
GREY = Image.filled(SMALL, (90, 90, 90))
RED = Image.filled(SMALL, (200, 0, 0))
WIDE = Image.filled(Extent(300, 20), (0, 0, 200))
PAINT, ERASE = Brush(Ink.paint), Brush(Ink.erase)
SIGNALS = ("extent_changed", "layers_changed", "active_changed", "picture_changed", "mask_changed")


class Heard:
    """What a document has said, in order."""

    def __init__(self, document: Document, *names: str) -> None:
        self.said: list[tuple[str, object]] = []
        for name in names or SIGNALS:
            getattr(document, name).connect(self._listener(name))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.said]

    def _listener(self, name: str) -> Callable[..., None]:
        def hear(what: object = None) -> None:
            self.said.append((name, what))

        return hear


def noise(extent: Extent = SMALL, seed: int = 0) -> Image:
    return Image(np.random.default_rng(seed).integers(0, 256, (*_shape(extent), 3), np.uint8))


def noise_rgba(extent: Extent = SMALL, seed: int = 0) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (*_shape(extent), 4), np.uint8)


def paint(
    document: Document, *points: tuple[float, float], brush: Brush = PAINT, size: float = 10
) -> None:
    document.begin_stroke(brush, Dab(*points[0], size))
    for point in points[1:]:
        document.extend_stroke(Dab(*point, size))
    document.end_stroke()


def composite_anew(document: Document) -> Pixels:
    """Lay all layers that show over each other, as a whole."""
    if document.extent is None:
        return np.zeros((0, 0, 4), np.uint8)
    shown = [layer for layer in document.layers if layer.shows]
    if not shown:
        return clear(document.extent)
    seen: Pixels | None = None
    for layer in shown:
        pixels = layer.pixels.copy()
        pixels[..., 3] = faded(pixels[..., 3], layer.opacity)
        seen = pixels if seen is None else over(seen, pixels)
    assert seen is not None
    return seen


def state(document: Document) -> tuple[object, ...]:
    """Everything that undo has to bring back."""
    layers = [
        (layer.id, layer.name, layer.is_visible, layer.opacity, layer.pixels.tobytes())
        for layer in document.layers
    ]
    return document.extent, tuple(layers), document.mask_pixels.tobytes()


def _shape(extent: Extent) -> tuple[int, int]:
    return extent.height, extent.width
