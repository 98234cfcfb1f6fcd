"""How everything is measured: side by side, in turn, the first time apart, medians with spread."""

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter
from typing import NoReturn

from t2i_studio.core.errors import Blame, MachineError, StudioError, UserError
from t2i_studio.core.events import Failed

ERRORS = {Blame.user: UserError, Blame.machine: MachineError, Blame.ours: StudioError}

Turn = Callable[[int], object]
"""One side of a comparison; told which round it is, so that its input can be a fresh one."""


def alternating(sides: Mapping[str, Turn], rounds: int) -> dict[str, list[float]]:
    """Run all sides in turn, A, B, A, B, and return the seconds of each round by side.

    In turn, what else the machine does falls on all of them. Round 0 warms up and is left out.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, turn in sides.items():
            started = perf_counter()
            turn(number)
            seconds[name].append(perf_counter() - started)
    return {name: each[1:] for name, each in seconds.items()}


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Divide round by round."""
    return [a / b for a, b in zip(ours, theirs, strict=True)]


def median_and_spread(values: Iterable[float]) -> tuple[float, float]:
    """Return the median and half of the interquartile range: what half of the rounds lie within."""
    each = sorted(values)
    if len(each) < 2:
        return each[0], 0.0
    low, middle, high = statistics.quantiles(each, n=4, method="inclusive")
    return middle, (high - low) / 2


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that is not less than this share of all; 0 < share <= 1."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def raise_failure(event: Failed) -> NoReturn:
    """Raise what the engine has told as the error that it was."""
    raise ERRORS[event.blame](event.message, event.hint)
