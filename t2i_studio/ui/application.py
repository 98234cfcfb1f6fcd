"""The QApplication, and what happens to an exception that nobody caught."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from t2i_studio import __version__
from t2i_studio.ui import theme

log = logging.getLogger(__name__)


def make_application() -> QApplication:
    """Make the one QApplication in our look."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication([sys.argv[0]])
    app.setApplicationName("t2i-studio")
    app.setApplicationDisplayName("T2I Studio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("t2i-studio")
    theme.apply(app, theme.system_theme())
    return app


def catch_exceptions(tell: Callable[[Exception], None]) -> None:
    """Log what nobody caught and tell the user, and go on: a slot must not end the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            log.error("not caught", exc_info=(kind, error, trace))
            tell(error)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook
