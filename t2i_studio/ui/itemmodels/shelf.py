"""The gallery strip's items; thumbnails are read in the background when they are asked for.

Views ask for what they paint, and at their end for more pictures.
"""

from collections.abc import Sequence

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
WANTED = 100  # thumbnails that wait to be read: more than any strip shows
AT_ONCE = 2  # that are given to the thread that reads: it need not wait for the window


class ShelfModel(QAbstractListModel):
    """Row 0 is the newest picture."""

    def __init__(self, shelf: Shelf, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._background = background
        self._pictures = list(shelf.pictures)
        self._thumbnails: dict[Picture, QImage] = {}
        self._wanted: dict[Picture, None] = {}  # the latest last
        self._reading: set[Picture] = set()
        self._unreadable: set[Picture] = set()
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
            return self._thumbnail(picture)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{picture.path.name}, made {picture.created:%Y-%m-%d %H:%M}"
        return None

    def _thumbnail(self, picture: Picture) -> QImage | None:
        known = self._thumbnails.get(picture)
        if known is None and not (picture in self._reading or picture in self._unreadable):
            self._want(picture)
        return known

    def _want(self, picture: Picture) -> None:
        """Read it next: what was asked for long before has scrolled out of sight."""
        self._wanted.pop(picture, None)
        self._wanted[picture] = None
        if len(self._wanted) > WANTED:
            del self._wanted[next(iter(self._wanted))]
        self._read()

    def _read(self) -> None:
        while self._wanted and len(self._reading) < AT_ONCE:
            picture, _ = self._wanted.popitem()
            self._reading.add(picture)
            self._read_one(picture)

    def _read_one(self, picture: Picture) -> None:
        def show(image: Image) -> None:
            self._reading.discard(picture)
            self._show(picture, image)
            self._read()

        def skip(_: Exception) -> None:  # damaged or gone: the frame stays empty
            self._reading.discard(picture)
            self._unreadable.add(picture)
            self._read()

        self._background.read(lambda: self._shelf.gallery.thumbnail(picture, EDGE), show, skip)

    def _show(self, picture: Picture, image: Image) -> None:
        while len(self._thumbnails) >= KEPT:
            self._thumbnails.pop(next(iter(self._thumbnails)))
        self._thumbnails[picture] = to_qimage(image)
        if picture in self._pictures:
            index = self.index(self._pictures.index(picture))
            self.dataChanged.emit(index, index)

    def _reset(self) -> None:
        self.beginResetModel()
        self._pictures = list(self._shelf.pictures)
        self._wanted.clear()
        self._unreadable.clear()
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
        self._thumbnails.pop(picture, None)
        self._wanted.pop(picture, None)
        self.endRemoveRows()
