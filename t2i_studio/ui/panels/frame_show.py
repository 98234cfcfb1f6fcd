"""Shows the generation frame on the canvas, as far as it counts."""

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.inpaint import shaped
from t2i_studio.core.words import tr
from t2i_studio.studio.compose import known_share
from t2i_studio.studio.frame import LITTLE_KNOWN, Area
from t2i_studio.studio.session import Session
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.content import FrameView
from t2i_studio.ui.canvas.view import CanvasView


class FrameShow:
    """Follows frame, tool, size, model and picture."""

    def __init__(self, session: Session, view: CanvasView) -> None:
        self._session, self._view = session, view
        frame, settings = session.frame, session.settings
        self._bindings = Bindings(
            [
                on(frame.events.bounds, lambda _: self._show()),
                on(frame.events.area, lambda _: self._show()),
                on(settings.events.size, lambda _: self._show()),
                on(session.tools.events.tool, lambda _: self._show()),
                on(session.model_described, self._show),
                on(session.document.extent_changed, lambda _: self._show()),
                on(session.document.history.changed, self._show),
                on(session.staging.shown_changed, self._show),
                on(frame.outpainting, self._show_whole),
            ]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _show(self) -> None:
        view = self._frame_view()
        if view != self._view.frame_view:
            self._view.frame_view = view

    def _show_whole(self) -> None:
        """Bring picture and box into view: the box may lie far outside of what is seen."""
        if box := self._session.frame.bounds:
            self._view.fit_part(self._session.document.bounds.union(box))

    def _frame_view(self) -> FrameView | None:
        """Return how the box looks; None where it would only be in the way."""
        frame, extent = self._session.frame, self._session.document.extent
        is_active = self._session.tools.tool is Tool.frame
        counts = frame.area is Area.frame and self._session.staging.selected is None
        if frame.bounds is None or extent is None or not (is_active or counts):
            return None
        native = self._session.workspace.native(self._session.capabilities)
        return FrameView(
            bounds=frame.bounds,
            region=_region(frame.bounds, extent, native),
            label=_label(frame.bounds.extent, native),
            warning=self._warning(),
            is_active=is_active,
        )

    def _warning(self) -> str:
        share = known_share(self._session.document, self._session.frame)
        return tr("Little known picture inside") if share < LITTLE_KNOWN else ""


def _region(box: Bounds, picture: Extent, native: Extent) -> Bounds:
    """Return what the model sees: the box in the model's shape."""
    window = Bounds.at_origin(picture).union(box)
    inside = shaped(box.moved(-window.x, -window.y), window.extent, native)
    return inside.moved(window.x, window.y)


def _label(box: Extent, native: Extent) -> str:
    size = f"{box.width} × {box.height} px"
    return size if box == native else f"{size} → {native.width} × {native.height} px"
