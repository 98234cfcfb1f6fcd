"""Work off the main thread: one thread whose results come back to the main one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class ThreadBackground(QObject):
    """Runs tasks one after another, so that files are written in the order they were asked for.

    `done` and `failed` run in the main thread, in which this object must be made. A Python thread
    and not a QRunnable: PySide6 6.11 keeps the wrapper of a runnable that Qt has deleted, and
    hands it out for the next object at that address.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk")
        self._answered.connect(_call)

    def run(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        def work() -> None:
            try:
                result = task()
            except Exception as error:
                reason = error  # the name `error` is gone when the answer runs
                self._answered.emit(lambda: failed(reason))
            else:
                self._answered.emit(lambda: done(result))

        self._executor.submit(work)

    def close(self) -> None:
        """Wait for what has been asked; the answers are delivered by the event loop."""
        self._executor.shutdown()


def _call(answer: Callable[[], None]) -> None:
    answer()
