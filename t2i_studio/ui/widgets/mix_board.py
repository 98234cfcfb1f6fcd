"""The mix board: pictures and prompts at the corners, and a point between them that is dragged."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetricsF,
    QHideEvent,
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
from t2i_studio.ui.drops import dropped_start
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import RADIUS, caption_font, current
from t2i_studio.ui.widgets.mix_corner import Corner, CornerCard
from t2i_studio.ui.widgets.mix_geometry import (
    LEAST,
    SLOTS,
    Field,
    places,
    vertex,
    weights,
)
from t2i_studio.ui.widgets.mix_point import MixPoint

SMALLEST, LARGEST = 240, 400  # px, of the board's side
MARGIN = 8.0  # px around the cards
CARD_SHARE = 0.23  # of the board's side
CARD_LEAST, CARD_MOST = 64.0, 88.0  # px
LABEL = 18.0  # px, height of a percentage
FAINTEST = 0.08  # of a line to a corner that has no share
SETTLE_MS = 200  # after the last key
HINT = later("Two corners or more make a mix:\nclick + or drop pictures and texts.")


class MixBoard(QWidget):
    """Two to four corners and a point (x, y), as `core.concept.Mix` has them.

    Slots of corners: 0 top left, 1 top right, 2 bottom left, 3 bottom right.
    """

    moved = Signal(float, float)  # x, y in [0, 1], while the point goes
    settled = Signal(float, float)  # x, y, once it rests
    corner_activated = Signal(int)  # slot that wants another content
    corner_dropped = Signal(int, object)  # slot; list[str] of local files, a QImage, or a str

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x, self._y = 0.5, 0.5
        self._has_moved = False
        self.point = MixPoint(self)  # before the cards: Tab goes in the order of making
        self.cards = tuple(CornerCard(self) for _ in range(SLOTS))
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._set_up()
        self.show_corners((None,) * SLOTS)

    @property
    def shares(self) -> tuple[float, float]:
        """Where the point is: x, y in [0, 1]."""
        return self._x, self._y

    def show_corners(self, corners: tuple[Corner | None, ...]) -> None:
        """Show the content of the four slots; those that are filled count."""
        self._filled = [slot for slot, corner in enumerate(corners) if corner is not None]
        self._places = places([corner is not None for corner in corners])
        for card, corner in zip(self.cards, corners, strict=True):
            card.show_corner(corner, _name(corner))
        self.point.setVisible(self._can_mix)
        self._lay_out()

    def set_point(self, x: float, y: float) -> None:
        """Put the point somewhere without telling anybody; x and y in [0, 1]."""
        self._x, self._y = x, y
        self._lay_out()

    def show_picture(self, image: Image | None) -> None:
        """Let the point carry what is made of it."""
        self.point.show_picture(image)
        self._lay_out()

    # size ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST, SMALLEST)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(SMALLEST, min(width, LARGEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    # moving the point ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._can_mix:
            self.point.setFocus(Qt.FocusReason.MouseFocusReason)
            self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._can_mix:
            self._drag_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._settle()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _step(self, dx: float, dy: float) -> None:
        self._move_to(_unit(self._x + dx), _unit(self._y + dy))
        self._timer.start()

    def _drag_to(self, at: QPointF) -> None:
        inner = at - self._square.topLeft()
        self._move_to(*self._field.share((inner.x(), inner.y()), self._x))

    def _move_to(self, x: float, y: float) -> None:
        if not self._field.has_height:
            y = 0.0
        if (x, y) != self.shares:
            self.set_point(x, y)
            self._has_moved = True
            self.moved.emit(x, y)

    def _settle(self) -> None:
        self._timer.stop()
        if self._has_moved:
            self._has_moved = False
            self.settled.emit(*self.shares)

    # dropping --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(dropped_start(event.mimeData()) is not None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._mark_target(self._nearest_slot(event.position()))
        event.accept()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._mark_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_target(None)
        start = dropped_start(event.mimeData())
        event.setAccepted(start is not None)
        if start is not None:
            self.corner_dropped.emit(self._nearest_slot(event.position()), start)

    def _mark_target(self, slot: int | None) -> None:
        for other, card in enumerate(self.cards):
            card.set_target(is_target=other == slot)

    def _nearest_slot(self, at: QPointF) -> int:
        def distance(slot: int) -> float:
            way = self.cards[slot].geometry().toRectF().center() - at
            return QPointF.dotProduct(way, way)

        return min(range(SLOTS), key=distance)

    # laying out ------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Mix board"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.point.dragged.connect(self._drag_to)
        self.point.released.connect(self._settle)
        self.point.stepped.connect(self._step)
        self._timer.timeout.connect(self._settle)
        for slot, card in enumerate(self.cards):
            card.clicked.connect(lambda _=False, slot=slot: self.corner_activated.emit(slot))

    @property
    def _can_mix(self) -> bool:
        return len(self._filled) >= LEAST

    @property
    def _square(self) -> QRectF:
        """The room of cards and field in the middle of the widget."""
        side = min(self.width(), self.height()) - 2 * MARGIN
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _lay_out(self) -> None:
        """Bring cards and point to their places."""
        square, side = self._square, self._card_side
        for card, (x, y) in zip(self.cards, self._places, strict=True):
            free = square.width() - side
            corner = square.topLeft() + QPointF(x * free, y * free)
            card.setGeometry(QRect(corner.toPoint(), QSize(round(side), round(side))))
        self._describe()
        if self._can_mix:
            middle = self._at(*self.shares).toPoint()
            self.point.resize(self.point.sizeHint())
            half = self.point.width() // 2
            self.point.move(middle - QPoint(half, half))
            self.point.raise_()
        self.update()

    def _describe(self) -> None:
        if not self._can_mix:
            self.setAccessibleDescription(tr("Fewer than two corners are filled."))
            return
        shares = weights(len(self._filled), *self.shares)
        titles = (self.cards[slot].accessibleName() for slot in self._filled)
        text = ", ".join(f"{percent(w)} {title}" for w, title in zip(shares, titles, strict=True))
        self.setAccessibleDescription(text)
        self.point.setAccessibleDescription(text)

    @property
    def _card_side(self) -> float:
        return min(CARD_MOST, max(CARD_LEAST, CARD_SHARE * self._square.width()))

    @property
    def _field(self) -> Field:
        """Where the point can be, in pixels of `_square`."""
        side, board = self._card_side, self._square.width()
        return Field(tuple(vertex(self._places[slot], side, board) for slot in self._filled))

    def _at(self, x: float, y: float) -> QPointF:
        return self._square.topLeft() + QPointF(*self._field.place(x, y))

    # drawing ---------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), current()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.canvas))
        margins = (-MARGIN, -MARGIN, MARGIN, MARGIN)
        painter.drawRoundedRect(self._square.adjusted(*margins), RADIUS, RADIUS)
        painter.setFont(caption_font(self.font()))
        if self._can_mix:
            self._draw_field(painter, look)
            self._draw_shares(painter, look)
        else:
            self._draw_hint(painter, look)
        painter.end()

    def _draw_hint(self, painter: QPainter, look: Theme) -> None:
        painter.setPen(QColor(look.text))
        room = self._square.adjusted(MARGIN, 2 * MARGIN, -MARGIN, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(room, flags | Qt.TextFlag.TextWordWrap, tr(HINT))

    def _draw_field(self, painter: QPainter, look: Theme) -> None:
        """Outline what the point can reach."""
        vertices = self._field.vertices
        loop = [*vertices[:2], *reversed(vertices[2:])]
        corners = [self._square.topLeft() + QPointF(*place) for place in loop]
        painter.setPen(QPen(QColor(look.line), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF(corners))

    def _draw_shares(self, painter: QPainter, look: Theme) -> None:
        """Draw a line to each corner, as strong as its share, and the share as a number."""
        point, shares = self._at(*self.shares), weights(len(self._filled), *self.shares)
        for slot, place, share in zip(self._filled, self._field.vertices, shares, strict=True):
            colour = QColor(look.accent)
            colour.setAlphaF(max(FAINTEST, share))
            painter.setPen(QPen(colour, 2))
            painter.drawLine(point, self._square.topLeft() + QPointF(*place))
            painter.setPen(QColor(look.text))
            self._draw_label(painter, slot, percent(share))

    def _draw_label(self, painter: QPainter, slot: int, text: str) -> None:
        """Write beside a card, towards the middle; below it if it lies at half height."""
        card, (x, y) = self.cards[slot].geometry().toRectF(), self._places[slot]
        width = QFontMetricsF(painter.font(), self).horizontalAdvance("100 %") + 2
        room = QRectF(0, 0, width, LABEL)
        if y == 0.5:
            room.moveCenter(QPointF(card.center().x(), card.bottom() + 4 + LABEL / 2))
        else:
            left = card.right() + 6 if x < 1 else card.x() - 6 - width
            room.moveTopLeft(QPointF(left, card.y() if y < 0.5 else card.bottom() - LABEL))
        side = Qt.AlignmentFlag.AlignRight if x == 1 else Qt.AlignmentFlag.AlignLeft
        side = Qt.AlignmentFlag.AlignHCenter if y == 0.5 else side
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def _name(corner: Corner | None) -> str:
    if corner is None:
        return tr("Empty corner")
    return corner.title if corner.image is not None else tr("Prompt: {prompt}", prompt=corner.title)


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))
