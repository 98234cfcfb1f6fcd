"""The File menu."""

from typing import TYPE_CHECKING

from t2i_studio.core.words import later
from t2i_studio.ui.actions import Command

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow


def file_commands(window: "MainWindow") -> tuple[Command, ...]:
    files = window.files
    return (
        Command("file.open", later("&Open picture…"), files.open, ("Ctrl+O",), icon="open"),
        Command(
            "file.save_picture", later("Save &picture as…"), files.save, ("Ctrl+S",), icon="save"
        ),
        Command("file.close", later("&Close picture"), files.close),
        Command(
            "file.preferences",
            later("P&references…"),
            window.dialogs.preferences,
            ("Ctrl+,",),
            icon="gear",
            words=later("settings options theme language scale"),
        ),
        Command("file.quit", later("&Quit"), window.close, ("Ctrl+Q",)),
    )
