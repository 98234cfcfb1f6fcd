"""What the canvas shows: what of the document, and what is laid over it for a while."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.studio.document import Document
from t2i_studio.ui.canvas.content import (
    Floating,
    FrameView,
    Overlay,
    Sketch,
    overlay_bounds,
    shown_extent,
)
from t2i_studio.ui.canvas.rasters import Rasters

DEFAULT_BLANK: Final = Extent(256, 256)


class SceneContent(QObject):
    """Keeps no state that the document has; remembers what looks different since it was drawn."""

    changed = Signal(object)  # the Bounds of the picture that look different now, or None for all

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rasters = Rasters(document)
        self._spoiled: list[Bounds] = []
        self._is_spoiled = True  # all of it
        self._overlay: Overlay | None = None
        self._blank = DEFAULT_BLANK
        self._frame: FrameView | None = None
        self._sketch: Sketch | None = None
        self._floating: Floating | None = None
        self._divider: float | None = None
        self._is_held = False

    @property
    def extent(self) -> Extent:
        """The size of what is shown, in pixels of the picture."""
        return shown_extent(self._document.extent, self._blank, self._overlay)

    @property
    def overlay(self) -> Overlay | None:
        return self._overlay

    @property
    def overlay_bounds(self) -> Bounds | None:
        """Where the overlay lies, in pixels of the picture."""
        if self._overlay is None:
            return None
        return overlay_bounds(self._document.extent, self.extent, self._overlay)

    @property
    def can_compare(self) -> bool:
        """Whether a result lies over an original."""
        return self._overlay is not None and self._document.extent is not None

    @property
    def blank(self) -> Extent:
        """How large a picture is going to be that grows on the empty canvas."""
        return self._blank

    @blank.setter
    def blank(self, extent: Extent) -> None:
        self._blank = extent
        self._spoil_all()

    @property
    def frame_view(self) -> FrameView | None:
        """The generation frame as it is to be drawn; None while there is none to be seen."""
        return self._frame

    @frame_view.setter
    def frame_view(self, frame: FrameView | None) -> None:
        for each in (self._frame, frame):
            if each and not self._is_inside(each.bounds):
                self._spoiled.append(each.bounds)  # what is unknown in it is drawn as such
        self._frame = frame
        self.changed.emit(None)

    @property
    def sketch(self) -> Sketch | None:
        """The line of the tool in use."""
        return self._sketch

    @sketch.setter
    def sketch(self, sketch: Sketch | None) -> None:
        if sketch != self._sketch:
            self._sketch = sketch
            self.changed.emit(None)

    @property
    def floating(self) -> Floating | None:
        """Pixels that the tool in use has not put down yet."""
        return self._floating

    @floating.setter
    def floating(self, floating: Floating | None) -> None:
        if floating is self._floating:
            return
        is_moved = floating and self._floating and floating.pixels is self._floating.pixels
        both = [each for each in (self._floating, floating) if each]
        places = [floating_bounds(each) for each in both]
        self._floating = floating
        if not is_moved:
            self._rasters.float_over(floating)
            if any(each.behind is not None or each.hides_mask for each in both):
                self._spoil_all()
        for place in places:
            self._show_change(place)

    @property
    def divider(self) -> float | None:
        """The share of the overlay, from the left, in place of which the original is shown."""
        return self._divider

    @divider.setter
    def divider(self, share: float | None) -> None:
        before, self._divider = self._divider, share
        bounds = self.overlay_bounds
        if bounds is None or before == share:
            return
        if before is None or share is None:
            self._show_change(bounds)
            return
        left, right = (bounds.x + round(bounds.width * each) for each in sorted((before, share)))
        self._show_change(Bounds(left - 1, bounds.y, right - left + 2, bounds.height))

    @property
    def is_held(self) -> bool:
        """Whether the original is shown in place of the overlay, for as long as a key is held."""
        return self._is_held

    @is_held.setter
    def is_held(self, is_held: bool) -> None:
        if is_held != self._is_held:
            self._is_held = is_held
            self._spoil_all()

    def lay_over(self, overlay: Overlay | None) -> None:
        before, self._overlay = self._overlay, overlay
        self._rasters.lay_over(overlay)
        if before and overlay and before.bounds and before.bounds == overlay.bounds:
            self._show_change(before.bounds)
        else:
            self._spoil_all()

    def renew_all(self) -> None:
        """Look at another picture."""
        self._rasters.renew_all()
        self._spoil_all()

    def renew_picture(self, bounds: Bounds) -> None:
        self._rasters.renew_picture(bounds)
        self._show_change(bounds)

    def renew_mask(self, bounds: Bounds) -> None:
        self._rasters.renew_mask(bounds)
        self._show_change(bounds)

    @property
    def is_alone(self) -> bool:
        """Whether an overlay of another size is shown, under which nothing of the picture is."""
        return self._overlay is not None and self.extent != self._document.extent

    @property
    def shows_original(self) -> bool:
        return self._is_held or self._divider is not None

    @property
    def original_bounds(self) -> Bounds:
        """Return where the picture is drawn: compared with one of another size, in its place."""
        return (self.overlay_bounds if self.is_alone else None) or self._document.bounds

    def _is_inside(self, bounds: Bounds) -> bool:
        return bounds.intersection(self._document.bounds) == bounds

    def _show_change(self, bounds: Bounds) -> None:
        self._spoiled.append(bounds)
        self.changed.emit(bounds)

    def _spoil_all(self) -> None:
        self._is_spoiled = True
        self.changed.emit(None)


def floating_bounds(floating: Floating) -> Bounds:
    height, width = floating.pixels.shape[:2]
    return Bounds(floating.x, floating.y, width, height)
