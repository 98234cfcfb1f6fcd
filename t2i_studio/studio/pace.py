"""How long jobs are going to take, by what their steps have taken so far."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from t2i_studio.core.events import PlannedStage, Progress
from t2i_studio.core.request import UPSAMPLERS, Editing, Making, Pictures, Strip
from t2i_studio.engine.pace import Pace
from t2i_studio.studio.jobs import Job

STAGES = ("prior", "decoder", *UPSAMPLERS)  # fields of a request that tell a number of steps

Plan = tuple[PlannedStage, ...]
Shape = tuple[object, ...]


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
        self._plans[_shape(first)] = first, plan, request.count

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
        plan = job.plan or self._expected(job.request)
        return self._pace.left(job.request.model, plan, Counter())

    def total(self, jobs: Iterable[Job]) -> float | None:
        """Seconds for all of them; None if that of one is unknown."""
        times = [self.seconds(job) for job in jobs]
        return sum(time for time in times if time is not None) if None not in times else None

    def to_json(self) -> dict[str, Any]:
        return self._pace.to_json()

    def restore(self, data: Any) -> None:
        """Begin with what earlier starts have learnt."""
        self._pace.restore(data)

    def _expected(self, request: Making) -> Plan:
        """Return the plan of the last run of this kind, in the steps that this one asks for.

        Without one it is what the request itself says.
        """
        first = _first(request)
        if _shape(first) not in self._plans:
            return _told(first, request.count)
        last, plan, count = self._plans[_shape(first)]
        return tuple(
            PlannedStage(
                key=stage.key,
                steps=round(stage.steps * _ratio(first, last, stage.key) * request.count / count),
            )
            for stage in plan
        )


def _first(request: Making) -> Pictures:
    return request.frames[0] if isinstance(request, Strip) else request


def _shape(request: Pictures) -> Shape:
    """Return what decides which stages there are, and over how much of their way they go."""
    size = request.size and (request.size.width, request.size.height)
    strength = request.strength if isinstance(request, Editing) else 1.0
    return request.model, request.kind, size, request.prior.kind, strength


def _steps(request: Pictures, stage: str) -> int:
    """Return how many steps a request asks for; 0 where it leaves that to the model."""
    return getattr(request, stage).steps or 0 if stage in STAGES else 0


def _ratio(request: Pictures, last: Pictures, stage: str) -> float:
    return (_steps(request, stage) or 1) / (_steps(last, stage) or 1)


def _told(request: Pictures, count: int) -> Plan:
    steps = {stage: _steps(request, stage) * count for stage in STAGES}
    if request.prior.kind == "none":
        del steps["prior"]
    return tuple(PlannedStage(key=key, steps=number) for key, number in steps.items() if number)
