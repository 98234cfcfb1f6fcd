"""What the command palette finds: every command, and what stands in menus that are filled."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from t2i_studio.core.words import tr
from t2i_studio.ui.actions import Command, plain
from t2i_studio.ui.command_palette import Item
from t2i_studio.ui.keymap import native
from t2i_studio.ui.menus import MENUS, STEP, Listing, Menu, paths

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow

PALETTE = "help.palette"  # itself


def palette_items(window: "MainWindow") -> list[Item]:
    places = paths()
    commands = [command for command in window.commands if command.id != PALETTE]
    items = [_item(command, places.get(command.id, ""), window) for command in commands]
    return [*items, *_listed(MENUS, "", window)]


def _item(command: Command, place: str, window: "MainWindow") -> Item:
    path, _, group = place.rpartition(STEP)
    is_grouped = bool(path)  # "Theme: Dark" in View, and not "Dark" in View ▸ Theme
    title = plain(command.text)
    return Item(
        command.id,
        f"{group}: {title}" if is_grouped else title,
        lambda: window.commands.run(command.id),
        path if is_grouped else place,
        ", ".join(native(key) for key in window.keymap.keys(command.id)),
        command.icon,
        # In English, too: that is what others write about it.
        f"{tr(command.words)} {command.words} {plain(command.title)}",
        command.is_enabled(),
    )


def _listed(menus: tuple[Menu, ...], above: str, window: "MainWindow") -> Iterator[Item]:
    for menu in menus:
        path = STEP.join(part for part in (above, plain(tr(menu.title))) if part)
        yield from _listed(tuple(e for e in menu.entries if isinstance(e, Menu)), path, window)
        for listing in (e for e in menu.entries if isinstance(e, Listing) and e.is_searched):
            title = plain(tr(listing.title)).rstrip("…")
            for choice in listing.choices(window):
                name = f"{listing.title} {choice.text}"
                yield Item(name, f"{title}: {choice.text}", choice.call, path)
