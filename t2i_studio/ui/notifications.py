"""A sound and a word from the desktop when the queue is done, for who has looked away."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.dispatch import Round
from t2i_studio.studio.notify import summary
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import icon

LONG_S: Final = 5.0  # what takes longer is not waited for


class Desktop(Protocol):
    """What the system can do to be noticed."""

    def beep(self) -> None: ...

    def notify(self, title: str, text: str) -> None: ...

    def forget(self) -> None: ...


class QtDesktop:
    """The system's, as far as Qt reaches it; what is not there is left out."""

    def __init__(self, window: QWidget, clicked: Callable[[], None]) -> None:
        self._window, self._clicked = window, clicked
        self._tray: QSystemTrayIcon | None = None

    def beep(self) -> None:
        QApplication.beep()

    def notify(self, title: str, text: str) -> None:
        """Mark the window in the task bar, and show a message where there is a tray."""
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._shown().showMessage(title, text)

    def forget(self) -> None:
        """Take the icon away; it is only there to show messages."""
        if self._tray is not None:
            self._tray.hide()

    def _shown(self) -> QSystemTrayIcon:
        if self._tray is None:
            self._tray = QSystemTrayIcon(icon("app"), self._window)
            self._tray.messageClicked.connect(self._clicked)
            self._tray.activated.connect(lambda _: self._clicked())
        self._tray.show()
        return self._tray


class Notifications(QObject):
    """Tells when the queue is done, if that took long or the window is not in front."""

    def __init__(self, session: Session, window: QWidget, desktop: Desktop) -> None:
        super().__init__(window)
        self._options = session.notify
        self._window, self._desktop = window, desktop
        self._bindings = Bindings([on(session.dispatcher.drained, self._tell)])
        window.installEventFilter(self)

    def unbind(self) -> None:
        self._bindings.clear()
        self._window.removeEventFilter(self)
        self._desktop.forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self._desktop.forget()
        return False

    def _tell(self, done: Round) -> None:
        if done.seconds <= LONG_S and self._window.isActiveWindow():
            return
        if self._options.has_notification:
            self._desktop.notify(tr("The queue is done"), summary(done))
        if self._options.has_sound:
            self._desktop.beep()
