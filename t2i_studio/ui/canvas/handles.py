"""The handles by which a box is dragged. Everything is in device pixels."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

HANDLE: Final = 8.0  # px, side of one
ROOMY: Final = 3.0  # handles: a shorter side shows none in its middle


def draw_handles(painter: QPainter, box: QRectF, ratio: float) -> None:
    """Draw one at each corner, and in the middle of each side that is long enough."""
    side = HANDLE * ratio
    painter.save()
    painter.setPen(QPen(QColor(0, 0, 0), ratio))
    painter.setBrush(QColor(255, 255, 255))
    for place in _places(box, ROOMY * side):
        painter.drawRect(QRectF(place.x() - side / 2, place.y() - side / 2, side, side))
    painter.restore()


def _places(box: QRectF, roomy: float) -> list[QPointF]:
    middle = box.center()
    places = [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]
    if box.width() >= roomy:
        places += [QPointF(middle.x(), y) for y in (box.top(), box.bottom())]
    if box.height() >= roomy:
        places += [QPointF(x, middle.y()) for x in (box.left(), box.right())]
    return places
