"""The point on the mix board, which carries the picture that is made of it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import later, tr
from t2i_studio.ui.theme import RADIUS, current
from t2i_studio.ui.widgets.arrows import ARROWS
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import draw_picture

PICTURE: Final = 56  # px
FRAME: Final = 4  # px around it
HANDLE: Final = 28  # px, of the point without a picture
KNOB: Final = 14  # px, what is drawn of it
STEP: Final = 0.02  # of a key, in x or y
LONG_STEP: Final = 0.1  # with Shift
TIP = later(
    "Drag it, or use the arrow keys: the picture turns from one corner's meaning to another's.\n"
    "Spherical interpolation (slerp) of CLIP image embeddings, Ramesh et al. 2022, section 3.2."
)


class MixPoint(QWidget):
    """Says what people do to it; the board moves it. Its middle is the point."""

    dragged = Signal(QPointF)  # where its middle should be, in the board's pixels
    released = Signal()
    stepped = Signal(float, float)  # by how much in x and y, for a key

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: Image | None = None
        self._miniatures = Miniatures()
        self._grip = QPointF()  # from the middle to where it is held
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(tr(TIP))
        self.setAccessibleName(tr("Point of the mix"))

    def show_picture(self, image: Image | None) -> None:
        self._image = image
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        side = HANDLE if self._image is None else PICTURE + 2 * FRAME
        return QSize(side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position() - self.rect().toRectF().center()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position()) - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = ARROWS.get(Qt.Key(event.key()))
        if way is None:
            event.ignore()
            return
        is_long = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = LONG_STEP if is_long else STEP
        self.stepped.emit(way[0] * step, way[1] * step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), current()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        card = self.rect().toRectF()
        if self._image is None:
            card.adjust(*((HANDLE - KNOB) / 2 * sign for sign in (1, 1, -1, -1)))
        radius = KNOB / 2 if self._image is None else float(RADIUS)
        self._draw_frame(painter, card, radius)
        if self._image is not None:
            room = QRectF(FRAME, FRAME, PICTURE, PICTURE)
            draw_picture(painter, room, self._image, self._miniatures)
        elif self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.drawEllipse(card.adjusted(-4, -4, 4, 4))
        painter.end()

    def _draw_frame(self, painter: QPainter, card: QRectF, radius: float) -> None:
        look = current()
        is_lit = self._image is None or self.hasFocus()
        painter.setPen(QPen(QColor(look.focus if self.hasFocus() else look.accent), 2))
        painter.setBrush(QColor(look.accent if is_lit else look.panel))
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), radius, radius)
