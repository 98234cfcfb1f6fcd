"""How long jobs are going to take, by what their steps have taken so far."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from t2i_studio.core.events import PlannedStage, Progress
from t2i_studio.core.request import UPSAMPLERS, Editing, Making, Pictures, Strip
from t2i_studio.engine.pace import Pace
from t2i_studio.studio.jobs import Job

STAGES = ("prior", "decoder", *UPSAMPLERS)  # fields of a request that tell a number of steps
UNKNOWN = ""  # a stage

Plan = tuple[PlannedStage, ...]
Shape = tuple[object, ...]
Work = Counter[tuple[str, str]]  # steps by model and stage


class Forecast:
    """Learns from each step, and tells the time of what runs and of what waits (main thread)."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._plans: dict[Shape, tuple[Pictures, Plan, int]] = {}  # of the last run of its shape
        self._done: Counter[str] = Counter()  # steps of the run, by stage

    def start(self, request: Making, plan: Plan) -> None:
        """Follow a run from its beginning."""
        self._done.clear()
        first = _first(request)
        for shape in _shapes(first):
            self._plans[shape] = first, plan, request.count

    def timed(self, job: Job, progress: Progress) -> Progress:
        """Return the event with what is left by all that is known here."""
        if progress.step_s is not None:
            self._pace.learn(job.request.model, progress.stage, progress.step_s)
        self._done[progress.stage] += 1
        left = self._pace.left(job.request.model, job.plan, self._done)
        return progress if left is None else progress.model_copy(update={"eta_s": left})

    def stage_left(self, job: Job) -> float | None:
        """Seconds for what is left of the stage that works; None while that is unknown."""
        if job.progress is None:
            return None
        step = self._pace.step(job.request.model, job.progress.stage)
        return None if step is None else step * (job.progress.stage_steps - job.progress.stage_step)

    def seconds(self, job: Job) -> float | None:
        """Seconds for what is left of a job that runs or waits; None while that is unknown."""
        if job.progress is not None:
            return job.progress.eta_s
        return self.time(self.work([job]))

    def work(self, jobs: Iterable[Job]) -> Work:
        """Return the steps, by model and stage, of jobs that have not begun."""
        work: Work = Counter()
        for job in jobs:
            model = job.request.model
            for stage, steps in self._expected(job).items():
                work[model, stage] += steps
        return work

    def time(self, work: Work) -> float | None:
        """Seconds for so many steps; None if some of them are unknown."""
        if any(stage == UNKNOWN for _, stage in work):
            return None
        plans: dict[str, list[PlannedStage]] = {}
        for (model, stage), steps in work.items():
            plans.setdefault(model, []).append(PlannedStage(key=stage, steps=steps))
        times = [self._pace.left(model, plan, Counter()) for model, plan in plans.items()]
        return None if None in times else sum(time for time in times if time)

    def to_json(self) -> dict[str, Any]:
        return self._pace.to_json()

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Begin with what earlier starts have learnt; what is no pace is left out."""
        self._pace.restore(data)
        return []

    def _expected(self, job: Job) -> dict[str, int]:
        """Return the steps of each stage: planned ones, or those of the last run like it.

        Without one it is what the request itself says.
        """
        if job.plan:
            return {stage.key: stage.steps for stage in job.plan}
        first, count = _first(job.request), job.request.count
        known = next((self._plans[key] for key in _shapes(first) if key in self._plans), None)
        if known is None:
            return _told(first, count)
        last, plan, pictures = known
        share = count / pictures
        return {
            stage.key: round(stage.steps * _ratio(first, last, stage.key) * share) for stage in plan
        }


def _first(request: Making) -> Pictures:
    return request.frames[0] if isinstance(request, Strip) else request


def _shapes(request: Pictures) -> tuple[Shape, ...]:
    """Return what decides which stages there are, and how much of them; all of it first."""
    size = request.size and (request.size.width, request.size.height)
    strength = request.strength if isinstance(request, Editing) else 1.0
    kind = request.model, request.kind
    return (*kind, size, request.prior.kind, strength), kind


def _steps(request: Pictures, stage: str) -> int:
    """Return how many steps a request asks for; 0 where it leaves that to the model."""
    return getattr(request, stage).steps or 0 if stage in STAGES else 0


def _ratio(request: Pictures, last: Pictures, stage: str) -> float:
    if stage == "prior" and request.prior.kind == "none":
        return 0.0
    asked, before = _steps(request, stage), _steps(last, stage)
    return asked / before if asked and before else 1.0


def _told(request: Pictures, count: int) -> dict[str, int]:
    steps = {stage: _steps(request, stage) * count for stage in STAGES}
    if request.prior.kind == "none":
        del steps["prior"]
    return steps if any(steps.values()) else {UNKNOWN: 1}
