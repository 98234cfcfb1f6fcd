"""Cut or extend the canvas by numbers, with the picture held at one of nine places."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.words import later, tr
from t2i_studio.studio.frame import MAX_SIDE
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.ui.theme import CONTROL, GAP, MARGIN, indent, set_kind

PIXELS, PERCENT = "px", "%"
MOST_PERCENT: Final = 1000
Anchor = tuple[int, int]  # 0, 1, 2: left, middle, right; top, middle, bottom
MIDDLE: Final[Anchor] = (1, 1)
ANCHORS: Final[dict[Anchor, tuple[str, str]]] = {
    (0, 0): ("↖", later("Keep the picture at the top left")),
    (1, 0): ("↑", later("Keep the picture at the top")),
    (2, 0): ("↗", later("Keep the picture at the top right")),
    (0, 1): ("←", later("Keep the picture at the left")),
    MIDDLE: ("•", later("Keep the picture in the middle")),
    (2, 1): ("→", later("Keep the picture at the right")),
    (0, 2): ("↙", later("Keep the picture at the bottom left")),
    (1, 2): ("↓", later("Keep the picture at the bottom")),
    (2, 2): ("↘", later("Keep the picture at the bottom right")),
}


def ask_canvas_size(session: Session, parent: QWidget) -> QDialog | None:
    """Ask without holding up the window; without a picture there is nothing to ask."""
    if session.document.extent is None:
        text = tr("There is no picture whose canvas could be resized.")
        session.noticed.emit(Notice(Level.info, text))
        return None
    dialog = CanvasSizeDialog(session, session.document.extent, parent)
    dialog.open()
    return dialog


class CanvasSizeDialog(QDialog):
    """New parts are transparent: the model can paint them."""

    def __init__(self, session: Session, extent: Extent, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._extent = extent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Canvas size"))
        self.width_box = _side(tr("Canvas width"))
        self.height_box = _side(tr("Canvas height"))
        self.unit = QComboBox()
        self.anchors: dict[Anchor, QToolButton] = {}
        self.result_label = QLabel()
        self._group = QButtonGroup(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._set_up()
        self._lay_out()
        self._show_unit()

    @property
    def anchor(self) -> Anchor:
        """Where the picture is held: column and row, 0 to 2."""
        return next(place for place, button in self.anchors.items() if button.isChecked())

    @property
    def bounds(self) -> Bounds:
        """What the canvas becomes, in pixels of what it is."""
        size, (across, down) = self._size(), self.anchor
        x = (self._extent.width - size.width) * across // 2
        y = (self._extent.height - size.height) * down // 2
        return Bounds(x, y, size.width, size.height)

    def accept(self) -> None:
        try:
            self._session.document.recanvas(self.bounds, name=tr("Canvas size"))
        except UserError as error:
            self.result_label.setText(str(error))
            set_kind(self.result_label, "danger")
            return
        super().accept()

    def _set_up(self) -> None:
        self.unit.addItems([PIXELS, PERCENT])
        self.unit.setAccessibleName(tr("Unit"))
        self.unit.currentTextChanged.connect(self._show_unit)
        self.width_box.valueChanged.connect(self._tell)
        self.height_box.valueChanged.connect(self._tell)
        resize = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        resize.setText(tr("Resize"))
        set_kind(resize, "primary")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for place, (arrow, tip) in ANCHORS.items():
            button = self.anchors[place] = QToolButton()
            button.setText(arrow)
            button.setCheckable(True)
            button.setFixedSize(QSize(CONTROL, CONTROL))
            button.setToolTip(tr(tip))
            button.setAccessibleName(tr(tip))
            button.clicked.connect(self._tell)
            self._group.addButton(button)
        self.anchors[MIDDLE].setChecked(True)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for (across, down), button in self.anchors.items():
            grid.addWidget(button, down, across)
        grid.setColumnStretch(3, 1)
        form = QFormLayout()
        form.setSpacing(GAP)
        form.addRow(tr("Width"), self.width_box)
        form.addRow(tr("Height"), self.height_box)
        form.addRow(tr("Unit"), self.unit)
        form.addRow(tr("Picture"), grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addLayout(form)
        column.addWidget(self.result_label)
        column.addWidget(self.buttons)

    def _show_unit(self) -> None:
        """Begin with the size that the canvas has, in this unit."""
        is_percent = self.unit.currentText() == PERCENT
        sides = (100, 100) if is_percent else (self._extent.width, self._extent.height)
        for box, side in zip((self.width_box, self.height_box), sides, strict=True):
            box.setRange(1, MOST_PERCENT if is_percent else MAX_SIDE)
            box.setSuffix(f" {self.unit.currentText()}")
            box.setValue(side)
        self._tell()

    def _size(self) -> Extent:
        width, height = self.width_box.value(), self.height_box.value()
        if self.unit.currentText() == PIXELS:
            return Extent(width, height)
        return Extent(
            max(1, round(self._extent.width * width / 100)),
            max(1, round(self._extent.height * height / 100)),
        )

    def _tell(self) -> None:
        set_kind(self.result_label, "muted")
        old, new = (f"{each.width} × {each.height} px" for each in (self._extent, self._size()))
        self.result_label.setText(tr("{old} becomes {new}", old=old, new=new))


def _side(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    indent(box)
    return box
