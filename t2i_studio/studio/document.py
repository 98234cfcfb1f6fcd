"""The document: picture layers and a mask, with undo for everything that happens to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import Content, Layer, new_id, opaque
from t2i_studio.core.words import tr
from t2i_studio.studio.history import BUDGET_BYTES, Edit, History
from t2i_studio.studio.layer_edits import LayerEdits, require_room
from t2i_studio.studio.patches import patches
from t2i_studio.studio.pixel_edits import PixelEdits
from t2i_studio.studio.sheets import Held, blank


class Document(LayerEdits, PixelEdits):
    """Layers and a mask of one size, or nothing (main thread).

    Listeners hear of a step when it is complete, never of half of one.
    """

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        super().__init__(budget_bytes)
        self.history: History[Document]

    def start(self, picture: Image | None = None, mask: Mask | None = None) -> None:
        """Begin anew with a picture and its mask, and nothing to undo."""
        extent = picture.extent if picture else None
        layers = (_background(picture),) if picture else ()
        if picture and mask is None:
            mask = Mask.empty(picture.extent)
        if mask and mask.extent != extent:
            raise ValueError(f"A mask of {mask.extent} for a picture of {extent}.")
        self.start_with(Content(extent, layers, mask))

    def start_with(self, content: Content) -> None:
        """Begin anew with what a project holds, and nothing to undo."""
        if content.extent:
            require_room(content.extent, len(content.layers))
        layers = tuple(replace(each, pixels=each.pixels.copy()) for each in content.layers)
        mask = content.mask.pixels.copy() if content.mask else blank(content.extent)
        with self._step(tr("Start")):
            self._exchange(Held(layers, mask, content.active))
        self.history.clear()

    def open(self, image: Image, name: str = "") -> None:
        """Begin anew with a picture of any size, as one step."""
        require_room(image.extent, 1)
        with self._step(name or tr("Open picture")):
            self._exchange(Held((_background(image),), blank(image.extent)))

    def close(self) -> None:
        """Leave nothing on the canvas: one step."""
        with self._step(tr("Close picture")):
            if self.extent is not None:
                self._exchange(Held())

    def place(self, image: Image, name: str = "") -> None:
        """Take over a result and clear the mask; one of another size is opened."""
        name = name or tr("Accept result")
        if self.extent == image.extent:
            self.paste(image, name=name)
        else:
            self.open(image, name)

    def paste(
        self,
        image: Image,
        at: tuple[int, int] = (0, 0),
        cover: Mask | None = None,
        as_layer: str | None = None,
        name: str = "",
        *,
        also: Sequence[Edit[Any]] = (),
    ) -> None:
        """Lay a result with its corner at `at` into the picture, and clear the mask: one step.

        The composite is the result where `cover`, of its size, is above 0 (None: everywhere), and
        as it was elsewhere. It goes into the topmost layer that shows, if that one is opaque, and
        otherwise, or with a name `as_layer`, into a layer of its own. Where it sticks out the
        document grows. Further edits can be part of the step.
        """
        if cover and cover.extent != image.extent:
            raise ValueError(f"A cover of {cover.extent} for a picture of {image.extent}.")
        self._require_picture()
        place = Bounds.at_origin(image.extent).moved(*at)
        grown = self.bounds.union(place)
        with self._step(name or tr("Accept result")):
            if grown != self.bounds:
                self._exchange(self._through(grown))
            self._replace_mask(np.zeros_like(self._sheets.held.mask))
            target = self._top() if as_layer is None else None
            target = target or self._new_top(as_layer or tr("Result"))
            self._lay(image, place.moved(-grown.x, -grown.y), cover, target)
            for edit in also:
                self.history.do(edit)

    def undo(self) -> None:
        """Take back the last step, or just the stroke if one is being painted."""
        if self._stroke:
            self.abandon_stroke()
        else:
            self.history.undo()

    def redo(self) -> None:
        self.abandon_stroke()
        self.history.redo()

    def _top(self) -> Layer | None:
        """Return the topmost layer that shows, if what is laid into it shows as it is."""
        shown = [layer for layer in self._sheets.held.layers if layer.shows]
        return shown[-1] if shown and shown[-1].opacity >= 1 else None

    def _new_top(self, name: str) -> Layer:
        held = self._sheets.held
        pixels = np.zeros((*held.mask.shape, 4), np.uint8)
        layer = Layer(new_id(), name, pixels)
        require_room(layer.extent, len(held.layers) + 1)
        self._exchange(replace(held, layers=(*held.layers, layer)))
        return layer

    def _lay(self, image: Image, place: Bounds, cover: Mask | None, layer: Layer) -> None:
        before: Pixels = layer.pixels[place.slices]
        after = opaque(image)
        if cover:
            is_kept = cover.pixels == 0
            after[is_kept] = before[is_kept]
        self._change_pixels(layer.id, patches(before ^ after, place.x, place.y))


def _background(image: Image) -> Layer:
    return Layer(new_id(), tr("Background"), opaque(image))
