"""The files that a command writes: checked before the work, written whole, ranked after it."""

import contextlib
import hashlib
import io
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import PIL.Image

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Blobs, Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.gallery import files
from t2i_studio.gallery.metadata import ENCODERS, encode


@dataclass(frozen=True)
class Written:
    """A picture that is on the disk; `sha256` is that of the file.

    `cosines`: where its embedding lies, as --json tells it. `prompt`: what the model has read,
    `raw_prompt`: what was written, where that is not the same.
    """

    path: Path
    seed: int
    extent: Extent
    sha256: str
    score: float | None
    cosines: Mapping[str, object] = field(default_factory=dict)
    prompt: str = ""
    raw_prompt: str = ""


def plan(out: Path, count: int) -> tuple[Path, ...]:
    """Return the paths of `count` pictures; raises UserError or MachineError if one cannot be."""
    if out.suffix.lower() not in ENCODERS:
        raise UserError(
            f"{out}: A picture file ends in {', '.join(ENCODERS)}.", "Name it like picture.png."
        )
    paths = (out,) if count == 1 else tuple(_numbered(out, i + 1) for i in range(count))
    check(*paths)
    return paths


def check(*paths: Path) -> None:
    """Raise UserError or MachineError if a file cannot be written or replaced."""
    for path in paths:
        with _usable(path):
            _check_file(path)
            _check_folder(path.resolve().parent)


def check_apart(out: Path, *sources: Path | str) -> None:
    """Refuse to write over what the work starts from; raises UserError."""
    for source in sources:
        with _usable(out):
            if out.is_file() and os.path.exists(source) and out.samefile(source):
                raise UserError(f"{out}: This would replace {source}.", "Name another file.")


def check_new_folder(folder: Path) -> None:
    """Raise UserError or MachineError if a folder cannot be made, or something is in it."""
    with _usable(folder):
        if folder.exists() and not folder.is_dir():
            raise UserError(f"{folder}: This is a file, not a folder.")
        if folder.is_dir() and any(folder.iterdir()):
            raise UserError(f"{folder}: There is something in it already.", "Name a new folder.")
        _check_folder(folder.resolve().parent)


def of_file(path: Path, seed: int) -> Written:
    """Describe a picture file that was written; raises MachineError."""
    try:
        data = path.read_bytes()
        with PIL.Image.open(io.BytesIO(data)) as picture:
            extent = Extent(*picture.size)
    except OSError as error:
        raise files.unusable(path.parent, error) from error
    return Written(path, seed, extent, hashlib.sha256(data).hexdigest(), None)


@contextlib.contextmanager
def _usable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:  # too long, a loop of links, NUL in it
        raise UserError(f"{path}: This path cannot be used ({error}).") from error


def write(path: Path, image: Image, recipe: Recipe, score: float | None, blobs: Blobs) -> Written:
    """Write or replace the picture at `path`; raises MachineError."""
    data = encode(image, recipe, path.suffix.lower(), blobs)
    files.save_atomic(path.resolve(), data)  # what a link leads to, not the link
    digest = hashlib.sha256(data).hexdigest()
    request = recipe.request
    written = Written(path, request.seed, image.extent, digest, score)
    return replace(written, prompt=request.prompt, raw_prompt=request.raw_prompt)


def ranked(written: Sequence[Written]) -> list[Written]:
    """Give the first path to the best score, and so on; those without a score come last.

    All names or none are changed. Raises MachineError.
    """
    best = sorted(written, key=lambda w: (w.score is None, -(w.score or 0.0)))
    paths = [w.path for w in written]
    token = uuid.uuid4().hex
    aside = [w.path.with_name(f".{w.path.name}.{token}") for w in best]
    try:
        with contextlib.ExitStack() as undo:
            for w, hidden in zip(best, aside, strict=True):
                _rename(w.path, hidden, undo)
            for hidden, path in zip(aside, paths, strict=True):
                _rename(hidden, path, undo)
            undo.pop_all()
    except OSError as error:
        raise files.unusable(paths[0].parent, error) from error
    return [replace(w, path=path) for path, w in zip(paths, best, strict=True)]


def _rename(source: Path, path: Path, undo: contextlib.ExitStack) -> None:
    os.replace(source, path)
    undo.callback(os.replace, path, source)


def _numbered(out: Path, number: int) -> Path:
    return out.with_name(f"{out.stem}-{number}{out.suffix}")


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise UserError(f"{path}: This is a folder.", "Name a file in it.")
    if path.exists() and not path.is_file():
        raise UserError(f"{path}: This is a device, not a file.")


def _check_folder(folder: Path) -> None:
    if not folder.exists():
        raise UserError(f"{folder}: There is no such folder.", "Make it first.")
    if not folder.is_dir():
        raise UserError(f"{folder}: This is not a folder.")
    with files.claimed(folder, uuid.uuid4().hex):
        pass  # it can be written
