"""The middle of the window: tools at the side, the canvas, and what stands on it while empty."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from t2i_studio.core.errors import StudioError
from t2i_studio.core.words import tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.panels.empty_state import EmptyState
from t2i_studio.ui.panels.frame_show import FrameShow
from t2i_studio.ui.panels.refusals import Refusals
from t2i_studio.ui.panels.tool_column import ToolColumn
from t2i_studio.ui.panels.tool_options import ToolOptionsBar


class CanvasPanel(QWidget):
    """Shows the document, what is staged over it, and the preview while a picture grows."""

    example_chosen = Signal(str)
    mask_import_requested = Signal()
    mask_export_requested = Signal()

    def __init__(
        self, session: Session, background: Background | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.view = CanvasView(session.document, session.tools, session.frame, background)
        self.empty = EmptyState(self.view)
        self.empty.example_chosen.connect(self.example_chosen)
        self.invert = tool_button("invert", tr("Invert the mask"))
        self.clear = tool_button("clear", tr("Clear the mask"))
        self.tool_column = ToolColumn(session.tools, (self.invert, self.clear))
        self.options = ToolOptionsBar(session, self.view)
        self._refusals = Refusals(session)
        self._frame_show = FrameShow(session, self.view)
        self._bindings = Bindings()
        self._lay_out()
        self._bind()
        self.show_staging()
        self.follow_model()

    def unbind(self) -> None:
        self._bindings.clear()
        self._refusals.unbind()
        self._frame_show.unbind()
        self.tool_column.unbind()
        self.options.unbind()
        self.view.unbind()

    def follow_model(self) -> None:
        """Offer examples that work with the model, and the frame of its pictures."""
        capabilities = self._session.capabilities
        self.empty.show_examples(capabilities.examples if capabilities else ())
        if capabilities:
            self.view.set_blank_extent(self._session.settings.size or capabilities.sizes[0])

    def show_staging(self) -> None:
        """Lay what is staged over the document."""
        staging, is_live = self._session.staging, self._session.live.is_on
        if staging.shows_live and staging.live:
            self.view.show_overlay(staging.live.image, staging.live.frame, is_closed=not is_live)
        elif staging.selected:
            self.view.show_overlay(staging.selected.image, staging.selected.bounds)
        else:
            self.view.show_overlay(None)
        is_blank = self._session.document.extent is None and not staging.is_active
        self.empty.setVisible(is_blank)
        shows_result = staging.shows_live and not is_live
        self.view.is_mask_editable = not shows_result and (
            staging.selected is None or staging.shows_live
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tool_column)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self.options)
        row.addLayout(middle, 1)

    def _bind(self) -> None:
        session = self._session
        self._bindings.add(
            on(session.staging.shown_changed, self.show_staging),
            on(session.document.extent_changed, lambda _: self.show_staging()),
            on(session.settings.events.size, lambda _: self.follow_model()),
            on(self.view.covers.failed, self._complain),
            on(self.view.keys.rebound, self._name_tools),
        )
        self._name_tools()
        self.invert.clicked.connect(session.document.invert_mask)
        self.clear.clicked.connect(session.document.clear_mask)
        self.options.mask_menu.import_requested.connect(self.mask_import_requested)
        self.options.mask_menu.export_requested.connect(self.mask_export_requested)
        self.view.tools.refused.connect(self._refusals.explain)

    def _name_tools(self) -> None:
        """Let the tips name the keys of now."""
        keys = self.view.keys
        self.tool_column.set_keys({tool: keys.key_of(f"canvas.{tool}") for tool in Tool})

    def _complain(self, error: Exception) -> None:
        is_ours = not isinstance(error, StudioError)
        self._session.noticed.emit(notice_of(error) if is_ours else Notice(Level.warn, str(error)))
