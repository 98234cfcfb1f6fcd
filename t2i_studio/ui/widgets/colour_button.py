"""A button that shows a colour and lets people choose another."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QToolButton, QWidget

SWATCH = QSize(18, 18)


class ColourButton(QToolButton):
    """Opens the colour dialog without blocking the window; colours are "#rrggbb"."""

    colour_changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor()
        self.setIconSize(SWATCH)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.clicked.connect(self._choose)

    def set_colour(self, colour: str) -> None:
        if colour != self._colour.name():
            self._colour = QColor(colour)
            swatch = QPixmap(SWATCH * self.devicePixelRatio())
            swatch.fill(self._colour)
            self.setIcon(QIcon(swatch))

    def _choose(self) -> None:
        dialog = QColorDialog(self._colour, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._take)
        dialog.open()

    def _take(self, colour: QColor) -> None:
        self.set_colour(colour.name())
        self.colour_changed.emit(colour.name())
