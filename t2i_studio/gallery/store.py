"""The pictures on disk: the files are the truth, there is nothing beside them that could differ.

    <folder>/2026-11-20/00001-123.png     day, number of the day, seed
    <folder>/inputs/<digest>.png          what recipes start from, each once
    <folder>/inputs/outside/<digest>.png  the same of pictures that lie elsewhere: never removed
    <folder>/trash/2026-11-21/2026-11-20/00001-123.png     day of deletion, then as above

Everything may be called from any thread, and from several programs on one folder at once.
"""

import contextlib
import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.image import DIGEST, Image, Raster
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.words import tr
from t2i_studio.gallery import files
from t2i_studio.gallery.chunks import read_texts
from t2i_studio.gallery.inputs import Inputs
from t2i_studio.gallery.metadata import RECIPE, encode, read_recipe

NAME = re.compile(r"([0-9]{5,9})-([0-9]{1,19})\.png")
TRASH_DAYS = 30
MAX_RECIPES = 5000  # that are read at start to find inputs nobody needs


@dataclass(frozen=True)
class Picture:
    """One saved picture; `created` is local time."""

    path: Path
    day: str  # YYYY-MM-DD
    number: int  # of the day
    seed: int
    created: datetime

    @property
    def key(self) -> tuple[str, int, int]:
        """Larger is newer; the seed tells apart what was copied here under one number."""
        return self.day, self.number, self.seed


@dataclass(frozen=True)
class Deletion:
    """What was moved to the trash, and where each file lies there."""

    pictures: tuple[Picture, ...]
    trashed: tuple[Path, ...]


class Gallery:
    """Keeps pictures in `folder`, which is made when the first one comes."""

    def __init__(self, folder: Path, today: Callable[[], date] = date.today) -> None:
        self.folder = folder
        self.outside = Inputs(folder / "inputs" / "outside")
        self._inputs = Inputs(folder / "inputs")
        self._today = today

    def add(self, image: Image, recipe: Recipe) -> Picture:
        """Keep a picture; it is whole and on the disk when this returns. Raises MachineError."""
        for raster in recipe.request.inputs:  # here, because pydantic hides what put raises
            self.put(raster)
        data = encode(image, recipe, ".png", self)
        day = self._today().isoformat()
        path = self._save(day, recipe.request.seed, data)
        return _picture(path, day)

    def newest(self, limit: int, before: Picture | None = None) -> list[Picture]:
        """Return up to `limit` pictures, newest first, of those older than `before`."""
        return list(itertools.islice(self._older(before), limit))

    def recipe(self, picture: Picture) -> Recipe | None:
        """Return how it was made, None if the file does not say; raises UserError."""
        return read_recipe(picture.path, self)

    def thumbnail(self, picture: Picture, edge: int) -> Image:
        """Return it scaled down to fit into `edge` x `edge`; raises UserError, MachineError."""
        return read_picture(picture.path).fitted(edge)

    def delete(self, pictures: Iterable[Picture]) -> Deletion:
        """Move pictures to the trash, all or none; those that are gone already do not matter."""
        trash = self._trash / self._today().isoformat()
        done: list[tuple[Picture, Path]] = []
        with contextlib.ExitStack() as undo:
            for picture in pictures:
                target = trash / picture.day / self._own(picture).name
                with contextlib.suppress(FileNotFoundError):
                    target = _move_free(picture.path, target)
                    undo.callback(_move_free, target, picture.path)
                    done.append((picture, target))
            undo.pop_all()
        return Deletion(tuple(p for p, _ in done), tuple(path for _, path in done))

    def restore(self, deletion: Deletion) -> tuple[Picture, ...]:
        """Take pictures back out of the trash; those that are gone from there stay gone."""
        restored = []
        for picture, trashed in zip(deletion.pictures, deletion.trashed, strict=True):
            with contextlib.suppress(FileNotFoundError):
                path = _move_free(trashed, self._own(picture))
                restored.append(_picture(path, picture.day))
        return tuple(restored)

    def tidy(self) -> None:
        """Remove what crashes left, what has been in the trash for long, and what nobody needs.

        Call it at start.
        """
        for folder in (self._inputs.folder, *(self.folder / day for day in self._days())):
            files.sweep(folder)
        limit = (self._today() - timedelta(days=TRASH_DAYS)).isoformat()
        for day in _days(self._trash):
            if day < limit:
                shutil.rmtree(self._trash / day, ignore_errors=True)
        if self._inputs.has_old():
            self._tidy_inputs()

    def put(self, raster: Raster) -> str:
        """Keep what a recipe starts from (core.image.Blobs); raises MachineError."""
        return self._inputs.put(raster)

    def get(self, digest: str) -> bytes:
        """Return the PNG (core.image.Blobs); raises KeyError if it is missing or another one."""
        try:
            return self._inputs.get(digest)
        except KeyError:
            return self.outside.get(digest)

    @property
    def _trash(self) -> Path:
        return self.folder / "trash"

    def _tidy_inputs(self) -> None:
        """Remove inputs that no recipe names; none while one cannot be read, or takes too long."""
        with contextlib.suppress(OSError, UserError, MachineError):
            paths = list(itertools.islice(self._pngs(), MAX_RECIPES + 1))
            if len(paths) <= MAX_RECIPES:
                texts = (read_texts(path).get(RECIPE, "") for path in paths)
                self._inputs.sweep({digest for text in texts for digest in DIGEST.findall(text)})

    def _pngs(self) -> Iterator[Path]:
        """Yield every PNG here and in the trash, whatever its name; raises OSError."""
        for folder, below, found in os.walk(self.folder, onerror=_raise):
            below[:] = [name for name in below if Path(folder, name) != self._inputs.folder]
            yield from (Path(folder, name) for name in found if name.endswith(".png"))

    def _save(self, day: str, seed: int, data: bytes) -> Path:
        """Write under the next free number: who holds its temporary file owns the number."""
        folder, number = self.folder / day, self._last(day)
        while True:
            number += 1
            with (
                contextlib.suppress(FileExistsError),
                files.claimed(folder, f"{number:05d}") as own,
            ):
                if self._last(day) < number:  # nobody was faster before it was ours
                    path = folder / f"{number:05d}-{seed}.png"
                    files.write(own, data)
                    files.move(own, path)
                    return path

    def _last(self, day: str) -> int:
        """Return the highest number of the day, in the trash, too: a restored one keeps its."""
        trashed = (self._trash / deleted / day for deleted in _days(self._trash))
        folders = (self.folder / day, *trashed)
        return max((_order(match)[0] for f in folders for match in _names(f)), default=0)

    def _older(self, before: Picture | None) -> Iterator[Picture]:
        for day in self._days():
            if before and day > before.day:
                continue
            for match in sorted(_names(self.folder / day), key=_order, reverse=True):
                if before is None or (day, *_order(match)) < before.key:
                    with contextlib.suppress(OSError):  # deleted meanwhile, or locked away
                        yield _picture(self.folder / day / match[0], day)

    def _days(self) -> list[str]:
        return sorted(_days(self.folder), reverse=True)

    def _own(self, picture: Picture) -> Path:
        """Return its path; raises UserError for one that lies elsewhere."""
        path = picture.path
        is_ours = NAME.fullmatch(path.name) and _is_day(picture.day)
        if not is_ours or path.parent != self.folder / picture.day:
            raise UserError(
                tr(
                    "{path}: This picture is not in the gallery {folder}.",
                    path=path,
                    folder=self.folder,
                )
            )
        return path


def _picture(path: Path, day: str) -> Picture:
    match = NAME.fullmatch(path.name)
    assert match
    return Picture(path, day, int(match[1]), int(match[2]), _created(path, day))


def _created(path: Path, day: str) -> datetime:
    seconds = path.stat().st_mtime
    try:
        return datetime.fromtimestamp(seconds)
    except (ValueError, OverflowError, OSError):  # a file may carry any time
        return datetime.fromisoformat(day)


def _order(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]), int(match[2])


def _names(folder: Path) -> list[re.Match[str]]:
    """Return the matches of all picture names in a folder; none if it is not there."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        found = (NAME.fullmatch(entry.name) for entry in entries)
        return [match for match in found if match]
    return []


def _days(folder: Path) -> list[str]:
    """Return the names of the folders of days; links may lead anywhere and do not count."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        return [e.name for e in entries if _is_day(e.name) and e.is_dir(follow_symlinks=False)]
    return []


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _move_free(source: Path, path: Path) -> Path:
    """Move to `path`, or to the next number that is free; raises FileNotFoundError."""
    match = NAME.fullmatch(path.name)
    assert match
    number = int(match[1])
    while True:
        target = path.with_name(f"{number:05d}-{match[2]}.png")
        with contextlib.suppress(FileExistsError):
            files.move(source, target)
            return target
        number += 1


def _raise(error: OSError) -> None:
    raise error
