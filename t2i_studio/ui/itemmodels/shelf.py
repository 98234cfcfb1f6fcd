"""The gallery strip's items; thumbnails are read in the background when they are asked for."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from t2i_studio.core.image import Image
from t2i_studio.gallery.store import Picture
from t2i_studio.studio.background import Background
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.qimage import to_qimage

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
EDGE = 192  # px of a thumbnail's longer side: 2x what the strip shows
KEPT = 600  # thumbnails in memory


class ShelfModel(QAbstractListModel):
    """Row 0 is the newest picture."""

    def __init__(self, shelf: Shelf, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._background = background
        self._pictures = list(shelf.pictures)
        self._thumbnails: dict[Picture, QImage] = {}
        self._asked: set[Picture] = set()
        self._bindings = Bindings(
            [
                on(shelf.reset, self._reset),
                on(shelf.added, self._insert),
                on(shelf.removed, self._remove),
            ]
        )

    def unbind(self) -> None:
        self._bindings.clear()

    def picture(self, index: Index) -> Picture:
        return self._pictures[index.row()]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        picture = self._pictures[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._thumbnail(picture)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{picture.path.name}, made {picture.created:%Y-%m-%d %H:%M}"
        return None

    def _thumbnail(self, picture: Picture) -> QImage | None:
        known = self._thumbnails.get(picture)
        if known is None and picture not in self._asked:
            self._asked.add(picture)
            self._background.run(
                lambda: self._shelf.gallery.thumbnail(picture, EDGE),
                lambda image: self._show(picture, image),
                lambda _: None,  # damaged or gone: the frame stays empty
            )
        return known

    def _show(self, picture: Picture, image: Image) -> None:
        self._asked.discard(picture)
        while len(self._thumbnails) >= KEPT:
            self._thumbnails.pop(next(iter(self._thumbnails)))
        self._thumbnails[picture] = to_qimage(image)
        if picture in self._pictures:
            index = self.index(self._pictures.index(picture))
            self.dataChanged.emit(index, index)

    def _reset(self) -> None:
        self.beginResetModel()
        self._pictures = list(self._shelf.pictures)
        self.endResetModel()

    def _insert(self, picture: Picture) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._pictures.insert(0, picture)
        self.endInsertRows()

    def _remove(self, picture: Picture) -> None:
        row = self._pictures.index(picture)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._pictures[row]
        self._thumbnails.pop(picture, None)
        self.endRemoveRows()
