"""How the parts of a scatter are drawn, but for its dots."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from t2i_studio.ui.theme import RADIUS, caption_font, current

LABEL = 20.0  # px, of the names of the axes
PICTURE = 112.0  # px, in the card
PADDING = 6.0  # px
AWAY = 12.0  # px from the point to the card


def draw_field(painter: QPainter, plot: QRectF, *, has_focus: bool) -> None:
    look = current()
    painter.setPen(QPen(QColor(look.focus if has_focus else look.hairline), 1 + has_focus))
    painter.setBrush(QColor(look.field))
    painter.drawRoundedRect(plot.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def draw_words(painter: QPainter, plot: QRectF, text: str) -> None:
    """Say something instead of points."""
    painter.setPen(QColor(current().muted))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(plot.adjusted(16, 0, -16, 0), flags, text)


def draw_axes(painter: QPainter, plot: QRectF, names: tuple[str, str]) -> None:
    """Name the axis below the plot and, upwards, the one left of it."""
    painter.save()
    painter.setPen(QColor(current().muted))
    painter.setFont(caption_font(painter.font()))
    _draw_name(painter, QRectF(plot.x(), plot.bottom() + 2, plot.width(), LABEL - 2), names[0])
    painter.rotate(-90)
    _draw_name(painter, QRectF(-plot.bottom(), 0, plot.height(), LABEL - 2), names[1])
    painter.restore()


def draw_loop(painter: QPainter, loop: Sequence[QPointF]) -> None:
    """Draw the loop that is being drawn, closed."""
    accent = QColor(current().accent)
    painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
    accent.setAlphaF(0.15)
    painter.setBrush(accent)
    painter.drawPolygon(QPolygonF(loop))


def draw_ring(painter: QPainter, around: QRectF) -> None:
    """Mark the current point or picture."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(current().focus), 2))
    painter.drawRoundedRect(around.adjusted(-3, -3, 3, 3), RADIUS, RADIUS)


def draw_card(
    painter: QPainter, at: QPointF, room: QRectF, picture: QImage | None, title: str
) -> None:
    """Draw it to the right of and below `at`, or on the side where the room is."""
    font = caption_font(painter.font())
    metrics = QFontMetricsF(font, painter.device())
    line = metrics.height() + 4 if title else 0.0
    size = QSizeF(PICTURE + 2 * PADDING, PICTURE + 2 * PADDING + line)
    card = beside(at, size, room)
    look = current()
    painter.setPen(QPen(QColor(look.line), 1))
    painter.setBrush(QColor(look.raised))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    tile = QRectF(card.x() + PADDING, card.y() + PADDING, PICTURE, PICTURE)
    draw_thumbnail(painter, tile, picture)
    painter.setFont(font)
    painter.setPen(QColor(look.text))
    words = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, PICTURE)
    below = QRectF(tile.x(), tile.bottom() + 2, PICTURE, line)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def draw_thumbnail(
    painter: QPainter, room: QRectF, picture: QImage | None, *, is_chosen: bool = False
) -> None:
    """Draw a picture as large as fits, an empty tile while there is none."""
    path, target = QPainterPath(), QRectF(room)
    if picture is not None:
        size = picture.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target.setSize(size)
        target.moveCenter(room.center())
    path.addRoundedRect(target, RADIUS - 2, RADIUS - 2)
    painter.fillPath(path, QColor(current().canvas))
    if picture is not None:
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.drawImage(target, picture)
        painter.restore()
    if is_chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(current().accent), 2))
        painter.drawRoundedRect(target.adjusted(-2, -2, 2, 2), RADIUS, RADIUS)


def beside(at: QPointF, size: QSizeF, room: QRectF) -> QRectF:
    """Return a place for a card next to a point and, if it can be, inside of the room."""
    card = QRectF(at + QPointF(AWAY, AWAY), size)
    if card.right() > room.right():
        card.moveRight(at.x() - AWAY)
    if card.bottom() > room.bottom():
        card.moveBottom(at.y() - AWAY)
    card.moveLeft(max(card.x(), room.x()))
    card.moveTop(max(card.y(), room.y()))
    return card


def _draw_name(painter: QPainter, room: QRectF, name: str) -> None:
    metrics = QFontMetricsF(painter.font(), painter.device())
    shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
