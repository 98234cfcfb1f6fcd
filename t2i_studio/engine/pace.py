"""Estimate the time left in a run from how long its stages' steps take."""

from collections import Counter

from t2i_studio.core.events import PlannedStage, Progress

MEMORY = 0.7  # weight of what was known before, at each new step


class Pace:
    """Seconds per step of every stage of every model, learnt while running."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, str], float] = {}

    def learn(self, model: str, stage: str, seconds: float) -> None:
        key = (model, stage)
        known = self._seconds.get(key, seconds)
        self._seconds[key] = known * MEMORY + seconds * (1 - MEMORY)

    def left(self, model: str, plan: tuple[PlannedStage, ...], done: Counter[str]) -> float | None:
        """Seconds for what is left of the plan; None while nothing is known."""
        known = [self._seconds[key] for key in self._seconds if key[0] == model]
        if not known:
            return None
        usual = sum(known) / len(known)
        return sum(
            (stage.steps - done[stage.key]) * self._seconds.get((model, stage.key), usual)
            for stage in plan
        )


class Countdown:
    """The pace of one run: turns progress without a time into progress with one."""

    def __init__(
        self, pace: Pace, model: str, plan: tuple[PlannedStage, ...], started: float
    ) -> None:
        self._pace, self._model, self._plan = pace, model, plan
        self._done: Counter[str] = Counter()
        self._last = started

    def timed(self, progress: Progress, now: float) -> Progress:
        """Return the event with `eta_s`; `now` and `started` in seconds of one clock."""
        self._pace.learn(self._model, progress.stage, now - self._last)
        self._last = now
        self._done[progress.stage] += 1
        left = self._pace.left(self._model, self._plan, self._done)
        return progress.model_copy(update={"eta_s": left})
