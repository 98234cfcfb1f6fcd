"""The Help menu."""

from typing import TYPE_CHECKING

from t2i_studio.core.words import later
from t2i_studio.ui.actions import Command

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow


def help_commands(window: "MainWindow") -> tuple[Command, ...]:
    return (
        Command(
            "help.palette",
            later("&Command palette"),
            window.command_palette.toggle,
            ("Ctrl+K",),
            icon="palette",
        ),
        Command(
            "help.shortcuts",
            later("&Keyboard shortcuts"),
            window.dialogs.shortcuts,
            ("F1",),
            icon="keyboard",
            words=later("hotkeys bindings"),
        ),
        Command("help.about", later("&About"), window.dialogs.about, icon="info"),
    )
