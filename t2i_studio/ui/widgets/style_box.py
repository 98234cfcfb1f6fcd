"""Which style the prompt is put into."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.styles import Style
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import GAP
from t2i_studio.ui.widgets.wheel import only_when_focused

NONE = ""


class StyleBox(QWidget):
    """A list of names, "No style" first, and a button for those who want others."""

    chosen = Signal(str)  # a name, or "" for none; only by the user
    manage_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = NONE
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Style"))
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.box.setMaxVisibleItems(20)
        only_when_focused(self.box)
        self.manage = tool_button("gear", tr("Styles…\nEdit, import and export styles."))
        self.setFocusProxy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP // 2)
        row.addWidget(self.box, 1)
        row.addWidget(self.manage)
        self.box.activated.connect(self._choose)
        self.manage.clicked.connect(self.manage_requested)
        self.show_styles(())

    def show_styles(self, styles: Sequence[Style]) -> None:
        """Offer these; what is chosen stays, even if it is not there any longer."""
        self.box.clear()
        self.box.addItem(tr("No style"), NONE)
        for style in styles:
            self.box.addItem(style.name, style.name)
            self.box.setItemData(
                self.box.count() - 1, _described(style), Qt.ItemDataRole.ToolTipRole
            )
        self.set_chosen(self._chosen)

    def set_chosen(self, name: str) -> None:
        """Show a style as the chosen one, without telling anybody."""
        self._chosen = name
        row = next(
            (row for row in range(self.box.count()) if self._name(row) == name.casefold()), -1
        )
        if row < 0:
            self.box.addItem(tr("{name} (missing)", name=name), name)
            row = self.box.count() - 1
        self.box.setCurrentIndex(row)
        tip = self.box.itemData(row, Qt.ItemDataRole.ToolTipRole) or ""
        explained = tr("The prompt is put into the template of a style.")
        self.box.setToolTip(f"{explained}\n{tip}".strip())

    def _name(self, row: int) -> str:
        return str(self.box.itemData(row)).casefold()

    def _choose(self, row: int) -> None:
        name = str(self.box.itemData(row))
        self.set_chosen(name)
        self.chosen.emit(name)


def _described(style: Style) -> str:
    parts = [style.prompt]
    if style.negative_prompt:
        parts.append(
            tr("Negative prompt: {negative_prompt}", negative_prompt=style.negative_prompt)
        )
    return "\n".join(part for part in parts if part)
