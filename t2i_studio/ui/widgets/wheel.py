"""Controls that the wheel must not change while somebody scrolls past them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Guard(QObject):
    """Lets the wheel through to whatever scrolls, unless the control has the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_idle = isinstance(watched, QWidget) and not watched.hasFocus()
        if is_idle and event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False


def only_when_focused(control: QWidget) -> None:
    """Make a combo or spin box turn with the wheel only after a click or Tab into it."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_Guard(control))
