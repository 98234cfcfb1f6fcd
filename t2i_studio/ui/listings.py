"""Menus whose lines depend on what there is: languages, scales, files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from t2i_studio.core.words import later, tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.ui import language

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow

SCALES: Final = (75, 100, 125, 150, 175, 200)  # %
MOST_STEPS: Final = 20
AT_NEXT_START: Final = later("This will be so from the next start on.")


@dataclass(frozen=True)
class Choice:
    """A line of a menu; its text is translated, or a name that people gave."""

    text: str
    call: Callable[[], object]
    is_checked: bool | None = None


def recent(window: "MainWindow") -> list[Choice]:
    """Return the projects that were open last, and the end of the list."""
    projects = window.projects

    def choice(path: Path) -> Choice:
        return Choice(_shortened(path), lambda: projects.open_recent(path))

    listed = [choice(path) for path in projects.recent]
    return [*listed, Choice(tr("Clear the list"), projects.forget_recent)] if listed else []


def _shortened(path: Path) -> str:
    """Return the name and the folder that it lies in."""
    return f"{path.name} – {path.parent.name}"


def steps(window: "MainWindow") -> list[Choice]:
    """Return the last steps, newest first; the one that was done last is checked."""
    history = window.session.document.history
    first = max(0, min(history.position - 1, len(history.steps) - MOST_STEPS))

    def step(number: int) -> Choice:
        name = history.steps[number - 1]
        return Choice(tr(name), lambda: history.go_to(number), number == history.position)

    listed = [step(number) for number in range(first + 1, len(history.steps) + 1)]
    return [*reversed(listed), *_beginning(window)]


def _beginning(window: "MainWindow") -> list[Choice]:
    history = window.session.document.history
    if not history.steps or len(history.steps) > MOST_STEPS:
        return []
    return [Choice(tr("Beginning"), lambda: history.go_to(0), history.position == 0)]


def styles(window: "MainWindow") -> list[Choice]:
    """Return the styles that the prompt can be put into."""
    settings = window.session.settings

    def style(name: str) -> Choice:
        is_chosen = settings.style.casefold() == name.casefold()
        return Choice(name or tr("No style"), lambda: setattr(settings, "style", name), is_chosen)

    return [style(name) for name in ("", *(s.name for s in window.session.desk.styles.styles))]


def scales(window: "MainWindow") -> list[Choice]:
    def scale(percent: int) -> Choice:
        is_chosen = window.preferences.scale == percent
        return Choice(f"{percent} %", lambda: _prefer(window, "scale", percent), is_chosen)

    return [scale(percent) for percent in SCALES]


def languages(window: "MainWindow") -> list[Choice]:
    def choice(code: str) -> Choice:
        is_chosen = window.preferences.language == code
        call = lambda: _prefer(window, "language", code)  # noqa: E731  # one for each
        return Choice(language.title(code), call, is_chosen)

    return [choice(code) for code in ("", *language.available())]


def _prefer(window: "MainWindow", field: str, value: object) -> None:
    if getattr(window.preferences, field) != value:
        setattr(window.preferences, field, value)
        window.notify(Notice(Level.info, tr(AT_NEXT_START)))
