"""The canvas on disk, for the next start: a list of what lies there, and a picture for each piece.

A piece never changes: what has changed gets a new file. The list is replaced last and at once, so
that it always names whole pieces of one moment; then goes what it does not name any more.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import MAX_PIXELS, Blobs, Pixels
from t2i_studio.core.layers import MASK, Content, Layer, new_id, opaque
from t2i_studio.core.openraster import laid_out
from t2i_studio.core.pictures import read_layer, read_mask, read_picture
from t2i_studio.core.words import tr
from t2i_studio.gallery.files import save_atomic, sweep
from t2i_studio.gallery.metadata import read_recipe
from t2i_studio.studio.results import placement_from_json, result_from_json
from t2i_studio.studio.staging import Candidate

VERSION: Final = 2
LIST: Final = "canvas.json"
PIECE: Final = re.compile(r"(layer|mask|result)-[0-9a-f]{32}\.(png|json)")
OLD_PICTURE, OLD_MASK = "canvas.png", "mask.png"  # of version 1, in the folder above

T = TypeVar("T")
Write = Callable[[], bytes]


@dataclass
class Kept:
    """What was found; `parts` are the other states by name, `losses` what could not be read."""

    content: Content = field(default_factory=Content)
    results: list[Candidate] = field(default_factory=list)
    shown: int = 0
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # of the mask and the layers, by id
    losses: list[str] = field(default_factory=list)


class CanvasStore:
    """Reads and writes the folder (one thread at a time)."""

    def __init__(self, folder: Path, recipes: Blobs) -> None:
        self._folder = folder
        self._recipes = recipes

    def write(self, listed: Mapping[str, Any], pieces: Mapping[str, Write]) -> None:
        """Replace what is kept; `pieces` are the new ones. Raises MachineError."""
        for name, encode in pieces.items():
            save_atomic(self._folder / name, encode())
        text = json.dumps({"version": VERSION, **listed})
        save_atomic(self._folder / LIST, text.encode())
        self._tidy(text)

    def read(self) -> Kept:
        """Return what can be read; what cannot is set aside and named."""
        kept = Kept()
        try:
            listed = _as_dict(json.loads((self._folder / LIST).read_bytes()))
        except FileNotFoundError:
            self._read_old(kept)
            return kept
        except (OSError, ValueError, RecursionError):
            listed = {}
        if listed.get("version") != VERSION:
            kept.losses.append(self.set_aside())
            return kept
        kept.parts = {name: _as_dict(data) for name, data in _as_dict(listed.get("parts")).items()}
        self._read_content(listed, kept)
        kept.results = list(self._results(listed, kept.losses))
        shown = listed.get("shown")
        kept.shown = shown if isinstance(shown, int) else 0
        return kept

    def set_aside(self) -> str:
        """Keep all that is there under another name; return what to say."""
        return set_aside(self._folder)

    def _read_content(self, listed: dict[str, Any], kept: Kept) -> None:
        extent = _extent(listed.get("extent"))
        layers: dict[str, Layer] = {}
        for each in _as_list(listed.get("layers")) if extent else ():
            entry = _as_dict(each)
            pixels = self._piece(entry.get("file"), read_layer, kept.losses)
            if pixels is not None and extent:
                layer = _layer(entry, laid_out(pixels, 0, 0, extent))
                layers[layer.id] = layer
                kept.files[layer.id] = entry["file"]
        if not layers:
            return
        mask = self._piece(listed.get("mask"), read_mask, kept.losses)
        if mask and mask.extent == extent:
            kept.files[MASK] = listed["mask"]
        else:
            mask = None
        active = str(listed.get("active"))
        kept.content = Content(
            extent, tuple(layers.values()), mask, active if active in layers else MASK
        )

    def _results(self, listed: dict[str, Any], losses: list[str]) -> Iterator[Candidate]:
        for each in _as_list(listed.get("results")):
            entry = _as_dict(each)
            result = self._saved(entry) if "path" in entry else self._unsaved(entry, losses)
            if result:
                yield result

    def _saved(self, entry: dict[str, Any]) -> Candidate | None:
        """Read one from the gallery; somebody may have removed it since."""
        with suppress(StudioError):
            path = Path(str(entry["path"]))
            recipe = read_recipe(path, self._recipes)
            if recipe:
                placement = placement_from_json(entry)
                return Candidate(read_picture(path), recipe, placement=placement, path=path)
        return None

    def _unsaved(self, entry: dict[str, Any], losses: list[str]) -> Candidate | None:
        image = self._piece(entry.get("file"), read_picture, losses)
        data = self._piece(entry.get("told"), _read_json, losses)
        found = result_from_json(data, image) if image and data else None
        return replace(found, is_saved=entry.get("is_saved") is not False) if found else None

    def _piece(self, name: object, read: Callable[[Path], T], losses: list[str]) -> T | None:
        if not isinstance(name, str) or not PIECE.fullmatch(name):
            return None
        path = self._folder / name
        try:
            return read(path)
        except StudioError:
            losses.append(set_aside(path))
            return None

    def _read_old(self, kept: Kept) -> None:
        """Read what version 1 has kept: one picture and a mask."""
        above = self._folder.parent
        picture = _old(above / OLD_PICTURE, read_picture, kept.losses)
        mask = _old(above / OLD_MASK, read_mask, kept.losses)
        if picture:
            layer = Layer(new_id(), tr("Background"), opaque(picture))
            fits = mask is not None and mask.extent == picture.extent
            kept.content = Content(picture.extent, (layer,), mask if fits else None)

    def _tidy(self, text: str) -> None:
        """Remove what the list does not name, and what version 1 has left."""
        named = {match[0] for match in PIECE.finditer(text)}
        with suppress(OSError):
            for path in self._folder.iterdir():
                if PIECE.fullmatch(path.name) and path.name not in named:
                    path.unlink()
            for name in (OLD_PICTURE, OLD_MASK):
                (self._folder.parent / name).unlink(missing_ok=True)
        sweep(self._folder)


def _layer(entry: dict[str, Any], pixels: Pixels) -> Layer:
    """Return the layer that an entry tells of; what it does not tell is as usual."""
    identity, opacity = str(entry.get("id") or MASK), entry.get("opacity")
    share = float(opacity) if isinstance(opacity, int | float) else 1.0
    return Layer(
        new_id() if identity == MASK else identity,
        str(entry.get("name") or tr("Layer")),
        pixels,
        entry.get("is_visible") is not False,
        share if 0 <= share <= 1 else 1.0,
    )


def piece_name(kind: str, suffix: str = "png") -> str:
    """Return a name that no piece has had: `kind` is layer, mask or result."""
    return f"{kind}-{new_id()}.{suffix}"


def set_aside(path: Path) -> str:
    """Keep what cannot be read for whoever wants to look, out of the way; return what to say."""
    kept = path.with_name(f"{path.name}.damaged-{int(time.time())}")
    try:
        path.rename(kept)
    except OSError:
        return tr("{name} of the last session cannot be read.", name=path.name)
    return tr(
        "{name} of the last session cannot be read; it is kept as {kept}.",
        name=path.name,
        kept=kept.name,
    )


def _old(path: Path, read: Callable[[Path], T], losses: list[str]) -> T | None:
    try:
        return read(path) if path.exists() else None
    except StudioError:
        losses.append(set_aside(path))
        return None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        return _as_dict(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(f"{path}: {error}") from error


def _as_dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _extent(value: object) -> Extent | None:
    match value:
        case [int(width), int(height)] if min(width, height) > 0 and width * height <= MAX_PIXELS:
            return Extent(width, height)
    return None
