"""The queue: what runs, what waits, and what has failed."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from psygnal import Signal

from t2i_studio.core.events import PlannedStage, Progress
from t2i_studio.core.request import Frame, Making, Request, Strip
from t2i_studio.studio.placement import Placement

R = TypeVar("R", bound=Request)


Read = Callable[[Frame], Frame]


class JobState(StrEnum):
    """From waiting over running to one of three ends."""

    waiting = "waiting"
    restored = "restored"  # from the last start: waits until somebody lets it go on
    running = "running"
    finished = "finished"
    cancelled = "cancelled"
    failed = "failed"


OPEN = frozenset({JobState.waiting, JobState.restored, JobState.running})
WAITING = frozenset({JobState.waiting, JobState.restored})
GONE = frozenset({JobState.finished, JobState.cancelled})


def as_it_is(request: Frame) -> Frame:
    return request


@dataclass(eq=False)
class Job:
    """One press of Generate; `request` is the snapshot, with its real seed once it runs.

    placement: what its results need to know of the canvas that it was asked for on.
    """

    request: Making
    placement: Placement = field(default_factory=Placement)
    is_seed_drawn: bool = False  # by chance, and not somebody's choice
    state: JobState = JobState.waiting
    plan: tuple[PlannedStage, ...] = ()  # known once it runs
    progress: Progress | None = None
    made: int = 0  # pictures that are ready
    message: str = ""  # why it has failed
    is_cancelling: bool = False

    @property
    def id(self) -> str:
        return self.request.id

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_running(self) -> bool:
        return self.state is JobState.running

    @property
    def left(self) -> int:
        """How many pictures are not there yet."""
        return self.request.count - self.made

    def rest(self) -> "Job":
        """Return a new job for the pictures that are not there yet, each with its own seed."""
        request = rest_of(self.request, self.made)
        return Job(request, self.placement, self.is_seed_drawn)

    def twin(self, draw: Callable[[], int], read: Read = as_it_is) -> "Job":
        """Return a new job for the same, from another seed if this one's came by chance.

        read: draws the words of its prompt from that seed, too.
        """
        request = renamed(self.request)
        if self.is_seed_drawn and not isinstance(request, Strip):
            request = read(request.model_copy(update={"seed": draw()}))
        return Job(request, self.placement, self.is_seed_drawn)


def renamed(request: R) -> R:
    """Return the same request as a run of its own."""
    return request.model_copy(update={"id": uuid.uuid4().hex})


def rest_of(request: Making, made: int) -> Making:
    """Return what makes the pictures after the first `made`, as a run of its own.

    Picture i has seed + i and a prompt of its own, so each becomes what it would have been.
    """
    again = renamed(request)
    if not 0 < made < request.count:
        return again
    if isinstance(request, Strip):
        return again.model_copy(update={"frames": request.frames[made:]})
    left = {"seed": request.seed + made, "count": request.count - made}
    prompts = {name: getattr(request, name)[made:] for name in ("prompts", "negative_prompts")}
    return again.model_copy(update={**left, **prompts})


class JobQueue:
    """What runs comes first, then what waits in its order, then what has failed (main thread).

    What is finished or cancelled leaves at once.
    """

    changed = Signal(Job)
    listed = Signal()  # a job came, went or moved

    def __init__(self) -> None:
        self._jobs: list[Job] = []

    def __iter__(self) -> Iterator[Job]:
        return iter(tuple(self._jobs))

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def current(self) -> Job | None:
        """What runs; where the next one is with the engine already, the first of the two."""
        return next((job for job in self._jobs if job.is_running), None)

    @property
    def waiting(self) -> int:
        return sum(job.is_waiting for job in self._jobs)

    @property
    def failed(self) -> int:
        return sum(job.state is JobState.failed for job in self._jobs)

    def find(self, job_id: str) -> Job | None:
        return next((job for job in self._jobs if job.id == job_id), None)

    def add(self, *jobs: Job, at_front: bool = False) -> None:
        """Let jobs wait behind all others, or before them."""
        self._jobs = [*jobs, *self._jobs] if at_front else [*self._jobs, *jobs]
        self._sort()

    def remove(self, *jobs: Job) -> None:
        gone = set(jobs)
        self._jobs = [job for job in self._jobs if job not in gone]
        self.listed.emit()

    def move(self, jobs: Iterable[Job], before: Job | None) -> None:
        """Let waiting jobs, in the order in which they stand, be done before another one.

        None puts them behind all that wait.
        """
        asked = set(jobs)
        moved = [job for job in self._jobs if job in asked and job.is_waiting]
        others = [job for job in self._jobs if job not in moved]
        while before in moved:  # a block that is dropped on itself stays where it is
            place = self._jobs.index(before) + 1
            before = self._jobs[place] if place < len(self._jobs) else None
        place = others.index(before) if before else len(others)
        self._jobs = others[:place] + moved + others[place:]
        self._sort()

    def step(self, job: Job, by: int) -> None:
        """Move a waiting job by so many places."""
        waiting = [each for each in self._jobs if each.is_waiting]
        if job in waiting:
            others = [each for each in waiting if each is not job]
            place = max(0, waiting.index(job) + by)
            self.move([job], others[place] if place < len(others) else None)

    def to_front(self, job: Job) -> None:
        """Let a waiting job be the next one."""
        self.move([job], next((each for each in self._jobs if each.is_waiting), None))

    def set_state(self, job: Job, state: JobState) -> None:
        """Let a job go on to another state, and to where it belongs by that."""
        job.state = state
        if state in GONE:
            self.remove(job)
        else:
            self._sort()
        self.changed.emit(job)

    def update(self, job: Job) -> None:
        """Say that a job has changed, but neither its state nor its place."""
        self.changed.emit(job)

    def _sort(self) -> None:
        self._jobs.sort(key=_rank)
        self.listed.emit()


def _rank(job: Job) -> int:
    return 0 if job.is_running else 1 if job.is_waiting else 2
