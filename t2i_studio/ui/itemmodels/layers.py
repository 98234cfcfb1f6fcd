"""The list of layers: the mask first, then the picture's layers as one looks at them, top first."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QImage

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.layers import MASK, Layer
from t2i_studio.core.words import tr
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.qimage import miniature

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
MASK_ROW: Final = 0
EDGE: Final = 64  # px of a thumbnail's longer side: 2x what the list shows

TARGET: Final = Qt.ItemDataRole.UserRole + 1  # str: MASK or the id of the layer
IS_ACTIVE: Final = Qt.ItemDataRole.UserRole + 2  # bool: whether it is what one paints on
DETAIL: Final = Qt.ItemDataRole.UserRole + 3  # str: what else there is to say, in a few words

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
Flag = Qt.ItemFlag


class LayersModel(QAbstractListModel):
    """Empty without a picture. Checked is what can be seen; a name can be edited."""

    def __init__(
        self, document: Document, options: ToolOptions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._options = options
        self._ids: tuple[str, ...] = ()  # top first
        self._thumbnails: dict[str, tuple[int, QImage]] = {}  # with the revision that they show
        self._bindings = Bindings(
            [
                on(document.layers_changed, self._follow),
                on(document.extent_changed, lambda _: self._follow()),
                on(document.active_changed, self._refresh),
                on(document.picture_changed, self._follow_pixels),
                on(options.events.is_mask_visible, lambda _: self._refresh()),
                on(options.events.mask_colour, lambda _: self._refresh()),
            ]
        )
        self._follow()

    def unbind(self) -> None:
        self._bindings.clear()

    def row_of(self, target: str) -> int:
        """Return where MASK or a layer stands; -1 if it does not."""
        targets = self._targets
        return targets.index(target) if target in targets else -1

    def target_at(self, row: int) -> str:
        return self._targets[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._targets)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Flag.ItemIsDropEnabled  # between two rows
        flags = Flag.ItemIsEnabled | Flag.ItemIsSelectable | Flag.ItemIsUserCheckable
        if index.row() == MASK_ROW:
            return flags
        return flags | Flag.ItemIsEditable | Flag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        target = self.target_at(index.row())
        if role == TARGET:
            return target
        if role == IS_ACTIVE:
            return target == self._document.active
        return self._of_mask(role) if target == MASK else self._of_layer(target, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        target = self.target_at(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            self._show(target, Qt.CheckState(value) == CHECKED)
            return True
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or target == MASK or not name:
            return False
        self._document.change_layer(target, name=name)
        return True

    # drag and drop -----------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def moveRows(self, _from: Index, row: int, count: int, _to: Index, before: int) -> bool:
        """Put the layer of a row before another row; one layer at a time, below the mask."""
        last = self.rowCount()
        if count != 1 or not MASK_ROW < row < last or not 0 <= before <= last:
            return False
        place = max(before, MASK_ROW + 1) - (1 if row < before else 0)  # without itself
        if place != row:
            self._document.move_layer(self.target_at(row), last - 1 - place)
        return place != row

    def dropMimeData(self, *_: object) -> bool:
        return False  # what is not moved stays where it is

    # content -----------------------------------------------------------------------------------

    @property
    def _targets(self) -> tuple[str, ...]:
        return (MASK, *self._ids) if self._ids else ()

    def _show(self, target: str, is_visible: bool) -> None:
        if target == MASK:
            self._options.is_mask_visible = is_visible
        else:
            self._document.change_layer(target, is_visible=is_visible)

    def _of_mask(self, role: int) -> object:
        is_visible = self._options.is_mask_visible
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr("Mask")
            case Qt.ItemDataRole.DecorationRole:
                return self._options.mask_colour
            case Qt.ItemDataRole.CheckStateRole:
                return CHECKED if is_visible else UNCHECKED
            case Qt.ItemDataRole.ToolTipRole:
                return tr("What is going to be repainted. It is not part of the picture.")
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr("Mask, visible") if is_visible else tr("Mask, hidden")
            case _ if role == DETAIL:
                return tr("what is repainted")
        return None

    def _of_layer(self, target: str, role: int) -> object:
        layer = self._document.layer(target)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return layer.name
            case Qt.ItemDataRole.ToolTipRole:
                return tr("{name}\nF2 or a double click renames it.", name=layer.name)
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnail(layer)
            case Qt.ItemDataRole.CheckStateRole:
                return CHECKED if layer.is_visible else UNCHECKED
            case Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(layer)
            case _ if role == DETAIL:
                return f"{round(100 * layer.opacity)} %"
        return None

    def _thumbnail(self, layer: Layer) -> QImage:
        """Look at the layer as it is now: some hundred of its pixels, which takes no time."""
        revision = self._document.revision_of(layer.id)
        known = self._thumbnails.get(layer.id)
        if known is None or known[0] != revision:
            known = self._thumbnails[layer.id] = revision, miniature(layer.pixels, EDGE)
        return known[1]

    # following ---------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Show other layers, or the same ones with other properties."""
        ids = tuple(layer.id for layer in reversed(self._document.layers))
        if ids == self._ids:
            self._refresh()
            return
        self.beginResetModel()
        self._ids = ids
        self._thumbnails = {
            each: self._thumbnails[each] for each in ids if each in self._thumbnails
        }
        self.endResetModel()

    def _follow_pixels(self, _bounds: Bounds) -> None:
        for row, target in enumerate(self._ids, start=MASK_ROW + 1):
            known = self._thumbnails.get(target)
            if known and known[0] != self._document.revision_of(target):
                self.dataChanged.emit(self.index(row), self.index(row))

    def _refresh(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))


def _spoken(layer: Layer) -> str:
    opacity = f"{round(100 * layer.opacity)} %"
    if layer.is_visible:
        return tr("Layer {name}, visible, {opacity}", name=layer.name, opacity=opacity)
    return tr("Layer {name}, hidden, {opacity}", name=layer.name, opacity=opacity)
