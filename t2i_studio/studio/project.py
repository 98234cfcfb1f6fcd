"""The project that is open: its file, whether it has changed since, and how it is saved."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from psygnal import Signal

from t2i_studio.core.errors import StudioError
from t2i_studio.core.layers import Content
from t2i_studio.core.words import tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.studio.background import Background
from t2i_studio.studio.copies import copy_content
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.project_file import (
    SUFFIX,
    NewerProjectError,
    ProjectContent,
    read_project,
    write_project,
)
from t2i_studio.studio.recent import RecentFiles
from t2i_studio.studio.session import Session

NOT_KEPT: Final = frozenset({"history"})  # of the settings: it is the user's, not the picture's
PLAIN_NAME: Final = re.compile(r"[\w.+-]+")
Then = Callable[[], object]
Unless = Callable[[Then], object]  # does it, unless somebody would lose something by it


def _nothing() -> None:
    """Go on with nothing."""


class Project:
    """Saves and opens; what cannot be done is a notice (main thread).

    It is modified when picture, settings or frame are not as they were saved: undo leads back.
    """

    changed = Signal()  # its name, whether it is modified, and what is done

    def __init__(self, session: Session, background: Background) -> None:
        self.path: Path | None = None
        self.doing = ""  # what is written or read at the moment, for people
        self.recent = RecentFiles()
        self._session = session
        self._background = background
        self._saved: tuple[object, ...] | None = None  # None: nothing is on disk as it is now
        self._edition = 0  # grows when another one takes its place
        self._copying = 0  # how many saves have not got all pixels yet
        self._waiting: list[Then] = []  # what replaces the picture, until they have
        self._told = (self.name, self.is_modified, self.doing)
        session.document.history.changed.connect(self._follow)
        session.settings.events.connect(self._follow)
        session.frame.events.connect(self._follow)

    @property
    def name(self) -> str:
        """What it is called; empty while there is nothing."""
        if self.path:
            return self.path.stem
        return tr("Untitled") if self._session.document.extent else ""

    @property
    def is_modified(self) -> bool:
        """Whether something would be lost with it that is in no file."""
        has_anything = self.path is not None or self._session.document.extent is not None
        return has_anything and self._saved != self._state()

    def new(self) -> None:
        """Begin with an empty canvas; settings stay."""
        self._once_copied(self._clear)

    def _clear(self) -> None:
        self._session.staging.clear()
        self._session.document.start()
        _reset(self._session.frame)
        self._keep(None, is_saved=False)

    def save(self, path: Path, then: Then = _nothing) -> None:
        """Write all of it in the background, and go on with `then` if that worked."""
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)

        edition = self._edition

        def write(content: Content) -> None:
            snapshot, state = self._snapshot(content), self._state()
            self._background.run(
                lambda: save_atomic(path, write_project(snapshot)),
                lambda _: saved(state),
                self._complain,
            )
            self._copied()

        def failed(error: Exception) -> None:
            self._complain(error)
            self._copied()

        def saved(state: tuple[object, ...]) -> None:
            is_open = edition == self._edition
            if is_open:
                self.path, self._saved = path, state
            self.recent.add(path)
            self._do("")
            self._say(Level.ok, tr("Saved as {name}.", name=path.name))
            if is_open:
                then()

        self._do(tr("Saving {name}…", name=path.name))
        self._copying += 1
        copy_content(self._session.document, self._background, write, failed)

    def open(
        self,
        path: Path,
        unless_lost: Unless = lambda replace: replace(),
        *,
        layers_only: bool = False,
    ) -> None:
        """Replace what is open by a project, or by the layers of any OpenRaster file.

        unless_lost: what is asked if somebody works on while the file is read.
        """
        before = self._state()

        def opened(found: ProjectContent) -> None:
            self._do("")
            is_whole = not (layers_only or found.notices)
            show = partial(self._once_copied, partial(self._show, found, path, is_whole=is_whole))
            if self._state() == before:
                show()
            else:
                unless_lost(show)

        def failed(error: Exception) -> None:
            if not path.exists():
                self.recent.remove(path)
            if isinstance(error, NewerProjectError):
                self._do("")
                self._offer_layers(error, path, unless_lost)
            else:
                self._complain(error)

        self._do(tr("Opening {name}…", name=path.name))
        self._background.read(lambda: read_project(path, layers_only=layers_only), opened, failed)

    def to_json(self) -> dict[str, Any]:
        return {"path": str(self.path) if self.path else None, "is_modified": self.is_modified}

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take back which file the picture belongs to, once that is open."""
        path = data.get("path")
        is_known = isinstance(path, str) and bool(path) and "\0" not in path
        self._keep(Path(str(path)) if is_known else None, is_saved=data.get("is_modified") is False)
        return []

    def _once_copied(self, replace: Then) -> None:
        """Put something else in its place, but not before a save has all of it."""
        if self._copying:
            self._waiting.append(replace)
        else:
            replace()

    def _copied(self) -> None:
        self._copying -= 1
        while self._waiting and not self._copying:
            self._waiting.pop(0)()

    def _snapshot(self, content: Content) -> ProjectContent:
        session = self._session
        return ProjectContent(
            content,
            self._settings(),
            session.frame.to_json(),
            tuple(session.staging.candidates),
            session.staging.index,
        )

    def _show(self, found: ProjectContent, path: Path, *, is_whole: bool) -> None:
        session = self._session
        try:
            session.document.start_with(found.content)
        except StudioError as error:
            self._complain(error)
            return
        session.staging.clear()
        for result in found.results:
            session.staging.add(result)
        session.staging.select(found.shown)
        _reset(session.frame)
        refused = session.frame.restore(dict(found.frame))
        if found.settings:
            session.settings.reset()
            refused += session.settings.restore(self._acceptable(found.settings))
        self.recent.add(path)
        self._keep(path if is_whole else None, is_saved=is_whole)
        self._tell_losses(path, found.notices, refused)

    def _acceptable(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what is not the project's to say: whose prompts were used, and any folder."""
        taken = {name: value for name, value in settings.items() if name not in NOT_KEPT}
        model = taken.get("model")
        is_name = isinstance(model, str) and PLAIN_NAME.fullmatch(model)
        if not is_name and model != self._session.settings.model:
            taken.pop("model", None)
        return taken

    def _tell_losses(self, path: Path, notices: Sequence[str], refused: Sequence[str]) -> None:
        told = list(notices)
        if refused:
            names = ", ".join(refused)
            told.append(tr("Reset to default, because unreadable: {names}.", names=names))
        if told:
            self._say(Level.info, f"{path.name}: {' '.join(told)}")

    def _offer_layers(self, error: NewerProjectError, path: Path, unless_lost: Unless) -> None:
        def open_layers() -> None:
            unless_lost(lambda: self.open(path, unless_lost, layers_only=True))

        text, offer = str(error), tr("Open its layers")
        self._session.noticed.emit(Notice(Level.warn, text, offer, open_layers))

    def _keep(self, path: Path | None, *, is_saved: bool) -> None:
        self._edition += 1
        self.path, self._saved = path, self._state() if is_saved else None
        self._follow()

    def _state(self) -> tuple[object, ...]:
        """Return what is compared with what was saved."""
        mark, frame = self._session.document.history.mark, self._session.frame.to_json()
        return mark, json.dumps(self._settings()), json.dumps(frame)

    def _settings(self) -> dict[str, Any]:
        settings = self._session.settings.to_json()
        return {name: value for name, value in settings.items() if name not in NOT_KEPT}

    def _follow(self, *_: object) -> None:
        told = self.name, self.is_modified, self.doing
        if told != self._told:
            self._told = told
            self.changed.emit()

    def _do(self, what: str) -> None:
        self.doing = what
        self._follow()

    def _complain(self, error: Exception) -> None:
        self._do("")
        self._session.noticed.emit(notice_of(error))

    def _say(self, level: Level, text: str) -> None:
        self._session.noticed.emit(Notice(level, text))


def _reset(frame: GenerationFrame) -> None:
    frame.restore(GenerationFrame().to_json())
