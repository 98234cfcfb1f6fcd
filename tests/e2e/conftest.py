"""The whole program over the embedded checkpoint."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio, build
from t2i_studio.ui import theme
from tests.ui.conftest import OpenStudio, shut

LOADING_MS = 120_000  # the first import of torch, on a busy machine


@pytest.fixture
def open_studio(qapp: QApplication, qtbot: QtBot, data_folder: Path) -> Iterator[OpenStudio]:
    """Start the real studio over the test's data folder; call it again to restart it."""
    theme.apply(qapp, theme.DARK)
    opened: list[Studio] = []

    def start() -> Studio:
        while opened:
            shut(opened.pop())
        studio = build(data_folder)
        opened.append(studio)
        studio.window.resize(1280, 800)
        studio.open()
        qtbot.waitUntil(lambda: studio.session.ready is not None, timeout=LOADING_MS)
        return studio

    yield start
    while opened:
        shut(opened.pop())
