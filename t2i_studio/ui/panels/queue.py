"""The queue: what runs and what waits, each with its own cancel."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import set_kind
from t2i_studio.ui.widgets.elided_label import ElidedLabel

VERBS = {
    "generate": "Generate",
    "inpaint": "Inpaint",
    "decode": "Explore",
    "strip": "Film strip",
}
TICKS = 1000  # of a row's bar
ROW = 40  # px
SHOWN_ROWS = 4  # the others are scrolled to


class QueuePanel(QWidget):
    """One row for each open job; the heading counts them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[str, JobRow] = {}
        self.heading = QLabel()
        set_kind(self.heading, "muted")
        self.cancel_all = QToolButton()
        self.cancel_all.setText("Cancel all")
        self.cancel_all.setAccessibleName("Cancel all jobs")
        self.cancel_all.setToolTip("Stop what runs and drop what waits (Ctrl+Shift+X).")
        self.cancel_all.clicked.connect(session.cancel_all)
        self._list = QVBoxLayout()
        self._area = QScrollArea()
        self._lay_out()
        self._bindings = Bindings(
            [on(session.jobs.listed, self._relist), on(session.jobs.changed, self._update)]
        )
        self._relist()

    def unbind(self) -> None:
        self._bindings.clear()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.cancel_all)
        content = QWidget()
        content.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        self._list.addStretch(1)
        self._area.setWidget(content)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._area)

    def _relist(self) -> None:
        jobs = {job.id: job for job in self._session.jobs}
        for job_id in self._rows.keys() - jobs.keys():
            row = self._rows.pop(job_id)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for job_id in jobs.keys() - self._rows.keys():
            row = JobRow(jobs[job_id], self._session)
            self._rows[job_id] = row
            self._list.insertWidget(self._list.count() - 1, row)
        self.heading.setText(f"Queue ({len(jobs)})" if jobs else "Queue is empty")
        self.cancel_all.setVisible(len(jobs) > 0)
        self._area.setVisible(len(jobs) > 0)
        self._area.setFixedHeight(ROW * min(len(jobs), SHOWN_ROWS))

    def _update(self, job: Job) -> None:
        if job.id in self._rows:
            self._rows[job.id].show_state()


class JobRow(QWidget):
    """Prompt, progress and cancel of one job."""

    def __init__(self, job: Job, session: Session) -> None:
        super().__init__()
        self._job = job
        prompt = job.request.title.strip().replace("\n", " ")
        verb = VERBS[job.request.kind]
        self.setToolTip(f"{verb}, {job.request.count} x, seed {job.request.seed}")
        self._prompt = ElidedLabel(prompt)
        self._state = QLabel()
        set_kind(self._state, "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, TICKS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(3)
        self._bar.setAccessibleName(f"Progress of {prompt[:40]}")
        self.cancel = tool_button("close", "Cancel this job")
        self.cancel.setAccessibleName(f"Cancel {prompt[:40]}")
        self.cancel.clicked.connect(lambda: session.cancel(job))
        self._lay_out()
        self.show_state()

    def show_state(self) -> None:
        job = self._job
        self.cancel.setEnabled(not job.is_cancelling)
        if job.is_cancelling:
            self._state.setText("stopping")
        elif job.state is JobState.waiting:
            self._state.setText("waiting")
        elif job.progress is not None:
            self._state.setText(f"{min(job.made + 1, job.request.count)}/{job.request.count}")
            self._bar.setValue(round(TICKS * job.progress.step / job.progress.total))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._prompt, 1)
        line.addWidget(self._state)
        line.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._bar)
