"""A small panel that a button opens beside itself, and a click elsewhere or Esc closes."""

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from t2i_studio.ui.theme import GAP, MARGIN, set_kind

AWAY: Final = 4  # px from the button, and from the edges of the screen


class Popover(QFrame):
    """Put content into `column`; Tab goes through it, Esc gives the focus back to the button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_kind(self, "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(GAP)

    def open_at(self, button: QWidget) -> None:
        """Open below the button, or above it where there is no room, inside the screen."""
        self.adjustSize()
        # Its own border comes only when it is shown.
        screen = button.screen().availableGeometry().adjusted(AWAY, AWAY, -AWAY, -AWAY)
        corner = button.mapToGlobal(QPoint(0, 0))
        below = corner.y() + button.height() + AWAY
        above = corner.y() - self.height() - AWAY
        y = below if below + self.height() <= screen.bottom() else above
        x = min(corner.x(), screen.right() - self.width())
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.show()
        self.setFocus()
        self.focusNextChild()
