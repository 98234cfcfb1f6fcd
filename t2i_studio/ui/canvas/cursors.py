"""Cursors for tools that Qt has none for: the icon in black, with a white edge."""

from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QPainter, QPen, QPixmap, QTransform

from t2i_studio.ui.icons import EM, outline

SIDE: Final = 24  # px
EDGE: Final = 2.5  # px
# Where in the icon it points to, 0 to 1 across and down.
TIPS: Final = {"pipette": (0.1, 0.9), "fill": (0.92, 0.86), "colour_select": (0.8, 0.2)}


def tool_cursor(name: str) -> QCursor:
    """Return the cursor of one of the icons that have a tip."""
    return _cursor(name, QGuiApplication.primaryScreen().devicePixelRatio())


@cache
def _cursor(name: str, ratio: float) -> QCursor:
    pixmap = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle, scale = QPointF(SIDE / 2, SIDE / 2), (SIDE - 2 * EDGE) / EM
    path = QTransform.fromTranslate(*middle.toTuple()).scale(scale, scale).map(outline(name))
    pen = QPen(Qt.GlobalColor.white, EDGE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, Qt.GlobalColor.black)
    painter.end()
    across, down = TIPS[name]
    return QCursor(pixmap, round(across * SIDE), round(down * SIDE))
