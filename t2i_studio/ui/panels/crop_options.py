"""The crop tool's box in numbers, and what is done with it."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.frame import MAX_SIDE
from t2i_studio.ui.canvas.tools import CanvasTools
from t2i_studio.ui.theme import indent, set_kind
from t2i_studio.ui.widgets.wheel import only_when_focused


class CropOptions(QWidget):
    """Two parts that a narrow bar may show apart: `sides` and `acts`."""

    def __init__(self, tools: CanvasTools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self.width_box = _side(tr("Crop width"))
        self.height_box = _side(tr("Crop height"))
        self.apply = QPushButton(tr("Crop"))
        self.cancel = QPushButton(tr("Cancel"))
        self.canvas_size = QPushButton(tr("Canvas size…"), self)
        self.sides = _row(self, self.width_box, QLabel("×"), self.height_box)
        self.acts = _row(self, self.apply, self.cancel)
        self._name()
        self.width_box.valueChanged.connect(self._resize)
        self.height_box.valueChanged.connect(self._resize)
        self.apply.clicked.connect(tools.crop.apply)
        self.cancel.clicked.connect(tools.crop.cancel)
        tools.sketched.connect(self._show)
        self._show()

    def _name(self) -> None:
        set_kind(self.apply, "primary")
        self.apply.setToolTip(tr("Make the box the whole canvas (Return). One undo step."))
        self.cancel.setToolTip(tr("Leave the canvas as it is (Esc)."))
        self.canvas_size.setToolTip(tr("Cut or extend the canvas by numbers."))

    def _resize(self) -> None:
        box = self._tools.crop.box
        if box is not None:
            width, height = self.width_box.value(), self.height_box.value()
            self._tools.crop.show(replace(box, width=width, height=height))

    def _show(self) -> None:
        box = self._tools.crop.box
        shown = box or self._tools.crop.bench.document.bounds
        for spin, side in ((self.width_box, shown.width), (self.height_box, shown.height)):
            was_blocked = spin.blockSignals(True)
            spin.setValue(side)
            spin.blockSignals(was_blocked)
        for control in (self.sides, self.acts):
            control.setEnabled(box is not None)


def _side(name: str) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(1, MAX_SIDE)
    spin.setSuffix(tr(" px"))
    spin.setKeyboardTracking(False)
    spin.setAccessibleName(name)
    indent(spin)
    only_when_focused(spin)
    return spin


def _row(parent: QWidget, *widgets: QWidget) -> QWidget:
    row = QWidget(parent)
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    return row
