"""The document: one picture and its mask, with undo for everything that happens to them."""

from dataclasses import dataclass

import numpy as np
from psygnal import Signal

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.studio.history import BUDGET_BYTES, History
from t2i_studio.studio.patches import Patch, patch, patches
from t2i_studio.studio.strokes import NOWHERE, Dab, Ink, Stroke

STROKE_NAMES = {Ink.paint: "Paint mask", Ink.erase: "Erase mask"}


class Document:
    """A picture and a mask of its size, or nothing (main thread).

    Listeners hear of a step when it is complete, never of half of one.
    """

    picture_changed = Signal(Bounds)
    mask_changed = Signal(Bounds)
    extent_changed = Signal(object)  # Extent | None; before the other two

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self.history: History[Document] = History(self, budget_bytes)
        self.history.changed.connect(self._announce)
        self._picture: Image | None = None
        self._mask = _blank(None)
        self._stroke: Stroke | None = None
        self._ink = Ink.paint
        self._touched = _Touched()

    @property
    def picture(self) -> Image | None:
        return self._picture

    @property
    def extent(self) -> Extent | None:
        return self._picture.extent if self._picture else None

    @property
    def bounds(self) -> Bounds:
        """The whole picture; empty without one."""
        return Bounds.at_origin(self.extent) if self.extent else NOWHERE

    @property
    def mask(self) -> Mask:
        """A snapshot; without a picture there is no mask, and LookupError."""
        if self._picture is None:
            raise LookupError("There is no picture that a mask could belong to.")
        return Mask(self._mask)

    @property
    def mask_pixels(self) -> Pixels:
        """The mask as it is now and will be, to look at; (0, 0) without a picture."""
        view = self._mask.view()
        view.flags.writeable = False
        return view

    @property
    def has_mask(self) -> bool:
        """Whether anything at all is to be repainted."""
        return bool(self._mask.any())

    @property
    def is_painting(self) -> bool:
        return self._stroke is not None

    def start(self, picture: Image | None = None, mask: Mask | None = None) -> None:
        """Begin anew, with nothing to undo."""
        self.abandon_stroke()
        with self.history.transaction("Start"):
            self._replace(picture)
            if mask is not None:
                self._change_mask(self._own(mask))
        self.history.clear()

    def open(self, image: Image, name: str = "Open picture") -> None:
        """Replace picture and extent, and clear the mask: one step."""
        self.abandon_stroke()
        with self.history.transaction(name):
            self._replace(image)

    def close(self) -> None:
        """Leave nothing on the canvas: one step."""
        self.abandon_stroke()
        with self.history.transaction("Close picture"):
            self._replace(None)

    def place(self, image: Image, name: str = "Accept result") -> None:
        """Take over a result and clear the mask in one step, which keeps only what changed."""
        if self._picture is None or self._picture.extent != image.extent:
            self.open(image, name)
            return
        self.abandon_stroke()
        with self.history.transaction(name):
            self._change_mask(np.zeros_like(self._mask))
            if change := patch(self._picture.pixels ^ image.pixels):
                # The image itself, not a copy that the patch would make of it.
                self._put(image, change.bounds)
                self.history.record(_PictureEdit(change))

    def set_mask(self, mask: Mask, name: str = "Load mask") -> None:
        """Replace the mask by one of the same size."""
        self.abandon_stroke()
        with self.history.transaction(name):
            self._change_mask(self._own(mask))

    def clear_mask(self) -> None:
        self.abandon_stroke()
        with self.history.transaction("Clear mask"):
            self._change_mask(np.zeros_like(self._mask))

    def invert_mask(self) -> None:
        self.abandon_stroke()
        if self._picture is None:
            return
        with self.history.transaction("Invert mask"):
            self.history.do(_Inversion())

    def begin_stroke(self, ink: Ink, at: Dab) -> None:
        """Put the brush on the mask; it shows at once and is one step when it ends."""
        self.end_stroke()
        self._ink, self._stroke = ink, Stroke(self._mask, ink)
        self.extend_stroke(at)

    def extend_stroke(self, to: Dab) -> None:
        """Draw on; nothing happens if the stroke has been abandoned meanwhile."""
        if self._stroke:
            self._tell_mask(self._stroke.extend(to))

    def end_stroke(self) -> None:
        """Keep the stroke as one step, if there is one."""
        stroke, self._stroke = self._stroke, None
        if stroke and (changes := stroke.patches()):
            with self.history.transaction(STROKE_NAMES[self._ink]):
                self.history.record(_MaskEdit(changes))

    def abandon_stroke(self) -> None:
        """Take the stroke back as if it had never begun."""
        stroke, self._stroke = self._stroke, None
        if stroke:
            self._tell_mask(stroke.abandon())

    def undo(self) -> None:
        """Take back the last step, or just the stroke if one is being painted."""
        if self._stroke:
            self.abandon_stroke()
        else:
            self.history.undo()

    def redo(self) -> None:
        self.abandon_stroke()
        self.history.redo()

    def _own(self, mask: Mask) -> Pixels:
        if mask.extent != self.extent:
            raise ValueError(f"A mask of {mask.extent} for a picture of {self.extent}.")
        return mask.pixels

    def _change_mask(self, pixels: Pixels) -> None:
        if changes := patches(self._mask ^ pixels):
            self.history.do(_MaskEdit(changes))

    def _replace(self, picture: Image | None) -> None:
        self._change_mask(np.zeros_like(self._mask))
        if picture is not self._picture:
            self.history.do(_Replacement(self._picture, picture))

    def _put(self, picture: Image, within: Bounds) -> None:
        self._picture = picture
        self._touched.picture = self._touched.picture.union(within)

    def _tell_mask(self, bounds: Bounds) -> None:
        if not bounds.is_empty:
            self.mask_changed.emit(bounds)

    def _announce(self) -> None:
        touched, self._touched = self._touched, _Touched()
        if touched.is_replaced:
            if touched.is_resized:
                self.extent_changed.emit(self.extent)
            self.picture_changed.emit(self.bounds)
            self.mask_changed.emit(self.bounds)
            return
        if not touched.picture.is_empty:
            self.picture_changed.emit(touched.picture)
        self._tell_mask(touched.mask)


@dataclass
class _Touched:
    """What a step has changed so far and nobody has been told."""

    picture: Bounds = NOWHERE
    mask: Bounds = NOWHERE
    is_replaced: bool = False
    is_resized: bool = False


@dataclass(frozen=True)
class _MaskEdit:
    changes: tuple[Patch, ...]

    @property
    def size_bytes(self) -> int:
        return sum(change.size_bytes for change in self.changes)

    def apply(self, document: Document) -> None:
        for change in self.changes:
            change.flip(document._mask)
            document._touched.mask = document._touched.mask.union(change.bounds)

    revert = apply


@dataclass(frozen=True)
class _Inversion:
    size_bytes = 0

    def apply(self, document: Document) -> None:
        np.bitwise_not(document._mask, out=document._mask)
        document._touched.mask = document.bounds

    revert = apply


@dataclass(frozen=True)
class _PictureEdit:
    change: Patch

    @property
    def size_bytes(self) -> int:
        return self.change.size_bytes

    def apply(self, document: Document) -> None:
        assert document._picture is not None
        pixels = document._picture.pixels.copy()
        self.change.flip(pixels)
        pixels.flags.writeable = False  # or Image would copy it once more
        document._put(Image(pixels), self.change.bounds)

    revert = apply


@dataclass(frozen=True)
class _Replacement:
    """Another picture with an empty mask; holds both as they are.

    Packing them would take 20 ms a megabyte and gain little on photographs.
    """

    before: Image | None
    after: Image | None

    @property
    def size_bytes(self) -> int:
        return max(image.pixels.nbytes if image else 0 for image in (self.before, self.after))

    def apply(self, document: Document) -> None:
        self._swap(document, self.after)

    def revert(self, document: Document) -> None:
        self._swap(document, self.before)

    def _swap(self, document: Document, picture: Image | None) -> None:
        touched = document._touched
        touched.is_replaced = True
        touched.is_resized |= document.extent != (picture.extent if picture else None)
        document._picture = picture
        document._mask = _blank(document.extent)


def _blank(extent: Extent | None) -> Pixels:
    return np.zeros((extent.height, extent.width) if extent else (0, 0), np.uint8)
