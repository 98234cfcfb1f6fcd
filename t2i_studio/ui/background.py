"""Work off the main thread: a thread pool whose results come back to it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

T = TypeVar("T")


class PoolBackground(QObject):
    """Runs tasks one after another in one thread, so that files are written in order.

    `done` and `failed` run in the main thread, in which this object must be made.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
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
                # Bound here: the name is gone when the handler runs.
                reason = error
                self._answered.emit(lambda: failed(reason))
            else:
                self._answered.emit(lambda: done(result))

        self._pool.start(QRunnable.create(work))

    def close(self) -> None:
        """Wait for what has been asked; the answers are delivered by the event loop."""
        self._pool.waitForDone()


def _call(answer: Callable[[], None]) -> None:
    answer()
