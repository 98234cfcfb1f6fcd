"""How much of the variance each principal component explains, and how much the first k do."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.ui.palette import Theme, mixed
from t2i_studio.ui.theme import RADIUS, caption_font, current

SHOWN_AT_MOST = 64  # components
READOUT = 20.0  # px, height of the line above the plot
SCALE = 48.0  # px, of the percentages left of it
NUMBERS = 20.0  # px, of the components below it
LEAST_BAR = 1.0  # px, so that a small share can be seen at all
KNOB = 5.0  # px, radius
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}
TIP = later(
    "Drag the marker, or use the arrow keys: few components keep only the coarse meaning of a "
    "picture, more of them its details.\n"
    "Explained variance of principal components, Ramesh et al. 2022, section 4."
)


class VariancePlot(QWidget):
    """Bars per component, the cumulative line, and a marker at k that can be moved."""

    k_changed = Signal(int)  # by the user only

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[float, ...] = ()
        self._sums: tuple[float, ...] = ()
        self._k = 1
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr(TIP))
        self.setAccessibleName(tr("Explained variance"))
        self._refresh()

    @property
    def k(self) -> int:
        """How many components are kept."""
        return self._k

    @property
    def readout(self) -> str:
        """What is said of the components up to the one under the mouse, or else up to k."""
        if not self._shares:
            return tr("No components yet.")
        count = self._hovered or min(self._k, len(self._shares))
        value = f"{100 * self._sums[count - 1]:.0f}"
        if count == 1:
            return tr("1 component: {value} %", value=value)
        return tr("{count} components: {value} %", count=count, value=value)

    def show_shares(self, shares: Sequence[float]) -> None:
        """Show what share of the variance, in [0, 1], each component explains; largest first."""
        self._shares = tuple(shares)
        self._sums = tuple(np.cumsum(self._shares).tolist())
        self._hovered = None
        self._refresh()

    def set_k(self, k: int) -> None:
        """Move the marker without telling anybody; k from 1."""
        self._k = k
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 160)

    def _refresh(self) -> None:
        self.setAccessibleDescription(self.readout)
        self.update()

    # mouse and keys -------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._change_k(self._component_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        component = self._component_at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._change_k(component)
        self._hover(component if self._plot.contains(event.position()) else None)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self._change_k(self._k + STEPS[key])
        elif key == Qt.Key.Key_Home:
            self._change_k(1)
        elif key == Qt.Key.Key_End:
            self._change_k(len(self._shares))
        else:
            event.ignore()

    def _change_k(self, k: int) -> None:
        k = min(len(self._shares), max(1, k))
        if self._shares and k != self._k:
            self.set_k(k)
            self.k_changed.emit(k)

    def _hover(self, component: int | None) -> None:
        if component != self._hovered and self._shares:
            self._hovered = component
            self._refresh()

    # places ---------------------------------------------------------------------------------

    @property
    def _count(self) -> int:
        return min(SHOWN_AT_MOST, len(self._shares))

    @property
    def _plot(self) -> QRectF:
        inner = self.rect().toRectF().adjusted(SCALE, READOUT + 4, -KNOB - 2, -NUMBERS)
        return QRectF(inner.x(), inner.y(), max(1.0, inner.width()), max(1.0, inner.height()))

    def _component_at(self, x: float) -> int:
        """Return the component, from 1, whose bar is nearest to a pixel."""
        place = (x - self._plot.x()) / self._plot.width() * self._count
        return min(self._count, max(1, int(place) + 1))

    def place(self, component: int) -> QPointF:
        """Return where the cumulative line is at a component, from 1; the last one for more."""
        shown, plot = min(component, self._count), self._plot
        x = plot.x() + (shown - 0.5) * plot.width() / max(1, self._count)
        return QPointF(x, plot.bottom() - min(1.0, self._sums[shown - 1]) * plot.height())

    # drawing --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(caption_font(self.font()))
        painter.setPen(QColor(look.text if self._shares else look.muted))
        room = QRectF(SCALE, 0, self.width() - SCALE, READOUT)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.readout
        )
        self._draw_scale(painter, look)
        if self._shares:
            self._draw_bars(painter, look)
            self._draw_line(painter, look)
            self._draw_marker(painter, look)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()

    def _draw_scale(self, painter: QPainter, look: Theme) -> None:
        plot = self._plot
        for share in (0.0, 0.5, 1.0):
            y = round(plot.bottom() - share * plot.height()) + 0.5
            painter.setPen(QColor(look.hairline))
            painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(look.muted))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 8, SCALE - 8, 16), side, f"{100 * share:.0f} %")

    def _draw_bars(self, painter: QPainter, look: Theme) -> None:
        """Draw those up to k in the accent."""
        plot, pitch = self._plot, self._plot.width() / self._count
        gap = min(2.0, pitch / 4)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, share in enumerate(self._shares[: self._count]):
            colour = look.accent if place < self._k else mixed(look.panel, look.line, 0.6)
            if place + 1 == self._hovered:
                colour = look.text
            painter.setBrush(QColor(colour))
            height = max(LEAST_BAR, share * plot.height())
            left = plot.x() + place * pitch + gap / 2
            painter.drawRect(QRectF(left, plot.bottom() - height, pitch - gap, height))

    def _draw_line(self, painter: QPainter, look: Theme) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.muted), 1.5))
        painter.drawPolyline(QPolygonF([self.place(i + 1) for i in range(self._count)]))

    def _draw_marker(self, painter: QPainter, look: Theme) -> None:
        at, plot = self.place(self._k), self._plot
        painter.setPen(QPen(QColor(look.accent), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at.x(), plot.y()), QPointF(at.x(), plot.bottom()))
        painter.setPen(QPen(QColor(look.panel), 1.5))
        painter.setBrush(QColor(look.accent))
        painter.drawEllipse(at, KNOB, KNOB)
        painter.setPen(QColor(look.text))
        words = f"k = {self._k}"
        width = QFontMetricsF(painter.font(), self).horizontalAdvance(words)
        left = min(at.x() - width / 2, self.width() - width - 4)
        room = QRectF(left, plot.bottom() + 2, width, NUMBERS - 4)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)
