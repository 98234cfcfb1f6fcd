"""How people want to be told that the queue is done."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from psygnal import SignalGroupDescriptor

from t2i_studio.core.words import tr
from t2i_studio.studio.dispatch import Round
from t2i_studio.studio.restoring import restore_fields


@dataclass
class NotifyOptions:
    """One field per control; emits `events.<field>`."""

    events: ClassVar[SignalGroupDescriptor] = SignalGroupDescriptor()

    has_sound: bool = False
    has_notification: bool = False  # of the desktop, which also marks the window

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over every field that is valid; return the names of those that were not."""
        return restore_fields(self, data)


def summary(done: Round) -> str:
    """Say in one line what came of the queue."""
    parts = []
    if done.pictures == 1:
        parts.append(tr("1 picture is ready."))
    elif done.pictures:
        parts.append(tr("{count} pictures are ready.", count=done.pictures))
    if done.failed == 1:
        parts.append(tr("1 job has failed."))
    elif done.failed:
        parts.append(tr("{count} jobs have failed.", count=done.failed))
    return " ".join(parts)
