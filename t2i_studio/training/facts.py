"""What a run's folder is about: another training must not go on where one has begun."""

import json
from collections.abc import Mapping
from pathlib import Path

from t2i_studio.core.errors import UserError
from t2i_studio.gallery.files import save_atomic

Facts = Mapping[str, str | int | float | None]


def check(path: Path, facts: Facts) -> None:
    """Compare with the facts that were written when the run began, if any; raises UserError."""
    before = _read(path)
    if before is None:
        return
    for name, value in facts.items():
        if before.get(name) != value:
            raise UserError(
                f"{path.parent} was begun with {name} {before.get(name)}, and now it is {value}.",
                "Give another --output, or remove the folder.",
            )


def write(path: Path, facts: Facts) -> None:
    """Keep the facts of a run that begins; those of one that goes on stay. Raises MachineError."""
    if _read(path) is None:
        save_atomic(path, json.dumps(facts, indent=1).encode())


def _read(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
