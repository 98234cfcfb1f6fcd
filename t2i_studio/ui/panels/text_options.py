"""How the text tool writes: font, size, weight, slant, alignment."""

from typing import Final

from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QFontComboBox,
    QHBoxLayout,
    QSpinBox,
    QToolButton,
    QWidget,
)

from t2i_studio.core.words import later, tr
from t2i_studio.studio.tools import MAX_TEXT, TextAlign, ToolOptions
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.text_pixels import always_there
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import indent
from t2i_studio.ui.widgets.wheel import only_when_focused

FONT_WIDTH: Final = 152  # px
SIZE_WIDTH: Final = 92  # px
ALIGNS: Final = {
    TextAlign.left: ("align_left", later("Lines begin at the left")),
    TextAlign.centre: ("align_centre", later("Lines are centred")),
    TextAlign.right: ("align_right", later("Lines end at the right")),
}


class TextOptions(QWidget):
    """Three parts that a narrow bar may show apart: `font_box`, `size_box`, `looks`."""

    def __init__(self, options: ToolOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        always_there()  # so that the list has it
        self.font_box = QFontComboBox(self)
        self.size_box = QSpinBox(self)
        self.bold = _toggle("bold", tr("Bold"))
        self.italic = _toggle("italic", tr("Italic"))
        self.aligns: dict[TextAlign, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.looks = QWidget(self)
        self._set_up()
        self._bindings = Bindings()
        self._bind()
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _set_up(self) -> None:
        self.font_box.setFixedWidth(FONT_WIDTH)
        self.font_box.setAccessibleName(tr("Font"))
        self.font_box.setToolTip(tr("Font of the text."))
        self.size_box.setRange(4, MAX_TEXT)
        self.size_box.setSuffix(tr(" px"))
        self.size_box.setAccessibleName(tr("Text size"))
        self.size_box.setToolTip(tr("Height of the text in pixels of the picture."))
        indent(self.size_box)
        self.size_box.setFixedWidth(SIZE_WIDTH)
        for control in (self.font_box, self.size_box):
            only_when_focused(control)
        row = QHBoxLayout(self.looks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.bold)
        row.addWidget(self.italic)
        row.addSpacing(8)
        for align, (name, tip) in ALIGNS.items():
            button = self.aligns[align] = _toggle(name, tr(tip))
            self._group.addButton(button)
            row.addWidget(button)

    def _bind(self) -> None:
        events = self._options.events
        fields = (
            events.text_font,
            events.text_size,
            events.text_bold,
            events.text_italic,
            events.text_align,
        )
        self._bindings.add(*(on(field, lambda _: self._show()) for field in fields))
        self.font_box.currentFontChanged.connect(self._choose_font)
        self.size_box.valueChanged.connect(self._choose_size)
        self.bold.toggled.connect(self._choose_bold)
        self.italic.toggled.connect(self._choose_italic)
        for align, button in self.aligns.items():
            button.clicked.connect(lambda _=False, to=align: self._choose_align(to))

    def _choose_font(self, font: QFont) -> None:
        self._options.text_font = font.family()

    def _choose_size(self, size: int) -> None:
        self._options.text_size = size

    def _choose_bold(self, is_on: bool) -> None:
        self._options.text_bold = is_on

    def _choose_italic(self, is_on: bool) -> None:
        self._options.text_italic = is_on

    def _choose_align(self, align: TextAlign) -> None:
        self._options.text_align = align

    def _show(self) -> None:
        options = self._options
        was_blocked = self.font_box.blockSignals(True)
        self.font_box.setCurrentFont(QFont(options.text_font) if options.text_font else self.font())
        self.font_box.blockSignals(was_blocked)
        self.size_box.setValue(options.text_size)
        self.bold.setChecked(options.text_bold)
        self.italic.setChecked(options.text_italic)
        self.aligns[options.text_align].setChecked(True)


def _toggle(name: str, tip: str) -> QToolButton:
    button = tool_button(name, tip)
    button.setCheckable(True)
    return button
