"""Jobs on their way through the engine: handed over one at a time, and what came of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from time import monotonic

from psygnal import Signal

from t2i_studio.core.errors import Blame
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
from t2i_studio.core.words import tr
from t2i_studio.engine.api import Engine
from t2i_studio.engine.resolve import random_seed
from t2i_studio.studio.jobs import Job, JobQueue, JobState, Read, as_it_is
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.pace import Forecast, Work

ENDS = {Finished: JobState.finished, Cancelled: JobState.cancelled, Failed: JobState.failed}


@dataclass(frozen=True)
class Round:
    """What was done from the first job to the moment when nothing was left to do."""

    seconds: float
    pictures: int
    failed: int  # jobs


class Dispatcher:
    """Holds the queue; the engine gets the next job when the one before ends (main thread).

    What waits is nowhere else, so it can be moved, changed and dropped without asking anybody.
    """

    noticed = Signal(Notice)
    paused_changed = Signal(bool)
    drained = Signal(Round)

    def __init__(
        self,
        clock: Callable[[], float] = monotonic,
        read: Read = as_it_is,
    ) -> None:
        """`read` draws the words of a prompt again, from another seed."""
        self.jobs = JobQueue()
        self.forecast = Forecast()
        self.is_paused = False
        self._clock, self._read = clock, read
        self._engine: Engine | None = None
        self._backlog: Work | None = None  # of what waits; None when it is to be counted again
        self._since: float | None = None  # when the round began
        self._pictures, self._failed = 0, 0  # in it
        self.jobs.listed.connect(self._forget_backlog)

    def connect(self, engine: Engine) -> None:
        self._engine = engine
        self._hand_over()

    # what somebody wants ---------------------------------------------------------------------

    @property
    def is_held(self) -> bool:
        """Whether something waits for `resume`."""
        return self.is_paused or any(job.state is JobState.restored for job in self.jobs)

    @property
    def seconds_left(self) -> float | None:
        """Seconds for all that runs and waits; None while those of one job are unknown."""
        if self._backlog is None:
            self._backlog = self.forecast.work(job for job in self.jobs if job.is_waiting)
        waiting, current = self.forecast.time(self._backlog), self.jobs.current
        running = self.forecast.seconds(current) if current else 0.0
        return None if waiting is None or running is None else running + waiting

    def add(self, *jobs: Job, at_front: bool = False) -> None:
        self.jobs.add(*jobs, at_front=at_front)
        self._hand_over()
        if self.is_paused:
            text = tr("The queue is paused: the job waits.")
            self.noticed.emit(Notice(Level.info, text, tr("Resume"), self.resume))

    def pause(self) -> None:
        """Begin nothing new; what runs is finished."""
        self._set_paused(True)

    def resume(self) -> None:
        """Go on, with what was restored, too."""
        for job in self.jobs:
            if job.state is JobState.restored:
                self.jobs.set_state(job, JobState.waiting)
        self._set_paused(False)
        self._hand_over()

    def cancel(self, *jobs: Job) -> None:
        """Drop those that do not run, and then stop those that do, within a step."""
        asked = set(jobs)
        self.drop(*(job for job in jobs if not job.is_running))
        running = [job for job in self.jobs if job in asked and job.is_running]
        for job in reversed(running):  # so that the second does not begin in between
            self._stop(job)

    def drop(self, *jobs: Job) -> None:
        """Take jobs that do not run out of the queue."""
        waited = [job for job in jobs if job.is_waiting]
        for job in jobs:
            job.state = JobState.cancelled
        self.jobs.remove(*jobs)
        if waited:
            self._tell_of_dropped(waited)

    def cancel_all(self) -> None:
        self.cancel(*self.jobs)

    def bring_back(self, jobs: Iterable[Job]) -> None:
        """Let what was taken out wait again, once."""
        gone = [job for job in jobs if self.jobs.find(job.id) is None]
        for job in gone:
            if job.state is JobState.cancelled:
                job.state = JobState.waiting
        self.add(*gone)

    def retry(self, job: Job) -> Job:
        """Let what has failed wait again, once: the pictures that are not there yet."""
        if self.jobs.find(job.id) is None:
            return job
        rest = job.rest()
        self.jobs.remove(job)
        self.add(rest)
        return rest

    def duplicate(self, job: Job) -> Job:
        """Let the same wait right behind a job that waits, or behind all others."""
        twin = job.twin(random_seed, self._read)
        jobs = list(self.jobs)
        following = jobs[jobs.index(job) + 1 :]
        self.add(twin)
        if job.is_waiting and following:
            self.jobs.move([twin], following[0])
        return twin

    # what the engine says --------------------------------------------------------------------

    def handle(self, event: Event) -> None:
        """Fold one event of the engine into its job."""
        job = self.jobs.find(event.request_id)
        if job is None:
            return
        match event:
            case Started(request=request) if isinstance(request, Making):
                job.request, job.plan = request, event.plan
                self.forecast.start(request, event.plan)
                self._forget_backlog()
                self.jobs.update(job)
            case Progress():
                job.progress = self.forecast.timed(job, event)
                self.jobs.update(job)
                self._hand_over()
            case ImageReady():
                job.made += 1
                self._pictures += 1
                self.jobs.update(job)
            case Finished() | Cancelled() | Failed():
                self._end(job, event)

    def _end(self, job: Job, event: Finished | Cancelled | Failed) -> None:
        if isinstance(event, Failed):
            job.message = f"{event.message} {event.hint}".strip()
            self._failed += 1
            self._tell_of_failure(job, event.blame)
        job.progress, job.is_cancelling = None, False
        self.jobs.set_state(job, ENDS[type(event)])
        self._hand_over()
        if self.jobs.current is None:
            self._drain()

    def _stop(self, job: Job) -> None:
        if self._engine and not job.is_cancelling:
            job.is_cancelling = True
            self.jobs.update(job)
            self._engine.cancel(job.id)

    def _hand_over(self) -> None:
        """Give the engine the next job if it is free."""
        if self._engine is None or self.is_paused or not self._is_free:
            return
        following = next((job for job in self.jobs if job.state is JobState.waiting), None)
        if following is None:
            return
        if self._since is None:
            self._since = self._clock()
        self.jobs.set_state(following, JobState.running)
        self._engine.submit(following.request)

    @property
    def _is_free(self) -> bool:
        """Whether nothing runs, or one job that is at its last step.

        The next one then waits in the engine, which need not wait for this thread.
        """
        running = [job for job in self.jobs if job.is_running]
        return not running or (len(running) == 1 and _is_at_its_end(running[0]))

    def _drain(self) -> None:
        """Say what was done, unless somebody has stopped it all."""
        assert self._since is not None
        done = Round(self._clock() - self._since, self._pictures, self._failed)
        self._since, self._pictures, self._failed = None, 0, 0
        if done.pictures or done.failed:
            self.drained.emit(done)

    def _tell_of_failure(self, job: Job, blame: Blame) -> None:
        """Offer to try again, where that may help without another request."""
        if blame is Blame.user:
            self.noticed.emit(Notice(Level.warn, job.message))
        else:
            again = partial(self.retry, job)
            self.noticed.emit(Notice(Level.danger, job.message, tr("Retry"), again))

    def _tell_of_dropped(self, jobs: list[Job]) -> None:
        text = tr("A job that waited was dropped.")
        if len(jobs) > 1:
            text = tr("{count} jobs that waited were dropped.", count=len(jobs))
        back = partial(self.bring_back, jobs)
        self.noticed.emit(Notice(Level.info, text, tr("Bring back"), back))

    def _forget_backlog(self) -> None:
        self._backlog = None

    def _set_paused(self, is_paused: bool) -> None:
        if is_paused != self.is_paused:
            self.is_paused = is_paused
            self.paused_changed.emit(is_paused)


def _is_at_its_end(job: Job) -> bool:
    return job.progress is not None and job.progress.step >= job.progress.total
