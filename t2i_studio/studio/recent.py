"""The projects that were open last."""

from pathlib import Path
from typing import Any, Final

from psygnal import Signal

MOST: Final = 10


class RecentFiles:
    """Paths of files, the last one first; they may be gone by now (main thread)."""

    changed = Signal()

    def __init__(self) -> None:
        self.paths: tuple[Path, ...] = ()

    def add(self, path: Path) -> None:
        """Put a file at the head of the list."""
        path = path.absolute()
        self._take((path, *(other for other in self.paths if other != path))[:MOST])

    def remove(self, path: Path) -> None:
        self._take(tuple(other for other in self.paths if other != path))

    def clear(self) -> None:
        self._take(())

    def to_json(self) -> dict[str, Any]:
        return {"paths": [str(path) for path in self.paths]}

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over what is a list of absolute paths."""
        listed = data.get("paths", [])
        named = listed if isinstance(listed, list) else []
        paths = [Path(each) for each in named if isinstance(each, str) and "\0" not in each]
        self._take(tuple(path for path in paths if path.is_absolute())[:MOST])
        return []

    def _take(self, paths: tuple[Path, ...]) -> None:
        if paths != self.paths:
            self.paths = paths
            self.changed.emit()
