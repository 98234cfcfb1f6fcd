"""How the line of a tool in use is drawn. Everything is in device pixels."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import Sketch, SketchKind
from t2i_studio.ui.canvas.frame_drawing import dim_outside, draw_dashes
from t2i_studio.ui.canvas.handles import draw_handles
from t2i_studio.ui.palette import Theme

BOXES: Final = {SketchKind.rectangle, SketchKind.crop, SketchKind.text_box}
THIRDS: Final = (1 / 3, 2 / 3)
FAINT: Final = 0.5


def draw_sketch(
    painter: QPainter, sketch: Sketch, exposed: QRect, camera: Camera, look: Theme
) -> None:
    """Draw the line in dashes, and what belongs to its kind."""
    if not sketch.points:
        return
    ratio, view = camera.ratio, camera.viewport
    shape = QPolygonF([QPointF(*view.to_view(x, y)) for x, y in sketch.points])
    box = shape.boundingRect()
    painter.save()
    if sketch.kind is SketchKind.crop:
        dim_outside(painter, box, exposed, look)
        _draw_thirds(painter, box, ratio)
    if sketch.kind in BOXES:
        half = ratio / 2
        draw_dashes(painter, QRectF(box.toAlignedRect()).adjusted(-half, -half, half, half), ratio)
    else:
        draw_dashes(painter, _path(shape, is_closed=sketch.is_closed), ratio)
    if sketch.has_handles:
        draw_handles(painter, box, ratio)
    painter.restore()


def _path(shape: QPolygonF, *, is_closed: bool) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(shape)
    if is_closed:
        path.closeSubpath()
    return path


def _draw_thirds(painter: QPainter, box: QRectF, ratio: float) -> None:
    """Draw the rule of thirds, by which people choose what to keep."""
    for colour, offset in ((QColor(0, 0, 0), 1.0), (QColor(255, 255, 255), 0.0)):
        colour.setAlphaF(FAINT)
        painter.setPen(QPen(colour, ratio))
        for share in THIRDS:
            x = round(box.x() + share * box.width()) + offset + 0.5
            y = round(box.y() + share * box.height()) + offset + 0.5
            painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
            painter.drawLine(QLineF(box.left(), y, box.right(), y))
