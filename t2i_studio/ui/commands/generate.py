"""The Generate menu."""

from typing import TYPE_CHECKING, Final

from t2i_studio.core.words import later
from t2i_studio.studio.frame import Direction
from t2i_studio.ui.actions import Command

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow


SHARE: Final = 50.0  # % of the picture that it grows by
SIDES: Final = {
    Direction.left: later("&Left"),
    Direction.right: later("&Right"),
    Direction.up: later("&Up"),
    Direction.down: later("&Down"),
}


def generate_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    return (
        *_queueing(window, session),
        *_results(session),
        *_outpainting(session),
        Command("generate.focus_prompt", later("&Focus prompt"), window.focus_prompt, ("Alt+A",)),
        Command("generate.reset", later("&Reset settings"), window.reset_settings, icon="reset"),
    )


def _queueing(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    dispatcher = session.dispatcher

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
            "generate.front",
            later("Generate at the fr&ont"),
            lambda: window.generate(front=True),
            ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
            words=later("queue first next"),
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
        Command(
            "generate.pause",
            later("&Pause queue"),
            lambda: dispatcher.resume() if dispatcher.is_held else dispatcher.pause(),
            icon="pause",
            is_checked=lambda: dispatcher.is_held,
            words=later("resume hold"),
        ),
        Command(
            "generate.live",
            later("&Live mode"),
            session.live.toggle,
            ("Ctrl+L",),
            is_checked=lambda: session.live.is_on,
            words=later("while painting typing"),
        ),
    )


def _results(session: "Session") -> tuple[Command, ...]:
    staging = session.staging

    def has_picture() -> bool:
        return session.workspace.shows_picture

    return (
        Command(
            "generate.accept",
            later("Acc&ept result"),
            session.accept,
            icon="accept",
            is_enabled=lambda: staging.selected is not None,
        ),
        Command(
            "generate.accept_as_layer",
            later("Accept as &new layer"),
            lambda: session.accept(as_layer=True),
            icon="layers",
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
    )


def _outpainting(session: "Session") -> tuple[Command, ...]:
    def outpaint(to: Direction) -> Command:
        return Command(
            f"generate.outpaint_{to}",
            SIDES[to],
            lambda: session.outpaint(to, SHARE, "%"),
            is_enabled=lambda: session.document.extent is not None,
            words=later("extend grow expand frame"),
        )

    return tuple(outpaint(to) for to in SIDES)
