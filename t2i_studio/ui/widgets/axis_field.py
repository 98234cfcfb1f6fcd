"""One axis of a grid: which setting, and which values of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.grid.axes import Axis
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import GAP, caption_font, set_kind
from t2i_studio.ui.widgets.wheel import only_when_focused

NONE = ""


class AxisField(QWidget):
    """`name` is what it is called, "X" or "Y"; an axis that `may_lack` can be none at all."""

    changed = Signal(str, str)  # key and values; only by the user
    submitted = Signal()  # Return in the values

    def __init__(self, name: str, *, may_lack: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_lack = may_lack
        self._axes: dict[str, Axis] = {}
        self._offered: dict[str, tuple[str, ...]] = {}
        self.box, self.values = QComboBox(), QLineEdit()
        self.box.setAccessibleName(tr("{name} axis", name=name))
        self.box.setMaxVisibleItems(20)
        only_when_focused(self.box)
        self.values.setAccessibleName(tr("Values of the {name} axis", name=name))
        self.values.setClearButtonEnabled(True)
        self.fill = tool_button("list", tr("Fill in all that there are"))
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.hint.setFont(caption_font(self.hint.font()))
        set_kind(self.hint, "muted")
        self._lay_out(name)
        self.box.activated.connect(self._choose)
        self.values.textEdited.connect(lambda _: self._tell())
        self.values.returnPressed.connect(self.submitted)
        self.fill.clicked.connect(self._fill)

    @property
    def chosen(self) -> tuple[str, str]:
        """The key of the axis, "" for none, and the values."""
        return str(self.box.currentData() or NONE), self.values.text()

    def offer(self, axes: Sequence[Axis], choices: dict[str, tuple[str, ...]]) -> None:
        """Offer these axes; `choices` are all the values that some of them have."""
        key, text = self.chosen
        self._axes, self._offered = {axis.key: axis for axis in axes}, choices
        self.box.clear()
        if self._may_lack:
            self.box.addItem(tr("Nothing"), NONE)
        for axis in axes:
            self.box.addItem(tr(axis.title), axis.key)
        self.show_axis(key, text)

    def show_axis(self, key: str, text: str) -> None:
        """Show an axis and its values, without telling anybody."""
        self.box.setCurrentIndex(max(0, self.box.findData(key)))
        if self.values.text() != text:
            self.values.setText(text)
        self._follow()

    def _lay_out(self, name: str) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        letter = QLabel(name)
        letter.setBuddy(self.box)
        grid.addWidget(letter, 0, 0)
        grid.addWidget(self.box, 0, 1)
        grid.addWidget(self.values, 0, 2)
        grid.addWidget(self.fill, 0, 3)
        grid.addWidget(self.hint, 1, 2, 1, 2)
        grid.setColumnMinimumWidth(0, 12)
        grid.setColumnMinimumWidth(1, 210)
        grid.setColumnStretch(2, 1)

    def _follow(self) -> None:
        key, _ = self.chosen
        axis = self._axes.get(key)
        self.values.setEnabled(axis is not None)
        self.fill.setEnabled(key in self._offered)
        self.hint.setText(tr(axis.hint) if axis else "")
        self.values.setPlaceholderText(", ".join(self._offered.get(key, ())))

    def _choose(self) -> None:
        self.values.clear()
        self._follow()
        self._tell()
        self.values.setFocus()

    def _fill(self) -> None:
        key, _ = self.chosen
        self.values.setText(", ".join(self._offered[key]))
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(*self.chosen)
