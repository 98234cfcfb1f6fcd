"""What people set once for all their work: look, language, keys."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal

from psygnal import SignalGroupDescriptor
from pydantic import Field

from t2i_studio.studio.autosave import STATE
from t2i_studio.studio.restoring import restore_fields

KEY: Final = "preferences"  # under which the session's file has them
RECENT: Final = 12  # commands

ThemeName = Literal["System", "Dark", "Light"]
Scale = Annotated[int, Field(ge=75, le=200)]
TextSize = Annotated[int, Field(ge=90, le=130)]
Code = Annotated[str, Field(pattern=r"^([A-Za-z]{2,3}(_[A-Za-z]{2,4})?)?$")]


@dataclass
class Preferences:
    """One field per control; emits `events.<field>`."""

    events: ClassVar[SignalGroupDescriptor] = SignalGroupDescriptor()

    theme: ThemeName = "System"
    scale: Scale = 100  # % of the whole window, from the next start on
    text_size: TextSize = 100  # % of the system's
    language: Code = ""  # like "de"; "" is the system's; from the next start on
    keys: dict[str, Any] = field(default_factory=dict)  # that differ from ours; see `ui.keymap`
    recent_commands: tuple[str, ...] = ()  # newest first

    def remember_command(self, name: str) -> None:
        """Put a command at the head of those used last."""
        others = tuple(other for other in self.recent_commands if other != name)
        self.recent_commands = (name, *others)[:RECENT]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over every field that is valid; return the names of those that were not."""
        return restore_fields(self, data)


def stored(folder: Path) -> Preferences:
    """Return the preferences of the last session in `folder`, before there is a window.

    What cannot be read is left out without a word: the session tells of it when it is restored.
    """
    preferences = Preferences()
    try:
        kept = json.loads((folder / STATE).read_bytes())["window"][KEY]
        preferences.restore(dict(kept))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        pass
    return preferences
