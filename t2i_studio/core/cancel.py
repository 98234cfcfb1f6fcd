"""Cancelling a run from another thread."""

import threading


class CancelledError(Exception):
    """The run was cancelled; not an error that anybody needs to see."""


class CancelToken:
    """A flag that one thread sets and the working thread checks at every step (any thread)."""

    def __init__(self) -> None:
        self._flag = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        return self._flag.is_set()

    def cancel(self) -> None:
        self._flag.set()

    def check(self) -> None:
        """Raise CancelledError if the run has been cancelled."""
        if self._flag.is_set():
            raise CancelledError
