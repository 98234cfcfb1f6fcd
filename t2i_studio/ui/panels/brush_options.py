"""How brush, shapes and fill work: one control for each option, to be shown where it counts."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QCheckBox, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.tools import MAX_SIZE, MIN_SIZE, ToolOptions
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.panels.colour_pair import ColourPair
from t2i_studio.ui.panels.pressure_popover import PressurePopover
from t2i_studio.ui.widgets.slider_field import SliderField

# Brush widths between the slider's knots grow faster the larger they are, as in InvokeAI.
KNOTS: Final = ((0, MIN_SIZE), (40, 50), (70, 200), (100, MAX_SIZE))


class BrushOptions:
    """The controls have no parent until somebody shows them."""

    def __init__(self, options: ToolOptions, parent: QWidget) -> None:
        self._options = options
        self.size = SliderField(tr("Size"), MIN_SIZE, MAX_SIZE, tr(" px"), KNOTS, parent)
        self.hardness = SliderField(tr("Hardness"), 0, 100, " %", parent=parent)
        self.opacity = SliderField(tr("Opacity"), 1, 100, " %", parent=parent)
        self.tolerance = SliderField(tr("Tolerance"), 0, 255, parent=parent)
        self.contiguous = QCheckBox(tr("Contiguous"), parent)
        self.select_contiguous = QCheckBox(tr("Contiguous"), parent)
        self.colours = ColourPair(options, parent)
        self.pressure = tool_button("pressure", tr("Pen pressure: what it does, and its curve"))
        self.pressure.setParent(parent)
        self.pressure_popover = PressurePopover(options, self.pressure)
        self._bindings = Bindings()
        self._name()
        self._bind()

    def unbind(self) -> None:
        self._bindings.clear()
        self.colours.unbind()
        self.pressure_popover.unbind()

    def _name(self) -> None:
        self.size.set_tip(tr("Width of brush and eraser in px ([ and ], or Ctrl+wheel)."))
        self.hardness.set_tip(tr("100 %: a sharp edge; lower: it fades out ({ and })."))
        self.opacity.set_tip(tr("How much a whole stroke covers (< and >)."))
        self.tolerance.set_tip(
            tr("How far a colour may be from the one that is clicked: 0 to 255 in each channel.")
        )
        for box in (self.contiguous, self.select_contiguous):
            box.setToolTip(tr("Only what hangs together with the place that is clicked."))

    def _bind(self) -> None:
        self._bind_slider(self.size, "brush_size", 1)
        self._bind_slider(self.hardness, "hardness", 100)
        self._bind_slider(self.opacity, "brush_opacity", 100)
        self._bind_slider(self.tolerance, "tolerance", 1)
        self._bind_box(self.contiguous, "contiguous")
        self._bind_box(self.select_contiguous, "select_contiguous")
        self.pressure.clicked.connect(lambda: self.pressure_popover.open_at(self.pressure))

    def _bind_slider(self, slider: SliderField, field: str, units: int) -> None:
        """Show a field in `units` of 1: percents are 100."""

        def take(value: int) -> None:
            setattr(self._options, field, value if units == 1 else value / units)

        slider.value_changed.connect(take)
        self._follow(field, lambda value: slider.set_value(round(value * units)))

    def _bind_box(self, box: QCheckBox, field: str) -> None:
        box.toggled.connect(lambda is_on: setattr(self._options, field, is_on))
        self._follow(field, box.setChecked)

    def _follow(self, field: str, show: Callable[[Any], Any]) -> None:
        show(getattr(self._options, field))
        self._bindings.add(on(self._options.events[field], show))
