"""Keep the whole program in the theme and the text size that are preferred."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from t2i_studio.studio.preferences import Preferences
from t2i_studio.ui import theme
from t2i_studio.ui.bind import Bindings, on

THEMES: Final = {"Dark": theme.DARK, "Light": theme.LIGHT}


class Appearance(QObject):
    """Follows the preferences, and the system as long as they say so."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._applied: tuple[theme.Theme, int] | None = None
        events = preferences.events
        self._bindings = Bindings(
            [on(events.theme, lambda _: self.apply()), on(events.text_size, lambda _: self.apply())]
        )
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def apply(self) -> None:
        """Show the preferred look, if it is not shown already: that costs a tenth of a second."""
        look = THEMES.get(self._preferences.theme) or theme.system_theme()
        wanted = look, self._preferences.text_size
        if wanted == self._applied and theme.current() is look:
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, look, self._preferences.text_size)
        self._applied = wanted

    def stop(self) -> None:
        self._bindings.clear()
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._follow_system)

    def _follow_system(self) -> None:
        if self._preferences.theme == "System":
            self.apply()
