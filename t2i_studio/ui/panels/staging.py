"""Results beside the original: go through them, accept one, or discard them."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.itemmodels.staging import StagingModel
from t2i_studio.ui.theme import set_kind
from t2i_studio.ui.widgets.thumbnail_strip import ThumbnailStrip

THUMBNAIL = 64  # px


class StagingPanel(QWidget):
    """Hidden while there is nothing staged; `emptied` gives the focus away when it had it."""

    emptied = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = StagingModel(session, self)
        self.strip = ThumbnailStrip(THUMBNAIL)
        self.strip.setModel(self.model)
        self.strip.setAccessibleName("Results")
        self.strip.installEventFilter(self)
        self.previous = tool_button("previous", "Previous result (Left)")
        self.next = tool_button("next", "Next result (Right)")
        self.accept = QPushButton(icon("accept", "on_accent"), "Accept")
        self.accept.setToolTip("Put the shown result on the canvas (Enter). One undo step.")
        set_kind(self.accept, "primary")
        self.discard = QPushButton("Discard")
        self.discard.setToolTip("Drop the shown result (Delete). Its file stays in the gallery.")
        self.discard_all = QPushButton("Discard all")
        self.discard_all.setToolTip("Back to the original (Esc). The files stay in the gallery.")
        self._lay_out()
        self._connect()
        self._bindings = Bindings(
            [on(session.staging.listed, self._show), on(session.staging.shown_changed, self._show)]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self.model.unbind()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give strip and canvas the keys that InvokeAI's users know."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.press(Qt.Key(event.key()))
        if event.type() == QEvent.Type.MouseButtonPress and watched is not self.strip:
            self._explain(event)
        return False

    def press(self, key: Qt.Key) -> bool:
        """Act on a key while something is staged; tell whether it was one of ours."""
        staging = self._session.staging
        acts = {
            Qt.Key.Key_Left: lambda: staging.step(-1),
            Qt.Key.Key_Right: lambda: staging.step(+1),
            Qt.Key.Key_Return: self._session.accept,
            Qt.Key.Key_Enter: self._session.accept,
            Qt.Key.Key_Delete: staging.discard,
            Qt.Key.Key_Escape: staging.clear,
        }
        if not staging.is_active or key not in acts:
            return False
        acts[key]()
        return True

    def _explain(self, event: QEvent) -> None:
        """Say why the brush does nothing on a result."""
        is_left = isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton
        is_brush = self._session.tools.tool is not Tool.pan
        if is_left and is_brush and self._session.staging.selected is not None:
            text = "This result is not on the canvas yet: accept it to paint on it."
            self._session.noticed.emit(Notice(Level.info, text, "Accept", self._session.accept))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.previous)
        row.addWidget(self.strip, 1)
        row.addWidget(self.next)
        for button in (self.accept, self.discard, self.discard_all):
            row.addWidget(button)

    def _connect(self) -> None:
        staging = self._session.staging
        self.previous.clicked.connect(lambda: staging.step(-1))
        self.next.clicked.connect(lambda: staging.step(+1))
        self.accept.clicked.connect(self._session.accept)
        self.discard.clicked.connect(staging.discard)
        self.discard_all.clicked.connect(staging.clear)
        self.strip.clicked.connect(self._select)
        self.strip.doubleClicked.connect(self._take)

    def _select(self, index: QModelIndex) -> None:
        self._session.staging.select(index.row())

    def _take(self, index: QModelIndex) -> None:
        self._select(index)
        self._session.accept()

    def _show(self) -> None:
        staging = self._session.staging
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.setVisible(staging.is_active)
        if had_focus and not staging.is_active:
            self.emptied.emit()
        can_accept = staging.selected is not None
        self.accept.setEnabled(can_accept)
        self.discard.setEnabled(can_accept)
        self.strip.setCurrentIndex(self.model.index(staging.index))
