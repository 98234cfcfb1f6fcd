"""The File menu."""

from typing import TYPE_CHECKING, Final

from t2i_studio.core.words import later, tr
from t2i_studio.studio.project_file import SUFFIX
from t2i_studio.ui.actions import Command
from t2i_studio.ui.file_dialogs import ask_for_file
from t2i_studio.ui.files import PATTERNS

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow

BOTH: Final = later("Pictures and projects ({patterns})")


def file_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    return (*_projects(window), *_parts(window, session), *_program(window))


def _projects(window: "MainWindow") -> tuple[Command, ...]:
    projects = window.projects

    def open_path(name: str) -> None:
        if name.lower().endswith(SUFFIX):
            projects.open_path(name)
        else:
            window.files.show(name)

    def ask() -> None:
        filters = tr(BOTH, patterns=f"*{SUFFIX} {PATTERNS}")
        ask_for_file(window, tr("Open"), filters, open_path)

    return (
        Command("file.new", later("&New"), projects.new, ("Ctrl+N",), icon="new"),
        Command(
            "file.open",
            later("&Open…"),
            ask,
            ("Ctrl+O",),
            icon="open",
            words=later("picture project"),
        ),
        Command("file.save", later("&Save project"), projects.save, ("Ctrl+S",), icon="save"),
        Command("file.save_as", later("Save project &as…"), projects.save_as, ("Ctrl+Shift+S",)),
    )


def _parts(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    files, masks = window.files, window.masks

    def has_picture() -> bool:
        return session.document.extent is not None

    return (
        Command(
            "file.save_picture",
            later("Save &picture as…"),
            files.save,
            ("Ctrl+Alt+S",),
            icon="export",
            is_enabled=lambda: session.workspace.shows_picture,
            words=later("export png jpeg webp"),
        ),
        Command("file.open_layers", later("Open as la&yers…"), files.ask_for_layers, icon="layers"),
        Command(
            "file.import_mask", later("&Import mask…"), masks.import_mask, is_enabled=has_picture
        ),
        Command(
            "file.export_mask",
            later("&Export mask…"),
            masks.export_mask,
            is_enabled=lambda: session.document.has_mask,
        ),
        Command("file.close", later("&Close picture"), files.close, is_enabled=has_picture),
    )


def _program(window: "MainWindow") -> tuple[Command, ...]:
    return (
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
