"""What the user sees of the queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from psygnal import Signal

from t2i_studio.core.events import Progress
from t2i_studio.core.request import Making
from t2i_studio.studio.placement import Placement


class JobState(StrEnum):
    """From waiting over running to one of three ends."""

    waiting = "waiting"
    running = "running"
    finished = "finished"
    cancelled = "cancelled"
    failed = "failed"


OPEN = frozenset({JobState.waiting, JobState.running})


@dataclass
class Job:
    """One press of Generate; `request` is the snapshot, with its real seed once it runs."""

    request: Making
    state: JobState = JobState.waiting
    progress: Progress | None = None
    made: int = 0  # pictures that are ready
    message: str = ""
    is_cancelling: bool = False
    placement: Placement = Placement()

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class JobQueue:
    """Jobs in the order in which they were asked for; ended ones leave at once (main thread)."""

    changed = Signal(Job)
    listed = Signal()  # a job came or went

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def __iter__(self) -> Iterator[Job]:
        return iter(tuple(self._jobs.values()))

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def current(self) -> Job | None:
        return next((job for job in self if job.state is JobState.running), None)

    @property
    def waiting(self) -> int:
        return sum(job.state is JobState.waiting for job in self)

    def find(self, job_id: str) -> Job | None:
        return self._jobs.get(job_id)

    def add(self, job: Job) -> None:
        self._jobs[job.id] = job
        self.listed.emit()

    def update(self, job: Job) -> None:
        """Say that a job has changed; one that has ended leaves the queue."""
        if not job.is_open and job.id in self._jobs:
            del self._jobs[job.id]
            self.listed.emit()
        self.changed.emit(job)
