"""The Help menu."""

from typing import TYPE_CHECKING

from t2i_studio.core.words import later
from t2i_studio.ui.actions import Command
from t2i_studio.ui.dialogs.about import show_about, show_shortcuts

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow


def help_commands(window: "MainWindow") -> tuple[Command, ...]:
    return (
        Command(
            "help.shortcuts",
            later("&Keyboard shortcuts"),
            lambda: show_shortcuts(window),
            ("F1",),
            icon="keyboard",
            words=later("hotkeys bindings"),
        ),
        Command("help.about", later("&About"), lambda: show_about(window), icon="info"),
    )
