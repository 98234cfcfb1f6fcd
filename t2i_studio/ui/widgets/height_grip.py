"""A grip below a text field that makes it higher or lower."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.theme import current
from t2i_studio.ui.widgets.prompt_edit import PromptEdit

HEIGHT: Final = 10  # px
BAR: Final = 28, 3  # px


class HeightGrip(QWidget):
    """Drag it, or press Up and Down; a double click or Home let the field grow by itself."""

    changed = Signal(object)  # lines, or None; only by the user

    def __init__(self, edit: PromptEdit, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._from: tuple[float, int] | None = None  # where a drag began: y, height
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(
            tr("{name}\nDrag it, or press Up and Down. A double click lets it grow by itself.",
               name=name)
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.globalPosition().y(), self._edit.height()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            start, height = self._from
            self._ask(self._in_lines(height + event.globalPosition().y() - start))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._from = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._ask(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self._ask(self._in_lines(self._edit.height()) + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self._ask(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_lit = self.hasFocus() or self.underMouse()
        painter.setBrush(QColor(current().focus if is_lit else current().line))
        bar = QRectF(0, 0, *BAR)
        bar.moveCenter(QPointF(self.width() / 2, self.height() / 2))
        painter.drawRoundedRect(bar, BAR[1] / 2, BAR[1] / 2)
        painter.end()

    def _in_lines(self, height: float) -> int:
        """Return how many lines a field of this height shows."""
        return round(self._edit.lines_in(height))

    def _ask(self, lines: int | None) -> None:
        before = self._edit.lines
        self._edit.set_lines(lines)
        if self._edit.lines != before:
            self.changed.emit(self._edit.lines)
