"""What can be seen of a document, and who hears when it changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from psygnal import Signal

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import MASK, Content, Layer, on_white
from t2i_studio.core.words import tr
from t2i_studio.studio.edits import Exchange, PixelEdit
from t2i_studio.studio.history import BUDGET_BYTES, Edit, History
from t2i_studio.studio.patches import Patch
from t2i_studio.studio.sheets import Held, Sheets
from t2i_studio.studio.strokes import Stroke


class Surface:
    """Layers and a mask of one size, or nothing (main thread).

    Listeners hear of a step when it is complete, never of half of one.
    """

    extent_changed = Signal(object)  # Extent | None; before the others
    layers_changed = Signal()  # they came, went, moved, or changed a property
    active_changed = Signal()
    picture_changed = Signal(Bounds)  # the composite, inside
    mask_changed = Signal(Bounds)

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self.history: History[Any] = History(self, budget_bytes)
        self.history.changed.connect(self._announce)
        self._sheets = Sheets()
        self._stroke: Stroke | None = None
        self._seen: tuple[int, Image] | None = None

    @property
    def extent(self) -> Extent | None:
        return self._sheets.held.extent

    @property
    def bounds(self) -> Bounds:
        """The whole document; empty without a picture."""
        return self._sheets.bounds

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Bottom first; their pixels are as they are now and will be, to look at."""
        held = self._sheets.held.layers
        return tuple(replace(layer, pixels=_view(layer.pixels)) for layer in held)

    @property
    def active(self) -> str:
        """What brush, eraser, fill, ... work on: MASK, or the id of a layer."""
        return self._sheets.held.active

    @property
    def active_layer(self) -> Layer | None:
        """The layer that is worked on; None if that is the mask."""
        return None if self.active == MASK else self.layer(self.active)

    @property
    def can_paint(self) -> bool:
        """Whether there is something to paint on that can be seen."""
        layer = self.active_layer
        return self.extent is not None and (layer is None or layer.is_visible)

    @property
    def is_painting(self) -> bool:
        return self._stroke is not None

    @property
    def composite_pixels(self) -> Pixels:
        """All layers that show, (H, W, 4), as they are now; (0, 0, 4) without a picture.

        Valid until the next change: ask again, it costs nothing.
        """
        return _view(self._sheets.composite)

    @property
    def picture(self) -> Image | None:
        """The composite on white, as it is now; the same object until it changes."""
        if self.extent is None:
            return None
        version = self._sheets.version
        if self._seen is None or self._seen[0] != version:
            self._seen = version, on_white(self._sheets.composite)
        return self._seen[1]

    @property
    def unknown(self) -> np.ndarray | None:
        """Where the composite is not fully opaque, (H, W) bool; None if it is everywhere."""
        unknown = np.asarray(self._sheets.composite[..., 3] < 255)
        return unknown if unknown.any() else None

    @property
    def has_transparency(self) -> bool:
        """Whether anything of the picture is not there."""
        return self.unknown is not None

    @property
    def mask(self) -> Mask:
        """A snapshot; without a picture there is no mask, and LookupError."""
        if self.extent is None:
            raise LookupError("There is no picture that a mask could belong to.")
        return Mask(self._sheets.held.mask)

    @property
    def mask_pixels(self) -> Pixels:
        """The mask as it is now and will be, to look at; (0, 0) without a picture."""
        return _view(self._sheets.held.mask)

    @property
    def has_mask(self) -> bool:
        """Whether anything at all is painted on the mask."""
        return bool(self._sheets.held.mask.any())

    @property
    def revisions(self) -> dict[str, int]:
        """A number for the mask and for each layer that grows when their pixels change."""
        return dict(self._sheets.revisions)

    @property
    def content(self) -> Content:
        """A snapshot, which copies every pixel; see `revisions` and `snapshot`."""
        if self.extent is None:
            return Content()
        layers = tuple(self.snapshot(layer.id) for layer in self._sheets.held.layers)
        return Content(self.extent, layers, self.mask, self.active)

    def layer(self, wanted: str) -> Layer:
        """Return the layer with an id, with pixels to look at; LookupError without one."""
        layer = self._sheets.layer(wanted)
        return replace(layer, pixels=_view(layer.pixels))

    def snapshot(self, wanted: str) -> Layer:
        """Return a copy of a layer that nothing can change."""
        layer = self._sheets.layer(wanted)
        pixels = layer.pixels.copy()
        pixels.flags.writeable = False
        return replace(layer, pixels=pixels)

    def revision_of(self, target: str) -> int:
        """Return a number that grows with each change of pixels of the mask or a layer."""
        return self._sheets.revisions[target]

    def activate(self, target: str) -> None:
        """Work on the mask or on another layer; not a step."""
        if target != MASK:
            self._sheets.layer(target)
        if target != self.active:
            self._sheets.activate(target)
            self.active_changed.emit()

    def abandon_stroke(self) -> None:
        """Take the stroke back as if it had never begun."""
        stroke, self._stroke = self._stroke, None
        if stroke:
            self._sheets.touch(self.active, stroke.abandon())
            self._announce()

    @contextmanager
    def _step(
        self, name: str, key: tuple[str, ...] | None = None
    ) -> Iterator[tuple[Edit[Any], ...]]:
        self.abandon_stroke()
        with self.history.transaction(name, key) as replaced:
            yield replaced

    def _exchange(self, held: Held) -> None:
        self.history.do(Exchange(self._sheets, held))

    def _change_pixels(self, target: str, changes: tuple[Patch, ...]) -> None:
        if changes:
            self.history.do(PixelEdit(self._sheets, target, changes))

    def _require_picture(self) -> Extent:
        if self.extent is None:
            raise UserError(tr("There is no picture."), tr("Open one, or make one."))
        return self.extent

    def _announce(self) -> None:
        touched = self._sheets.take_touched()
        if touched.extent:
            touched.picture = touched.mask = self.bounds
            self.extent_changed.emit(self.extent)
        if touched.layers:
            self.layers_changed.emit()
        if touched.active:
            self.active_changed.emit()
        if touched.extent or not touched.picture.is_empty:
            self.picture_changed.emit(touched.picture)
        if touched.extent or not touched.mask.is_empty:
            self.mask_changed.emit(touched.mask)


def _view(pixels: Pixels) -> Pixels:
    view = pixels.view()
    view.flags.writeable = False
    return view
