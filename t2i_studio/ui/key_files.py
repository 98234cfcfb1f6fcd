"""Keys as a file, to be carried to another machine."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from t2i_studio.core.errors import UserError
from t2i_studio.core.words import later, tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.ui.keymap import Keymap

FORM: Final = "t2i-studio-keys"
VERSION: Final = 1
MOST_BYTES: Final = 1_000_000
FILTER: Final = later("Keys (*.json)")


class KeyFiles(QObject):
    """Reads and writes in the background; every trouble is a notice."""

    def __init__(
        self,
        keymap: Keymap,
        background: Background,
        tell: Callable[[Notice], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._keymap, self._background, self._tell = keymap, background, tell
        self._window = window

    def open(self) -> None:
        """Ask for a file without holding up the window."""
        dialog = QFileDialog(self._window, tr("Import keys"), "", tr(FILTER))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def save(self) -> None:
        """Ask where the keys should go."""
        dialog = QFileDialog(self._window, tr("Export keys"), "keys.json", tr(FILTER))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_path)
        dialog.open()

    def open_path(self, name: str) -> None:
        path = Path(name)
        self._background.read(lambda: read_keys(path), self._take, self._complain)

    def save_path(self, name: str) -> None:
        path = Path(name)
        content = {"form": FORM, "version": VERSION, "keys": self._keymap.differences}

        def write() -> None:
            save_atomic(path, json.dumps(content, indent=2, ensure_ascii=False).encode())

        def saved(_: None) -> None:
            self._tell(Notice(Level.ok, tr("Saved as {name}.", name=path.name)))

        self._background.run(write, saved, self._complain)

    def _take(self, keys: dict[str, Any]) -> None:
        refused = self._keymap.restore(keys)
        if refused:
            text = tr("Left out, because unknown or not possible: {keys}.", keys=_listed(refused))
            self._tell(Notice(Level.warn, text))
        else:
            self._tell(Notice(Level.ok, tr("The keys of the file are in use.")))

    def _complain(self, error: Exception) -> None:
        self._tell(notice_of(error))


def read_keys(path: Path) -> dict[str, Any]:
    """Return the keys in a file that was exported; raises UserError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError
        content = json.loads(path.read_bytes())
        if content["form"] != FORM or not isinstance(content["keys"], dict):
            raise ValueError
        version = int(content["version"])
    except OSError as error:
        raise UserError(
            tr("{name} cannot be read.", name=path.name), tr("Is it still there?")
        ) from error
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise UserError(
            tr("{name} has no keys in it.", name=path.name), tr("Choose a file that was exported.")
        ) from error
    if version > VERSION:
        raise UserError(
            tr("{name} is of a newer version of the program.", name=path.name),
            tr("Update the program to use it."),
        )
    return dict(content["keys"])


def _listed(names: list[str], most: int = 6) -> str:
    shown = ", ".join(names[:most])
    return f"{shown}, …" if len(names) > most else shown
