"""The staging strip's items: the original, the candidates, the preview in work."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from t2i_studio.core.words import tr
from t2i_studio.studio.session import Session
from t2i_studio.studio.staging import ORIGINAL, Candidate
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.qimage import miniature
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.thumbnail_strip import BADGE, CAPTION, MARK

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
EDGE = 160  # px of a thumbnail's longer side: 2x what the strip shows


class StagingModel(QAbstractListModel):
    """Row i is item i of the staging."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._miniatures = Miniatures()
        self._original: QImage | None = None  # until the picture changes
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
        row, candidate = index.row(), self._candidate(index.row())
        match role:
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(row)
            case Qt.ItemDataRole.DisplayRole:
                return str(row) if candidate else ""
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._description(row)
            case _ if role == CAPTION:
                return self._caption(row)
            case _ if role == BADGE:
                return _score(candidate)
            case _ if role == MARK:
                return tr("unsaved") if candidate and not candidate.is_saved else ""
        return None

    def _candidate(self, row: int) -> Candidate | None:
        candidates = self._session.staging.candidates
        return candidates[row - 1] if ORIGINAL < row <= len(candidates) else None

    def _picture(self, row: int) -> QImage | None:
        if row == ORIGINAL:
            return self._look_at_original()
        staging, candidate = self._session.staging, self._candidate(row)
        if candidate:
            return self._miniatures.fitted(candidate.image, EDGE)
        return self._miniatures.fitted(staging.live.image, EDGE) if staging.live else None

    def _look_at_original(self) -> QImage | None:
        document = self._session.document
        if self._original is None and document.extent:
            self._original = miniature(document.composite_pixels, EDGE)
        return self._original

    def _caption(self, row: int) -> str:
        if row == ORIGINAL:
            return tr("Original") if self._session.document.extent else tr("Empty")
        candidate = self._candidate(row)
        if candidate:
            return str(candidate.recipe.request.seed)
        return tr("Live") if self._session.staging.draft else tr("In work")

    def _description(self, row: int) -> str:
        """Say all of an item in words."""
        if row == ORIGINAL:
            return tr("The canvas as it is")
        candidate = self._candidate(row)
        if candidate is None:
            is_draft = self._session.staging.draft is not None
            return tr("Live: it is not kept yet") if is_draft else tr("The picture in work")
        seed = candidate.recipe.request.seed
        words = [tr("Result {number}, seed {seed}", number=row, seed=seed)]
        if score := _score(candidate):
            words.append(tr("CLIP score {score}: the cosine to the prompt", score=score))
        if not candidate.is_saved:
            words.append(tr("not saved"))
        return ", ".join(words)

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _refresh_live(self) -> None:
        self._refresh(self.rowCount() - 1)

    def _refresh_original(self) -> None:
        self._original = None
        self._refresh(ORIGINAL)

    def _refresh(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)


def _score(candidate: Candidate | None) -> str:
    return f"{candidate.score:.2f}" if candidate and candidate.score is not None else ""
