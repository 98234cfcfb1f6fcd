"""The gallery strip's items; thumbnails are read in the background when they are asked for.

Views ask for what they paint, and at their end for more pictures.
"""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.gallery.store import Picture
from t2i_studio.studio.background import Background
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
EDGE = 192  # px of a thumbnail's longer side: 2x what the strip shows


class ShelfModel(QAbstractListModel):
    """Row 0 is the newest picture."""

    def __init__(self, shelf: Shelf, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._pictures = list(shelf.pictures)
        self._thumbnails = Thumbnails[Picture](self._read, self._show, background)
        self._bindings = Bindings(
            [
                on(shelf.reset, self._reset),
                on(shelf.added, self._insert),
                on(shelf.appended, self._append),
                on(shelf.removed, self._remove),
            ]
        )

    def unbind(self) -> None:
        self._bindings.clear()

    def picture(self, index: Index) -> Picture:
        return self._pictures[index.row()]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._pictures)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  # Qt's name
        return not parent.isValid() and self._shelf.has_more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802  # Qt's name
        if self.canFetchMore(parent):
            self._shelf.load_more()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        picture = self._pictures[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnails.get(picture)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            made = f"{picture.created:%Y-%m-%d %H:%M}"
            return tr("{name}, made {time}", name=picture.path.name, time=made)
        return None

    def _read(self, picture: Picture) -> Image:
        return self._shelf.gallery.thumbnail(picture, EDGE)

    def _show(self, picture: Picture) -> None:
        if picture in self._pictures:
            index = self.index(self._pictures.index(picture))
            self.dataChanged.emit(index, index)

    def _reset(self) -> None:
        self.beginResetModel()
        self._pictures = list(self._shelf.pictures)
        self._thumbnails.start_over()
        self.endResetModel()

    def _insert(self, picture: Picture) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._pictures.insert(0, picture)
        self.endInsertRows()

    def _append(self, pictures: Sequence[Picture]) -> None:
        count = len(self._pictures)
        self.beginInsertRows(QModelIndex(), count, count + len(pictures) - 1)
        self._pictures += pictures
        self.endInsertRows()

    def _remove(self, picture: Picture) -> None:
        row = self._pictures.index(picture)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._pictures[row]
        self._thumbnails.forget(picture)
        self.endRemoveRows()
