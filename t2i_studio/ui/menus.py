"""Where the commands stand in the menus."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from t2i_studio.core.words import later, tr
from t2i_studio.ui import listings
from t2i_studio.ui.actions import plain
from t2i_studio.ui.listings import Choice

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow

LINE: Final = None  # between groups
STEP: Final = " ▸ "  # from a menu into the one below


@dataclass(frozen=True)
class Menu:
    """A title, marked for translation, and what stands below it: ids of commands, or menus."""

    title: str
    entries: "Entries"


@dataclass(frozen=True)
class Listing:
    """A menu that is filled when it opens; the command palette lists it, too, if that helps."""

    title: str
    choices: Callable[["MainWindow"], list[Choice]]
    empty_text: str = ""
    is_searched: bool = True


Entries = tuple[str | Menu | Listing | None, ...]

FILE: Final = Menu(
    later("&File"),
    (
        *("file.new", "file.open"),
        Listing(later("Open recen&t"), listings.recent, later("No project was open yet")),
        *("file.save", "file.save_as", "file.close", LINE),
        *("file.save_picture", "file.open_layers", "file.import_mask", "file.export_mask", LINE),
        *("file.preferences", "file.quit"),
    ),
)
EDIT: Final = Menu(
    later("&Edit"),
    (
        *("edit.undo", "edit.redo"),
        Listing(later("&History"), listings.steps, later("Nothing was done yet"), False),
        LINE,
        *("edit.cut", "edit.copy", "edit.paste", "edit.copy_picture", "edit.paste_picture"),
    ),
)
LAYER: Final = Menu(
    later("&Layer"),
    (
        *("layer.new", "layer.duplicate", "layer.merge", "layer.flatten", "layer.remove", LINE),
        *("layer.canvas_size", "layer.crop_to_frame", "layer.crop_to_mask"),
    ),
)
MASK: Final = Menu(
    later("&Mask"),
    (
        *("mask.invert", "mask.grow", "mask.shrink", "mask.feather", "mask.clear", LINE),
        *("mask.from_transparency", "mask.show"),
    ),
)
OUTPAINT: Final = Menu(
    later("Outpain&t"),
    tuple(f"generate.outpaint_{side}" for side in ("left", "right", "up", "down")),
)
PROMPT: Final = Menu(
    later("Pro&mpt"),
    (
        Listing(later("S&tyle"), listings.styles),
        *("prompt.styles", LINE),
        *("prompt.history", "prompt.copy_read", "prompt.file", "prompt.sweep"),
    ),
)
GENERATE: Final = Menu(
    later("&Generate"),
    (
        *("generate.generate", "generate.front", "generate.cancel", "generate.cancel_all"),
        *("generate.pause", "generate.live", LINE),
        *("generate.accept", "generate.accept_as_layer"),
        *("generate.variations", "generate.explore", OUTPAINT, LINE),
        *(PROMPT, LINE),
        *("generate.focus_prompt", "generate.reset"),
    ),
)
THEME: Final = Menu(later("&Theme"), ("view.theme_system", "view.theme_dark", "view.theme_light"))
VIEW: Final = Menu(
    later("&View"),
    (
        *("view.explorer", "view.layers", "view.gallery", "view.queue", "view.settings"),
        *("view.canvas_only", LINE),
        *("view.next_panel", "view.previous_panel", LINE),
        *("view.compare", LINE),
        *("view.zoom_in", "view.zoom_out", "view.fit", "view.fit_frame"),
        *("view.zoom_1", "view.zoom_2", "view.zoom_3", "view.zoom_4", LINE),
        THEME,
        Listing(later("&UI scale"), listings.scales),
        Listing(later("L&anguage"), listings.languages),
    ),
)
HELP: Final = Menu(later("&Help"), ("help.palette", "help.shortcuts", LINE, "help.about"))
MENUS: Final = (FILE, EDIT, LAYER, MASK, GENERATE, VIEW, HELP)
CANVAS_MENU: Final = (
    *("edit.undo", "edit.redo", LINE),
    *("edit.copy_picture", "edit.paste_picture", "file.save_picture", LINE),
    *("generate.explore", "generate.variations", LINE),
    *("mask.invert", "mask.clear", LINE),
    *("view.fit", "view.zoom_1"),
)


def fill(menu: QMenu | QMenuBar, entries: Entries, window: "MainWindow") -> None:
    """Put commands and menus into a menu."""
    for entry in entries:
        match entry:
            case None:
                menu.addSeparator()
            case str():
                menu.addAction(window.commands[entry])
            case Menu():
                fill(menu.addMenu(tr(entry.title)), entry.entries, window)
            case Listing():
                _fill_when_opened(menu.addMenu(tr(entry.title)), entry, window)


def paths(menus: tuple[Menu, ...] = MENUS, above: str = "") -> dict[str, str]:
    """Return in which menu each command stands, as "Generate ▸ Outpaint"; translated."""
    found: dict[str, str] = {}
    for menu in menus:
        path = STEP.join(part for part in (above, plain(tr(menu.title))) if part)
        found.update((entry, path) for entry in menu.entries if isinstance(entry, str))
        found |= paths(tuple(entry for entry in menu.entries if isinstance(entry, Menu)), path)
    return found


def _fill_when_opened(menu: QMenu, listing: Listing, window: "MainWindow") -> None:
    def open_listing() -> None:
        menu.clear()
        for choice in listing.choices(window):
            menu.addAction(_action(choice, menu))
        if menu.isEmpty():
            menu.addAction(tr(listing.empty_text)).setEnabled(False)

    menu.aboutToShow.connect(open_listing)


def _action(choice: Choice, menu: QMenu) -> QAction:
    action = QAction(choice.text.replace("&", "&&"), menu)
    if choice.is_checked is not None:
        action.setCheckable(True)
        action.setChecked(choice.is_checked)
    action.triggered.connect(lambda: choice.call())
    return action
