"""Keep the session on disk, and bring it back after a restart or a crash."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from t2i_studio.core.errors import StudioError
from t2i_studio.core.image import Image, Mask, Raster
from t2i_studio.core.pictures import read_mask, read_picture
from t2i_studio.gallery.files import save_atomic
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session

R = TypeVar("R", Image, Mask)

VERSION = 1
STATE, PICTURE, MASK = "session.json", "canvas.png", "mask.png"


class Autosave:
    """Writes what has changed since the last time; each file is replaced as a whole.

    `window` is whatever the window wants back (geometry, theme), as plain JSON values.
    """

    def __init__(self, session: Session, folder: Path, background: Background) -> None:
        self.window: dict[str, Any] = {}
        self._session = session
        self._folder = folder
        self._background = background
        self._state = ""  # as it was written last
        self._touched: set[str] = set()  # of PICTURE and MASK, since then
        self._has_warned = False
        self._damaged: list[Path] = []  # found while reading in the background
        document = session.document
        document.picture_changed.connect(lambda: self._touched.add(PICTURE))
        document.extent_changed.connect(lambda: self._touched.update((PICTURE, MASK)))
        document.mask_changed.connect(lambda: self._touched.add(MASK))

    def save(self) -> None:
        """Write in the background; a disk that refuses is reported once."""
        changes = self._changes()
        if changes:
            self._background.run(lambda: self._write(changes), lambda _: None, self._warn)

    def save_now(self) -> None:
        """Write before returning: the program ends."""
        try:
            self._write(self._changes())
        except StudioError as error:
            self._warn(error)

    def restore(self) -> None:
        """Bring back what can be read; what cannot is named and set aside."""
        state = self._read_state()
        refused = self._session.settings.restore(state.get("settings", {}))
        refused += self._session.tools.restore(state.get("tools", {}))
        if refused:
            self._session.noticed.emit(
                Notice(Level.warn, f"Reset to default, because unreadable: {', '.join(refused)}.")
            )
        window = state.get("window")
        self.window = window if isinstance(window, dict) else {}

    def restore_canvas(self) -> None:
        """Bring picture and mask back in the background, unless there is another picture by then.

        A large canvas takes half a second to decode: the window does not wait for it.
        """

        def read() -> tuple[Image | None, Mask | None]:
            return self._read(PICTURE, read_picture), self._read(MASK, read_mask)

        def restored(kept: tuple[Image | None, Mask | None]) -> None:
            self._start(kept)
            while self._damaged:
                self._set_aside(self._damaged.pop())

        self._background.read(read, restored, self._warn)

    def _changes(self) -> dict[str, Raster | str | None]:
        """Return what differs from the last call, by file name; None stands for no file."""
        changes: dict[str, Raster | str | None] = {}
        state = json.dumps(self._now())
        if state != self._state:
            changes[STATE] = self._state = state
        document = self._session.document
        if PICTURE in self._touched:
            changes[PICTURE] = document.picture
        if MASK in self._touched:
            changes[MASK] = document.mask if document.has_mask else None
        self._touched.clear()
        return changes

    def _now(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "settings": self._session.settings.to_json(),
            "tools": self._session.tools.to_json(),
            "window": self.window,
        }

    def _write(self, changes: dict[str, Raster | str | None]) -> None:
        for name, content in changes.items():
            path = self._folder / name
            if content is None:
                path.unlink(missing_ok=True)
            else:
                data = content.to_png() if isinstance(content, Raster) else content.encode()
                save_atomic(path, data)

    def _warn(self, error: Exception) -> None:
        self._state, self._touched = "", {PICTURE, MASK}
        if not self._has_warned:
            self._has_warned = True
            self._session.noticed.emit(
                Notice(Level.warn, f"The session cannot be kept for the next start: {error}")
            )

    def _read_state(self) -> dict[str, Any]:
        path = self._folder / STATE
        try:
            state = json.loads(path.read_bytes())
            if not isinstance(state, dict) or state.get("version") != VERSION:
                raise ValueError("not a session of this version")
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            self._set_aside(path)
            return {}
        return {key: value for key, value in state.items() if isinstance(value, dict)}

    def _start(self, kept: tuple[Image | None, Mask | None]) -> None:
        picture, mask = kept
        document = self._session.document
        if picture is None or document.picture is not None:
            return
        document.start(picture, mask if mask and mask.extent == picture.extent else None)
        self._touched.clear()

    def _read(self, name: str, read: Callable[[Path], R]) -> R | None:
        path = self._folder / name
        try:
            return read(path) if path.exists() else None
        except StudioError:
            self._damaged.append(path)
            return None

    def _set_aside(self, path: Path) -> None:
        """Keep the bad file for whoever wants to look, out of the way."""
        kept = path.with_name(f"{path.name}.damaged-{int(time.time())}")
        try:
            path.rename(kept)
            where = f"it is kept as {kept.name}"
        except OSError:
            where = "it could not be set aside"
        self._session.noticed.emit(
            Notice(Level.warn, f"{path.name} of the last session cannot be read; {where}.")
        )
