"""Two pictures on one place, parted by a line that can be dragged: before and after."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import later, tr
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import MARGIN, RADIUS, current
from t2i_studio.ui.widgets.busy_line import HEIGHT as BUSY
from t2i_studio.ui.widgets.busy_line import BusyLine
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.pill import draw_pill
from t2i_studio.ui.widgets.stage_pictures import draw_picture

USUAL = 320  # px
LEAST = 160  # px
MIDDLE = 0.5
STEP, LEAP = 0.02, 0.10  # shares of the width: arrow keys, with Shift
FRAME = 4  # px of the surround on every side: for focus and the busy line
HANDLE = 26  # px across
CHIP_INSET = 8  # px
TIP = later(
    "Drag to wipe between before and after.\n"
    "Arrow keys move the divider, Space shows the whole before, a double click centres it."
)
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
TOP, BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom


class WipeView(QWidget):
    """Square; whichever picture is there alone is shown whole. The context menu is the owner's."""

    wiped = Signal(float)  # 0: all after, 1: all before; only by the user

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: Image | None = None
        self._after: Image | None = None
        self._position = MIDDLE
        self._is_draft = self._is_peeking = self._is_dragging = False
        self._empty_text = ""
        self._miniatures = Miniatures()
        self._line = BusyLine(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Before and after"))
        self._describe()

    @property
    def position(self) -> float:
        """Where the divider is, 0 (left) to 1 (right)."""
        return self._position

    @property
    def is_peeking(self) -> bool:
        """Whether all of the picture before is shown as long as Space is held."""
        return self._is_peeking

    @property
    def is_busy(self) -> bool:
        return not self._line.isHidden()

    def show_pictures(self, before: Image | None, after: Image | None) -> None:
        """Show what is there; pictures of any size fill the same square."""
        self._before, self._after = before, after
        if not self._is_pair:
            self._is_peeking = self._is_dragging = False
        self._describe()

    def set_draft(self, is_draft: bool) -> None:
        """Say that the picture after is a coarse preview."""
        self._is_draft = is_draft
        self._describe()

    def set_busy(self, is_busy: bool) -> None:
        """Run a thin line along the bottom edge."""
        self._line.setVisible(is_busy)

    def set_empty_text(self, text: str) -> None:
        """Say what to do while there is no picture."""
        self._empty_text = text
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(USUAL, USUAL)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, LEAST)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        square = self._square().toRect()
        self._line.setGeometry(square.x(), square.bottom() + 2, square.width(), BUSY)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._is_pair:
            super().mousePressEvent(event)
            return
        self._is_dragging = True
        self._wipe_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self._wipe_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_pair:
            self._move(MIDDLE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        places = {
            Qt.Key.Key_Left: self._position - by,
            Qt.Key.Key_Right: self._position + by,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }
        if self._is_pair and event.key() in places:
            self._move(places[Qt.Key(event.key())])
        elif self._is_pair and event.key() == Qt.Key.Key_Space:
            self._peek(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._peek(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._peek(False)  # the release of the key goes elsewhere

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        look, square = current(), self._square()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.canvas))
        painter.drawRoundedRect(square.adjusted(-FRAME, -FRAME, FRAME, FRAME), RADIUS, RADIUS)
        if self._is_pair:
            self._draw_pair(painter, square, look)
        elif self._before or self._after:
            draw_picture(painter, square, self._after or self._before, self._miniatures)
        else:
            self._draw_empty(painter, square, look)
        if self._is_draft and self._after is not None and not self._is_peeking:
            draw_pill(painter, square, tr("preview"), RIGHT | BOTTOM, CHIP_INSET)
        if self.hasFocus():
            _draw_focus(painter, square, look)
        painter.end()

    @property
    def _is_pair(self) -> bool:
        return self._before is not None and self._after is not None

    def _square(self) -> QRectF:
        """Return the place of the pictures: whole pixels, in the middle."""
        side = max(1, min(self.width(), self.height()) - 2 * FRAME)
        return QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _wipe_to(self, point: QPointF) -> None:
        square = self._square()
        self._move((point.x() - square.x()) / square.width())

    def _move(self, position: float) -> None:
        position = min(1.0, max(0.0, position))
        if position != self._position:
            self._position = position
            self._describe()
            self.wiped.emit(position)

    def _peek(self, is_peeking: bool) -> None:
        if is_peeking != self._is_peeking:
            self._is_peeking = is_peeking
            self._describe()

    def _describe(self) -> None:
        """Say and draw what has changed."""
        self.setAccessibleDescription(self._description())
        self.setToolTip(tr(TIP) if self._is_pair else "")
        if self._is_pair:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()
        self.update()

    def _description(self) -> str:
        draft = tr(", a coarse preview") if self._is_draft and self._after is not None else ""
        if self._is_pair and self._is_peeking:
            return tr("All of before")
        if self._is_pair:
            return tr(
                "Divider at {position}: before on its left, after on its right{draft}",
                position=f"{self._position:.0%}",
                draft=draft,
            )
        if self._before is not None:
            return tr("Only before")
        return tr("Only after{draft}", draft=draft) if self._after is not None else self._empty_text

    def _draw_pair(self, painter: QPainter, square: QRectF, look: Theme) -> None:
        """Draw each picture and its chip on its own side of the divider."""
        x = square.right() if self._is_peeking else square.x() + self._position * square.width()
        x = float(round(x))
        left = QRectF(square.topLeft(), QPointF(x, square.bottom()))
        right = QRectF(QPointF(x, square.y()), square.bottomRight())
        sides = (
            (left, self._before, tr("before"), LEFT),
            (right, self._after, tr("after"), RIGHT),
        )
        for side, image, word, corner in sides:
            if side.width() < 1:
                continue
            painter.save()
            painter.setClipRect(side)
            draw_picture(painter, square, image, self._miniatures)
            draw_pill(painter, square, word, corner | TOP, CHIP_INSET)
            painter.restore()
        if not self._is_peeking:
            _draw_divider(painter, square, x, look)

    def _draw_empty(self, painter: QPainter, square: QRectF, look: Theme) -> None:
        painter.setPen(QColor(look.muted))
        room = square.adjusted(2 * MARGIN, MARGIN, -2 * MARGIN, -MARGIN)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self._empty_text)


def _draw_divider(painter: QPainter, square: QRectF, x: float, look: Theme) -> None:
    """Draw on whole pixels, in two tones, one of which is seen on any picture."""
    painter.save()
    painter.setClipRect(square)
    painter.fillRect(QRectF(x - 1, square.y(), 3, square.height()), QColor(look.raised))
    painter.fillRect(QRectF(x, square.y(), 1, square.height()), QColor(look.text))
    handle = QRectF(0, 0, HANDLE, HANDLE)
    handle.moveCenter(QPointF(x + 0.5, square.center().y()))
    painter.setPen(QPen(QColor(look.line), 1))
    painter.setBrush(QColor(look.raised))
    painter.drawEllipse(handle.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.text))
    for way in (-1, 1):
        tip = handle.center() + QPointF(9.0 * way, 0)
        base = QPointF(-5.0 * way, 4.5), QPointF(-5.0 * way, -4.5)
        painter.drawPolygon(QPolygonF([tip, tip + base[0], tip + base[1]]))
    painter.restore()


def _draw_focus(painter: QPainter, square: QRectF, look: Theme) -> None:
    painter.setPen(QPen(QColor(look.focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square.adjusted(-3, -3, 3, 3), RADIUS, RADIUS)
