"""What can be done with the prompt: a part of the Generate menu."""

from typing import TYPE_CHECKING

from t2i_studio.core.words import later
from t2i_studio.ui.actions import Command
from t2i_studio.ui.keymap import Context

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow


def prompt_commands(window: "MainWindow") -> tuple[Command, ...]:
    text = window.prompt.text
    return (
        Command(
            "prompt.history",
            later("Prompts that were &used…"),
            text.open_history,
            ("Ctrl+H",),
            context=Context.prompt,
            icon="history",
            words=later("history search"),
        ),
        Command(
            "prompt.copy_read",
            later("&Copy evaluated prompt"),
            text.copy_read,
            icon="copy",
            words=later("choices wildcards styles"),
        ),
        Command(
            "prompt.styles",
            later("&Styles…"),
            window.dialogs.styles,
            words=later("templates presets"),
        ),
        Command(
            "prompt.sweep",
            later("S&weep two settings…"),
            window.dialogs.sweep,
            icon="grid",
            words=later("xy plot matrix compare values"),
        ),
        Command(
            "prompt.file",
            later("Prompts from a &file…"),
            window.prompt_files.ask,
            icon="open",
            words=later("batch many lines"),
        ),
    )
