"""Figures as data: what was measured, on which machine, and what moved since an older report."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from t2i_studio.benchmarks.measure import median_and_spread
from t2i_studio.core.errors import UserError
from t2i_studio.core.frozen import Frozen

LEAST_CHANGE = 0.05  # of the older value: less is noise, however close the rounds were


class Result(Frozen):
    """A figure, the median of some rounds if nothing else is said, and what they lie within."""

    group: str
    name: str
    value: float
    unit: str
    better: Literal["lower", "higher"]
    target: float | None = None
    spread: float = 0.0


class LeftOut(Frozen):
    """A figure that could not be measured here, and why."""

    group: str
    name: str
    note: str


class Report(Frozen):
    """A run of the benchmarks."""

    machine: dict[str, str]
    results: tuple[Result, ...]
    left_out: tuple[LeftOut, ...] = ()


class Move(StrEnum):
    """How a figure changed; `same`: within the noise of both runs."""

    better = "better"
    worse = "worse"
    same = "same"
    new = "new"


def milliseconds(
    group: str, name: str, seconds: Sequence[float], target: float | None = None
) -> Result:
    """Report the median of some times, the shorter the better; target: in ms."""
    value, spread = median_and_spread(1000 * each for each in seconds)
    return Result(
        group=group,
        name=name,
        value=value,
        unit="ms",
        better="lower",
        target=target,
        spread=spread,
    )


def read(path: Path) -> Report:
    """Read a report that `bench --json` printed; raises UserError."""
    try:
        return Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UserError(f"{path}: It cannot be read ({error.strerror}).") from error
    except ValidationError as error:
        hint = "Name a file with the output of t2i-studio bench --json."
        raise UserError(f"{path}: This is no report of benchmarks.", hint) from error


def earlier(result: Result, older: Sequence[Result]) -> Result | None:
    """Find the same figure in an older report."""
    key = (result.group, result.name, result.unit)
    return next((each for each in older if (each.group, each.name, each.unit) == key), None)


def moved(result: Result, before: Result | None) -> Move:
    """Tell whether a figure changed by more than both spreads together and LEAST_CHANGE."""
    if before is None:
        return Move.new
    change = result.value - before.value
    if abs(change) <= max(result.spread + before.spread, LEAST_CHANGE * abs(before.value)):
        return Move.same
    return Move.better if (change < 0) == (result.better == "lower") else Move.worse
