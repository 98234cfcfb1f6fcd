"""A few words about something that is in force, with a cross that ends it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import CONTROL, GAP, set_kind
from t2i_studio.ui.widgets.elided_label import ElidedLabel

CROSS = 22  # px
INSET = 3  # px beside the cross
SPACING = 4  # px


class Chip(QFrame):
    """As wide as its words, elided where there is less room; hidden without words."""

    closed = Signal()

    def __init__(self, close_tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel()
        self.cross = tool_button("close", close_tip)
        self.cross.setFixedSize(CROSS, CROSS)
        self.cross.clicked.connect(self.closed)
        set_kind(self, "chip")
        self.setFixedHeight(CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 0, INSET, 0)
        row.setSpacing(SPACING)
        row.addWidget(self.label, 1)
        row.addWidget(self.cross)
        self.set_text("")

    @property
    def text(self) -> str:
        return self.label.text()

    def set_text(self, text: str) -> None:
        """Say something else; nothing hides it."""
        self.label.setText(text)
        self.setMaximumWidth(self.sizeHint().width())
        self.updateGeometry()
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        words = self.label.fontMetrics().horizontalAdvance(self.text)
        return QSize(GAP + words + SPACING + CROSS + INSET, CONTROL)
