"""Lines of text as pixels in the fonts of the system, for what is drawn outside of widgets."""

import math

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage, QPainter

from t2i_studio.core.image import Pixels
from t2i_studio.gallery.exporters.grid import LEADING


class SystemLetters:
    """Every script that the system has letters for (gallery.exporters.grid.Letters).

    QPainter on a QImage may be used in any thread.
    """

    def __init__(self) -> None:
        self._font = QGuiApplication.font()

    def width(self, text: str, size: float) -> float:
        return QFontMetricsF(self._sized(size)).horizontalAdvance(text)

    def draw(self, text: str, size: float) -> Pixels:
        font = self._sized(size)
        metrics = QFontMetricsF(font)
        wide, tall = math.ceil(metrics.horizontalAdvance(text)) + 1, math.ceil(LEADING * size)
        image = QImage(max(1, wide), tall, QImage.Format.Format_Grayscale8)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(QColor("white"))
        base = (tall + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(0, base), text)
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(tall, image.bytesPerLine())
        return rows[:, : image.width()].copy()

    def _sized(self, size: float) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(max(1, round(size)))
        return font
