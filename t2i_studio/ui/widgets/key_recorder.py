"""A button that takes the next key that is pressed."""

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton

from t2i_studio.core.words import tr

ALONE: Final = {
    *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_unknown),
    *(Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_Hyper_L, Qt.Key.Key_Hyper_R),
}
COUNTED: Final = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class KeyRecorder(QPushButton):
    """While it listens, every key is only recorded; Escape or a click elsewhere ends that."""

    recorded = Signal(str)  # in Qt's portable text

    def __init__(self) -> None:
        super().__init__()
        self.is_listening = False
        self.clicked.connect(self.listen)
        self._show()

    def listen(self) -> None:
        self.is_listening = True
        self.setFocus()
        self._show()

    def stop(self) -> None:
        self.is_listening = False
        self._show()

    def event(self, event: QEvent) -> bool:
        """Take keys before anything else can: shortcuts, and Tab."""
        if self.is_listening and isinstance(event, QKeyEvent):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.stop()
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ALONE:
            return
        self.stop()
        if event.key() != Qt.Key.Key_Escape:
            self.recorded.emit(key_of(event))

    def _show(self) -> None:
        self.setText(tr("Press the keys …") if self.is_listening else tr("Add key"))
        self.setDown(self.is_listening)
        self.setToolTip(tr("Press it, and then the keys that are to be added. Escape leaves it."))


def key_of(event: QKeyEvent) -> str:
    """Return a pressed key in portable text; Shift is left out where it only made the sign."""
    modifiers = event.modifiers() & COUNTED
    key, text = Qt.Key(event.key()), event.text()
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    elif text and text.isprintable() and not (text.isalnum() or text.isspace()):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString()
