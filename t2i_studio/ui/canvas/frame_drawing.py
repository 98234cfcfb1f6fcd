"""How the generation frame is drawn over the picture. Everything is in device pixels."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from t2i_studio.core.geometry import Bounds
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import FrameView
from t2i_studio.ui.canvas.handles import draw_handles
from t2i_studio.ui.palette import DARK, Theme
from t2i_studio.ui.theme import caption_font

DIM: Final = 0.45  # of the surround's colour over what lies outside the frame
DASH: Final = 4.0  # px
DOT: Final = (1.0, 3.0)  # widths of the pen: a dot and the gap after it
FAINT: Final = 0.75
PLATE: Final = 0.85  # of a colour, under words on any picture
LABEL: Final = 20  # px, height
PADDING: Final = 8  # px beside the words
AWAY: Final = 4  # px between the box and its label

BLACK: Final = QColor(0, 0, 0)
WHITE: Final = QColor(255, 255, 255)


def draw_frame(
    painter: QPainter, frame: FrameView, exposed: QRect, camera: Camera, look: Theme
) -> None:
    """Draw box, label, and the region that the model sees."""
    box = _place(frame.bounds, camera)
    view = QRectF(0, 0, camera.size.width, camera.size.height)
    if frame.is_active:
        dim_outside(painter, box, exposed, look)
    if frame.region and frame.region != frame.bounds:
        draw_region(painter, _place(frame.region, camera), camera.ratio)
    draw_box(painter, box, camera.ratio, is_active=frame.is_active)
    draw_label(painter, box, view, frame.label, frame.warning, camera.ratio)


def dim_outside(painter: QPainter, box: QRectF, exposed: QRect, look: Theme) -> None:
    """Let what lies outside the box step back."""
    outside = QPainterPath()
    outside.addRect(QRectF(exposed))
    outside.addRect(box)  # odd-even: a hole
    painter.fillPath(outside, _translucent(QColor(look.canvas), DIM))


def draw_box(painter: QPainter, box: QRectF, ratio: float, *, is_active: bool) -> None:
    """Draw the frame: with handles while it is in hand, else a thin dashed line."""
    edge = _on_pixels(box, ratio)
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_active:
        painter.setPen(QPen(BLACK, 3 * ratio))
        painter.drawRect(edge)
        painter.setPen(QPen(WHITE, ratio))
        painter.drawRect(edge)
        draw_handles(painter, box, ratio)
    else:
        draw_dashes(painter, edge, ratio)
    painter.restore()


def draw_dashes(painter: QPainter, shape: QRectF | QPainterPath, ratio: float) -> None:
    """Draw a line of black and white dashes, one of which is seen on any ground."""
    path = shape if isinstance(shape, QPainterPath) else _path(shape)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(WHITE, ratio))
    painter.drawPath(path)
    dashes = QPen(BLACK, ratio)
    dashes.setCapStyle(Qt.PenCapStyle.FlatCap)
    dashes.setDashPattern([DASH, DASH])
    painter.setPen(dashes)
    painter.drawPath(path)


def draw_region(painter: QPainter, box: QRectF, ratio: float) -> None:
    """Draw what the model is going to see as a faint dotted line."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, offset in ((BLACK, 0.0), (WHITE, 2.0)):
        dots = QPen(_translucent(colour, FAINT), ratio)
        dots.setCapStyle(Qt.PenCapStyle.FlatCap)
        dots.setDashPattern(DOT)
        dots.setDashOffset(offset)
        painter.setPen(dots)
        painter.drawRect(_on_pixels(box, ratio))
    painter.restore()


def draw_label(
    painter: QPainter, box: QRectF, view: QRectF, text: str, warning: str, ratio: float
) -> None:
    """Write over the box, or inside where there is no room above it, as far as it is in view."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(caption_font(painter.font()))
    painter.scale(ratio, ratio)  # text is measured in Qt's coordinates
    room = QRectF(view.topLeft() / ratio, view.size() / ratio)
    words = [(each, colour) for each, colour in ((text, DARK.text), (warning, DARK.warn)) if each]
    if words:
        _draw_plate(painter, QPointF(box.x(), box.y()) / ratio, room, words)
    painter.restore()


def _draw_plate(painter: QPainter, at: QPointF, view: QRectF, words: list[tuple[str, str]]) -> None:
    """Write words in their colours beside each other, over a point or below it."""
    metrics = painter.fontMetrics()
    widths = [metrics.horizontalAdvance(text) + 2 * PADDING for text, _ in words]
    above = at.y() - LABEL - AWAY
    y = above if above >= view.top() else max(at.y(), view.top()) + AWAY
    x = max(min(at.x(), view.right() - sum(widths) - AWAY), view.left() + AWAY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_translucent(QColor(DARK.window), PLATE))
    painter.drawRoundedRect(QRectF(x, y, sum(widths), LABEL), LABEL / 2, LABEL / 2)
    for (text, colour), width in zip(words, widths, strict=True):
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(x, y, width, LABEL), Qt.AlignmentFlag.AlignCenter, text)
        x += width


def _on_pixels(box: QRectF, ratio: float) -> QRectF:
    """Return the line along the border whose pixels lie just outside of the box."""
    half = ratio / 2
    whole = QRectF(box.toAlignedRect())
    return whole.adjusted(-half, -half, half, half)


def _translucent(colour: QColor, alpha: float) -> QColor:
    result = QColor(colour)
    result.setAlphaF(alpha)
    return result


def _place(bounds: Bounds, camera: Camera) -> QRectF:
    x, y = camera.viewport.to_view(bounds.x, bounds.y)
    return QRectF(x, y, bounds.width * camera.zoom, bounds.height * camera.zoom)


def _path(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(box)
    return path
