"""What stands on the canvas while there is no picture."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from t2i_studio.core.words import tr


class EmptyState(QWidget):
    """What an empty canvas says: three prompts that work, and how to open a picture."""

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._examples = QVBoxLayout()
        title = QLabel(tr("Describe a picture, or try one of these"))
        note = QLabel(tr("Drop, paste or open a picture to paint over it"))
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._examples)
        column.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        holder = QVBoxLayout(parent)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def show_examples(self, prompts: tuple[str, ...]) -> None:
        for button in self.buttons:
            self._examples.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._example(prompt) for prompt in prompts]

    def _example(self, prompt: str) -> QPushButton:
        button = QPushButton(prompt)
        button.setToolTip(tr("Write this prompt and generate."))
        button.clicked.connect(lambda: self.example_chosen.emit(prompt))
        self._examples.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button
