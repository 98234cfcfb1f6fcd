"""Nothing but the canvas: everything around it is put away, and comes back as it was."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

FULL: Final = Qt.WindowState.WindowFullScreen


class CanvasOnly(QObject):
    """Puts away docks and bars of a window, and `others`."""

    changed = Signal()

    def __init__(self, window: QMainWindow, others: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._others = tuple(others)
        self._put_away: list[QWidget] = []
        self._was_full = False
        self._state = QByteArray()
        self.is_on = False

    @property
    def state(self) -> QByteArray:
        """How the docks stand, or are going to stand again."""
        return self._state if self.is_on else self._window.saveState()

    def toggle(self) -> None:
        if self.is_on:
            self.leave()
        else:
            self._enter()
        self.changed.emit()

    def leave(self) -> None:
        """Bring back what was put away, where it was."""
        if not self.is_on:
            return
        self.is_on = False
        for widget in self._put_away:
            widget.show()
        self._window.restoreState(self._state)
        if not self._was_full:
            self._window.setWindowState(self._window.windowState() & ~FULL)

    def _enter(self) -> None:
        self._state = self._window.saveState()
        self._was_full = bool(self._window.windowState() & FULL)
        docks = [dock for dock in self._window.findChildren(QDockWidget) if not dock.isFloating()]
        bars = self._window.menuBar(), self._window.statusBar()
        candidates = (*docks, *bars, *self._others)
        self._put_away = [widget for widget in candidates if not widget.isHidden()]
        self.is_on = True
        for widget in self._put_away:
            widget.hide()
        self._window.setWindowState(self._window.windowState() | FULL)
