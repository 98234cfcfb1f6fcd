"""What the program can do, menu by menu: titles, calls and the keys at first."""

from typing import TYPE_CHECKING

from t2i_studio.ui.actions import Command
from t2i_studio.ui.commands.edit import edit_commands
from t2i_studio.ui.commands.file import file_commands
from t2i_studio.ui.commands.generate import generate_commands
from t2i_studio.ui.commands.help import help_commands
from t2i_studio.ui.commands.layer import layer_commands
from t2i_studio.ui.commands.mask import mask_commands
from t2i_studio.ui.commands.prompt import prompt_commands
from t2i_studio.ui.commands.view import view_commands

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow


def all_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    return (
        *file_commands(window, session),
        *edit_commands(window, session),
        *layer_commands(window, session),
        *mask_commands(window, session),
        *generate_commands(window, session),
        *prompt_commands(window),
        *view_commands(window, session),
        *help_commands(window),
    )
