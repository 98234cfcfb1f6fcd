"""The Generate menu."""

from typing import TYPE_CHECKING

from t2i_studio.core.words import later
from t2i_studio.ui.actions import Command

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow


def generate_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    return (*_queueing(window, session), *_results(window, session))


def _queueing(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    def is_working() -> bool:
        return len(session.jobs) > 0

    return (
        Command(
            "generate.generate",
            later("&Generate"),
            window.generate,
            ("Ctrl+Return", "Ctrl+Enter"),
            icon="generate",
        ),
        Command(
            "generate.cancel",
            later("&Cancel current job"),
            session.cancel_current,
            ("Shift+X", "Ctrl+Alt+Return", "Ctrl+Alt+Enter"),
            icon="stop",
            is_enabled=is_working,
            words=later("interrupt stop"),
        ),
        Command(
            "generate.cancel_all",
            later("Cancel &all jobs"),
            session.cancel_all,
            ("Ctrl+Shift+X",),
            is_enabled=is_working,
            words=later("interrupt stop queue"),
        ),
    )


def _results(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    staging = session.staging

    def has_picture() -> bool:
        return session.shown_picture is not None

    return (
        Command(
            "generate.accept",
            later("Acc&ept result"),
            session.accept,
            icon="accept",
            is_enabled=lambda: staging.selected is not None,
        ),
        Command(
            "generate.variations",
            later("Make &variations"),
            session.vary_shown,
            ("Ctrl+Shift+R",),
            icon="grid",
            is_enabled=has_picture,
        ),
        Command(
            "generate.explore",
            later("E&xplore picture"),
            session.explore_shown,
            ("Ctrl+Shift+E",),
            icon="explore",
            is_enabled=has_picture,
        ),
        Command("generate.focus_prompt", later("&Focus prompt"), window.focus_prompt, ("Alt+A",)),
        Command("generate.reset", later("&Reset settings"), window.reset_settings, icon="reset"),
    )
