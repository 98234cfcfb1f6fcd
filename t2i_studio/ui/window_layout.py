"""Where the docks of the window stand, and how much room they leave to the canvas."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

CANVAS_WIDTH: Final = 640  # px that the middle keeps where the window is wide enough

Area = Qt.DockWidgetArea


class WindowLayout(QObject):
    """Docks around the middle.

    Before the middle gets less than its width, docks at the sides shrink. When the window gets
    narrower still, those to the right close, and come back with the room.
    """

    changed = Signal()  # something was shown or hidden

    def __init__(self, window: QMainWindow, middle: QWidget) -> None:
        super().__init__(window)
        self._window, self._middle = window, middle
        self._right: list[QDockWidget] = []
        self._left: list[QDockWidget] = []
        self._closed: list[QDockWidget] = []  # for want of room
        self._is_narrowing = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._make_room)
        window.installEventFilter(self)
        window.setTabPosition(Area.RightDockWidgetArea, QTabWidget.TabPosition.North)
        for corner, area in (
            (Qt.Corner.TopLeftCorner, Area.LeftDockWidgetArea),
            (Qt.Corner.BottomLeftCorner, Area.LeftDockWidgetArea),
            (Qt.Corner.TopRightCorner, Area.RightDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Area.RightDockWidgetArea),
        ):
            window.setCorner(corner, area)

    def add(self, dock: QDockWidget, area: Area) -> None:
        """Dock something; to the right it becomes a tab beside what is there."""
        self._window.addDockWidget(area, dock)
        if area == Area.RightDockWidgetArea:
            if self._right:
                self._window.tabifyDockWidget(self._right[-1], dock)
            self._right.append(dock)
        elif area == Area.LeftDockWidgetArea:
            self._left.append(dock)
        dock.visibilityChanged.connect(self._follow_visibility)

    def toggle(self, panel: QWidget) -> None:
        """Show a dock or a panel, or hide it if it can be seen."""
        is_seen = is_shown(panel)
        panel.setVisible(not is_seen)
        if not is_seen:
            panel.raise_()
        self.changed.emit()

    def stop(self) -> None:
        """Watch nothing any longer."""
        self._soon.stop()
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and isinstance(event, QResizeEvent):
            self._is_narrowing |= event.size().width() < event.oldSize().width()
            self._soon.start()
        return False

    def _follow_visibility(self) -> None:
        self._closed = [dock for dock in self._closed if dock.isHidden()]
        self._soon.start()
        self.changed.emit()

    def _make_room(self) -> None:
        missing = CANVAS_WIDTH - self._middle.width()
        if missing > 0:
            self._shrink(missing)
        else:
            self._reopen(-missing)
        self._is_narrowing = False

    def _shrink(self, missing: int) -> None:
        """Take width from the sides; those to the right close if there is not enough."""
        right = _docked(self._right)
        for dock in (*right, *_docked(self._left)):
            taken = min(max(0, dock.width() - dock.minimumSizeHint().width()), missing)
            if taken:
                across = Qt.Orientation.Horizontal
                self._window.resizeDocks([dock], [dock.width() - taken], across)
                missing -= taken
        if missing > 0 and self._is_narrowing:
            self._closed += right
            for dock in right:
                dock.hide()

    def _reopen(self, spare: int) -> None:
        if self._closed and spare > max(d.minimumSizeHint().width() for d in self._closed):
            for dock in tuple(self._closed):
                dock.show()


def is_shown(panel: QWidget) -> bool:
    """Tell whether one sees a panel: it is not hidden, nor behind the tab of another."""
    return panel.isVisible() and not panel.visibleRegion().isEmpty()


def _docked(docks: Sequence[QDockWidget]) -> list[QDockWidget]:
    return [dock for dock in docks if dock.isVisible() and not dock.isFloating()]
