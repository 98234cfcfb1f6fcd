"""The document: picture layers and a mask, with undo for everything that happens to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import Content, Layer, clear, new_id, opaque
from t2i_studio.core.words import tr
from t2i_studio.studio.history import Edit, History
from t2i_studio.studio.layer_edits import LayerEdits, require_room
from t2i_studio.studio.patches import patches
from t2i_studio.studio.pixel_edits import PixelEdits
from t2i_studio.studio.sheets import Held, blank

MUCH: Final = 0.5  # of all values: what changes more is kept as it was, not as what has changed


class Document(LayerEdits, PixelEdits):
    """Layers and a mask of one size, or nothing (main thread).

    Listeners hear of a step when it is complete, never of half of one. A result that is
    pasted clears the mask. What cannot be done raises UserError and changes nothing.
    """

    history: "History[Document]"

    def start(self, picture: Image | None = None, mask: Mask | None = None) -> None:
        """Begin anew with a picture and its mask, and nothing to undo."""
        extent = picture.extent if picture else None
        if mask and mask.extent != extent:
            raise ValueError(f"A mask of {mask.extent} for a picture of {extent}.")
        if picture is None:
            self._start(Held())
        else:
            require_room(picture.extent, 1)
            self._start(_of(picture, mask.pixels.copy() if mask else blank(extent)))
            self._know(picture)

    def start_with(self, content: Content) -> None:
        """Begin anew with what a project holds, and nothing to undo.

        Layers that can be written to are the document's from then on; others are copied.
        """
        self._start(_held(content))

    def replace(self, content: Content, name: str = "") -> None:
        """Begin anew with what a project holds, as one step; for its layers see `start_with`."""
        held = _held(content)
        with self._step(name or tr("Open picture")):
            self._exchange(held)

    def open(self, image: Image, name: str = "") -> None:
        """Begin anew with a picture of any size, as one step."""
        require_room(image.extent, 1)
        with self._step(name or tr("Open picture")):
            self._exchange(_of(image, blank(image.extent)))
            self._know(image)

    def take(self, pixels: Pixels, name: str = "") -> None:
        """Begin anew with a picture, (H, W, 4), as one step.

        The array is the document's from then on; one that cannot be written to is copied.
        """
        extent = Extent(pixels.shape[1], pixels.shape[0])
        require_room(extent, 1)
        with self._step(name or tr("Open picture")):
            layer = Layer(new_id(), tr("Background"), _own(pixels))
            self._exchange(Held((layer,), blank(extent)))

    def close(self) -> None:
        """Leave nothing on the canvas: one step."""
        with self._step(tr("Close picture")):
            if self.extent is not None:
                self._exchange(Held())

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
        """Lay a result with its corner at `at` into the picture: one step.

        The composite is the result where `cover`, of its size, is above 0 (None: everywhere), and
        as it was elsewhere. It goes into the topmost layer that shows, if that one is opaque, and
        otherwise, or with a name `as_layer`, into a layer of its own at the top. Where it sticks
        out the document grows. Further edits can be part of the step.
        """
        if cover and cover.extent != image.extent:
            raise ValueError(f"A cover of {cover.extent} for a picture of {image.extent}.")
        self._require_picture()
        place = Bounds.at_origin(image.extent).moved(*at)
        grown = self.bounds.union(place)
        top = _top(self._sheets.held) if as_layer is None else None
        require_room(grown.extent, len(self.layers) + (top is None))
        with self._step(name or tr("Accept result")):
            if grown == self.bounds:
                held = self._sheets.held
                self._wipe_mask()
            else:
                self._displace(grown)
                held = self._through(grown)
            if top is None:
                layer = Layer(new_id(), as_layer or tr("Result"), clear(grown.extent))
                held = replace(held, layers=(*held.layers, layer))
            self._lay(image, place.moved(-grown.x, -grown.y), cover, held)
            for edit in also:
                self.history.do(edit)

    def _start(self, held: Held) -> None:
        with self._step(tr("Start")):
            self._exchange(held)
        self.history.clear()

    def _know(self, picture: Image) -> None:
        self._picture = self._sheets.version, picture

    def _wipe_mask(self) -> None:
        if self.has_mask:
            self._replace_mask(np.zeros_like(self._sheets.held.mask))

    def _lay(self, image: Image, place: Bounds, cover: Mask | None, held: Held) -> None:
        """Lay it into the topmost layer of what the document holds now, or will."""
        top = _top(held)
        assert top is not None
        if cover and not cover.is_empty:
            part = cover.bounds  # often little of a large picture
            image, cover = image.crop(part), cover.crop(part)
            place = part.moved(place.x, place.y)
        before = top.pixels[place.slices]
        after = opaque(image)
        if cover:
            is_kept = cover.pixels[..., np.newaxis] == 0
            # Pixels as words, and no index: that takes seconds at 4096 px.
            np.copyto(after.view(np.uint32), before.view(np.uint32), where=is_kept)
        if held is self._sheets.held:
            difference = before ^ after
            if place == self.bounds and np.count_nonzero(difference) > MUCH * difference.size:
                self._exchange(_with_pixels(held, top, after))  # patches of all take a second
            else:
                self._change_pixels(top.id, patches(difference, place.x, place.y))
        else:
            before[...] = after  # of an array that nobody has seen yet: needs no patch
            self._exchange(held)


def _top(held: Held) -> Layer | None:
    """Return the topmost layer that shows, if what is laid into it shows as it is."""
    shown = [layer for layer in held.layers if layer.shows]
    return shown[-1] if shown and shown[-1].opacity >= 1 else None


def _with_pixels(held: Held, changed: Layer, pixels: Pixels) -> Held:
    new = replace(changed, pixels=pixels)
    return replace(held, layers=tuple(new if each is changed else each for each in held.layers))


def _held(content: Content) -> Held:
    if content.extent:
        require_room(content.extent, len(content.layers))
    layers = (replace(each, pixels=_own(each.pixels)) for each in content.layers)
    mask = content.mask.pixels.copy() if content.mask else blank(content.extent)
    return Held(tuple(layers), mask, content.active)


def _own(pixels: Pixels) -> Pixels:
    """Return the array itself if it can be painted on, or a copy that can."""
    return np.require(pixels, requirements=["C", "W"])


def _of(image: Image, mask: Pixels) -> Held:
    return Held((Layer(new_id(), tr("Background"), opaque(image)),), mask)
