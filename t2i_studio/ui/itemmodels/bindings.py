"""What keys do, as a table that can be searched."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from t2i_studio.core.words import later, tr
from t2i_studio.ui.bind import on
from t2i_studio.ui.fuzzy import find
from t2i_studio.ui.keymap import Binding, Keymap, native
from t2i_studio.ui.theme import current

Index = QModelIndex | QPersistentModelIndex
BETWEEN: Final = "   "  # keys


class Show(IntEnum):
    """Which bindings are listed."""

    every = 0
    changed = 1
    conflicts = 2


TITLES: Final = (later("Command"), later("Keys"), later("Where"), later("Menu"))


class BindingModel(QAbstractTableModel):
    """Rows are bindings in the order of the keymap; what was changed is heavier."""

    def __init__(self, keymap: Keymap, path: Callable[[str], str], parent: QObject) -> None:
        super().__init__(parent)
        self._keymap, self._path = keymap, path
        self._query, self._shown = "", Show.every
        self._rows = list(keymap)
        self._off = on(keymap.changed, lambda _: self._renew())

    def unbind(self) -> None:
        self._off()

    def search(self, query: str) -> None:
        self._query = query
        self._renew(is_other=True)

    def show(self, what: Show) -> None:
        self._shown = what
        self._renew(is_other=True)

    def binding(self, index: Index) -> Binding | None:
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, name: str) -> int:
        """Return the row of a binding; -1 if it is not listed."""
        return next((row for row, each in enumerate(self._rows) if each.id == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt has it
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt has it
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        binding = self.binding(index)
        if binding is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._texts(binding)[index.column()]
            case Qt.ItemDataRole.FontRole if self._keymap.is_changed(binding.id):
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(binding, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return conflict_text(self._keymap, binding)
        return None

    def _renew(self, *, is_other: bool = False) -> None:
        rows = [binding for binding in self._keymap if self._is_listed(binding)]
        if is_other or rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(TITLES) - 1))

    def _is_listed(self, binding: Binding) -> bool:
        if self._shown is Show.changed and not self._keymap.is_changed(binding.id):
            return False
        if self._shown is Show.conflicts and not self._keymap.conflicts(binding.id):
            return False
        return find(self._query, binding.title, " ".join(self._texts(binding)[1:])) is not None

    def _texts(self, binding: Binding) -> tuple[str, ...]:
        keys = BETWEEN.join(native(key) for key in self._keymap.keys(binding.id))
        return binding.title, keys, binding.context.place, self._path(binding.id)

    def _colour(self, binding: Binding, column: int) -> QColor | None:
        look = current()
        if column == 1 and self._keymap.conflicts(binding.id):
            return QColor(look.danger)
        return QColor(look.muted) if binding.is_fixed or column > 1 else None


def conflict_text(keymap: Keymap, binding: Binding) -> str:
    """Return what else the keys of a binding do; empty if nothing."""
    lines = [
        tr("{key} also does: {others}.", key=native(key), others=", ".join(o.title for o in others))
        for key, others in keymap.conflicts(binding.id).items()
    ]
    return "\n".join(lines)
