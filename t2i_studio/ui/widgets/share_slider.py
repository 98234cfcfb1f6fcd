"""A slider between two numbers, with the zone that is worth trying and a number to type into."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.palette import mixed
from t2i_studio.ui.theme import CONTROL, GAP, current, set_property
from t2i_studio.ui.widgets.wheel import only_when_focused

THETA_ZONE: Final = (0.25, 0.50)  # of text diffs: Ramesh et al. 2022, section 3.3
UNITS: Final = 100  # of the slider in 1: two decimals
STEP, LEAP = 1, 10  # units: arrow keys, PageUp and PageDown
REST_MS: Final = 200  # until a change by key, wheel or typing counts as settled
KNOB: Final = 14  # px across
GROOVE: Final = 4  # px
WIDEST: Final = "-0.00"  # of all numbers, so that sliders below each other have one length
ZONE: Final = 10  # px, height of the zone's mark

Zone = tuple[float, float]


class ShareSlider(QWidget):
    """From `lowest` to `highest` in hundredths; filled from 0 where that lies between them.

    `zone` marks a range on the track. A double click goes back to `default`.
    """

    value_changed = Signal(float)  # all the time; only by the user
    settled = Signal(float)  # once the hand rests

    def __init__(
        self,
        default: float = 0.0,
        lowest: float = 0.0,
        highest: float = 1.0,
        zone: Zone | None = THETA_ZONE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.track = _Track(_units(default), _units(lowest), _units(highest), zone)
        self.number = QLineEdit()
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._is_unsettled = False
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self.setFocusProxy(self.track)
        self.setFixedHeight(CONTROL)
        self._lay_out()
        self._write()
        self.track.valueChanged.connect(self._change)
        self.track.sliderReleased.connect(self._settle)
        self._timer.timeout.connect(self._settle)
        self.number.textEdited.connect(self._read)
        self.number.editingFinished.connect(self._write)

    @property
    def value(self) -> float:
        return self.track.value() / UNITS

    def set_value(self, value: float) -> None:
        """Show a value, rounded to hundredths and within the range, without telling anybody.

        Another value ends what the user began; the same one, told back, does not.
        """
        if _units(value) == self.track.value():
            return
        was_blocked = self.track.blockSignals(True)
        self.track.setValue(_units(value))
        self.track.blockSignals(was_blocked)
        self._timer.stop()
        self._is_unsettled = False
        self._write()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  # its parts are what is focused
        super().setAccessibleName(name)
        self.track.setAccessibleName(name)
        self.number.setAccessibleName(tr("{name}, number", name=name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the number the keys of the track that mean nothing in a line of text."""
        acts = {
            Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepAdd,
            Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepSub,
            Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepAdd,
            Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepSub,
        }
        if self.number.hasFocus() and event.key() in acts:
            self.track.triggerAction(acts[Qt.Key(event.key())])
            self._write()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_unsettled:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _lay_out(self) -> None:
        width = self.number.fontMetrics().horizontalAdvance(WIDEST)
        self.number.setFixedWidth(width + 2 * GAP + 8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.track, 1)
        row.addWidget(self.number)

    def _change(self) -> None:
        if not self.number.hasFocus():
            self._write()
        self._describe()
        self._is_unsettled = True
        self.value_changed.emit(self.value)
        self._timer.start()  # a hand that holds still rests, too

    def _settle(self) -> None:
        """Tell once, however the hand came to rest."""
        self._timer.stop()
        if self._is_unsettled:
            self._is_unsettled = False
            self.settled.emit(self.value)

    def _read(self, text: str) -> None:
        """Follow what is typed as far as it is a number of the range."""
        units = _parsed(text)
        is_valid = units is not None and self.track.minimum() <= units <= self.track.maximum()
        set_property(self.number, "invalid", not is_valid)
        if units is not None and is_valid:
            self.track.setValue(units)

    def _write(self) -> None:
        self.number.setText(_text(self.track.value()))
        if self.number.property("invalid"):
            set_property(self.number, "invalid", False)
        self._describe()

    def _describe(self) -> None:
        self.track.setAccessibleDescription(self.track.description())


class _Track(QAbstractSlider):
    """Values in hundredths; the wheel turns it only while it has the focus."""

    def __init__(self, default: int, lowest: int, highest: int, zone: Zone | None) -> None:
        super().__init__()
        self._default, self._zone = default, zone
        self._grabbed_at = 0.0  # px from the middle of the knob
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(lowest, highest)
        self.setSingleStep(STEP)
        self.setPageStep(LEAP)
        self.setValue(default)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        only_when_focused(self)

    def description(self) -> str:
        if self._zone is None:
            return _text(self.value())
        low, high = self._zone
        value, lowest, highest = _text(self.value()), f"{low:.2f}", f"{high:.2f}"
        return tr("{value}, usual {low} to {high}", value=value, low=lowest, high=highest)

    def sizeHint(self) -> QSize:
        return QSize(160, CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, CONTROL)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grab the knob where it was hit, or bring it here."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        off = event.position().x() - self._x(self.value())
        self._grabbed_at = off if abs(off) <= KNOB / 2 else 0.0
        self.setSliderDown(True)
        self._drag_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._drag_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._default)
            self.setSliderDown(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._draw_groove(painter)
        self._draw_knob(painter)
        painter.end()

    def _drag_to(self, point: QPointF) -> None:
        room = max(1.0, self.width() - float(KNOB))
        share = (point.x() - self._grabbed_at - KNOB / 2) / room
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))

    def _x(self, units: float) -> float:
        """Return where the middle of the knob is at a value."""
        share = (units - self.minimum()) / max(1, self.maximum() - self.minimum())
        return KNOB / 2 + share * (self.width() - KNOB)

    def _origin(self) -> int:
        """Return the value from which the groove is filled."""
        return min(self.maximum(), max(self.minimum(), 0))

    def _span(self, start: float, end: float, height: float) -> QRectF:
        """Return the place between two values, around the middle of the groove."""
        left, right = sorted((self._x(start), self._x(end)))
        return QRectF(left, (self.height() - height) / 2, right - left, height)

    def _draw_groove(self, painter: QPainter) -> None:
        look, is_on = current(), self.isEnabled()
        groove = self._span(self.minimum(), self.maximum(), GROOVE)
        if self._zone is not None:
            low, high = self._zone
            painter.setBrush(QColor(look.selected if is_on else look.hairline))
            painter.drawRoundedRect(self._span(low * UNITS, high * UNITS, ZONE), 2, 2)
        painter.setBrush(QColor(mixed(look.panel, look.line, 0.4)))
        painter.drawRoundedRect(groove, GROOVE / 2, GROOVE / 2)
        origin = self._origin()
        painter.setBrush(QColor(look.accent if is_on else look.line))
        painter.drawRoundedRect(self._span(origin, self.value(), GROOVE), GROOVE / 2, GROOVE / 2)
        marks = [edge * UNITS for edge in self._zone or ()]
        if self.minimum() < origin < self.maximum():
            marks.append(origin)
        for mark in marks:
            x = round(self._x(mark))
            tick = QRectF(x, (self.height() - ZONE) / 2, 1, ZONE)
            painter.fillRect(tick, QColor(look.line))

    def _draw_knob(self, painter: QPainter) -> None:
        look = current()
        is_lit = self.isEnabled() and (self.underMouse() or self.isSliderDown())
        width, edge = (2, look.focus) if self.hasFocus() else (1, look.line)
        fill = look.text if look.is_dark else look.panel
        painter.setBrush(QColor(fill if self.isEnabled() else look.disabled))
        painter.setPen(QPen(QColor(look.accent if is_lit else edge), width))
        knob = QRectF(0, 0, KNOB - width, KNOB - width)
        knob.moveCenter(QPointF(self._x(self.value()), self.height() / 2))
        painter.drawEllipse(knob)


def _units(value: float) -> int:
    return round(value * UNITS)


def _text(units: int) -> str:
    return f"{units / UNITS:.2f}"


def _parsed(text: str) -> int | None:
    """Read a number with a point or a comma; None if it is none (yet)."""
    try:
        return _units(float(text.strip().replace(",", ".")))
    except (ValueError, OverflowError):
        return None
