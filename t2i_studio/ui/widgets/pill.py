"""A few words on a picture, which can be read on any picture and in either theme."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from t2i_studio.ui.palette import DARK
from t2i_studio.ui.theme import caption_font

HEIGHT = 16  # px
INSET = 3  # px from the edges of the picture
PADDING = 5  # px beside the words
OPACITY = 0.8


def draw_pill(
    painter: QPainter,
    picture: QRectF,
    text: str,
    corner: Qt.AlignmentFlag,
    inset: float = INSET,
    colour: str = DARK.text,
) -> None:
    """Write in a corner of the picture, elided where it is narrow; a colour of the dark theme."""
    painter.save()
    painter.setFont(caption_font(painter.font()))
    metrics = painter.fontMetrics()
    room = round(picture.width() - 2 * (inset + PADDING))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width = max(HEIGHT, metrics.horizontalAdvance(shown) + 2 * PADDING)
    height = max(HEIGHT, metrics.height() + 1)
    pill = _in_corner(picture.adjusted(inset, inset, -inset, -inset), width, height, corner)
    back = QColor(DARK.window)
    back.setAlphaF(OPACITY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(QColor(colour))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


def _in_corner(room: QRectF, width: float, height: float, corner: Qt.AlignmentFlag) -> QRectF:
    is_right = bool(corner & Qt.AlignmentFlag.AlignRight)
    is_bottom = bool(corner & Qt.AlignmentFlag.AlignBottom)
    x = room.right() - width if is_right else room.x()
    y = room.bottom() - height if is_bottom else room.y()
    return QRectF(x, y, width, height)
