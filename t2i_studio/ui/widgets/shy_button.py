"""A button that shows its icon alone where there is no room for its text."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from t2i_studio.ui.theme import CONTROL


class ShyButton(QPushButton):
    """Takes the width of its text if it can, and tells screen readers the text in any case."""

    def __init__(self, icon: QIcon, text: str, parent: QWidget | None = None) -> None:
        super().__init__(icon, text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_shy(self) -> bool:
        """Whether the text does not fit."""
        return self.width() < self.sizeHint().width()

    def minimumSizeHint(self) -> QSize:
        return QSize(CONTROL, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, self.shown())
        painter.end()

    def shown(self) -> QStyleOptionButton:
        """Return what is drawn."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self.is_shy:
            option.text = ""
        return option
