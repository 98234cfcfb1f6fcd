"""Keep the session on disk, and bring it back after a restart or a crash."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

from psygnal import Signal

from t2i_studio.core.errors import StudioError
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import MASK, Layer
from t2i_studio.core.openraster import layer_png
from t2i_studio.core.png import encode_png
from t2i_studio.core.words import tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.studio.background import Background
from t2i_studio.studio.canvas_store import CanvasStore, Kept, Write, piece_name, set_aside
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.results import placement_to_json, result_to_json
from t2i_studio.studio.session import Session
from t2i_studio.studio.staging import Candidate

VERSION: Final = 1
STATE: Final = "session.json"
CANVAS: Final = "canvas"  # the folder of layers, mask and results
TRIES: Final = 2  # to copy in the background what somebody changes meanwhile


class Part(Protocol):
    """Some state that goes to disk with the rest."""

    def to_json(self) -> dict[str, Any]: ...

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over what is valid; return the names of what is not."""


class Autosave:
    """Writes what has changed since the last time; each file is replaced as a whole.

    `window` is whatever the window wants back (geometry, theme), as plain JSON values. `parts` are
    states that are kept with the settings, `canvas_parts` those that belong to the picture: the
    second are brought back after it. One write at a time: meanwhile changes gather.
    """

    canvas_restored = Signal()  # or there was nothing that could be

    def __init__(
        self,
        session: Session,
        folder: Path,
        background: Background,
        parts: Mapping[str, Part] | None = None,
        canvas_parts: Mapping[str, Part] | None = None,
    ) -> None:
        self.window: dict[str, Any] = {}
        self._session = session
        self._folder = folder
        self._background = background
        own: dict[str, Part] = {"settings": session.settings, "tools": session.tools}
        beside: dict[str, Part] = {"frame": session.frame}
        self._parts = {**own, **(parts or {})}
        self._canvas_parts = {**beside, **(canvas_parts or {})}
        self._store = CanvasStore(folder / CANVAS, session.shelf.gallery)
        self._state = ""  # as it was written last
        self._canvas = _Canvas()  # the same
        self._is_open = False  # the canvas: not before the one that is kept has been read
        self._is_writing = False
        self._has_warned = False

    def save(self) -> None:
        """Write in the background; a disk that refuses is reported once."""
        if not self._is_writing:
            self._begin(TRIES)

    def save_now(self) -> None:
        """Write before returning: the program ends."""
        try:
            if changes := self._changes():
                self._written(self._write(changes, _copies(self._views(changes))))
        except StudioError as error:
            self._warn(error)

    def restore(self) -> None:
        """Bring back what can be read of settings and the like; name and set aside the rest."""
        state = self._read_state()
        refused = [
            name for key, part in self._parts.items() for name in part.restore(state.get(key, {}))
        ]
        if refused:
            names = ", ".join(refused)
            self._tell(tr("Reset to default, because unreadable: {names}.", names=names))
        self.window = state.get("window", {})

    def restore_canvas(self) -> None:
        """Bring layers, mask and results back in the background.

        Where there is another picture by then, undo brings them back. A large canvas takes seconds
        to decode: the window does not wait for it.
        """
        self._background.read(self._store.read, self._restored, self._cannot_read)

    def _begin(self, tries: int) -> None:
        """Copy what has changed, in the background while there are tries left, and write it."""
        changes = self._changes()
        self._is_writing = changes is not None
        if changes and tries:
            copy = partial(_copies, self._views(changes))
            self._background.run(copy, partial(self._go_on, changes, tries), self._warn)
        elif changes:
            self._go_on(changes, tries, _copies(self._views(changes)))

    def _go_on(self, changes: "_Changes", tries: int, copies: dict[str, Pixels]) -> None:
        """Write the copies, or begin again if somebody has painted while they were made."""
        if self._are_stale(changes):
            self._begin(tries - 1)
        else:
            write = partial(self._write, changes, copies)
            self._background.run(write, self._written, self._warn)

    def _views(self, changes: "_Changes") -> dict[str, Pixels]:
        """Return the pixels that are to be written, by the name of their piece."""
        document, wanted = self._session.document, changes.canvas.new if changes.canvas else {}
        return {
            name: document.mask_pixels if target == MASK else document.layer(target).pixels
            for target, name in wanted.items()
        }

    def _are_stale(self, changes: "_Changes") -> bool:
        if changes.canvas is None:
            return False
        now, then = self._session.document.revisions, changes.canvas.files
        return any(now.get(target) != then[target][0] for target in changes.canvas.new)

    def _changes(self) -> "_Changes | None":
        """Return what differs from what is on disk; None if nothing does."""
        state = json.dumps(self._now())
        canvas = self._canvas_now() if self._is_open else None
        changes = _Changes(state if state != self._state else None, canvas)
        return changes if changes.state or changes.canvas else None

    def _now(self) -> dict[str, Any]:
        parts = {name: part.to_json() for name, part in self._parts.items()}
        return {"version": VERSION, **parts, "window": self.window}

    def _canvas_now(self) -> "_Canvas | None":
        if self._session.document.is_painting:
            return None  # half a stroke
        canvas = _Canvas()
        self._gather_pixels(canvas)
        self._gather_results(canvas)
        canvas.listed["parts"] = {name: p.to_json() for name, p in self._canvas_parts.items()}
        canvas.text = json.dumps(canvas.listed)
        return canvas if canvas.text != self._canvas.text else None

    def _gather_pixels(self, canvas: "_Canvas") -> None:
        """List the layers and the mask, and those whose pixels have changed."""
        document = self._session.document
        for target, revision in document.revisions.items():
            known = self._canvas.files.get(target)
            if known is None or known[0] != revision:
                known = revision, self._new_piece(canvas, target)
            canvas.files[target] = known
        extent = document.extent
        canvas.listed |= {
            "extent": [extent.width, extent.height] if extent else None,
            "active": document.active,
            "layers": [_entry(layer, canvas.files[layer.id][1]) for layer in document.layers],
            "mask": canvas.files[MASK][1],
        }

    def _new_piece(self, canvas: "_Canvas", target: str) -> str | None:
        if target == MASK and not self._session.document.has_mask:
            return None
        canvas.new[target] = piece_name("mask" if target == MASK else "layer")
        return canvas.new[target]

    def _gather_results(self, canvas: "_Canvas") -> None:
        staging = self._session.staging
        for candidate in staging.candidates:
            known = self._canvas.results.get(id(candidate))
            entry = known[1] if known else _listed(candidate, canvas.pieces)
            canvas.results[id(candidate)] = candidate, entry
        canvas.listed["results"] = [entry for _, entry in canvas.results.values()]
        canvas.listed["shown"] = staging.index

    def _write(self, changes: "_Changes", copies: dict[str, Pixels]) -> "_Changes":
        if changes.state:
            save_atomic(self._folder / STATE, changes.state.encode())
        if changes.canvas:
            pieces = {name: partial(_png, pixels) for name, pixels in copies.items()}
            self._store.write(changes.canvas.listed, pieces | changes.canvas.pieces)
        return changes

    def _written(self, changes: "_Changes") -> None:
        self._is_writing = False
        self._state = changes.state or self._state
        if changes.canvas:
            self._canvas = changes.canvas

    def _warn(self, error: Exception) -> None:
        """Go on; the next time tries again."""
        self._is_writing = False
        if not self._has_warned:
            self._has_warned = True
            text = tr("The session cannot be kept for the next start: {error}", error=error)
            self._tell(text)

    def _restored(self, kept: Kept) -> None:
        self._is_open = True
        document = self._session.document
        try:
            if document.extent is None:
                self._bring_back(kept)
            elif kept.content.extent:  # undo leads to it
                content = document.content
                document.start_with(kept.content)
                document.replace(content)
        except StudioError as error:
            kept.losses.append(str(error))
        for loss in kept.losses:
            self._tell(loss)
        self.canvas_restored.emit()

    def _bring_back(self, kept: Kept) -> None:
        document, staging = self._session.document, self._session.staging
        if kept.content.extent:
            document.start_with(kept.content)
        now = document.revisions
        self._canvas.files = {target: (now[target], name) for target, name in kept.files.items()}
        if not staging.is_active:
            for result in kept.results:
                staging.add(result)
            staging.select(kept.shown)
        # What has lost something is no longer what its project file holds, nor may replace it.
        parts = {} if kept.losses else kept.parts
        for name, part in self._canvas_parts.items():
            part.restore(parts.get(name, {}))

    def _cannot_read(self, _: Exception) -> None:
        self._is_open = True
        self._tell(self._store.set_aside())
        self.canvas_restored.emit()

    def _read_state(self) -> dict[str, Any]:
        path = self._folder / STATE
        try:
            state = json.loads(path.read_bytes())
            if not isinstance(state, dict) or state.get("version") != VERSION:
                raise ValueError("not a session of this version")
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            self._tell(set_aside(path))
            return {}
        return {key: value for key, value in state.items() if isinstance(value, dict)}

    def _tell(self, text: str) -> None:
        self._session.noticed.emit(Notice(Level.warn, text))


@dataclass
class _Canvas:
    """What is, or will be, on the disk: the list, and which file holds what."""

    listed: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    new: dict[str, str] = field(default_factory=dict)  # the pieces of what has changed
    pieces: dict[str, Write] = field(default_factory=dict)  # of new results
    files: dict[str, tuple[int, str | None]] = field(default_factory=dict)  # with the revision
    results: dict[int, tuple[Candidate, Any]] = field(default_factory=dict)  # by identity


@dataclass(frozen=True)
class _Changes:
    state: str | None
    canvas: _Canvas | None


def _copies(views: Mapping[str, Pixels]) -> dict[str, Pixels]:
    return {name: view.copy() for name, view in views.items()}


def _png(pixels: Pixels) -> bytes:
    return encode_png(pixels) if pixels.ndim == 2 else layer_png(pixels)


def _entry(layer: Layer, file: str | None) -> dict[str, Any]:
    return {
        "id": layer.id,
        "name": layer.name,
        "is_visible": layer.is_visible,
        "opacity": layer.opacity,
        "file": file,
    }


def _listed(candidate: Candidate, pieces: dict[str, Write]) -> dict[str, Any]:
    """Name the file in the gallery, or keep a picture that lies in none."""
    place = placement_to_json(candidate.placement)
    if candidate.path:
        return {"path": str(candidate.path), **place}
    picture, told = piece_name("result"), piece_name("result", "json")
    pieces[picture] = candidate.image.to_png
    pieces[told] = lambda: json.dumps(result_to_json(candidate)).encode()
    return {"file": picture, "told": told, "is_saved": candidate.is_saved}
