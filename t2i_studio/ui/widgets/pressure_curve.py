"""The curve of a pen's pressure, bent by its two control points."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.pressure import LINEAR, Curve
from t2i_studio.ui.palette import mixed
from t2i_studio.ui.theme import RADIUS, current
from t2i_studio.ui.widgets.arrows import ARROWS

SIDE: Final = 168  # px
KNOB: Final = 16  # px across
STEP: Final = 0.05  # per arrow key
FINE: Final = 0.01  # with Shift


class PressureCurve(QWidget):
    """From no pressure at the left to all of it, felt from nothing at the bottom to all of it."""

    curve_changed = Signal(object)  # Curve; only by the user

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve = LINEAR
        self.knobs = (
            _Knob(self, tr("First point of the pressure curve")),
            _Knob(self, tr("Second point of the pressure curve")),
        )
        self.setFixedSize(SIDE, SIDE)
        for knob in self.knobs:
            knob.moved.connect(self._take)
        self._place_knobs()

    @property
    def curve(self) -> Curve:
        return self._curve

    def set_curve(self, curve: Curve) -> None:
        """Show a curve without telling anybody."""
        if curve != self._curve:
            self._curve = curve
            self._place_knobs()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    @property
    def plot(self) -> QRectF:
        """Where the curve is; the knobs reach beyond it."""
        inset = KNOB / 2
        return QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)

    def place_of(self, x: float, y: float) -> QPointF:
        """Return where 0..1 across and up is in the widget."""
        plot = self.plot
        return QPointF(plot.x() + x * plot.width(), plot.bottom() - y * plot.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_knobs()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, plot = current(), self.plot
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.line), 1))
        painter.setBrush(QColor(look.field))
        painter.drawRoundedRect(plot.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._draw_grid(painter, mixed(look.field, look.line, 0.4))
        self._draw_curve(painter, look.accent, look.line)
        painter.end()

    def _draw_grid(self, painter: QPainter, colour: str) -> None:
        painter.setPen(QPen(QColor(colour), 1))
        for share in (0.25, 0.5, 0.75):
            painter.drawLine(self.place_of(share, 0), self.place_of(share, 1))
            painter.drawLine(self.place_of(0, share), self.place_of(1, share))

    def _draw_curve(self, painter: QPainter, accent: str, line: str) -> None:
        x1, y1, x2, y2 = self._curve
        start, end = self.place_of(0, 0), self.place_of(1, 1)
        first, second = self.place_of(x1, y1), self.place_of(x2, y2)
        painter.setPen(QPen(QColor(line), 1))
        painter.drawLine(start, first)
        painter.drawLine(end, second)
        path = QPainterPath(start)
        path.cubicTo(first, second, end)
        painter.setPen(QPen(QColor(accent), 2))
        painter.drawPath(path)

    def _place_knobs(self) -> None:
        for knob, (x, y) in zip(self.knobs, _points(self._curve), strict=True):
            knob.show_at(x, y, self.place_of(x, y))

    def _take(self) -> None:
        x1, y1, x2, y2 = (each for knob in self.knobs for each in (knob.x_share, knob.y_share))
        self._curve = x1, y1, x2, y2
        self._place_knobs()
        self.update()
        self.curve_changed.emit(self._curve)


class _Knob(QWidget):
    """One point: dragged, or moved by arrow keys."""

    moved = Signal()  # by the user

    def __init__(self, curve: PressureCurve, name: str) -> None:
        super().__init__(curve)
        self._curve = curve
        self.x_share = self.y_share = 0.0
        self.setFixedSize(KNOB, KNOB)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setAccessibleName(name)
        self.setToolTip(tr("{name}: drag it, or use the arrow keys.", name=name))

    def show_at(self, x: float, y: float, at: QPointF) -> None:
        self.x_share, self.y_share = x, y
        self.move(at.toPoint() - QPoint(KNOB // 2, KNOB // 2))
        self.setAccessibleDescription(
            tr("pressure {x} %, felt as {y} %", x=round(100 * x), y=round(100 * y))
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot, at = self._curve.plot, self.mapToParent(event.position())
        x = (at.x() - plot.x()) / plot.width()
        self._go(x, (plot.bottom() - at.y()) / plot.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key not in ARROWS:
            super().keyPressEvent(event)
            return
        step = FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        dx, dy = ARROWS[key]
        self._go(self.x_share + dx * step, self.y_share - dy * step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 3 if self.hasFocus() else 2
        painter.setPen(QPen(QColor(look.focus if self.hasFocus() else look.accent), width))
        painter.setBrush(QColor(look.raised))
        painter.drawEllipse(QRectF(self.rect()).adjusted(3, 3, -3, -3))
        painter.end()

    def _go(self, x: float, y: float) -> None:
        self.x_share, self.y_share = (round(min(max(each, 0.0), 1.0), 3) for each in (x, y))
        self.moved.emit()


def _points(curve: Curve) -> tuple[tuple[float, float], tuple[float, float]]:
    x1, y1, x2, y2 = curve
    return (x1, y1), (x2, y2)
