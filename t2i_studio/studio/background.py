"""Work that would hold up the window, with its result brought back to the caller's thread."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Background(Protocol):
    """Runs tasks elsewhere; `done` or `failed` is called in the thread that asked."""

    def run(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do it after everything that was given to `run` before: for what writes."""

    def read(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do it beside what `run` does: for what only reads, and may be dropped at the end."""


class InlineBackground:
    """Runs each task at once: for tests."""

    def run(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            result = task()
        except Exception as error:
            failed(error)
        else:
            done(result)

    read = run
