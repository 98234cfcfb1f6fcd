"""Work off the main thread: two threads whose results come back to the main one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Signal

S = TypeVar("S")
T = TypeVar("T")


class ThreadBackground(QObject):
    """Runs what writes in one thread, in the order asked for, and what only reads in another.

    `done` and `failed` run in the main thread, in which this object must be made and used. Python
    threads and not a QRunnable: PySide6 6.11 keeps the wrapper of a runnable that Qt has deleted,
    and hands it out for the next object at that address.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk-writes")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="disk-reads")
        self._is_closed = False
        self._writes = 0  # that have not been answered
        self._answered.connect(_call)

    def run(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do it after everything that was given to `run` before; nothing once it is closed."""

        def answered(answer: Callable[[S], None], what: S) -> None:
            self._writes -= 1
            answer(what)

        if not self._is_closed:
            self._writes += 1
            self._submit(self._writer, task, partial(answered, done), partial(answered, failed))

    def read(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do it beside what `run` does, so that no write waits for thumbnails."""
        self._submit(self._reader, task, done, failed)

    def finish(self) -> None:
        """Wait for all writes, and for those that their answers ask for (main thread)."""
        flags = QEventLoop.ProcessEventsFlag
        while self._writes:
            QCoreApplication.processEvents(flags.WaitForMoreEvents | flags.ExcludeUserInputEvents)

    def close(self) -> None:
        """Wait for all writes and drop the reads that wait; the event loop delivers the answers."""
        self._is_closed = True
        self._reader.shutdown(wait=False, cancel_futures=True)
        self._writer.shutdown()
        self._reader.shutdown()

    def _submit(
        self,
        executor: ThreadPoolExecutor,
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

        if not self._is_closed:  # a timer or an answer may still ask while the window goes
            executor.submit(work)


def _call(answer: Callable[[], None]) -> None:
    answer()
