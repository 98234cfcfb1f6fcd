"""The prompts that were used: type some words of one, press Return to have it again."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.history import found
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import CONTROL, GAP, set_kind

SIZE: Final = QSize(420, 360)  # px
AWAY: Final = 4  # px from what it opens at
TIP: Final = 2_000  # characters
MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


class HistoryPopup(QFrame):
    """Return takes the prompt that is chosen, Delete forgets it, Escape closes."""

    taken = Signal(str)
    forgotten = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._history: tuple[str, ...] = ()
        self.search = QLineEdit()
        self.list = QListWidget()
        self.nothing = QLabel()
        self.forget: QToolButton = tool_button(
            "trash", tr("Forget the chosen prompt (Delete)\nThe pictures made with it stay.")
        )
        self._set_up()
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.list.itemClicked.connect(self._take)
        self.forget.clicked.connect(self._forget)

    @property
    def prompts(self) -> list[str]:
        """Those that are listed, newest first."""
        role = Qt.ItemDataRole.UserRole
        return [str(self.list.item(row).data(role)) for row in range(self.list.count())]

    def open_at(self, widget: QWidget, history: Sequence[str]) -> None:
        """List the prompts below a widget, or above it where there is no room."""
        self.search.clear()
        self.show_history(history)
        screen = widget.screen().availableGeometry()
        corner = widget.mapToGlobal(QPoint(0, 0))
        self.resize(SIZE.boundedTo(screen.size()))
        below = corner.y() + widget.height() + AWAY
        fits = below + self.height() <= screen.bottom()
        x = min(max(corner.x(), screen.left()), screen.right() - self.width())
        self.move(x, below if fits else max(screen.top(), corner.y() - self.height() - AWAY))
        self.show()
        self.search.setFocus()

    def show_history(self, history: Sequence[str]) -> None:
        """List other prompts; what is searched stays, and the row that is chosen, too."""
        row = self.list.currentRow()
        self._history = tuple(history)
        self._find(self.search.text())
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list out of what is typed."""
        return isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress and (
            self._takes(event)
        )  # fmt: skip

    def _set_up(self) -> None:
        set_kind(self, "popup")
        self.setAccessibleName(tr("Prompts that were used"))
        self.search.setPlaceholderText(tr("Search prompts that were used"))
        self.search.setAccessibleName(tr("Search prompts that were used"))
        self.search.setAccessibleDescription(
            tr("Up and Down choose, Return takes the prompt, Delete forgets it, Escape closes.")
        )
        self.search.installEventFilter(self)
        self.list.setAccessibleName(tr("Prompts that were used"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing.setWordWrap(True)
        set_kind(self.nothing, "muted")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.search, 1)
        head.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)

    def _takes(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in MOVES:
            self._move(MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentItem() is not None:
                self._take(self.list.currentItem())
        elif key == Qt.Key.Key_Delete and self.search.cursorPosition() == len(self.search.text()):
            self._forget()
        else:
            return False
        return True

    def _find(self, words: str) -> None:
        self.list.clear()
        for prompt in found(self._history, words):
            item = QListWidgetItem(" ".join(prompt.split()))
            item.setData(Qt.ItemDataRole.UserRole, prompt)
            item.setToolTip(prompt[:TIP])
            item.setSizeHint(QSize(0, CONTROL))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        is_empty = self.list.count() == 0
        self.list.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        self.nothing.setText(
            tr("No prompt has all of these words.")
            if self._history
            else tr("The prompts that pictures were made with will be listed here.")
        )
        self.forget.setEnabled(not is_empty)

    def _move(self, by: int) -> None:
        rows, row = self.list.count(), self.list.currentRow() + by
        if rows:
            self.list.setCurrentRow(row % rows if abs(by) == 1 else min(max(row, 0), rows - 1))

    def _take(self, item: QListWidgetItem) -> None:
        self.close()
        self.taken.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _forget(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.forgotten.emit(str(item.data(Qt.ItemDataRole.UserRole)))
