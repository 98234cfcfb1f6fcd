"""An engine without a thread: for tests."""

from collections.abc import Callable

from t2i_studio.core.events import Cancelled, Event
from t2i_studio.core.request import Request
from t2i_studio.engine.inbox import Inbox
from t2i_studio.engine.runner import Runner


class InlineEngine:
    """Queues requests and runs them when told to, in the caller's thread."""

    def __init__(self, runner: Runner, on_event: Callable[[Event], None]) -> None:
        self._runner = runner
        self._on_event = on_event
        self._inbox = Inbox()
        self._waiting = 0

    def submit(self, request: Request) -> None:
        self._waiting += 1
        self._inbox.put(request)

    def submit_next(self, request: Request) -> None:
        self._waiting += 1
        self._inbox.put_first(request)

    def cancel(self, request_id: str) -> None:
        if self._inbox.cancel(request_id):
            self._waiting -= 1
            self._on_event(Cancelled(request_id=request_id))

    def run_pending(self) -> None:
        """Run everything that waits, including what arrives meanwhile."""
        while self._waiting:
            self._waiting -= 1
            taken = self._inbox.take()
            if taken is None:
                return
            for event in self._runner.run(*taken):
                self._on_event(event)

    def close(self) -> None:
        self._inbox.close()
        self._waiting = 0
        self._runner.close()
