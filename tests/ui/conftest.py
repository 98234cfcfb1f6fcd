"""The whole window over the fake backend."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio, build
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.ui import theme
from tests.studio.conftest import fake_registry

OpenStudio = Callable[[], Studio]
FAR_AWAY = 10_000  # px


@pytest.fixture(autouse=True)
def no_mouse_over_anything(qapp: QApplication) -> None:
    """Take the mouse from where the test before left it."""
    QCursor.setPos(FAR_AWAY, FAR_AWAY)


@pytest.fixture
def open_studio(qapp: QApplication, qtbot: QtBot, data_folder: Path) -> Iterator[OpenStudio]:
    """Start a studio over the test's data folder; call it again to start another."""
    theme.apply(qapp, theme.DARK)
    opened: list[Studio] = []

    def start() -> Studio:
        while opened:
            shut(opened.pop())
        studio = build(data_folder, fake_registry, lambda model: CAPABILITIES)
        opened.append(studio)
        studio.open()
        qtbot.waitUntil(lambda: studio.session.ready is not None)
        return studio

    yield start
    while opened:
        shut(opened.pop())


@pytest.fixture
def studio(open_studio: OpenStudio) -> Studio:
    return open_studio()


def shut(studio: Studio) -> None:
    studio.window.close()
    studio.close()
    studio.window.deleteLater()
