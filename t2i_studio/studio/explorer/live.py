"""Pictures that follow a moving hand: of all that was asked, only the newest matters."""

from collections.abc import Callable
from dataclasses import dataclass

from psygnal import Signal

from t2i_studio.core.events import (
    BaseReady,
    Event,
    Failed,
    ImageReady,
    LatentReady,
    Progress,
    Terminal,
)
from t2i_studio.core.request import Decode
from t2i_studio.studio.explorer.desk import Desk


@dataclass(frozen=True)
class Asked:
    """A request and what it is for; `exploration` counts what was explored before."""

    request: Decode
    is_coarse: bool
    exploration: int = 0


class Live:
    """Runs one request at a time; while it runs, the newest other one waits (main thread).

    A coarse one is always finished, so that something new is seen however fast the hand moves; a
    settled one gives way at once.
    """

    heard = Signal(object, Asked)  # LatentReady, BaseReady or ImageReady, and what it answers
    busy_changed = Signal(bool)
    progressed = Signal()

    def __init__(self, desk: Desk, complain: Callable[[Failed], None]) -> None:
        self._desk = desk
        self._complain = complain
        self._running: Asked | None = None
        self._next: Asked | None = None
        self.progress: Progress | None = None

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def show(self, asked: Asked) -> None:
        """Ask for a picture of the newest state."""
        if self._running is None:
            self._start(asked)
            self.busy_changed.emit(True)
            return
        self._next = asked
        if not self._running.is_coarse:
            self._desk.cancel(self._running.request.id)

    def stop(self) -> None:
        """Drop what waits and stop what runs."""
        self._next = None
        if self._running is not None:
            self._desk.cancel(self._running.request.id)

    def _start(self, asked: Asked) -> None:
        self._running = asked
        self._desk.ask_next(asked.request, self._hear)

    def _hear(self, event: Event) -> None:
        match event:
            case Progress():
                self.progress = event
                self.progressed.emit()
            case LatentReady() | BaseReady() | ImageReady():
                self.heard.emit(event, self._running)
            case Failed():
                self._complain(event)
                self._end()
            case _ if isinstance(event, Terminal):
                self._end()

    def _end(self) -> None:
        self.progress = None
        if self._next is not None:
            following, self._next = self._next, None
            self._start(following)
        else:
            self._running = None
            self.busy_changed.emit(False)
