"""Project files: OpenRaster with what only this program knows beside the layers.

t2i-studio/project.json         settings, frame, what is active, results with their recipes
t2i-studio/mask.png
t2i-studio/candidates/000.png   a staged result
t2i-studio/inputs/<digest>.png  what recipes start from, each once
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from t2i_studio import __version__
from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Mask, Raster
from t2i_studio.core.layers import MASK, Content
from t2i_studio.core.openraster import (
    OpenRaster,
    png_area,
    read_openraster,
    write_openraster,
)
from t2i_studio.core.pictures import read_mask, read_picture
from t2i_studio.core.words import tr
from t2i_studio.studio.composite import Composite
from t2i_studio.studio.results import result_from_json, result_to_json
from t2i_studio.studio.staging import Candidate

VERSION: Final = 1
SUFFIX: Final = ".ora"
PROJECT, MASK_FILE = "project.json", "mask.png"
MAX_JSON: Final = 2**26  # bytes
MAX_RESULTS: Final = 256
MAX_RESULT_PIXELS: Final = 1_000_000_000  # with what they start from


class NewerProjectError(UserError):
    """The file is of a later version than this program: only its layers can be read."""


@dataclass(frozen=True, eq=False)
class ProjectContent:
    """All that a project holds; `notices` say, for people, what was not taken over as it was."""

    content: Content
    settings: Mapping[str, Any] = field(default_factory=dict)
    frame: Mapping[str, Any] = field(default_factory=dict)
    results: tuple[Candidate, ...] = ()
    shown: int = 0
    notices: tuple[str, ...] = ()


def write_project(project: ProjectContent) -> bytes:
    """Return the file; raises UserError for an empty canvas, and for what no file can hold."""
    content, extras = project.content, dict[str, bytes]()
    if content.extent is None:
        raise UserError(tr("There is no picture to be saved yet."))
    pictures = _Pictures(extras)
    results = []
    for index, result in enumerate(project.results):
        name = f"candidates/{index:03d}.png"
        extras[name] = result.image.to_png()
        results.append({"file": name, **result_to_json(result, pictures)})
    if content.mask and not content.mask.is_empty:
        extras[MASK_FILE] = content.mask.to_png()
    told = {
        "version": VERSION,
        "program": f"T2I Studio {__version__}",
        "settings": dict(project.settings),
        "frame": dict(project.frame),
        "works_on_mask": content.active == MASK,
        "results": results,
        "shown": project.shown,
    }
    extras[PROJECT] = json.dumps(told).encode()
    active = None if content.active == MASK else content.active
    drawing = OpenRaster(content.extent, content.layers, active, extras)
    merged = Composite().pixels(content.layers, content.extent)
    return write_openraster(drawing, merged)


def read_project(path: Path, *, layers_only: bool = False) -> ProjectContent:
    """Read a project, or the layers of any OpenRaster file.

    Raises NewerProjectError unless `layers_only`, UserError, and MachineError. What only we know
    is left out where it is damaged.
    """
    drawing = read_openraster(path)
    content = Content(drawing.extent, drawing.layers, None, drawing.active or MASK)
    plain = ProjectContent(content, notices=drawing.notices)
    if layers_only or PROJECT not in drawing.extras:
        return plain
    told = _told(drawing.extras[PROJECT])
    if told is None:
        what = tr("What it says beside its layers cannot be read: only those were opened.")
        return replace(plain, notices=(*plain.notices, what))
    if isinstance(version := told.get("version"), int) and version > VERSION:
        raise NewerProjectError(
            tr("{name} was made by a newer T2I Studio.", name=path.name), tr("Update to open it.")
        )
    return _ours(plain, drawing, told)


def _told(data: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(data) if len(data) <= MAX_JSON else None
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _ours(plain: ProjectContent, drawing: OpenRaster, told: dict[str, Any]) -> ProjectContent:
    notices = list(plain.notices)
    mask = _mask(drawing, notices)
    active = MASK if told.get("works_on_mask") is True else plain.content.active
    results = _results(drawing, told.get("results"))
    if len(results) < len(_as_list(told.get("results"))):
        notices.append(tr("Results that cannot be read have been left out."))
    shown = told.get("shown")
    return ProjectContent(
        replace(plain.content, mask=mask, active=active),
        _as_dict(told.get("settings")),
        _as_dict(told.get("frame")),
        results,
        shown if isinstance(shown, int) else 0,
        tuple(notices),
    )


def _mask(drawing: OpenRaster, notices: list[str]) -> Mask | None:
    data = drawing.extras.get(MASK_FILE)
    if data is None:
        return None
    if png_area(data) == drawing.extent.area:
        with contextlib.suppress(UserError):
            mask = read_mask(data)
            if mask.extent == drawing.extent:
                return mask
    notices.append(tr("The mask cannot be read."))
    return None


def _results(drawing: OpenRaster, listed: object) -> tuple[Candidate, ...]:
    pictures = _Pictures(dict(drawing.extras))
    entries = [_as_dict(each) for each in _as_list(listed)[:MAX_RESULTS]]
    found = (_result(entry, pictures) for entry in entries)
    return tuple(each for each in found if each)


def _result(entry: dict[str, Any], pictures: "_Pictures") -> Candidate | None:
    try:
        image = read_picture(pictures.take(str(entry.get("file"))))
    except (KeyError, UserError):
        return None
    return result_from_json(entry, image, pictures)


class _Pictures:
    """The pictures of results and of what they start from (core.image.Blobs).

    No more are read than memory can be expected to hold.
    """

    def __init__(self, extras: dict[str, bytes]) -> None:
        self._extras = extras
        self._room = MAX_RESULT_PIXELS
        self._known: dict[int, tuple[Raster, str]] = {}  # by identity: results share theirs

    def put(self, raster: Raster) -> str:
        known = self._known.get(id(raster))
        if known is None:
            known = self._known[id(raster)] = raster, raster.digest
            self._extras.setdefault(_input(raster.digest), raster.to_png())
        return known[1]

    def get(self, digest: str) -> bytes:
        return self.take(_input(digest))

    def take(self, name: str) -> bytes:
        """Return a PNG that is still to be read; raises KeyError."""
        data = self._extras[name]
        self._room -= png_area(data)
        if self._room < 0:
            raise KeyError(name)
        return data


def _input(digest: str) -> str:
    return f"inputs/{digest}.png"


def _as_dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
