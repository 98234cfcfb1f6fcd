"""The Edit menu."""

from typing import TYPE_CHECKING

from t2i_studio.core.words import later, tr
from t2i_studio.ui.actions import Command
from t2i_studio.ui.cutting import cut_from_layer
from t2i_studio.ui.editing import route_undo, text_first

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow


def edit_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    undo, redo = route_undo(session, session.explorer, window.explorer.panel)
    files, history = window.files, session.document.history

    def undo_name() -> str:
        step = history.undo_name
        return tr("&Undo {step}", step=step) if step else tr("&Undo")

    def redo_name() -> str:
        step = history.redo_name
        return tr("&Redo {step}", step=step) if step else tr("&Redo")

    cut = text_first(lambda text: text.cut(), lambda: cut_from_layer(session.document))
    copy = text_first(lambda text: text.copy(), files.copy)
    paste = text_first(lambda text: text.paste(), window.incoming.paste)
    return (
        Command("edit.undo", later("&Undo"), undo, ("Ctrl+Z",), icon="undo", name=undo_name),
        Command(
            "edit.redo",
            later("&Redo"),
            redo,
            ("Ctrl+Shift+Z", "Ctrl+Y"),
            icon="redo",
            name=redo_name,
        ),
        # A focused text takes the keys of these for itself; the menu's go through here.
        Command("edit.cut", later("Cu&t"), cut, ("Ctrl+X",), icon="cut"),
        Command("edit.copy", later("&Copy"), copy, ("Ctrl+C",), icon="copy"),
        Command("edit.paste", later("&Paste"), paste, ("Ctrl+V",), icon="paste"),
        Command(
            "edit.copy_picture", later("Copy p&icture"), files.copy, ("Ctrl+Shift+C",), icon="copy"
        ),
        Command(
            "edit.paste_picture",
            later("Paste as &layer"),
            window.incoming.paste,
            ("Ctrl+Shift+V",),
            icon="paste",
        ),
    )
