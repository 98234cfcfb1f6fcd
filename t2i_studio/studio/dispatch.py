"""Jobs on their way through the engine: handed over one at a time, and what came of them."""

from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    ImageReady,
    Progress,
    Started,
)
from t2i_studio.core.request import Making
from t2i_studio.engine.api import Engine
from t2i_studio.studio.jobs import Job, JobQueue, JobState

ENDS = {Finished: JobState.finished, Cancelled: JobState.cancelled, Failed: JobState.failed}


class Dispatcher:
    """Holds the queue; the engine gets the next job when the one before has ended (main thread).

    What waits is nowhere else, so it can be moved, changed and dropped without asking anybody.
    """

    def __init__(self) -> None:
        self.jobs = JobQueue()
        self._engine: Engine | None = None

    def connect(self, engine: Engine) -> None:
        self._engine = engine
        self._hand_over()

    def add(self, job: Job) -> None:
        self.jobs.add(job)
        self._hand_over()

    def cancel(self, job: Job) -> None:
        """Stop it within a step, or drop it if it waits."""
        if job is not self.jobs.current:
            self._end(job, JobState.cancelled)
        elif self._engine and not job.is_cancelling:
            job.is_cancelling = True
            self.jobs.update(job)
            self._engine.cancel(job.id)

    def cancel_all(self) -> None:
        """Drop what waits first, so that nothing starts in between."""
        for job in sorted(self.jobs, key=lambda job: job.state is JobState.running):
            self.cancel(job)

    def handle(self, event: Event) -> None:
        """Fold one event of the engine into its job."""
        job = self.jobs.find(event.request_id)
        if job is None:
            return
        match event:
            case Started(request=request) if isinstance(request, Making):
                job.request = request
                self.jobs.update(job)
            case Progress():
                job.progress = event
                self.jobs.update(job)
            case ImageReady():
                job.made += 1
            case Finished() | Cancelled() | Failed():
                self._end(job, ENDS[type(event)])
                self._hand_over()

    def _hand_over(self) -> None:
        following = next((job for job in self.jobs if job.state is JobState.waiting), None)
        if self._engine is None or following is None or self.jobs.current is not None:
            return
        following.state = JobState.running
        self.jobs.update(following)
        self._engine.submit(following.request)

    def _end(self, job: Job, state: JobState) -> None:
        job.state = state
        self.jobs.update(job)
