"""Everything by its name: type some letters of it, and press Return."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.ui.fuzzy import Find, find
from t2i_studio.ui.theme import GAP, MARGIN, set_kind
from t2i_studio.ui.widgets.palette_row import ROW, PaletteRow

WIDTH: Final = 600  # px
MOST_ROWS: Final = 11
RECENT_BONUS: Final = 15.0  # of the score of what was used last; the others get less
Index = QModelIndex | QPersistentModelIndex

MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - MOST_ROWS,
}


@dataclass(frozen=True)
class Item:
    """What can be called; texts are translated. `beside` is searched, too, but not shown."""

    id: str
    title: str
    call: Callable[[], object]
    path: str = ""  # the menu that it stands in
    keys: str = ""
    icon: str = ""
    beside: str = ""
    is_enabled: bool = True


class CommandPalette(QFrame):
    """Lies over the top middle of its window; `items` are asked for when it opens."""

    opened = Signal()
    closed = Signal()

    def __init__(self, window: QWidget, items: Callable[[], Sequence[Item]]) -> None:
        super().__init__(window)
        self._window, self._items = window, items
        self._recent: Callable[[], Sequence[str]] = tuple
        self._before: QWidget | None = None  # had the focus
        self.model = PaletteModel(self)
        self.edit = QLineEdit()
        self.list = QListView()
        self.nothing = QLabel(tr("Nothing is called like that."))
        self._set_up()
        self._lay_out()
        self.edit.textChanged.connect(self._search)
        self.list.clicked.connect(self._run)
        self.list.selectionModel().currentChanged.connect(self._announce)
        self.hide()

    def rank_by(self, recent: Callable[[], Sequence[str]]) -> None:
        """Put what was used last first; `recent` returns its ids, newest first."""
        self._recent = recent

    def toggle(self) -> None:
        if self.isVisible():
            self.close_palette()
        else:
            self.open()

    def open(self) -> None:
        """Show everything, what was used last first."""
        self._before = QApplication.focusWidget()
        self.model.take(self._items(), self._recent())
        self.edit.clear()
        self._search("")
        self.show()
        self.raise_()
        self.edit.setFocus()
        self.opened.emit()

    def close_palette(self) -> None:
        """Close it, and give the focus back to what had it."""
        if self.isHidden():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._window)
        self.hide()
        if had_focus:
            (self._before or self._window).setFocus()
        self._before = None
        self.closed.emit()

    # layout ------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        set_kind(self, "popup")
        self.setAccessibleName(tr("Command palette"))
        self.edit.setPlaceholderText(tr("Search commands and settings"))
        self.edit.setAccessibleName(tr("Search commands and settings"))
        self.edit.setAccessibleDescription(
            tr("Up and Down choose, Return runs what is chosen, Escape closes.")
        )
        self.edit.setClearButtonEnabled(False)
        self.edit.installEventFilter(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteRow(self.list))
        self.list.setAccessibleName(tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_kind(self.nothing, "muted")
        self._window.installEventFilter(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.edit)
        column.addWidget(self.list)
        column.addWidget(self.nothing)

    def _place(self) -> None:
        """Stay in the top middle, as high as what is found, within the window."""
        rows = min(self.model.rowCount(), MOST_ROWS)
        self.list.setVisible(rows > 0)
        self.nothing.setVisible(rows == 0)
        room = self._window.rect().adjusted(MARGIN, 3 * MARGIN, -MARGIN, -MARGIN)
        around = self.edit.sizeHint().height() + 3 * GAP
        self.list.setFixedHeight(min(rows * ROW, max(ROW, room.height() - around)))
        width = min(WIDTH, room.width())
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(left, room.top(), width, self.sizeHint().height())

    # finding -----------------------------------------------------------------------------------

    def _search(self, query: str) -> None:
        self.model.search(query)
        self.list.setCurrentIndex(self.model.index(0))
        self._place()

    def _run(self, index: Index) -> None:
        item = self.model.item(index)
        if item is not None and item.is_enabled:
            self.close_palette()
            item.call()

    def _move(self, by: int) -> None:
        rows = self.model.rowCount()
        if rows:
            row = self.list.currentIndex().row() + by
            # One step goes round, a page stops at the end.
            row = row % rows if abs(by) == 1 else min(max(row, 0), rows - 1)
            self.list.setCurrentIndex(self.model.index(row))

    def _announce(self, current: QModelIndex) -> None:
        if QAccessible.isActive() and current.isValid():
            text = str(current.data(Qt.ItemDataRole.AccessibleTextRole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.edit, text))

    # events ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if event.type() == QEvent.Type.FocusOut:
            self.close_palette()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(Qt.Key(event.key()))
        return False

    def _press(self, key: Qt.Key) -> bool:
        if key in MOVES:
            self._move(MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # there is nowhere else to go
        return True


class PaletteModel(QAbstractListModel):
    """What was found, the best first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._items: list[Item] = []
        self._bonus: dict[str, float] = {}
        self._found: list[tuple[Item, Find]] = []

    def take(self, items: Sequence[Item], recent: Sequence[str]) -> None:
        """Hold other items, those used last first."""
        place = {name: number for number, name in enumerate(recent)}
        self._items = sorted(items, key=lambda item: place.get(item.id, len(place)))
        self._bonus = {
            name: RECENT_BONUS * (1 - number / len(place)) for name, number in place.items()
        }

    def search(self, query: str) -> None:
        self.beginResetModel()
        hits = ((item, find(query, item.title, _beside(item))) for item in self._items)
        self._found = [(item, hit) for item, hit in hits if hit is not None]
        if query.strip():
            self._found.sort(key=lambda found: -self._score(*found))
        self.endResetModel()

    def _score(self, item: Item, hit: Find) -> float:
        return hit.score + self._bonus.get(item.id, 0.0) - (0 if item.is_enabled else RECENT_BONUS)

    def item(self, index: Index) -> Item | None:
        return self._found[index.row()][0] if index.isValid() else None

    def places(self, index: Index) -> tuple[int, ...]:
        """Return which letters of the title were asked for."""
        return self._found[index.row()][1].places

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt has it
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if item.is_enabled else tr("not possible now")
            return ", ".join(part for part in (item.title, item.path, item.keys, state) if part)
        return None


def _beside(item: Item) -> str:
    return f"{item.path} {item.beside} {item.keys}"
