"""Driving generators of steps to their end."""

from collections.abc import Generator
from typing import TypeVar

Yielded = TypeVar("Yielded")
Result = TypeVar("Result")


def finish(run: Generator[Yielded, None, Result]) -> Result:
    """Return what a generator returns."""
    return collect(run)[1]


def collect(run: Generator[Yielded, None, Result]) -> tuple[list[Yielded], Result]:
    """Return what a generator yields, and what it returns."""
    yielded: list[Yielded] = []
    while True:
        try:
            yielded.append(next(run))
        except StopIteration as stop:
            return yielded, stop.value
