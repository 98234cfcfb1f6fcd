"""What the window wants back at the next start: place, layout, preferences."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QMainWindow, QTabBar

from t2i_studio.studio.preferences import KEY, Preferences

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow


class WindowMemory:
    """Keeps everything in `kept`, as plain JSON values."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self._kept = kept

    def restore_preferences(self, preferences: Preferences) -> list[str]:
        """Take over what was preferred; return the names of what cannot be read."""
        older = {"theme": self._kept["theme"]} if "theme" in self._kept else {}
        mine = self._kept.get(KEY, older)
        return preferences.restore(mine) if isinstance(mine, dict) else [KEY]

    def restore_layout(self, window: "MainWindow") -> None:
        kept = self._kept
        window.restoreGeometry(_bytes(kept.get("geometry")))
        window.restoreState(_bytes(kept.get("layout")))
        _hide_lone_tabs(window)
        window.prompt.advanced_section.set_open(kept.get("advanced") is True)
        lines = kept.get("prompt_lines")
        window.prompt.prompt.set_lines(lines if isinstance(lines, int) else None)
        window.queue.setVisible(kept.get("queue") is not False)

    def keep(self, window: "MainWindow") -> None:
        """Take down how everything stands, with the panels that canvas only has put away."""
        kept = self._kept
        if not window.canvas_only.is_on:
            kept["geometry"] = _text(window.saveGeometry())
        kept["layout"] = _text(window.canvas_only.state)
        kept["advanced"] = window.prompt.advanced_section.is_open
        kept["prompt_lines"] = window.prompt.prompt.lines
        kept["queue"] = not window.queue.isHidden()
        kept[KEY] = window.preferences.to_json()


def _hide_lone_tabs(window: QMainWindow) -> None:
    """Hide bars of a single tab, which Qt makes when it restores docks and leaves over the menu."""
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        bar.setVisible(bar.count() > 1)


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()


def _bytes(text: object) -> QByteArray:
    return QByteArray.fromBase64(text.encode()) if isinstance(text, str) else QByteArray()
