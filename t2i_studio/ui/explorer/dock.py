"""Where the explorer lives: beside the canvas, or in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.session import Session
from t2i_studio.studio.stages import PRIOR, TEXT
from t2i_studio.ui.explorer.panel import ExplorerPanel
from t2i_studio.ui.window_layout import is_shown

FLOATING_SIZE = 560, 900  # px
TABS = {PRIOR: later("Prior"), TEXT: later("Labels")}  # that tell more of a stage of the pipeline


class ExplorerDock(QDockWidget):
    """Floats with the frame of the system, and is docked without a title."""

    def __init__(self, session: Session, background: Background, window: QMainWindow) -> None:
        super().__init__(tr("Explore"), window)
        self.setObjectName("Explore")
        self._session = session
        self.panel = ExplorerPanel(session, background)
        self.setWidget(self.panel)
        self.setAllowedAreas(
            Qt.DockWidgetArea.RightDockWidgetArea | Qt.DockWidgetArea.LeftDockWidgetArea
        )
        features = QDockWidget.DockWidgetFeature
        self.setFeatures(features.DockWidgetClosable | features.DockWidgetFloatable)
        self._no_title = QWidget(self)
        self.setTitleBarWidget(self._no_title)
        self.topLevelChanged.connect(self._follow_floating)
        self.panel.pop_out_requested.connect(self._toggle_floating)
        self.panel.close_requested.connect(self.hide)

    def unbind(self) -> None:
        self.panel.unbind()

    def open(self) -> None:
        """Show the explorer, wherever it was."""
        self.show()
        self.raise_()

    def open_for(self, stage: str) -> None:
        """Show the tab that tells more of a stage."""
        self.open()
        self.panel.open_tab(tr(TABS.get(stage, later("Text diff"))))

    def toggle(self) -> None:
        """Show it with what the canvas shows, or hide it."""
        if is_shown(self):
            self.hide()
            return
        self.open()
        if self._session.shown_picture is not None:
            self._session.explore_shown()

    def _toggle_floating(self) -> None:
        self.setFloating(not self.isFloating())

    def _follow_floating(self, is_floating: bool) -> None:
        """Let the system draw a frame with a title around a window of its own."""
        self.setTitleBarWidget(None if is_floating else self._no_title)  # type: ignore[arg-type]  # Qt takes none
        self.panel.close_button.setVisible(not is_floating)
        if is_floating:
            self.resize(*FLOATING_SIZE)
