"""Messages at the edge of the window: never modal, few, and gone by themselves.

What went wrong and can be put right stays until somebody closes it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.theme import CONTROL, ICON, MARGIN, RADIUS, current, set_kind

MOST = 3  # at once, of those that go by themselves
WIDTH = 420  # px, at most
SECONDS = 6.0  # that a message stays
TINTS = {"info": "accent"}  # the other levels are icons and colours of the same name

Action = Callable[[], object]


class Toast(QFrame):
    """One message; waits while the mouse or the focus is on it."""

    closed = Signal()

    def __init__(
        self, text: str, level: str, action_text: str, action: Action | None, seconds: float
    ) -> None:
        super().__init__()
        self.text, self.level = text, level
        self._actions = [action] if action else []
        self._times = 1
        self._timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self._timer.timeout.connect(self.dismiss)
        self.label = QLabel(text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.button = QPushButton(action_text)
        self.button.setVisible(bool(action_text))
        set_kind(self.button, "link")
        self.close_button = tool_button("close", tr("Close (Esc)"))
        self.close_button.setAccessibleName(tr("Close message"))
        self.button.clicked.connect(self._act)
        self.close_button.clicked.connect(self.dismiss)
        self.setAccessibleName(text)
        self._lay_out()
        self._wait()

    @property
    def stays(self) -> bool:
        """Whether it waits to be closed."""
        return self._timer.interval() == 0

    def says(self, text: str, level: str, action_text: str) -> bool:
        return (self.text, self.level, self.button.text()) == (text, level, action_text)

    def repeat(self, action: Action | None) -> None:
        """Count the same message instead of saying it again; its button then does all."""
        self._times += 1
        self._actions += [action] if action else []
        self.label.setText(f"{self.text} (×{self._times})")
        self._wait()

    def dismiss(self) -> None:
        self._timer.stop()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave:
            self._wait()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a card with the sign of its level."""
        look, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.line))
        painter.setBrush(QColor(look.raised))
        card = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, RADIUS, RADIUS)
        place = QRect(MARGIN, 6 + (CONTROL - ICON) // 2, ICON, ICON)
        icon(self.level, TINTS.get(self.level, self.level)).paint(painter, place)
        painter.end()

    def _wait(self) -> None:
        if not self.stays:
            self._timer.start()

    def _act(self) -> None:
        self.dismiss()
        for action in self._actions:
            action()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN + ICON + 8, 6, 6, 6)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.label)
        words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch()
        row.addLayout(words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)


class ToastHost(QWidget):
    """Lies over the bottom right corner of its parent, no larger than its messages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(8)
        self._toasts: list[Toast] = []
        self._lift = 0
        parent.installEventFilter(self)
        self.hide()

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """The messages that are shown, the newest last."""
        return tuple(self._toasts)

    def show_message(
        self,
        text: str,
        level: str = "info",
        action_text: str = "",
        action: Action | None = None,
        seconds: float | None = None,
    ) -> Toast:
        """Show a message for some seconds, or until it is closed if they are 0."""
        for shown in self._toasts:
            if shown.says(text, level, action_text):
                shown.repeat(action)
                self._place()
                return shown
        if seconds is None:
            seconds = 0 if level == "danger" and action else SECONDS
        toast = Toast(text, level, action_text, action, seconds)
        toast.closed.connect(lambda: self._remove(toast))
        self._toasts.append(toast)
        self._column.addWidget(toast)
        toast.show()  # the layout would do it later, and has no height for it until then
        self._thin_out()
        self._place()
        _announce(self, text, is_urgent=level == "danger")
        return toast

    def lift(self, height: int) -> None:
        """Stay clear of what lies over so many px of the bottom edge."""
        self._lift = height
        self._place()

    def clear(self) -> None:
        for toast in self.toasts:
            toast.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _thin_out(self) -> None:
        """Close the oldest, but neither the newest nor what stays."""
        passing = [toast for toast in self._toasts[:-1] if not toast.stays]
        for toast in passing[: max(0, len(self._toasts) - MOST)]:
            toast.dismiss()

    def _remove(self, toast: Toast) -> None:
        if toast not in self._toasts:
            return
        if toast.isAncestorOf(self.focusWidget() or self):
            self._parent.setFocus()
        self._toasts.remove(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self._place()

    def _place(self) -> None:
        self.setVisible(bool(self._toasts))
        if not self._toasts:
            return
        room = self._parent.size()
        width = min(WIDTH, room.width())
        height = self._column.heightForWidth(width)
        y = room.height() - height - self._lift
        self.setGeometry(room.width() - width, y, width, height)
        self.raise_()


def _announce(widget: QWidget, text: str, *, is_urgent: bool) -> None:
    """Have a screen reader say it, if one listens."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
