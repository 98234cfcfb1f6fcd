"""What can be put in at the caret of a text: a list below it that never takes the focus."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.theme import CONTROL, GAP, set_kind

WIDTH: Final = 280  # px
MOST_ROWS: Final = 7
INSET: Final = 4  # px

MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - MOST_ROWS,
}
TAKES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class CompletionPopup(QFrame):
    """Lies over the window of `edit`, which gives it the keys that are pressed."""

    chosen = Signal(str)

    def __init__(self, edit: QWidget) -> None:
        super().__init__(edit.window())
        self._edit = edit
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(tr("Suggestions"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(self._take)
        self.list.currentItemChanged.connect(self._announce)
        set_kind(self, "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, INSET, INSET, INSET)
        column.addWidget(self.list)
        self.hide()

    @property
    def texts(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def offer(self, texts: Sequence[str], caret: QRect) -> None:
        """Show texts below the caret, the first one chosen; nothing without any.

        caret: in the coordinates of the edit's window.
        """
        if not texts:
            self.hide()
            return
        if texts != self.texts:
            self.list.clear()
            self.list.addItems(list(texts))
            for row in range(self.list.count()):
                self.list.item(row).setToolTip(texts[row])
            self.list.setCurrentRow(0)
        self._place(caret)
        self.show()
        self.raise_()

    def takes(self, event: QKeyEvent) -> bool:
        """Act on a key that is meant for the list; False if it is not."""
        if self.isHidden() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        if key in MOVES:
            self._move(MOVES[key])
        elif key in TAKES:
            self._take(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        rows, row = self.list.count(), self.list.currentRow() + by
        # One step goes round, a page stops at the end.
        self.list.setCurrentRow(row % rows if abs(by) == 1 else min(max(row, 0), rows - 1))

    def _take(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.text())

    def _place(self, caret: QRect) -> None:
        """Stand below the caret, or above it where there is no room."""
        window = self._edit.window()
        rows = min(self.list.count(), MOST_ROWS)
        row = max(self.list.sizeHintForRow(0), CONTROL)
        height = rows * row + 2 * INSET + 2 * self.list.frameWidth() + 2
        width = min(WIDTH, window.width() - 2 * GAP)
        left = max(GAP, min(caret.left(), window.width() - width - GAP))
        fits = caret.bottom() + height + GAP <= window.height()
        top = caret.bottom() + INSET if fits else caret.top() - height - INSET
        self.setGeometry(QRect(QPoint(left, max(0, top)), QPoint(left, max(0, top))))
        self.resize(width, height)

    def _announce(self, item: QListWidgetItem | None) -> None:
        if item is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._edit, item.text()))
