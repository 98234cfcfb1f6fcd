"""What can be seen of a document, and who hears when it changes."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import MASK, Content, Layer, on_white
from t2i_studio.core.words import later, tr
from t2i_studio.studio.blending import Ink
from t2i_studio.studio.edits import Displacement, Exchange, PixelEdit
from t2i_studio.studio.history import BUDGET_BYTES, Edit, History
from t2i_studio.studio.patches import Patch
from t2i_studio.studio.sheets import Held, Sheets
from t2i_studio.studio.strokes import Stroke

OPAQUE: Final = 255
ON_MASK: Final = {Ink.paint: later("Paint mask"), Ink.erase: later("Erase mask")}
ON_LAYER: Final = {Ink.paint: later("Paint"), Ink.erase: later("Erase")}


class Surface:
    """Layers and a mask of one size, or nothing (main thread).

    Listeners hear of a step when it is complete, never of half of one.
    """

    moved = Signal(int, int)  # what stood at (x, y) stands at (x + dx, y + dy): a crop, or growth
    extent_changed = Signal(object)  # Extent | None; before the others but `moved`
    layers_changed = Signal()  # they came, went, moved, or changed a property
    active_changed = Signal()
    picture_changed = Signal(Bounds)  # the composite, inside
    mask_changed = Signal(Bounds)
    stroke_ended = Signal()  # it is kept, or taken back

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self.history: History[Any] = History(self, budget_bytes)
        self.history.leaving.connect(self.abandon_stroke)
        self.history.changed.connect(self._announce)
        self._sheets = Sheets()
        self._stroke: Stroke | None = None
        self._picture: tuple[int, Image] | None = None  # and of which version it is

    @property
    def extent(self) -> Extent | None:
        return self._sheets.held.extent

    @property
    def bounds(self) -> Bounds:
        """The whole document; empty without a picture."""
        return self._sheets.bounds

    @property
    def corner(self) -> tuple[int, int]:
        """Where the left upper corner lies on a plane that crops and growth leave where it is."""
        return self._sheets.corner

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Bottom first; their pixels are as they are now and will be, to look at."""
        return tuple(_to_look_at(layer) for layer in self._sheets.held.layers)

    def layer(self, wanted: str) -> Layer:
        """Return the layer with an id, with pixels to look at; LookupError without one."""
        return _to_look_at(self._sheets.layer(wanted))

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
        """Whether there is something to paint on that is not hidden."""
        layer = self.active_layer
        return self.extent is not None and (layer is None or layer.is_visible)

    @property
    def is_painting(self) -> bool:
        return self._stroke is not None

    @property
    def composite_pixels(self) -> Pixels:
        """All layers that show, (H, W, 4), to look at; (0, 0, 4) without a picture.

        It may be another array after each change: ask again, that costs nothing.
        """
        return _view(self._sheets.composite)

    @property
    def picture(self) -> Image | None:
        """The composite on white as it is now; the same object until it changes."""
        if self.extent is None:
            return None
        version = self._sheets.version
        if self._picture is None or self._picture[0] != version:
            self._picture = version, on_white(self._sheets.composite)
        return self._picture[1]

    @property
    def has_transparency(self) -> bool:
        """Whether the composite is not fully opaque somewhere; cheap to ask."""
        return self._sheets.has_transparency

    @property
    def unknown(self) -> NDArray[np.bool_] | None:
        """Where the composite is not fully opaque, (H, W); None if it is everywhere."""
        if not self.has_transparency:
            return None
        return np.asarray(self._sheets.composite[..., 3] < OPAQUE)

    @property
    def mask(self) -> Mask:
        """A snapshot; without a picture there is no mask, and LookupError."""
        if self.extent is None:
            raise LookupError("There is no picture that a mask could belong to.")
        return Mask(self._sheets.copy(MASK))

    @property
    def mask_pixels(self) -> Pixels:
        """The mask as it is now and will be, to look at; (0, 0) without a picture."""
        return _view(self._sheets.held.mask)

    @property
    def has_mask(self) -> bool:
        """Whether anything at all is painted on the mask; cheap to ask."""
        return self._sheets.has_mask

    @property
    def revisions(self) -> dict[str, int]:
        """A number for the mask and for each layer, which grows when their pixels change."""
        return dict(self._sheets.revisions)

    def revision_of(self, target: str) -> int:
        """Return the revision of the mask or a layer."""
        return self._sheets.revisions[target]

    def snapshot(self, wanted: str) -> Layer:
        """Return a layer whose pixels nothing can change.

        They are copied only if no snapshot of them is in use any more.
        """
        return replace(self._sheets.layer(wanted), pixels=self._sheets.copy(wanted))

    @property
    def content(self) -> Content:
        """A snapshot of everything; who keeps it gets a next one that copies what has changed."""
        if self.extent is None:
            return Content()
        layers = tuple(self.snapshot(layer.id) for layer in self._sheets.held.layers)
        return Content(self.extent, layers, self.mask, self.active)

    def abandon_stroke(self) -> None:
        """Take the stroke back as if it had never begun."""
        stroke, self._stroke = self._stroke, None
        if stroke:
            self._sheets.touch(self.active, stroke.abandon())
            self._announce()
            self.stroke_ended.emit()

    def end_stroke(self) -> None:
        """Keep the stroke as one step, if there is one."""
        stroke, self._stroke = self._stroke, None
        if stroke is None:
            return
        if changes := stroke.patches():
            with self.history.transaction(self._stroke_name(stroke.brush.ink)):
                self.history.record(PixelEdit(self._sheets, self.active, changes))
        self.stroke_ended.emit()

    @contextmanager
    def _step(self, name: str, key: Hashable = None) -> Iterator[tuple[Edit[Any], ...]]:
        self.end_stroke()
        try:
            with self.history.transaction(name, key) as replaced:
                yield replaced
        except MemoryError as error:
            raise MachineError(
                tr("There is not enough memory for this."),
                tr("Merge layers, or crop the picture."),
            ) from error

    def _exchange(self, held: Held) -> None:
        self.history.do(Exchange(self._sheets, held))

    def _displace(self, window: Bounds) -> None:
        if window.x or window.y:
            self.history.do(Displacement(self._sheets, window.x, window.y))

    def _change_pixels(self, target: str, changes: tuple[Patch, ...]) -> None:
        if changes:
            self.history.do(PixelEdit(self._sheets, target, changes))

    def _stroke_name(self, ink: Ink) -> str:
        return tr((ON_MASK if self.active == MASK else ON_LAYER)[ink])

    def _require_picture(self) -> Extent:
        if self.extent is None:
            raise UserError(tr("There is no picture."), tr("Open one, or make one."))
        return self.extent

    def _announce(self) -> None:
        touched = self._sheets.take_touched()
        if touched.moved != (0, 0):
            self.moved.emit(*touched.moved)
        if touched.extent:
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


def _to_look_at(layer: Layer) -> Layer:
    return replace(layer, pixels=_view(layer.pixels))
