"""Pictures that follow a moving hand: of all that was asked, only the newest matters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from psygnal import Signal

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.events import (
    BaseReady,
    Event,
    Failed,
    ImageReady,
    LatentReady,
    Progress,
    Terminal,
)
from t2i_studio.core.request import Decode, Making, Pictures
from t2i_studio.studio.explorer.desk import Desk

P = TypeVar("P", bound=Pictures)
COARSE_STEPS = 4  # of the decoder


class Wish(Protocol):
    """A picture that is wanted now; a coarse one is quick, and shows where it goes."""

    @property
    def request(self) -> Making: ...

    @property
    def is_coarse(self) -> bool: ...


def coarse(request: P, capabilities: Capabilities | None) -> P:
    """Make it as small and in as few steps as still tells where it goes."""
    sizes = capabilities.sizes if capabilities else ()
    stage = capabilities.stage("decoder") if capabilities else None
    few = min(COARSE_STEPS, request.decoder.steps or COARSE_STEPS)
    steps = max(few, stage.min_steps if stage else 1)
    decoder = request.decoder.model_copy(update={"steps": steps})
    return request.model_copy(update={"size": min(sizes, default=None), "decoder": decoder})


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

    heard = Signal(object, object)  # LatentReady, BaseReady or ImageReady, and the wish
    busy_changed = Signal(bool)
    progressed = Signal()

    def __init__(self, desk: Desk, complain: Callable[[Failed], None]) -> None:
        self._desk = desk
        self._complain = complain
        self._running: Wish | None = None
        self._next: Wish | None = None
        self.progress: Progress | None = None

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def show(self, wish: Wish) -> None:
        """Ask for a picture of the newest state."""
        if self._running is None:
            self._start(wish)
            self.busy_changed.emit(True)
            return
        self._next = wish
        if not self._running.is_coarse:
            self._desk.cancel(self._running.request.id)

    def stop(self) -> None:
        """Drop what waits and stop what runs."""
        self._next = None
        if self._running is not None:
            self._desk.cancel(self._running.request.id)

    def _start(self, wish: Wish) -> None:
        self._running = wish
        self._desk.ask_next(wish.request, self._hear)

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
