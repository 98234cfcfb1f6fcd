"""A picture with a word on it that can be dragged to its place."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.ui.theme import RADIUS, current
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import draw_picture, fitted

HIGHEST = 280  # px
FRAME = 3  # px around the picture, for the focus
STEP, LEAP = 0.02, 0.10  # shares of the picture: arrow keys, with Shift


class PlacedWord(QWidget):
    """Shows the picture as it is with the word; whoever hears `moved` writes the word anew."""

    moved = Signal(float, float)  # the middle of the word, shares of width and height

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: Image | None = None
        self._centre = (0.5, 0.5)
        self._miniatures = Miniatures()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAccessibleName(tr("Place of the word"))
        self.setToolTip(
            tr("Drag the word to its place. Arrow keys move it too, with Shift farther.")
        )

    @property
    def centre(self) -> tuple[float, float]:
        """Where the middle of the word is to be, shares of width and height."""
        return self._centre

    def show_picture(self, image: Image | None, centre: tuple[float, float]) -> None:
        """Show the picture with the word on it, and where its middle is."""
        self._image, self._centre = image, centre
        x, y = centre
        self.setAccessibleDescription(
            tr("{x} from the left, {y} from the top", x=f"{x:.0%}", y=f"{y:.0%}")
        )
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(HIGHEST, HIGHEST)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 96)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        ways = {
            Qt.Key.Key_Left: (-by, 0.0),
            Qt.Key.Key_Right: (by, 0.0),
            Qt.Key.Key_Up: (0.0, -by),
            Qt.Key.Key_Down: (0.0, by),
        }
        if event.key() not in ways:
            super().keyPressEvent(event)
            return
        dx, dy = ways[Qt.Key(event.key())]
        self._move(self._centre[0] + dx, self._centre[1] + dy)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_picture(painter, self._room(), self._image, self._miniatures)
        if self.hasFocus():
            ring = self._picture().adjusted(-2, -2, 2, 2)
            painter.setPen(QPen(QColor(current().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, RADIUS, RADIUS)
        painter.end()

    def _fit(self) -> None:
        """Be as high as the picture is at this width."""
        if self._image is not None:
            extent = self._image.extent
            wanted = (self.width() - 2 * FRAME) * extent.height / extent.width
            self.setFixedHeight(round(min(HIGHEST, wanted)) + 2 * FRAME)

    def _room(self) -> QRectF:
        return self.rect().toRectF().adjusted(FRAME, FRAME, -FRAME, -FRAME)

    def _picture(self) -> QRectF:
        """Where the picture is."""
        return fitted(self._image, self._room()) if self._image else self._room()

    def _drag_to(self, at: QPointF) -> None:
        room = self._picture()
        self._move((at.x() - room.x()) / room.width(), (at.y() - room.y()) / room.height())

    def _move(self, x: float, y: float) -> None:
        """Tell a new place; it is known here at once, so that fast keys add up."""
        centre = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
        if centre != self._centre:
            self._centre = centre
            self.moved.emit(*centre)
