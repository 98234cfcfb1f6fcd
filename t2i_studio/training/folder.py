"""Pictures with captions in a folder of the user's own.

Captions come from the first of these that is there:

    captions.jsonl, or the only *.jsonl, in the folder itself    captions.py tells the forms
    a .txt beside each picture, one caption a line
    captions.json, or the only *.json, in the folder itself      in COCO's form

Nothing outside the folder is read, whatever a list or a link says.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training.captions import read_lines, read_list
from t2i_studio.training.report import Findings, Problem, Report

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
_HOW = "Put a .txt with the same name beside each picture, or a captions.jsonl into the folder."


@dataclass(frozen=True)
class Captioned:
    """A picture and what is said of it; there is at least one caption."""

    path: Path
    captions: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The pictures with captions in a folder, by path; whether they can be read is not known."""

    folder: Path
    pictures: tuple[Captioned, ...]
    report: Report


def find(folder: Path) -> Found:
    """Look for pictures and their captions, in all folders below too; hidden ones do not count.

    Raises UserError when nothing can be used, MachineError when the disk fails.
    """
    paths = _pictures_below(folder)
    if not paths:
        raise UserError(
            f"{folder}: There are no pictures in this folder.", "It takes PNG, JPEG, WebP and BMP."
        )
    search = _Search(folder, paths)
    search.run()
    report = search.findings.report(len(search.captions))
    if not search.captions:
        raise UserError(f"{folder}: No picture has a caption that can be used: {report}", _HOW)
    pictures = tuple(Captioned(path, search.captions[path]) for path in sorted(search.captions))
    return Found(folder, pictures, report)


class _Search:
    """Brings the pictures in a folder and their captions together."""

    def __init__(self, folder: Path, paths: list[Path]) -> None:
        self.findings = Findings()
        self.captions: dict[Path, tuple[str, ...]] = {}
        self._folder = folder
        self._root = folder.resolve()
        self._paths = [path for path in paths if self._is_inside(path)]

    def run(self) -> None:
        """Fill `captions`, by the first form that is there."""
        listed = _the_list(self._folder, ".jsonl")
        if listed is None and not any(_text_of(path).is_file() for path in self._paths):
            listed = _the_list(self._folder, ".json")
        if listed is None:
            self._read_texts()
        elif self._is_inside(listed):
            self._read_list(listed)

    def _read_texts(self) -> None:
        owners: dict[Path, Path] = {}
        for path in self._paths:
            text = _text_of(path)
            if not text.is_file():
                self._add(Problem.no_caption, path)
            elif text in owners:
                example = f"{self._name(path)}: taken for {owners[text].name}"
                self.findings.add(Problem.same_name, example)
            elif self._is_inside(text):
                owners[text] = path
                self._read_text(path, text)

    def _read_text(self, path: Path, text: Path) -> None:
        try:
            captions = read_lines(text)
        except UnicodeDecodeError:
            self._add(Problem.not_utf8, text)
        except UserError:
            self._add(Problem.too_long, text)
        else:
            self._keep(path, captions)

    def _read_list(self, listed: Path) -> None:
        named: set[Path] = set()
        for entry in read_list(listed):
            if entry.file is None:
                self.findings.add(Problem.unusable_entry, f"{listed.name}: {entry.where}")
            elif path := self._located(entry.file):
                if path in named:
                    self.findings.add(Problem.named_twice, f"{entry.file}: {entry.where}")
                else:
                    self._keep(path, entry.captions)
                named.add(path)
        for path in self._paths:
            if path not in named:
                self._add(Problem.no_caption, path)

    def _located(self, file: str) -> Path | None:
        """Return the picture that a list names, as it is written without links and dots."""
        path = self._folder / os.path.normpath(file)
        if not self._is_inside(path):
            return None
        if not os.path.isfile(path):  # Path.is_file raises for names that are too long
            self.findings.add(Problem.missing, file)
            return None
        return path

    def _is_inside(self, path: Path) -> bool:
        """Tell whether its file lies in the folder, following links; notes it if not."""
        try:
            is_inside = path.resolve().is_relative_to(self._root)
        except (OSError, RuntimeError, ValueError):  # a circle of links, NUL, too long a name
            self._add(Problem.missing, path)
            return False
        if not is_inside:
            self._add(Problem.outside, path)
        return is_inside

    def _keep(self, path: Path, captions: tuple[str, ...]) -> None:
        if captions:
            self.captions[path] = captions
        else:
            self._add(Problem.no_caption, path)

    def _add(self, problem: Problem, path: Path) -> None:
        self.findings.add(problem, self._name(path))

    def _name(self, path: Path) -> str:
        return os.path.relpath(path, self._folder)


def _pictures_below(folder: Path) -> list[Path]:
    """Return the files that look like pictures, sorted."""
    if folder.is_file():
        raise UserError(f"{folder}: This is a file, not a folder.")
    if not folder.is_dir():
        raise UserError(f"{folder}: There is no such folder.")
    return sorted(_walk(folder))


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(place, name)


def _unreadable(error: OSError) -> None:
    raise MachineError(f"{error.filename}: Cannot be read ({error.strerror}).") from error


def _text_of(path: Path) -> Path:
    return path.with_suffix(".txt")


def _the_list(folder: Path, suffix: str) -> Path | None:
    """Return the file that lists captions, None if there is none."""
    preferred = folder / f"captions{suffix}"
    if preferred.is_file():
        return preferred
    lists = sorted(path for path in folder.glob(f"*{suffix}") if not path.name.startswith("."))
    if len(lists) > 1:
        names = ", ".join(path.name for path in lists[:3])
        raise UserError(
            f"{folder}: Several files could hold the captions ({names}).",
            f"Name the one that does captions{suffix}.",
        )
    return lists[0] if lists else None
