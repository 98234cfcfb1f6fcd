"""What stands in the menus, as data: texts, calls and shortcuts."""

from typing import TYPE_CHECKING

from t2i_studio.ui.actions import Entry, Menu, route_undo
from t2i_studio.ui.dialogs.about import show_about, show_shortcuts

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow


def menus(window: "MainWindow", session: "Session") -> dict[str, Menu]:
    """Return all menus of the main window."""
    return {
        "&File": _file(window),
        "&Edit": _edit(window, session),
        "&Generate": _generate(window, session),
        "&View": _view(window),
        "&Help": (
            Entry("&Keyboard shortcuts", lambda: show_shortcuts(window), ("F1",), "keyboard"),
            Entry("&About", lambda: show_about(window), (), "info"),
        ),
    }


def _file(window: "MainWindow") -> Menu:
    files = window.files
    return (
        Entry("&Open picture…", files.open, ("Ctrl+O",), "open"),
        Entry("&Save picture as…", files.save, ("Ctrl+S",), "save"),
        Entry("&Close picture", files.close),
        None,
        Entry("&Quit", window.close, ("Ctrl+Q",)),
    )


def _edit(window: "MainWindow", session: "Session") -> Menu:
    undo, redo = route_undo(session, session.explorer, window.explorer.panel)
    files, document = window.files, session.document
    return (
        Entry("&Undo", undo, ("Ctrl+Z",), "undo"),
        Entry("&Redo", redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
        None,
        # A focused text field takes Ctrl+V for itself.
        Entry("&Paste picture", files.paste, ("Ctrl+V", "Ctrl+Shift+V"), "paste"),
        Entry("C&opy picture", files.copy, ("Ctrl+Shift+C",), "copy"),
        None,
        Entry("&Invert mask", document.invert_mask, ("Shift+V",), "invert"),
        Entry("&Clear mask", document.clear_mask, ("Shift+C",), "clear"),
    )


def _generate(window: "MainWindow", session: "Session") -> Menu:
    return (
        Entry("&Generate", window.generate, ("Ctrl+Return", "Ctrl+Enter"), "generate"),
        Entry("&Cancel current job", session.cancel_current, ("Shift+X",), "stop"),
        Entry("Cancel &all jobs", session.cancel_all, ("Ctrl+Shift+X",)),
        None,
        Entry("&Accept result", session.accept, (), "accept"),
        Entry("Make &variations", session.vary_shown, ("Ctrl+Shift+R",), "grid"),
        Entry("E&xplore picture", session.explore_shown, ("Ctrl+Shift+E",), "explore"),
        Entry("&Focus prompt", window.prompt.prompt.setFocus, ("Alt+A",)),
        Entry("&Reset settings", window.reset_settings, (), "reset"),
    )


def _view(window: "MainWindow") -> Menu:
    view = window.canvas.view
    return (
        Entry("&Explorer", window.explorer.toggle, ("Ctrl+E",), "explore"),
        None,
        Entry("Zoom &in", view.zoom_in, ("Ctrl++", "Ctrl+="), "zoom_in"),
        Entry("Zoom &out", view.zoom_out, ("Ctrl+-",), "zoom_out"),
        Entry("&Fit", view.fit, ("Ctrl+0",), "fit"),
        Entry("&100 %", lambda: view.set_zoom(1.0), ("Ctrl+1",)),
        Entry("&200 %", lambda: view.set_zoom(2.0), ("Ctrl+2",)),
        None,
        Entry("&Dark theme", lambda: window.set_theme("Dark")),
        Entry("&Light theme", lambda: window.set_theme("Light")),
        Entry("&System theme", lambda: window.set_theme("System")),
    )
