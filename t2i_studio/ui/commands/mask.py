"""The Mask menu."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from t2i_studio.core.words import later, tr
from t2i_studio.ui.actions import Command
from t2i_studio.ui.keymap import Context
from t2i_studio.ui.panels.mask_menu import FEATHER, GROW, SHRINK

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow


def mask_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    document, tools = session.document, session.tools

    def has_mask() -> bool:
        return document.has_mask

    def ask(what: str) -> Callable[[], None]:
        return lambda: window.canvas.options.mask_menu.ask(what)

    def from_transparency() -> None:
        unknown = document.unknown
        if unknown is not None:
            pixels = np.where(unknown, 255, 0).astype(np.uint8)
            document.change_mask(pixels, tr("Mask from transparency"))

    def show() -> None:
        tools.is_mask_visible = not tools.is_mask_visible

    return (
        Command(
            "mask.invert",
            later("&Invert mask"),
            document.invert_mask,
            ("Shift+V",),
            Context.canvas,
            icon="invert",
            is_enabled=lambda: document.extent is not None,
        ),
        Command("mask.grow", later("&Grow mask…"), ask(GROW), is_enabled=has_mask),
        Command("mask.shrink", later("Sh&rink mask…"), ask(SHRINK), is_enabled=has_mask),
        Command(
            "mask.feather",
            later("&Feather mask…"),
            ask(FEATHER),
            is_enabled=has_mask,
            words=later("soften blur"),
        ),
        Command(
            "mask.clear",
            later("&Clear mask"),
            document.clear_mask,
            ("Shift+C",),
            Context.canvas,
            icon="clear",
            is_enabled=has_mask,
        ),
        Command(
            "mask.from_transparency",
            later("Mask from &transparency"),
            from_transparency,
            is_enabled=lambda: document.has_transparency,
            words=later("alpha"),
        ),
        Command(
            "mask.show",
            later("&Show mask"),
            show,
            icon="eye",
            is_checked=lambda: tools.is_mask_visible,
            words=later("hide overlay"),
        ),
    )
