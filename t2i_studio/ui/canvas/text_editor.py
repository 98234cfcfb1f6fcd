"""Where the words of the text tool are typed, beside the text itself."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.ui.canvas.text_tool import TextTool
from t2i_studio.ui.theme import GAP, caption_font, set_kind

SIZE: Final = QSize(356, 132)  # px
AWAY: Final = 8  # px from the text, and from the edges of the view


class TextEditor(QFrame):
    """Not modal: Ctrl+Return adds the text, Esc throws it away; hidden while there is none."""

    def __init__(self, tool: TextTool, view: QWidget) -> None:
        super().__init__(view)
        self._tool = tool
        self._view = view
        self.words = _Words()
        self.add = QPushButton(tr("Add text"))
        self.cancel = QPushButton(tr("Cancel"))
        set_kind(self, "card")
        set_kind(self.add, "primary")
        self._lay_out()
        self.words.textChanged.connect(self._write)
        self.add.clicked.connect(tool.commit)
        self.cancel.clicked.connect(tool.cancel)
        self.hide()

    def show_at(self, box: QRectF) -> None:
        """Stand beside the text, which covers `box` of the view; hide if that is empty."""
        if box.isNull():
            self._close()
            return
        is_another = self.words.toPlainText() != self._tool.text
        if is_another:
            was_blocked = self.words.blockSignals(True)
            self.words.setPlainText(self._tool.text)
            self.words.blockSignals(was_blocked)
        if is_another or self.isHidden():
            self.show()
            self.raise_()
            self.words.setFocus()
        self._stand_beside(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _ends(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._tool.cancel()
        else:
            self._tool.commit()

    def event(self, event: QEvent) -> bool:
        return _is_claimed(event) or super().event(event)

    def _lay_out(self) -> None:
        hint = QLabel(tr("Ctrl+Return adds it, Esc leaves"))
        hint.setFont(caption_font(hint.font()))
        set_kind(hint, "muted")
        self.add.setToolTip(tr("Make the text a layer of its own (Ctrl+Return). One undo step."))
        self.cancel.setToolTip(tr("Throw the text away (Esc)."))
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(hint, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.words, 1)
        column.addLayout(foot)
        self.resize(SIZE)

    def _stand_beside(self, box: QRectF) -> None:
        """Under the text, or over it where there is no room, and always inside the view."""
        room = self._view.rect().adjusted(AWAY, AWAY, -AWAY, -AWAY)
        x = min(max(round(box.left()), room.left()), room.right() - self.width())
        below, above = round(box.bottom()) + AWAY, round(box.top()) - AWAY - self.height()
        y = below if below + self.height() <= room.bottom() or above < room.top() else above
        self.move(max(x, room.left()), max(min(y, room.bottom() - self.height()), room.top()))

    def _write(self) -> None:
        self._tool.write(self.words.toPlainText())

    def _close(self) -> None:
        focused: QWidget | None = QApplication.focusWidget()  # whatever its signature says
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if had_focus:
            self._view.setFocus()


class _Words(QPlainTextEdit):
    """Tab leaves it; the keys that end the text go to the editor."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Text"))
        self.setPlaceholderText(tr("Type the text…"))

    def event(self, event: QEvent) -> bool:
        return _is_claimed(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _ends(event):
            event.ignore()  # the editor's
        else:
            super().keyPressEvent(event)


def _ends(event: QKeyEvent) -> bool:
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Escape or (is_return and has_control)


def _is_claimed(event: QEvent) -> bool:
    """Take what ends the text before the window's own shortcuts do."""
    is_override = event.type() == QEvent.Type.ShortcutOverride
    if is_override and isinstance(event, QKeyEvent) and _ends(event):
        event.accept()
        return True
    return False
