"""Messages for people: one line, a level, and where it helps one action."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from t2i_studio.core.errors import StudioError
from t2i_studio.core.events import Failed
from t2i_studio.core.words import tr


class Level(StrEnum):
    """How a notice looks; nothing is ever modal."""

    info = "info"
    ok = "ok"
    warn = "warn"
    danger = "danger"


@dataclass(frozen=True)
class Notice:
    """A line of text; `action` runs when the button labelled `action_text` is pressed."""

    level: Level
    text: str
    action_text: str = ""
    action: Callable[[], object] | None = None


def notice_of(error: Exception) -> Notice:
    """Return what to say about an error; ours are said as such."""
    if isinstance(error, StudioError):
        return Notice(Level.danger, str(error))
    return Notice(
        Level.danger,
        tr(
            "Something went wrong inside ({name}: {error}).", name=type(error).__name__, error=error
        ),
    )


def warning_of(event: Failed) -> Notice:
    """Return what to say about a run that failed while nothing was lost."""
    return Notice(Level.warn, f"{event.message} {event.hint}".strip())
