"""A number with its name, a slider to drag and a field to type into."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QSpinBox, QWidget

from t2i_studio.ui.theme import CONTROL, indent
from t2i_studio.ui.widgets.wheel import only_when_focused

Knots = tuple[tuple[int, int], ...]
PLACES: Final = 100  # of a slider with knots
TRACK: Final = 80  # px, width of the slider
GAP: Final = 4  # px between the parts
AROUND: Final = 44  # px of the field beside its number: borders, padding, arrows


class SliderField(QWidget):
    """Whole numbers from `lowest` to `highest`; tells what the user chooses.

    `knots` are (place of 0..100, value): between two of them values grow evenly.
    """

    value_changed = Signal(int)

    def __init__(
        self,
        label: str,
        lowest: int,
        highest: int,
        suffix: str = "",
        knots: Knots = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._knots = knots or ((0, lowest), (PLACES, highest))
        self.label = QLabel(label)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.number = QSpinBox()
        self.slider.setRange(0, PLACES)
        self.slider.setFixedWidth(TRACK)
        self.number.setRange(lowest, highest)
        self.number.setSuffix(suffix)
        indent(self.number)
        widest = f"{highest}{suffix}"
        self.number.setFixedWidth(self.number.fontMetrics().horizontalAdvance(widest) + AROUND)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CONTROL)
        for control in (self.slider, self.number):
            control.setAccessibleName(label)
            only_when_focused(control)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for widget in (self.label, self.slider, self.number):
            row.addWidget(widget)
        self.slider.valueChanged.connect(self._take_place)
        self.number.valueChanged.connect(self._take_number)

    @property
    def value(self) -> int:
        return self.number.value()

    def set_value(self, value: int) -> None:
        """Show a value without telling anybody."""
        _show(self.slider, self._place_of(value))
        _show(self.number, value)

    def set_tip(self, tip: str) -> None:
        for widget in (self.label, self.slider, self.number):
            widget.setToolTip(tip)

    def _take_place(self, place: int) -> None:
        _show(self.number, self._value_at(place))
        self.value_changed.emit(self.value)

    def _take_number(self, value: int) -> None:
        _show(self.slider, self._place_of(value))
        self.value_changed.emit(value)

    def _value_at(self, place: int) -> int:
        for (low, small), (high, large) in pairwise(self._knots):
            if place <= high:
                return round(small + (large - small) * (place - low) / (high - low))
        return self._knots[-1][1]

    def _place_of(self, value: int) -> int:
        for (low, small), (high, large) in pairwise(self._knots):
            if value <= large:
                return round(low + (high - low) * (value - small) / (large - small))
        return PLACES


def _show(control: QSlider | QSpinBox, value: int) -> None:
    was_blocked = control.blockSignals(True)
    control.setValue(value)
    control.blockSignals(was_blocked)
