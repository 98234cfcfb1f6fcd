"""Connect state to widgets: the only place that does, so that it can be undone in one call."""

from collections.abc import Callable, Iterable
from typing import Any

from psygnal import SignalInstance
from PySide6.QtCore import SignalInstance as QtSignal

from t2i_studio.studio.settings import Settings

Unbind = Callable[[], None]


def bind(settings: Settings, field: str, show: Callable[[Any], Any], changed: QtSignal) -> Unbind:
    """Show a field in a widget, and take over what the widget says.

    `show(value)` must not move a cursor or emit when the value is already shown.
    """

    def take(value: Any) -> None:
        setattr(settings, field, value)

    show(getattr(settings, field))
    changed.connect(take)
    off = on(settings.events[field], show)

    def unbind() -> None:
        changed.disconnect(take)
        off()

    return unbind


def on(signal: SignalInstance, call: Callable[..., Any]) -> Unbind:
    """Call when the studio's signal is emitted; a field's signal passes the new value only."""

    def receive(*values: Any) -> None:
        call(*values)

    # PySide's built-in slots have no readable signature, and a field's signal carries
    # (new, old): both are settled here.
    most = 1 if signal.name and len(signal.signature.parameters) == 2 else None
    signal.connect(receive, max_args=most, check_nargs=False)
    return lambda: signal.disconnect(receive, missing_ok=True)


class Bindings:
    """The connections of one panel."""

    def __init__(self, unbinds: Iterable[Unbind] = ()) -> None:
        self._unbinds = list(unbinds)

    def add(self, *unbinds: Unbind) -> None:
        self._unbinds.extend(unbinds)

    def clear(self) -> None:
        """Disconnect everything."""
        while self._unbinds:
            self._unbinds.pop()()
