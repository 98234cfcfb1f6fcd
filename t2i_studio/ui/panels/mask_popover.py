"""How the mask looks on the canvas: colour, opacity, outline, or not at all."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.widgets.colour_button import ColourButton
from t2i_studio.ui.widgets.popover import Popover
from t2i_studio.ui.widgets.slider_field import SliderField


class MaskPopover(Popover):
    """It changes the look only, never the mask."""

    def __init__(self, options: ToolOptions, parent: QWidget) -> None:
        super().__init__(parent)
        self._options = options
        self.setAccessibleName(tr("Look of the mask"))
        self.visible = QCheckBox(tr("Show the mask"))
        self.outline = QCheckBox(tr("Outline"))
        self.outline.setToolTip(tr("Draw a dashed line along the mask's border."))
        self.colour = ColourButton(tr("Colour of the mask's overlay"))
        self.opacity = SliderField(tr("Opacity"), 0, 100, " %")
        self.opacity.set_tip(tr("How strongly the mask covers the picture on the screen."))
        line = QHBoxLayout()
        line.addWidget(QLabel(tr("Colour")))
        line.addWidget(self.colour)
        line.addStretch(1)
        self.column.addWidget(self.visible)
        self.column.addWidget(self.outline)
        self.column.addLayout(line)
        self.column.addWidget(self.opacity)
        self._bindings = Bindings()
        self._bind()
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _bind(self) -> None:
        events = self._options.events
        looks = (
            events.is_mask_visible,
            events.has_mask_outline,
            events.mask_colour,
            events.mask_opacity,
        )
        self._bindings.add(*(on(field, lambda _: self._show()) for field in looks))
        self.visible.toggled.connect(self._choose_visible)
        self.outline.toggled.connect(self._choose_outline)
        self.colour.colour_changed.connect(self._choose_colour)
        self.opacity.value_changed.connect(self._choose_opacity)

    def _choose_visible(self, is_on: bool) -> None:
        self._options.is_mask_visible = is_on

    def _choose_outline(self, is_on: bool) -> None:
        self._options.has_mask_outline = is_on

    def _choose_colour(self, colour: str) -> None:
        self._options.mask_colour = colour

    def _choose_opacity(self, percent: int) -> None:
        self._options.mask_opacity = percent / 100

    def _show(self) -> None:
        options = self._options
        self.visible.setChecked(options.is_mask_visible)
        self.outline.setChecked(options.has_mask_outline)
        self.colour.set_colour(options.mask_colour)
        self.opacity.set_value(round(options.mask_opacity * 100))
        for control in (self.outline, self.colour, self.opacity):
            control.setEnabled(options.is_mask_visible)
