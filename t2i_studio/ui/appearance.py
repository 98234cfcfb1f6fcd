"""Keep the whole program in the theme and the text size that are preferred."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from t2i_studio.studio.preferences import Preferences
from t2i_studio.ui import theme
from t2i_studio.ui.bind import Bindings, on

THEMES: Final = {"Dark": theme.DARK, "Light": theme.LIGHT}


def give_look(app: QApplication, preferences: Preferences) -> None:
    """Show the preferred look, if it is not shown already."""
    look = THEMES.get(preferences.theme) or theme.system_theme()
    if not theme.is_applied(app, look, preferences.text_size):
        theme.apply(app, look, preferences.text_size)


class Appearance(QObject):
    """Follows the preferences, and the system as long as they say so."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        events = preferences.events
        self._bindings = Bindings(
            [on(field, lambda _: self.apply()) for field in (events.theme, events.text_size)]
        )
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply)

    def apply(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        give_look(app, self._preferences)

    def stop(self) -> None:
        """Follow nothing any longer."""
        self._bindings.clear()
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self.apply)
