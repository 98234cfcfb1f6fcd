"""The status bar: what runs and for how long, on which device, with which model."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QWidget

from t2i_studio.core.events import Progress
from t2i_studio.core.words import tr
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.durations import duration, roughly
from t2i_studio.ui.icons import tool_button

TICKS = 1000
HEIGHT = 34  # px
MEGABYTE = 1_000_000


class StatusPanel(QStatusBar):
    """Progress to the left; device, model and queue to the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        self.setFixedHeight(HEIGHT)  # or the window would jump when the cancel button comes
        self.activity = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, TICKS)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(200, 6)
        self.bar.setAccessibleName(tr("Progress"))
        self.left = QLabel()
        self.cancel = tool_button("close", tr("Cancel the current job"))
        self.cancel.clicked.connect(session.cancel_current)
        self.device, self.model, self.waiting = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._bindings = Bindings(
            [
                on(session.model_changed, self._show),
                on(session.jobs.changed, self._show_job),
                on(session.jobs.listed, self._show),
                on(session.dispatcher.paused_changed, lambda _: self._show()),
                on(session.explorer.live.progressed, self._show),
                on(session.explorer.live.busy_changed, lambda _: self._show()),
                on(session.live.run.progressed, self._show),
                on(session.live.run.busy_changed, lambda _: self._show()),
            ]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _lay_out(self) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(12, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self.activity, self.bar, self.left, self.cancel):
            line.addWidget(widget)
        self.addWidget(row)
        for label in (self.device, self.model, self.waiting):
            label.setContentsMargins(8, 0, 8, 0)
            self.addPermanentWidget(label)

    def _show_job(self, job: Job) -> None:
        if job is self._session.jobs.current:
            self._show()

    def _show(self) -> None:
        job = self._session.jobs.current
        progress = job.progress if job else self._followed
        self.bar.setVisible(progress is not None)
        self.cancel.setVisible(job is not None)
        explored = _time_left(progress.eta_s if progress else None)
        self.left.setText(self._left(job) if job else explored)
        self.activity.setText(self._activity(job))
        if progress is not None:
            self.bar.setValue(round(TICKS * progress.step / progress.total))
        self._show_model()

    def _activity(self, job: Job | None) -> str:
        if self._session.phase:
            return f"{self._session.phase} …"
        if job is None:
            return self._following()
        if job.is_cancelling:
            return tr("Stopping …")
        if job.progress is None:
            return tr("Starting …")
        return self._stage(job.progress)

    def _following(self) -> str:
        """Tell of what follows a hand: the live mode, or the explorer."""
        live, explored = self._session.live, self._session.explorer.live
        if live.progress is not None:
            return tr("Live: {stage}", stage=self._stage(live.progress))
        if explored.progress is not None:
            return tr("Exploring: {stage}", stage=self._stage(explored.progress))
        if explored.is_busy:
            return tr("Exploring …")
        return tr("Ready") if self._session.ready else ""

    @property
    def _followed(self) -> Progress | None:
        return self._session.live.progress or self._session.explorer.live.progress

    def _stage(self, progress: Progress) -> str:
        stage = self._session.capabilities and self._session.capabilities.stage(progress.stage)
        title = stage.title if stage else progress.stage.capitalize()
        return f"{tr(title)} {progress.stage_step}/{progress.stage_steps}"

    def _left(self, job: Job) -> str:
        """Tell how long the stage takes, which picture it is, and how long all of the queue."""
        dispatcher = self._session.dispatcher
        parts = [_time_left(dispatcher.forecast.stage_left(job))]
        count = job.request.count
        if job.progress and count > 1:
            number = min(job.progress.index + 1, count)
            parts.append(tr("picture {number} of {count}", number=number, count=count))
        if total := dispatcher.seconds_left:
            parts.append(tr("queue about {time}", time=roughly(total)))
        return " · ".join(part for part in parts if part)

    def _show_model(self) -> None:
        ready = self._session.ready
        self.device.setText(f"{ready.device}, {ready.dtype}" if ready else "")
        megabytes = round(ready.memory_bytes / MEGABYTE) if ready else 0
        self.model.setText(f"{ready.capabilities.title}, {megabytes} MB" if ready else "")
        is_paused, waiting = self._session.dispatcher.is_paused, self._session.jobs.waiting
        text = tr("{count} waiting", count=waiting)
        self.waiting.setText(tr("{count} waiting, paused", count=waiting) if is_paused else text)


def _time_left(seconds: float | None) -> str:
    return "" if seconds is None else tr("{time} left", time=duration(seconds))
