"""How a picture that is there takes part in the next one: strength, area, and the seam."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QSpinBox, QWidget

from t2i_studio.core.request import DEFAULT_FEATHER, MAX_FEATHER, MAX_SEAM
from t2i_studio.core.words import later, tr
from t2i_studio.studio.compose import Task
from t2i_studio.studio.frame import MAX_PADDING, Area
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, bind, on
from t2i_studio.ui.theme import indent
from t2i_studio.ui.widgets.number_field import NumberField
from t2i_studio.ui.widgets.share_slider import ShareSlider
from t2i_studio.ui.widgets.wheel import only_when_focused

WEAKEST: Final = 0.01
PADDING_STEP: Final = 4  # px
AREAS: Final = {
    Area.auto: later("Automatic"),
    Area.picture: later("Whole picture"),
    Area.mask: later("Only masked"),
    Area.frame: later("Frame"),
}
CONTENTS: Final = {
    "original": later("Original"),
    "fill": later("Fill"),
    "blur": later("Blur"),
    "noise": later("Noise"),
}


class RepaintPanel(QWidget):
    """Everything that Inpaint, Outpaint and Refine have and a new picture has not."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.strength = ShareSlider(1.0, WEAKEST, 1.0, zone=None)
        self.area = _choice(AREAS)
        self.padding = _pixels(MAX_PADDING, PADDING_STEP)
        self.content = _choice(CONTENTS)
        self.blur = NumberField(DEFAULT_FEATHER, 0, MAX_FEATHER, suffix=" px")
        self.seam = _pixels(MAX_SEAM, 1)
        self.colour_match = QCheckBox(tr("Match colours"))
        self._form = QFormLayout(self)
        self._name()
        self._lay_out()
        self._bindings = Bindings()
        self._bind()
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _name(self) -> None:
        for widget, name, tip in (
            (
                self.strength,
                tr("Strength"),
                tr(
                    "How much may change: 1 paints anew, less starts from what is there. "
                    "Denoising strength, Meng et al. 2021 (SDEdit)."
                ),
            ),
            (
                self.area,
                tr("Area"),
                tr(
                    "What the model sees at its own size: a small area gets more detail, a large "
                    "one fits better to the rest."
                ),
            ),
            (self.padding, tr("Padding"), tr("How much around the mask the model sees.")),
            (
                self.content,
                tr("Masked content"),
                tr("What the masked part starts from. Counts where the strength is below 1."),
            ),
            (
                self.blur,
                tr("Mask blur"),
                tr("Width of the blend along the inside of the mask's border."),
            ),
            (
                self.seam,
                tr("Seam blend"),
                tr(
                    "How far from the border the new is bent towards the known. 0: not at all. "
                    "Pérez et al. 2003."
                ),
            ),
            (
                self.colour_match,
                tr("Match colours"),
                tr("Shift the new colours so that they agree with the picture around the mask."),
            ),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)

    def _lay_out(self) -> None:
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._form.addRow(tr("Strength"), self.strength)
        self._form.addRow(tr("Area"), self.area)
        self._form.addRow(tr("Padding"), self.padding)
        self._form.addRow(tr("Masked content"), self.content)
        self._form.addRow(tr("Mask blur"), self.blur)
        self._form.addRow(tr("Seam blend"), self.seam)
        self._form.addRow("", self.colour_match)

    def _bind(self) -> None:
        settings, frame = self._session.settings, self._session.frame
        self._bindings.add(
            bind(settings, "strength", self.strength.set_value, self.strength.value_changed),
            bind(settings, "feather", self.blur.set_value, self.blur.value_changed),
            bind(settings, "seam", self.seam.setValue, self.seam.valueChanged),
            bind(settings, "colour_match", self.colour_match.setChecked, self.colour_match.toggled),
            on(settings.events.content, lambda _: self._show()),
            on(settings.events.strength, lambda _: self._show()),
            on(frame.events.area, lambda _: self._show()),
            on(frame.events.padding, self.padding.setValue),
            on(self._session.intent.changed, lambda _: self._show()),
        )
        self.padding.setValue(frame.padding)
        self.padding.valueChanged.connect(self._choose_padding)
        self.area.activated.connect(self._choose_area)
        self.content.activated.connect(self._choose_content)

    def _choose_padding(self, pixels: int) -> None:
        self._session.frame.padding = pixels

    def _choose_area(self, row: int) -> None:
        self._session.choose_area(Area(self.area.itemData(row)))

    def _choose_content(self, row: int) -> None:
        self._session.settings.content = self.content.itemData(row)

    def _show(self) -> None:
        """Offer what counts for what Generate would do now."""
        task, area = self._session.intent.task, self._session.frame.area
        self.area.setCurrentIndex(self.area.findData(area))
        self.content.setCurrentIndex(self.content.findData(self._session.settings.content))
        is_masked = task in (Task.inpaint, Task.outpaint)
        self._form.setRowVisible(self.padding, area is Area.mask)
        for widget in (self.content, self.blur, self.seam, self.colour_match):
            self._form.setRowVisible(widget, is_masked)
        self.content.setEnabled(self._session.settings.strength < 1)


def _choice(titles: dict[Area, str] | dict[str, str]) -> QComboBox:
    box = QComboBox()
    for key, title in titles.items():
        box.addItem(tr(title), key)
    only_when_focused(box)
    return box


def _pixels(most: int, step: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(0, most)
    spin.setSingleStep(step)
    spin.setSuffix(tr(" px"))
    indent(spin)
    only_when_focused(spin)
    return spin
