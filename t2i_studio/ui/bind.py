"""Connect state to widgets: the only place that does, so that it can be undone in one call."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from psygnal import SignalGroup, SignalInstance
from PySide6.QtCore import SignalInstance as QtSignal

Unbind = Callable[[], None]


class Observable(Protocol):
    """State that tells of changes, field by field: settings, tools, preferences."""

    @property
    def events(self) -> SignalGroup: ...


def bind(settings: Observable, field: str, show: Callable[[Any], Any], changed: QtSignal) -> Unbind:
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
    if len(signal.signature.parameters) == 2:
        # A field's signal carries (new, old), and PySide's own slots have no readable signature.
        signal.connect(call, max_args=1, check_nargs=False)
    else:
        signal.connect(call)
    return lambda: signal.disconnect(call, missing_ok=True)


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
