"""The staging strip's items: the original, the candidates, the preview in work."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from t2i_studio.core.image import Image
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.widgets.miniatures import Miniatures

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
EDGE = 160  # px of a thumbnail's longer side: 2x what the strip shows


class StagingModel(QAbstractListModel):
    """Row i is item i of the staging."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._miniatures = Miniatures()
        self._bindings = Bindings(
            [
                on(session.staging.listed, self._reset),
                on(session.staging.shown_changed, self._refresh_live),
                on(session.document.picture_changed, self._refresh_original),
            ]
        )

    def unbind(self) -> None:
        self._bindings.clear()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._session.staging.length

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DecorationRole:
            image = self._image(index.row())
            return self._miniatures.fitted(image, EDGE) if image else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._label(index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._description(index.row())
        return None

    def _image(self, row: int) -> Image | None:
        staging = self._session.staging
        if row == 0:
            return self._session.document.picture
        if row <= len(staging.candidates):
            return staging.candidates[row - 1].image
        return staging.live.image if staging.live else None

    def _label(self, row: int) -> str:
        if row == 0:
            return "Original" if self._session.document.picture else "Empty"
        return str(row) if row <= len(self._session.staging.candidates) else f"{row} …"

    def _description(self, row: int) -> str:
        if row == 0:
            return "The canvas as it is"
        candidates = self._session.staging.candidates
        if row > len(candidates):
            return "In work"
        candidate = candidates[row - 1]
        saved = "" if candidate.is_saved else ", not saved"
        return f"Result {row}, seed {candidate.recipe.request.seed}{saved}"

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _refresh_live(self) -> None:
        self._refresh(self.rowCount() - 1)

    def _refresh_original(self) -> None:
        self._refresh(0)

    def _refresh(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)
