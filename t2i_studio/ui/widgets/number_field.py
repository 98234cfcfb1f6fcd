"""A number that may be left to the model: None shows the default, greyed, and says so."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import INDENT, set_property

Number = int | float
DECIMALS = 2  # of fields that are not whole
RESET = 22  # px


class NumberField(QWidget):
    """Whole if the default is; `suffix` is the unit with its space, like " px"."""

    value_changed = Signal(object)  # int, float, or None for the default; only by the user

    def __init__(
        self,
        default: Number,
        lowest: Number,
        highest: Number,
        step: Number | None = None,
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._default = default
        self._suffix = suffix
        self._is_default = True
        self.spin = _Spin()
        self.spin.setDecimals(0 if isinstance(default, int) else DECIMALS)
        self.spin.setRange(lowest, highest)
        self.spin.setSingleStep(step or (1 if isinstance(default, int) else 0.5))
        self.reset = tool_button("reset", tr("Back to the model's default"))
        self.reset.setParent(self.spin)
        self.reset.setFixedSize(RESET, RESET)
        self.reset.setIconSize(QSize(RESET - 8, RESET - 8))
        self.setFocusProxy(self.spin)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.spin)
        self._show(None)
        self.spin.valueChanged.connect(self._take)
        self.reset.clicked.connect(self._reset)

    @property
    def value(self) -> Number | None:
        """What was chosen; None: the model's default."""
        if self._is_default:
            return None
        shown = self.spin.value()
        return round(shown) if isinstance(self._default, int) else shown

    def set_value(self, value: Number | None) -> None:
        """Show a value without telling anybody."""
        if value != self.value:
            self._show(value)

    def set_default(self, default: Number) -> None:
        """Let None stand for another number from now on."""
        if default != self._default:
            self._default = default
            self._show(self.value)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  # the field is what is focused
        super().setAccessibleName(name)
        self.spin.setAccessibleName(name)
        self.reset.setAccessibleName(tr("Reset {name}", name=name))

    def _show(self, value: Number | None) -> None:
        self._is_default = value is None
        was_blocked = self.spin.blockSignals(True)
        self.spin.setValue(self._default if value is None else value)
        self.spin.blockSignals(was_blocked)
        self._mark()

    def _mark(self) -> None:
        suffix = tr("{unit} (default)", unit=self._suffix) if self._is_default else self._suffix
        self.spin.setSuffix(suffix)
        set_property(self.spin, "default", self._is_default)
        self.reset.setVisible(not self._is_default)
        self._place_reset()

    def _place_reset(self) -> None:
        """Inside the field, left of its arrows."""
        arrows = 20
        top = (self.spin.height() - RESET) // 2
        self.reset.move(self.spin.width() - arrows - RESET, top)
        room = 0 if self._is_default else RESET + 2
        self.spin.lineEdit().setTextMargins(INDENT, 0, room, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.activate()
        self._place_reset()

    def _take(self) -> None:
        if self._is_default:
            self._is_default = False
            self._mark()
        self.value_changed.emit(self.value)

    def _reset(self) -> None:
        self.spin.setFocus(Qt.FocusReason.OtherFocusReason)  # before its button disappears
        self._show(None)
        self.value_changed.emit(None)


class _Spin(QDoubleSpinBox):
    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccelerated(True)

    def textFromValue(self, value: float) -> str:  # noqa: N802  # Qt's name
        """Write without trailing zeros: 3, 2.5."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only while focused: scrolling a panel must not change numbers."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
