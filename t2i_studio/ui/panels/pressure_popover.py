"""What a pen's pressure does to the brush, and how it is felt."""

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.pressure import LINEAR, Curve
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.theme import set_kind
from t2i_studio.ui.widgets.popover import Popover
from t2i_studio.ui.widgets.pressure_curve import PressureCurve


class PressurePopover(Popover):
    """For tablets; a mouse always presses fully."""

    def __init__(self, options: ToolOptions, parent: QWidget) -> None:
        super().__init__(parent)
        self._options = options
        self.setAccessibleName(tr("Pen pressure"))
        self.sets_size = QCheckBox(tr("Pressure sets the size"))
        self.sets_opacity = QCheckBox(tr("Pressure sets the opacity"))
        self.curve = PressureCurve()
        self.reset = QPushButton(tr("Straight curve"))
        hint = QLabel(tr("Right: pressed harder. Up: felt more."))
        set_kind(hint, "muted")
        for widget in (self.sets_size, self.sets_opacity, self.curve, hint, self.reset):
            self.column.addWidget(widget)
        self._bindings = Bindings()
        self._bind()
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _bind(self) -> None:
        events = self._options.events
        fields = (events.pressure_size, events.pressure_opacity, events.pressure_curve)
        self._bindings.add(*(on(field, lambda _: self._show()) for field in fields))
        self.sets_size.toggled.connect(self._choose_size)
        self.sets_opacity.toggled.connect(self._choose_opacity)
        self.curve.curve_changed.connect(self._choose_curve)
        self.reset.clicked.connect(lambda: self._choose_curve(LINEAR))

    def _choose_size(self, is_on: bool) -> None:
        self._options.pressure_size = is_on

    def _choose_opacity(self, is_on: bool) -> None:
        self._options.pressure_opacity = is_on

    def _choose_curve(self, curve: Curve) -> None:
        self._options.pressure_curve = curve

    def _show(self) -> None:
        options = self._options
        self.sets_size.setChecked(options.pressure_size)
        self.sets_opacity.setChecked(options.pressure_opacity)
        self.curve.set_curve(options.pressure_curve)
        self.curve.setEnabled(options.pressure_size or options.pressure_opacity)
