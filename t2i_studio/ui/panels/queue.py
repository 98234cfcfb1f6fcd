"""The queue: what runs, what waits and what has failed, in the order in which it is done."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.durations import roughly
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.itemmodels.queue import QueueModel
from t2i_studio.ui.keymap import native
from t2i_studio.ui.panels.live import LiveButton
from t2i_studio.ui.theme import CONTROL, set_kind
from t2i_studio.ui.widgets.elided_label import ElidedLabel
from t2i_studio.ui.widgets.job_list import ROW, JobList

SHOWN_ROWS: Final = 4  # the others are scrolled to


class QueuePanel(QWidget):
    """One row for each job; the heading counts them and tells how long they take."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._dispatcher = session.dispatcher
        self.model = QueueModel(session, self)
        self.list = JobList()
        self.list.setModel(self.model)
        self.heading = ElidedLabel()
        self.heading.setFixedHeight(CONTROL)  # as when its buttons are there
        set_kind(self.heading, "muted")
        self.pause = tool_button("pause", "")
        self.cancel_all = tool_button("discard", "")
        self.live = LiveButton(session)  # the window places it beside Generate
        self._lay_out()
        self._connect()
        self._bindings = Bindings(
            [
                on(session.jobs.listed, self._show),
                on(session.jobs.changed, lambda _: self._show_heading()),
                on(self._dispatcher.paused_changed, lambda _: self._show()),
            ]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self.model.unbind()
        self.live.unbind()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.heading, 1)
        head.addWidget(self.pause)
        head.addWidget(self.cancel_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)

    def _connect(self) -> None:
        self.pause.clicked.connect(self._toggle)
        self.cancel_all.clicked.connect(self._session.cancel_all)
        self.list.menu_requested.connect(self._open_menu)
        self.list.remove_requested.connect(self._remove)
        self.list.cancel_requested.connect(lambda index: self._session.cancel(self._job(index)))
        self.list.step_requested.connect(self._step)
        self.list.front_requested.connect(lambda index: self._to_front([self._job(index)]))

    # what is shown ---------------------------------------------------------------------------

    def _show(self) -> None:
        jobs, is_held = self._session.jobs, self._dispatcher.is_held
        self.list.setVisible(len(jobs) > 0)
        self.list.setFixedHeight(ROW * min(len(jobs), SHOWN_ROWS))
        self.pause.setVisible(len(jobs) > 0 or is_held)
        self.pause.setIcon(icon("play" if is_held else "pause", "accent" if is_held else "text"))
        name = tr("Resume the queue") if is_held else tr("Pause the queue")
        what = tr("Go on with what waits.") if is_held else tr("Finish what runs, begin no more.")
        self.pause.setAccessibleName(name)
        self.pause.setToolTip(f"{name}\n{what}")
        self.cancel_all.setVisible(len(jobs) > 0)
        self._name_cancel_all()
        self._show_heading()

    def _name_cancel_all(self) -> None:
        is_working = self._session.jobs.current is not None
        name = tr("Cancel all jobs") if is_working else tr("Clear the queue")
        self.cancel_all.setAccessibleName(name)
        self.cancel_all.setToolTip(f"{name} ({native('Ctrl+Shift+X')})")

    def _show_heading(self) -> None:
        jobs = self._session.jobs
        if not len(jobs):
            paused = tr("Queue is paused") if self._dispatcher.is_paused else ""
            self.heading.setText(paused or tr("Queue is empty"))
            return
        parts = [tr("Queue ({count})", count=len(jobs))]
        if self._dispatcher.is_paused:
            parts.append(tr("paused"))
        if seconds := self._dispatcher.seconds_left:
            parts.append(tr("about {time}", time=roughly(seconds)))
        self.heading.setText(" · ".join(parts))

    # what is done ----------------------------------------------------------------------------

    def _job(self, index: QModelIndex) -> Job:
        return self.model.job(index)

    def _selected(self) -> list[Job]:
        return self.model.jobs(sorted(self.list.selectedIndexes(), key=lambda index: index.row()))

    def _toggle(self) -> None:
        if self._dispatcher.is_held:
            self._dispatcher.resume()
        else:
            self._dispatcher.pause()

    def _remove(self) -> None:
        self._dispatcher.cancel(*self._selected())

    def _step(self, index: QModelIndex, by: int) -> None:
        self._session.jobs.step(self._job(index), by)
        self.list.scrollTo(self.list.currentIndex())

    def _to_front(self, jobs: list[Job]) -> None:
        waiting = (job for job in self._session.jobs if job.is_waiting)
        self._session.jobs.move(jobs, next(waiting, None))
        self.list.scrollTo(self.list.currentIndex())

    def _retry(self, jobs: list[Job]) -> None:
        for job in jobs:
            self._dispatcher.retry(job)

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu_for(self._selected())
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(at)

    def menu_for(self, jobs: list[Job]) -> QMenu:
        """Return what can be done with these jobs."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if jobs and all(job.is_waiting for job in jobs):
            self._add_moves(menu, jobs)
        failed = [job for job in jobs if job.state is JobState.failed]
        if failed and failed == jobs:
            _add(menu, "reset", tr("&Retry"), partial(self._retry, jobs))
        if len(jobs) == 1:
            if not jobs[0].is_running:
                _add(menu, "edit", tr("&Edit"), partial(self._session.edit, jobs[0]))
            _add(menu, "copy", tr("&Duplicate"), partial(self._dispatcher.duplicate, jobs[0]))
        if jobs:
            _add(menu, "close", _removal(jobs), self._remove, "Del")
        return menu

    def _add_moves(self, menu: QMenu, jobs: list[Job]) -> None:
        _add(menu, "front", tr("Move to &front"), partial(self._to_front, jobs), "Alt+Home")
        if len(jobs) == 1:
            step = partial(self._session.jobs.step, jobs[0])
            _add(menu, "up", tr("Move &up"), partial(step, -1), "Alt+Up")
            _add(menu, "down", tr("Move do&wn"), partial(step, 1), "Alt+Down")
        menu.addSeparator()


def _add(menu: QMenu, name: str, text: str, call: Callable[[], object], key: str = "") -> None:
    """Add an entry, which tells of the key that does the same in the list."""
    action = QAction(icon(name), f"{text}\t{native(key)}" if key else text, menu)
    action.triggered.connect(lambda: call())
    menu.addAction(action)


def _removal(jobs: list[Job]) -> str:
    """Say what Delete does with these jobs."""
    if any(job.is_running for job in jobs):
        return tr("&Cancel")
    is_over = all(job.state is JobState.failed for job in jobs)
    return tr("Di&smiss") if is_over else tr("Re&move")
