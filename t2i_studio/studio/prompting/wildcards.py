"""Wildcards: text files of which a prompt takes a line.

    wildcards/animals.txt          __animals__
    wildcards/animals/cats.txt     __animals/cats__

Empty lines and those that begin with "#" do not count. Names are those of files that lie there:
none leads outside of the folder.
"""

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from t2i_studio.core.errors import UserError
from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.choices import DEEPEST
from t2i_studio.studio.prompting.grammar import is_comment, is_wildcard_name, references
from t2i_studio.studio.prompting.text_files import read_text

SUFFIX = ".txt"
MOST_FILES = 20_000
ARROW = " → "


@dataclass(frozen=True)
class _File:
    """Lines as they were when the file had this stamp."""

    stamp: tuple[int, int]  # modification time, size
    lines: tuple[str, ...]
    names: tuple[str, ...]  # of the wildcards in them


class Wildcards:
    """The files of one folder; they are read when they are needed, and again when they change.

    Which files there are is looked up once, and again after `refresh`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paths: dict[str, tuple[str, Path]] | None = None  # by folded name
        self._files: dict[Path, _File] = {}
        self._sound: set[str] = set()  # folded names that neither miss nor include themselves

    def refresh(self) -> None:
        """Look again what is there, when it is needed next."""
        self._paths = None

    def names(self) -> tuple[str, ...]:
        """Return the names in order."""
        return tuple(sorted(name for name, _ in self._known.values()))

    def knows(self, name: str) -> bool:
        return self._path(name) is not None

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a wildcard.

        Raises UserError for one that is missing, empty, too large, no text, or that includes
        itself, and MachineError when it cannot be read.
        """
        lines = self._read(name).lines
        if name.casefold() not in self._sound:
            self._check(name, [])
        return lines

    def _check(self, name: str, way: list[str]) -> None:
        """Raise UserError if a wildcard, or one inside of it, is missing or includes itself."""
        key = name.casefold()
        if key in way:
            cycle = ARROW.join(self._name(each) for each in (*way[way.index(key) :], key))
            raise UserError(
                tr("The wildcard {name} includes itself: {cycle}.", name=name, cycle=cycle)
            )
        if len(way) > DEEPEST:
            raise UserError(tr("The wildcards lie more than {depth} deep.", depth=DEEPEST))
        if key not in self._sound:
            for inner in self._read(name).names:
                self._check(inner, [*way, key])
            self._sound.add(key)

    def _read(self, name: str) -> _File:
        path = self._path(name)
        if path is None:
            raise self._missing(name)
        try:
            status = path.stat()
            stamp = status.st_mtime_ns, status.st_size
            known = self._files.get(path)
            if known is None or known.stamp != stamp:
                self._sound.clear()
                known = self._files[path] = _File(stamp, *_parsed(path))
        except OSError as error:
            self.refresh()
            raise self._missing(name) from error
        return known

    def _path(self, name: str) -> Path | None:
        found = self._known.get(name.casefold())
        return found[1] if found else None

    def _name(self, key: str) -> str:
        return self._known[key][0]

    @property
    def _known(self) -> dict[str, tuple[str, Path]]:
        if self._paths is None:
            self._paths = dict(self._found())
        return self._paths

    def _missing(self, name: str) -> UserError:
        close = difflib.get_close_matches(name, self.names(), n=3, cutoff=0.5)
        if close:
            hint = tr("Did you mean {names}?", names=", ".join(close))
        else:
            hint = tr("Put {file} into {folder}.", file=f"{name}{SUFFIX}", folder=self.folder)
        return UserError(tr("There is no wildcard {name}.", name=name), hint)

    def _found(self) -> Iterator[tuple[str, tuple[str, Path]]]:
        """Yield the files in the folder, the first of those whose names differ in case only."""
        seen: set[str] = set()
        for path in _text_files(self.folder):
            name = path.relative_to(self.folder).with_suffix("").as_posix()
            if name.casefold() not in seen and is_wildcard_name(name):
                seen.add(name.casefold())
                yield name.casefold(), (name, path)


def _text_files(folder: Path) -> Iterator[Path]:
    """Yield the text files in a folder and below it, without following links out of it."""
    root, count = os.path.realpath(folder), 0
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            path = Path(parent, file)
            is_text = path.suffix.lower() == SUFFIX
            if is_text and os.path.realpath(path).startswith(os.path.join(root, "")):
                yield path
                count += 1
                if count == MOST_FILES:
                    return


def _parsed(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of a file and the wildcards in them; raises UserError, MachineError."""
    text = read_text(path)
    stripped = (line.strip() for line in text.replace("\0", "").split("\n"))
    lines = tuple(line for line in stripped if line and not is_comment(line))
    if not lines:
        raise UserError(tr("{path}: There are no lines in it.", path=path))
    return lines, tuple(dict.fromkeys(name for line in lines for name in references(line)))
