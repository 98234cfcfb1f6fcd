"""The styles that can be chosen: those of the program and somebody's own."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from psygnal import Signal

from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.paths import resource
from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.style_files import StyleFile, read_styles, write_styles
from t2i_studio.studio.prompting.styles import Style, find, unlike

BUILT_IN = "prompts/styles.json"


@dataclass(frozen=True)
class Import:
    """What became of the styles of a file."""

    taken: int = 0
    renamed: int = 0  # of those: another style had the name
    known: int = 0  # the very same style was there
    problems: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        parts = [tr("1 style") if self.taken == 1 else tr("{count} styles", count=self.taken)]
        if self.renamed:
            parts.append(tr("{count} of them renamed", count=self.renamed))
        if self.known:
            parts.append(tr("{count} known already", count=self.known))
        if self.problems:
            parts.append(tr("{count} left out", count=len(self.problems)))
        said = tr("Imported: {parts}.", parts=", ".join(parts))
        return " ".join([said, *self.problems[:1]])


class StyleBook:
    """Those of the program first; one of somebody's own with the same name takes its place.

    Every change is written at once to `path` (main thread: a few kilobytes).
    """

    changed = Signal()

    def __init__(self, path: Path) -> None:
        self._path = path
        self._built_in = read_styles(resource(BUILT_IN)).styles
        self._own: tuple[Style, ...] = ()
        self.problem = ""  # what was wrong with the file
        self._load()

    @property
    def styles(self) -> tuple[Style, ...]:
        """All that can be chosen, in the order in which they are shown."""
        own = {style.key for style in self._own}
        return (*(style for style in self._built_in if style.key not in own), *self._own)

    @property
    def own(self) -> tuple[Style, ...]:
        return self._own

    def is_own(self, name: str) -> bool:
        return any(style.key == name.casefold() for style in self._own)

    def is_built_in(self, name: str) -> bool:
        """Tell whether the program has a style of that name, even if somebody changed it."""
        return any(style.key == name.casefold() for style in self._built_in)

    def find(self, name: str) -> Style:
        """Return a style; raises UserError with the closest names."""
        return find(self.styles, name)

    def add(self, style: Style) -> Style:
        """Keep a new style under its name, or one like it if that is taken, and return it."""
        taken = (each.name for each in self.styles)
        named = style.model_copy(update={"name": unlike(taken, style.name)})
        self._write((*self._own, named))
        return named

    def change(self, name: str, style: Style) -> None:
        """Put `style` where `name` was; one of the program stays, below it or beside it.

        Raises UserError if the new name is that of another style.
        """
        if style.key != name.casefold() and any(each.key == style.key for each in self.styles):
            raise UserError(
                tr("There is a style {name} already.", name=style.name), tr("Choose another name.")
            )
        if self.is_own(name):
            self._write(style if each.key == name.casefold() else each for each in self._own)
        else:
            self._write((*self._own, style))

    def remove(self, name: str) -> None:
        """Take one of somebody's own away; one of the program comes back in its place."""
        self._write(each for each in self._own if each.key != name.casefold())

    def take(self, found: StyleFile) -> Import:
        """Import the styles of a file; raises MachineError."""
        taken = {style.key: style for style in self.styles}
        own, renamed, known = list(self._own), 0, 0
        for style in found.styles:
            if taken.get(style.key) == style:
                known += 1
                continue
            named = style.model_copy(update={"name": unlike(taken, style.name)})
            renamed += named.name != style.name
            taken[named.key] = named
            own.append(named)
        added = len(own) - len(self._own)
        if added:
            self._write(own)
        return Import(added, renamed, known, found.problems)

    def _write(self, own: Iterable[Style]) -> None:
        styles = tuple(own)
        write_styles(self._path, styles)
        self._own = styles
        self.changed.emit()

    def _load(self) -> None:
        """Read somebody's own; a file with damage is set aside, not written over."""
        if not self._path.exists():
            return
        try:
            found = read_styles(self._path)
        except StudioError as error:
            self.problem = f"{error} {self._set_aside()}"
            return
        self._own = tuple({style.key: style for style in found.styles}.values())
        if found.problems:
            self.problem = f"{self._path}: {found.problems[0]} {self._set_aside()}"
            write_styles(self._path, self._own)

    def _set_aside(self) -> str:
        kept = self._path.with_name(f"{self._path.name}.damaged-{int(time.time())}")
        try:
            self._path.rename(kept)
        except OSError:
            return tr("It could not be set aside.")
        return tr("It is kept as {name}.", name=kept.name)
