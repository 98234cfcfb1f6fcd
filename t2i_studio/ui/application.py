"""The QApplication, and what happens to an exception that nobody caught."""

import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from t2i_studio import __version__
from t2i_studio.studio.preferences import Preferences
from t2i_studio.ui import language
from t2i_studio.ui.appearance import give_look

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SCALE = "QT_SCALE_FACTOR"

log = logging.getLogger(__name__)


def make_application(preferences: Preferences | None = None) -> QApplication:
    """Make the one QApplication in our look, scale and language."""
    preferred = preferences or Preferences()
    if preferred.scale != 100:
        os.environ.setdefault(SCALE, str(preferred.scale / 100))  # the system's own word counts
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication([sys.argv[0]])
    app.setApplicationName("t2i-studio")
    app.setApplicationDisplayName("T2I Studio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("t2i-studio")
    language.install(app, preferred.language)
    give_look(app, preferred)
    return app


@contextlib.contextmanager
def closing_on_signals(close: Callable[[], object]) -> Iterator[None]:
    """Close the window on Ctrl+C in the terminal and on SIGTERM.

    The signal only writes to a socket, and the event loop that hears it closes: a handler would
    run in the middle of whatever Python does, painting for one.
    """
    near, far = socket.socketpair()
    for end in (near, far):
        end.setblocking(False)
    notifier = QSocketNotifier(near.fileno(), QSocketNotifier.Type.Read)

    def hear() -> None:
        near.recv(64)
        close()

    notifier.activated.connect(hear)
    before = {name: signal.signal(name, lambda *_: None) for name in SIGNALS}
    waker = signal.set_wakeup_fd(far.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(waker)
        for name, handler in before.items():
            signal.signal(name, handler)
        notifier.setEnabled(False)
        near.close()
        far.close()


def catch_exceptions(tell: Callable[[Exception], None]) -> None:
    """Log what nobody caught and tell the user, and go on: a slot must not end the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            log.error("not caught", exc_info=(kind, error, trace))
            tell(error)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook
