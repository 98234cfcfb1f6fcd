"""Pictures that follow a moving hand: of all that was asked, only the newest matters."""

from collections.abc import Callable

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


class Live:
    """Runs one request at a time; while it runs, the newest other one waits (main thread).

    A coarse one is always finished, so that something new is seen however fast the hand moves; a
    settled one gives way at once.
    """

    heard = Signal(object)  # LatentReady, BaseReady or ImageReady of the newest that has come
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, complain: Callable[[Failed], None]) -> None:
        self._desk = desk
        self._complain = complain
        self._running: Decode | None = None
        self._is_coarse = False
        self._next: tuple[Decode, bool] | None = None
        self.progress: Progress | None = None

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def show(self, request: Decode, *, is_coarse: bool) -> None:
        """Ask for a picture of the newest state."""
        if self._running is None:
            self._start(request, is_coarse)
            return
        self._next = (request, is_coarse)
        if not self._is_coarse:
            self._desk.cancel(self._running.id)

    def stop(self) -> None:
        """Drop what waits and stop what runs."""
        self._next = None
        if self._running is not None:
            self._desk.cancel(self._running.id)

    def _start(self, request: Decode, is_coarse: bool) -> None:
        was_busy, self._running, self._is_coarse = self.is_busy, request, is_coarse
        self._desk.ask(request, self._hear)
        if not was_busy:
            self.busy_changed.emit(True)

    def _hear(self, event: Event) -> None:
        match event:
            case Progress():
                self.progress = event
            case LatentReady() | BaseReady() | ImageReady():
                self.heard.emit(event)
            case Failed():
                self._complain(event)
                self._end()
            case _ if isinstance(event, Terminal):
                self._end()

    def _end(self) -> None:
        self._running, self.progress = None, None
        if self._next is not None:
            following, self._next = self._next, None
            self._start(*following)
        else:
            self.busy_changed.emit(False)
