"""The queue's rows: what each job is, how far it is, and in what order they are done."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from t2i_studio.core.request import Pictures
from t2i_studio.core.words import later, tr
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.durations import duration, roughly

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MIME: Final = "application/x-t2i-studio-jobs"
VERBS: Final = {
    "generate": later("Generate"),
    "inpaint": later("Inpaint"),
    "refine": later("Refine"),
    "decode": later("Explore"),
    "strip": later("Film strip"),
}

STATE_ROLE: Final = Qt.ItemDataRole.UserRole  # str, at the end of the first line
DETAIL_ROLE: Final = Qt.ItemDataRole.UserRole + 1  # str, the second line
SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 2  # float, how much is done; None without a bar
FAILED_ROLE: Final = Qt.ItemDataRole.UserRole + 3  # bool
HELD_ROLE: Final = Qt.ItemDataRole.UserRole + 4  # bool: it waits for somebody


class QueueModel(QAbstractListModel):
    """Row i is job i of the queue; rows that wait can be dragged to another place."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs: list[Job] = list(session.jobs)
        self._bindings = Bindings(
            [
                on(session.jobs.listed, self._follow),
                on(session.jobs.changed, self._refresh),
                on(session.dispatcher.paused_changed, lambda _: self._refresh_all()),
                on(session.model_changed, self._refresh_current),
            ]
        )

    def unbind(self) -> None:
        self._bindings.clear()

    def job(self, index: Index) -> Job:
        return self._jobs[index.row()]

    def jobs(self, indexes: Iterable[Index]) -> list[Job]:
        return [self._jobs[index.row()] for index in indexes]

    def row(self, job: Job) -> int:
        """Return where a job stands; -1 if it is gone."""
        return self._jobs.index(job) if job in self._jobs else -1

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        job = self._jobs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title(job)
            case Qt.ItemDataRole.ToolTipRole:
                return description(job)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title(job)}. {self._state(job)}. {self._detail(job)}"
            case _:
                return self._drawn(job, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_movable = self._jobs[index.row()].is_waiting
        return chosen | Qt.ItemFlag.ItemIsDragEnabled if is_movable else chosen

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, "\n".join(job.id for job in self.jobs(indexes)).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Do what was dragged before the job in `row`, or after all others for -1."""
        ids = bytes(data.data(MIME).data()).decode().split("\n")
        jobs = [job for job in self._jobs if job.id in ids]
        if not jobs or parent.isValid():
            return False
        before = self._jobs[row] if 0 <= row < len(self._jobs) else None
        self._session.jobs.move(jobs, before)
        return True

    def _drawn(self, job: Job, role: int) -> object:
        if role == STATE_ROLE:
            return self._state(job)
        if role == DETAIL_ROLE:
            return self._detail(job)
        if role == SHARE_ROLE:
            return _share(job)
        if role == FAILED_ROLE:
            return job.state is JobState.failed
        return self._is_held(job) if role == HELD_ROLE else None

    def _is_held(self, job: Job) -> bool:
        is_paused = self._session.dispatcher.is_paused
        return job.state is JobState.restored or (is_paused and job.is_waiting)

    def _state(self, job: Job) -> str:
        if job.state is JobState.failed:
            return tr("failed")
        if job.state is JobState.restored:
            return tr("from last time")
        if job.state is JobState.waiting:
            return tr("paused") if self._session.dispatcher.is_paused else tr("waiting")
        if job.is_cancelling:
            return tr("stopping")
        if job.progress is None:
            return tr("loading model") if self._session.phase else tr("starting")
        return f"{min(job.made + 1, job.request.count)}/{job.request.count}"

    def _detail(self, job: Job) -> str:
        if job.state is JobState.failed:
            return job.message
        seconds = self._session.dispatcher.forecast.seconds(job)
        parts = [tr(VERBS[job.request.kind]), _number(job)]
        if seconds is not None and job.progress:
            parts.append(tr("{time} left", time=duration(seconds)))
        elif seconds is not None:
            parts.append(tr("about {time}", time=roughly(seconds)))
        return " · ".join(parts)

    def _follow(self) -> None:
        """Take jobs out and in, and put them in order, so that the selection stays on its jobs."""
        jobs = list(self._session.jobs)
        kept = set(jobs)
        for row in reversed(range(len(self._jobs))):
            if self._jobs[row] not in kept:
                self.beginRemoveRows(ROOT, row, row)
                del self._jobs[row]
                self.endRemoveRows()
        known = set(self._jobs)
        new = [job for job in jobs if job not in known]
        if new:
            self.beginInsertRows(ROOT, len(self._jobs), len(self._jobs) + len(new) - 1)
            self._jobs += new
            self.endInsertRows()
        if jobs != self._jobs:
            self._reorder(jobs)

    def _reorder(self, jobs: list[Job]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        after = [self.index(jobs.index(self._jobs[index.row()])) for index in before]
        self._jobs = jobs
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _refresh(self, job: Job) -> None:
        row = self.row(job)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _refresh_current(self) -> None:
        if self._session.jobs.current:
            self._refresh(self._session.jobs.current)

    def _refresh_all(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self._jobs) - 1))


def title(job: Job) -> str:
    """Return in one line what a job's pictures show: the prompt of the one in work."""
    request = job.request
    text = request.title
    if isinstance(request, Pictures) and request.prompts:
        text = request.prompts[min(job.made, request.count - 1)]
    return " ".join(text.split()) or tr("No prompt")


def description(job: Job) -> str:
    """Return all that tells a job from others, for its tooltip."""
    request = job.request
    facts = [tr(VERBS[request.kind]), _number(job), tr("seed {seed}", seed=request.seed)]
    if isinstance(request, Pictures) and request.size:
        facts.append(f"{request.size.width} × {request.size.height} px")
    lines = [title(job), ", ".join([*facts, request.model])]
    return "\n".join([*lines, job.message] if job.message else lines)


def _number(job: Job) -> str:
    count = job.request.count
    return tr("1 picture") if count == 1 else tr("{count} pictures", count=count)


def _share(job: Job) -> float | None:
    if job.state is not JobState.running:
        return None
    return job.progress.step / job.progress.total if job.progress else 0.0
