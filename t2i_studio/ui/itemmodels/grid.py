"""The cells of a grid as a table, with its values at the sides."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.studio.grid.run import GridRun
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.widgets.miniatures import Miniatures

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
LEAST, MOST = 48, 256  # px, edge of a cell


class GridModel(QAbstractTableModel):
    """Follows a grid while it fills."""

    def __init__(self, run: GridRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._edge = 96
        self._miniatures = Miniatures()
        self._bindings = Bindings(
            [on(run.changed, self._reset), on(run.cell_changed, self._show_cell)]
        )
        self._grid = run.grid  # that is shown

    def unbind(self) -> None:
        self._bindings.clear()

    def set_edge(self, edge: int) -> None:
        """Scale pictures to this size, in pixels of the screen."""
        self._edge = edge

    def place(self, index: Index) -> int:
        """Return which cell an index is."""
        return index.row() * self.columnCount() + index.column()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or self._grid is None else self._grid.rows

    def columnCount(self, parent: Index = ROOT) -> int:  # Qt's name
        return 0 if parent.isValid() or self._grid is None else self._grid.columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.place(index)
        if role == Qt.ItemDataRole.DecorationRole:
            image = self._image(place)
            return None if image is None else self._miniatures.fitted(image, self._edge)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(place)
        return None

    def headerData(  # Qt's name
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        grid = self._grid
        if grid is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if side == Qt.Orientation.Horizontal:
            return grid.x.labels[section]
        return grid.y.labels[section] if grid.y else ""

    def _image(self, place: int) -> Image | None:
        cell, preview = self._run.cells[place], self._run.preview
        if cell is not None:
            return cell.image
        return preview[1] if preview and preview[0] == place else None

    def _told(self, place: int) -> str:
        assert self._grid is not None
        caption = self._grid.caption(place)
        if self._run.cells[place] is None:
            return tr("{caption}, not made yet", caption=caption)
        return tr("{caption}\nA click shows it on the canvas.", caption=caption)

    def _reset(self) -> None:
        """Begin anew for another grid; what only began or ended keeps its cells."""
        if self._grid is not self._run.grid:
            self.beginResetModel()
            self._grid = self._run.grid
            self.endResetModel()

    def _show_cell(self, place: int) -> None:
        columns = self.columnCount()
        index = self.index(place // columns, place % columns)
        self.dataChanged.emit(index, index)
