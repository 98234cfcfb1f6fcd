"""What the desk has to say about a prompt: what is wrong, what has no effect, what is read."""

from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.evaluate import Evaluated
from t2i_studio.ui.theme import caption_font, current, set_kind

LONGEST: Final = 280  # characters that are shown of what is read
TIP: Final = 2_000  # characters of it in a tooltip
RIM: Final = 2  # px, of the focus


class PromptNotes(QWidget):
    """Lines under a prompt; hidden where there is nothing to say."""

    copied = Signal(str)  # what is read, by a click on it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = _line("danger")
        self.notes = _line("warn")
        self.reads = ReadLine()
        self.reads.clicked.connect(self._copy)
        self._read = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for line in (self.problem, self.notes, self.reads):
            line.hide()
            column.addWidget(line)
        self.hide()

    def show_evaluated(self, found: Evaluated, written: str, unread: str = "") -> None:
        """Show what becomes of a prompt; `unread`: what of that no longer fits into the model."""
        differs = found.prompt.strip() != written.strip() and not found.problem
        self._read = found.prompt
        notes = list(found.notes)
        if unread and differs:
            notes.append(tr("Not read, because it is too long: “{rest}”", rest=_cut(unread, 80)))
        _say(self.problem, found.problem)
        _say(self.notes, "\n".join(notes))
        self.reads.show_text(found.prompt if differs else "", is_example=found.is_drawn)
        self.setVisible(bool(found.problem or notes or differs))

    def _copy(self) -> None:
        self.copied.emit(self._read)


class ReadLine(QLabel):
    """What the model reads; a click, Space or Return copy it."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _set_up(self, "muted")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_text(self, text: str, *, is_example: bool) -> None:
        """Show a prompt as it is read, or as it may be; nothing for an empty one."""
        shown = _cut(" ".join(text.split()), LONGEST)
        said = tr("For example: {prompt}") if is_example else tr("Reads: {prompt}")
        _say(self, said.format(prompt=shown) if text else "")
        self.setAccessibleName(
            tr("Copy what the model reads: {prompt}", prompt=_cut(text, TIP)) if text else ""
        )
        self.setToolTip(tr("A click copies it:\n{prompt}", prompt=_cut(text, TIP)) if text else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_inside = self.rect().toRectF().contains(QPointF(event.position()))
        if event.button() == Qt.MouseButton.LeftButton and is_inside:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(current().focus), RIM))
            inside = self.rect().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inside, RIM, RIM)
            painter.end()


def _line(kind: str) -> QLabel:
    label = QLabel()
    _set_up(label, kind)
    return label


def _set_up(label: QLabel, kind: str) -> None:
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(caption_font(label.font()))
    label.setContentsMargins(RIM, 0, RIM, 0)
    set_kind(label, kind)


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
