"""The View menu."""

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from t2i_studio.core.words import later
from t2i_studio.studio.preferences import ThemeName
from t2i_studio.ui.actions import Command
from t2i_studio.ui.window_layout import is_shown

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow

THEME_TITLES = {"System": later("&System"), "Dark": later("&Dark"), "Light": later("&Light")}


def view_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    return (*_panels(window), _compare(window), *_zoom(window, session), *_themes(window))


def _panels(window: "MainWindow") -> tuple[Command, ...]:
    layout = window.panels
    return (
        Command(
            "view.explorer",
            later("&Explorer"),
            window.explorer.toggle,
            ("Ctrl+E",),
            icon="explore",
            is_checked=lambda: is_shown(window.explorer),
            words=later("text diff mix pca prior labels dock panel"),
        ),
        Command(
            "view.layers",
            later("&Layers"),
            window.layers.toggle,
            ("F7",),
            icon="layers",
            is_checked=lambda: is_shown(window.layers),
            words=later("mask opacity merge flatten dock panel"),
        ),
        Command(
            "view.gallery",
            later("&Gallery"),
            lambda: layout.toggle(window.gallery_dock),
            ("Ctrl+G",),
            icon="gallery",
            is_checked=lambda: is_shown(window.gallery_dock),
            words=later("dock panel"),
        ),
        Command(
            "view.queue",
            later("&Queue"),
            lambda: layout.toggle(window.queue),
            icon="queue",
            is_checked=lambda: not window.queue.isHidden(),
            words=later("dock panel jobs"),
        ),
        Command(
            "view.settings",
            later("Prompt and &settings"),
            lambda: layout.toggle(window.prompt_dock),
            icon="sliders",
            is_checked=lambda: is_shown(window.prompt_dock),
            words=later("dock panel generate"),
        ),
        Command(
            "view.canvas_only",
            later("&Canvas only"),
            window.toggle_canvas_only,
            ("F11",),
            is_checked=lambda: window.canvas_only.is_on,
            words=later("full screen hide panels"),
        ),
        Command("view.next_panel", later("&Next panel"), window.panel_focus.next, ("F6",)),
        Command(
            "view.previous_panel",
            later("&Previous panel"),
            window.panel_focus.previous,
            ("Shift+F6",),
        ),
    )


def _compare(window: "MainWindow") -> Command:
    comparison = window.staging.comparison
    return Command(
        "view.compare",
        later("Co&mpare with the original"),
        comparison.toggle,
        icon="compare",
        is_enabled=lambda: comparison.can_compare,
        is_checked=lambda: comparison.is_wiping,
        words=later("result wipe divider before after"),
    )


def _zoom(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    view = window.canvas.view
    zooms = (
        (later("&100 %"), "1", 1.0),
        (later("&200 %"), "2", 2.0),
        (later("&400 %"), "3", 4.0),
        (later("&800 %"), "4", 8.0),
    )

    def fit_frame() -> None:
        if session.frame.bounds is not None:
            view.fit_part(session.frame.bounds)

    def zoom_to(factor: float) -> Callable[[], None]:
        return lambda: view.set_zoom(factor)

    return (
        Command(
            "view.zoom_in", later("Zoom &in"), view.zoom_in, ("Ctrl++", "Ctrl+="), icon="zoom_in"
        ),
        Command("view.zoom_out", later("Zoom &out"), view.zoom_out, ("Ctrl+-",), icon="zoom_out"),
        Command("view.fit", later("&Fit"), view.fit, ("Ctrl+0",), icon="fit", words=later("zoom")),
        Command(
            "view.fit_frame",
            later("Fit f&rame"),
            fit_frame,
            ("Ctrl+Shift+0",),
            icon="fit",
            is_enabled=lambda: session.frame.bounds is not None,
            words=later("zoom"),
        ),
        *(
            Command(
                f"view.zoom_{digit}",
                title,
                zoom_to(factor),
                (f"Ctrl+{digit}",),
                words=later("zoom"),
            )
            for title, digit, factor in zooms
        ),
    )


def _themes(window: "MainWindow") -> tuple[Command, ...]:
    def theme(name: str) -> Command:
        return Command(
            f"view.theme_{name.lower()}",
            THEME_TITLES[name],
            lambda: window.set_theme(name),
            icon="theme",
            is_checked=lambda: window.preferences.theme == name,
            words=later("look colours mode"),
        )

    return tuple(theme(name) for name in get_args(ThemeName))
