"""The QThread that carries the engine: the only place where Qt and the engine meet."""

import threading

from PySide6.QtCore import QObject, QThread, Signal

from t2i_studio.core.events import Cancelled, Event, Preview
from t2i_studio.core.request import Request
from t2i_studio.engine.inbox import Inbox
from t2i_studio.engine.runner import Runner


class EngineThread(QThread):
    """Runs requests in a thread of its own; `event_received` brings events to the main thread.

    The signal sits on the QThread object itself, which lives in the main thread: connected plain
    functions run there. Of previews only the latest is kept until somebody looks.
    """

    event_received = Signal(object)
    _preview_waits = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._inbox = Inbox()
        self._mailbox: Preview | None = None
        self._lock = threading.Lock()
        self._preview_waits.connect(self._deliver_preview)

    def submit(self, request: Request) -> None:
        self._inbox.put(request)

    def submit_next(self, request: Request) -> None:
        self._inbox.put_first(request)

    def cancel(self, request_id: str) -> None:
        if self._inbox.cancel(request_id):
            self.event_received.emit(Cancelled(request_id=request_id))

    def close(self) -> None:
        """Stop what runs within a step and wait for the thread (main thread)."""
        self._inbox.close()
        self.wait()

    def run(self) -> None:
        """Take requests until closed (engine thread)."""
        while taken := self._inbox.take():
            for event in self._runner.run(*taken):
                self._send(event)
        self._runner.close()

    def _send(self, event: Event) -> None:
        if not isinstance(event, Preview):
            self.event_received.emit(event)
            return
        with self._lock:
            was_empty, self._mailbox = self._mailbox is None, event
        if was_empty:
            self._preview_waits.emit()

    def _deliver_preview(self) -> None:
        with self._lock:
            preview, self._mailbox = self._mailbox, None
        if preview is not None:
            self.event_received.emit(preview)
