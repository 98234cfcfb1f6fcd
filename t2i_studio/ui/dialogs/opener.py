"""The dialogs of the window, each of which is open once at most."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from t2i_studio.studio.background import Background
from t2i_studio.studio.session import Session
from t2i_studio.ui.dialogs.about import show_about
from t2i_studio.ui.dialogs.styles import StylesDialog
from t2i_studio.ui.dialogs.sweep import SweepDialog
from t2i_studio.ui.menus import paths
from t2i_studio.ui.preferences import PreferencesDialog
from t2i_studio.ui.shortcuts import ShortcutEditor

if TYPE_CHECKING:
    from t2i_studio.ui.main_window import MainWindow


class Dialogs(QObject):
    """Opens them beside the window, and closes them with it."""

    def __init__(self, window: "MainWindow", session: Session, background: Background) -> None:
        super().__init__(window)
        self._window, self._session, self._background = window, session, background
        self._open: dict[str, QDialog] = {}

    def shortcuts(self) -> ShortcutEditor:
        window, places = self._window, paths()

        def make() -> QDialog:
            return ShortcutEditor(
                window.keymap,
                lambda name: places.get(name, ""),
                self._background,
                window.notify,
                window,
            )

        dialog = self._show("shortcuts", make)
        assert isinstance(dialog, ShortcutEditor)
        return dialog

    def preferences(self) -> PreferencesDialog:
        window = self._window

        def make() -> QDialog:
            dialog = PreferencesDialog(window.preferences, self._session, window)
            dialog.keys_requested.connect(self.shortcuts)
            return dialog

        dialog = self._show("preferences", make)
        assert isinstance(dialog, PreferencesDialog)
        return dialog

    def styles(self) -> StylesDialog:
        dialog = self._show(
            "styles", lambda: StylesDialog(self._session, self._background, self._window)
        )
        assert isinstance(dialog, StylesDialog)
        return dialog

    def sweep(self) -> SweepDialog:
        dialog = self._show(
            "sweep", lambda: SweepDialog(self._session, self._background, self._window)
        )
        assert isinstance(dialog, SweepDialog)
        return dialog

    def about(self) -> None:
        show_about(self._window)

    def close_all(self) -> None:
        for dialog in tuple(self._open.values()):
            dialog.close()

    def _show(self, name: str, make: Callable[[], QDialog]) -> QDialog:
        if name not in self._open:
            dialog = self._open[name] = make()
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(lambda: self._open.pop(name, None))
        dialog = self._open[name]
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return dialog
