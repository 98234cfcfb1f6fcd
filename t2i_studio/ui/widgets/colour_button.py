"""A button that shows a colour and lets people choose another."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QColorDialog, QToolButton, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.theme import CONTROL, ICON, current

SWATCH: Final = QSize(ICON, ICON)
ROUNDING: Final = 3  # px


class ColourButton(QToolButton):
    """Opens the colour dialog without blocking the window; colours are "#RRGGBB"."""

    colour_changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor()
        self.setIconSize(SWATCH)
        self.setFixedSize(CONTROL, CONTROL)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.clicked.connect(self._choose)

    def set_colour(self, colour: str) -> None:
        """Show a colour without telling anybody."""
        if QColor(colour) != self._colour:
            self._colour = QColor(colour)
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the screen."""
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange)
        if event.type() in kinds and self._colour.isValid():
            self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatio()
        swatch = QPixmap(SWATCH * ratio)
        swatch.setDevicePixelRatio(ratio)
        swatch.fill(Qt.GlobalColor.transparent)
        painter = QPainter(swatch)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current().line), 1))  # or a dark one were lost in the dark
        painter.setBrush(self._colour)
        inner = QRectF(0.5, 0.5, SWATCH.width() - 1, SWATCH.height() - 1)
        painter.drawRoundedRect(inner, ROUNDING, ROUNDING)
        painter.end()
        self.setIcon(QIcon(swatch))
        self.setAccessibleDescription(self._colour.name())

    def _choose(self) -> None:
        dialog = QColorDialog(self._colour, self)
        dialog.setWindowTitle(tr("Choose a colour"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._take)
        dialog.open()

    def _take(self, colour: QColor) -> None:
        name = colour.name().upper()
        self.set_colour(name)
        self.colour_changed.emit(name)
