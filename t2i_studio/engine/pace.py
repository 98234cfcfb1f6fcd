"""Estimate the time left in a run from how long its stages' steps take."""

from collections import Counter, deque
from collections.abc import Iterable
from statistics import fmean, median
from typing import Any

from t2i_studio.core.events import PlannedStage, Progress

MEMORY = 16  # steps of a stage that count: one that was held up does not matter
LONGEST = 24 * 3600.0  # s: no step takes longer


class Pace:
    """Seconds per step of every stage of every model: the median of the last ones."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], deque[float]] = {}

    def learn(self, model: str, stage: str, seconds: float) -> None:
        steps = self._steps.setdefault((model, stage), deque(maxlen=MEMORY))
        steps.append(max(0.0, seconds))

    def step(self, model: str, stage: str) -> float | None:
        """Seconds for one step; None while nothing is known."""
        steps = self._steps.get((model, stage))
        return median(steps) if steps else None

    def left(self, model: str, plan: Iterable[PlannedStage], done: Counter[str]) -> float | None:
        """Seconds for what is left of the plan; None while nothing is known of the model.

        A stage that has not been seen is taken for an average one.
        """
        known = {key: median(steps) for (name, key), steps in self._steps.items() if name == model}
        if not known:
            return None
        usual = fmean(known.values())
        return sum(
            max(0, stage.steps - done[stage.key]) * known.get(stage.key, usual) for stage in plan
        )

    def to_json(self) -> dict[str, dict[str, float]]:
        """Return the seconds by model and stage, so rough that they seldom change."""
        paces: dict[str, dict[str, float]] = {}
        for (model, stage), steps in self._steps.items():
            paces.setdefault(model, {})[stage] = float(f"{median(steps):.1e}")
        return paces

    def restore(self, paces: Any) -> None:
        """Begin with what `to_json` told; what is no pace is left out."""
        for model, stages in paces.items() if isinstance(paces, dict) else ():
            for stage, seconds in stages.items() if isinstance(stages, dict) else ():
                if isinstance(seconds, int | float) and 0 <= seconds <= LONGEST:
                    self.learn(str(model), str(stage), float(seconds))


class Countdown:
    """The pace of one run: turns progress without a time into progress with one."""

    def __init__(
        self, pace: Pace, model: str, plan: tuple[PlannedStage, ...], started: float
    ) -> None:
        self._pace, self._model, self._plan = pace, model, plan
        self._done: Counter[str] = Counter()
        self._last = started

    def timed(self, progress: Progress, now: float) -> Progress:
        """Return the event with `step_s` and `eta_s`; `now` and `started` in seconds."""
        took, self._last = now - self._last, now
        self._pace.learn(self._model, progress.stage, took)
        self._done[progress.stage] += 1
        left = self._pace.left(self._model, self._plan, self._done)
        return progress.model_copy(update={"step_s": took, "eta_s": left})
