"""Requests that the explorer sends to the engine, and who hears their events."""

from collections.abc import Callable

from t2i_studio.core.events import Event, Terminal
from t2i_studio.core.request import Work
from t2i_studio.engine.api import Engine

Hear = Callable[[Event], None]


class Desk:
    """Hands requests to the engine once there is one, and each event to who asked (main thread)."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._ears: dict[str, Hear] = {}

    def connect(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, request: Work, hear: Hear) -> None:
        """Queue a request; `hear` is called with its events, the last of which is terminal."""
        if self._engine is not None:
            self._ears[request.id] = hear
            self._engine.submit(request)

    def ask_next(self, request: Work, hear: Hear) -> None:
        """Do the same before all that waits."""
        if self._engine is not None:
            self._ears[request.id] = hear
            self._engine.submit_next(request)

    def cancel(self, request_id: str) -> None:
        if self._engine is not None and request_id in self._ears:
            self._engine.cancel(request_id)

    def handle(self, event: Event) -> bool:
        """Deliver an event; False if nobody here asked for it."""
        hear = self._ears.get(event.request_id)
        if hear is None:
            return False
        if isinstance(event, Terminal):
            del self._ears[event.request_id]
        hear(event)
        return True
