"""What a picture shows by the model's own judgement: one bar for each label."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QHelpEvent, QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.ui.theme import GAP, caption_font, current
from t2i_studio.ui.widgets.busy_line import HEIGHT as BUSY
from t2i_studio.ui.widgets.busy_line import BusyLine, is_animated
from t2i_studio.ui.widgets.stage_pictures import Left, Right, VCenter

ROW = 24  # px
BAR = 10  # px, height of a bar
GHOST = 16  # px, height of the outline around it
LABEL_SHARE = 0.42  # of the width, at most
SHOWN_ROWS = 10  # without scrolling, if there is room
LEAST_ROWS = 3
GLIDE_MS = 120  # until the bars have their new length
LEGEND = later("outline: before")


@dataclass(frozen=True)
class Bar:
    """One label; shares are 0 to 1, `shown` is where the bar comes from while it glides."""

    label: str
    share: float
    before: float | None
    shown: float
    is_best: bool

    @property
    def percent(self) -> str:
        return _percent(self.share)

    @property
    def tooltip(self) -> str:
        known = f"{self.label}: {self.percent}"
        if self.before is None:
            return known
        return tr("{share}, before {before}", share=known, before=_percent(self.before))


class LabelBars(QWidget):
    """Rows in the given order; more than find room can be scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: tuple[Bar, ...] = ()
        self._rows = _Rows()
        self._line = BusyLine(self)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._rows)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, BUSY)
        column.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(tr("Labels"))

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown, from top to bottom."""
        return self._rows.bars

    @property
    def is_busy(self) -> bool:
        return not self._line.isHidden()

    @property
    def is_gliding(self) -> bool:
        return self._rows.is_gliding

    def show_shares(
        self, labels: Sequence[str], shares: Sequence[float], before: Sequence[float] | None = None
    ) -> None:
        """Show shares of 0 to 1, one for each label, and as outlines what they were before."""
        best = max(range(len(shares)), key=shares.__getitem__, default=0)
        lengths = {bar.label: bar.share for bar in self._given}
        pasts = before if before is not None else [None] * len(labels)
        self._given = tuple(
            Bar(label, share, past, lengths.get(label, 0.0), place == best)
            for place, (label, share, past) in enumerate(zip(labels, shares, pasts, strict=True))
        )
        self._show()
        self._rows.glide()

    def set_busy(self, is_busy: bool) -> None:
        """Run a thin line along the bottom edge."""
        self._line.setVisible(is_busy)

    def set_empty_text(self, text: str) -> None:
        """Say what to do while there are no labels."""
        self._rows.empty_text = text
        self._show()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  # the area is what is focused
        super().setAccessibleName(name)
        self._area.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(320, min(self._rows.minimumHeight(), SHOWN_ROWS * ROW) + BUSY)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(self._rows.minimumHeight(), LEAST_ROWS * ROW) + BUSY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line.setGeometry(0, self.height() - BUSY, self.width(), BUSY)

    def _show(self) -> None:
        self._rows.show_bars(self._given)
        text = ", ".join(f"{bar.label} {bar.percent}" for bar in self.bars)
        for widget in (self, self._area):
            widget.setAccessibleDescription(text or self._rows.empty_text)
        self.updateGeometry()


class _Rows(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self.empty_text = ""
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(GLIDE_MS)
        self._glide.valueChanged.connect(self.update)
        self.show_bars(())

    @property
    def is_gliding(self) -> bool:
        return self._glide.state() == QVariantAnimation.State.Running

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        self.bars = bars
        has_legend = any(bar.before is not None for bar in bars)
        self.setMinimumHeight(max(LEAST_ROWS, len(bars) + has_legend) * ROW)
        self.update()

    def glide(self) -> None:
        """Let the bars grow or shrink to their length, if anybody sees it."""
        self._glide.stop()
        if self.isVisible() and is_animated(self):
            self._glide.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._glide.stop()

    def event(self, event: QEvent) -> bool:
        """Say a label as a whole."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = event.pos().y() // ROW
            shown = self.bars[place].tooltip if 0 <= place < len(self.bars) else ""
            QToolTip.showText(event.globalPos(), shown, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.bars:
            self._draw_empty(painter)
        label, number = self._columns()
        for place, bar in enumerate(self.bars):
            row = QRectF(0, place * ROW, self.width(), ROW)
            if row.intersects(event.rect().toRectF()):
                self._draw_row(painter, row, bar, label, number)
        if any(bar.before is not None for bar in self.bars):
            self._draw_legend(painter, label)
        painter.end()

    def _columns(self) -> tuple[int, int]:
        """Return the widths of labels and numbers in px."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(bar.label) for bar in self.bars), default=0)
        number = metrics.horizontalAdvance("100 %") + 2
        return min(widest + 2, round(LABEL_SHARE * self.width())), number

    def _draw_row(self, painter: QPainter, row: QRectF, bar: Bar, label: int, number: int) -> None:
        look = current()
        painter.setPen(QColor(look.text))
        shown = self.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, label)
        painter.drawText(row, Left | VCenter, shown)
        painter.drawText(row, Right | VCenter, bar.percent)
        room = row.adjusted(label + GAP, 0, -number - GAP, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.hairline))
        painter.drawRoundedRect(_length(room, 1.0, 2), 1, 1)
        painter.setBrush(QColor(look.accent if bar.is_best else look.quiet_bar))
        painter.drawRoundedRect(_length(room, self._share(bar), BAR), 2, 2)
        if bar.before is not None:
            _draw_ghost(painter, _length(room, bar.before, GHOST))

    def _draw_legend(self, painter: QPainter, label: int) -> None:
        row = QRectF(label + GAP, len(self.bars) * ROW, self.width() - label - GAP, ROW)
        _draw_ghost(painter, QRectF(row.x(), row.center().y() - 5, 16, 10))
        painter.setFont(caption_font(self.font()))
        painter.setPen(QColor(current().muted))
        painter.drawText(row.adjusted(16 + GAP, 0, 0, 0), Left | VCenter, tr(LEGEND))

    def _draw_empty(self, painter: QPainter) -> None:
        painter.setPen(QColor(current().muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(GAP, 0, -GAP, 0), int(flags), self.empty_text)

    def _share(self, bar: Bar) -> float:
        """Return how long a bar is drawn at this moment."""
        if not self.is_gliding:
            return bar.share
        part = float(self._glide.currentValue())
        return bar.shown + (bar.share - bar.shown) * part


def _length(room: QRectF, share: float, height: float) -> QRectF:
    """Return a bar from the left, at least as long as can be seen."""
    width = max(2.0, room.width() * min(1.0, max(0.0, share)))
    return QRectF(room.x(), room.center().y() - height / 2, width, height)


def _draw_ghost(painter: QPainter, rect: QRectF) -> None:
    rect.setWidth(max(4.0, rect.width()))
    painter.setPen(QPen(QColor(current().muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
