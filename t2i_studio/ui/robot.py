"""A hand that moves the mouse over real widgets, and a watch on the event loop, for measuring."""

from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from t2i_studio.ui.application import make_application

TICK_MS = 5  # of the timer that the event loop may hold up

PRESS = QEvent.Type.MouseButtonPress
MOVE = QEvent.Type.MouseMove
RELEASE = QEvent.Type.MouseButtonRelease


class Watch:
    """How long the event loop lets a timer of TICK_MS wait (main thread)."""

    def __init__(self) -> None:
        self._waits: list[float] = []  # s
        self._last = 0.0
        self._timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._waits, self._last = [], perf_counter()
        self._timer.start()

    def stop(self) -> list[float]:
        """Return the seconds between one tick and the next."""
        self._timer.stop()
        self._tick()
        return self._waits

    def _tick(self) -> None:
        now = perf_counter()
        self._waits.append(now - self._last)
        self._last = now


def application() -> QApplication:
    """Return the one there is, or make it."""
    app = QApplication.instance()
    return app if isinstance(app, QApplication) else make_application()


def let_run(milliseconds: int) -> None:
    """Let the event loop work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def send(widget: QWidget, what: QEvent.Type, x: float) -> None:
    """Let the mouse PRESS, MOVE or RELEASE at x px from the left of a widget, half way down."""
    place = QPointF(x, widget.height() / 2)
    button = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if what == RELEASE else button
    which = Qt.MouseButton.NoButton if what == MOVE else button
    modifiers = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(what, place, widget.mapToGlobal(place), which, held, modifiers)
    QApplication.sendEvent(widget, event)


def discard(window: QWidget) -> None:
    """Delete a closed window at once."""
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
