from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.chip import Chip


@pytest.fixture
def chip(qtbot: QtBot, qapp: QApplication) -> Iterator[Chip]:
    theme.apply(qapp, theme.DARK)
    room = QWidget()
    qtbot.addWidget(room)
    chip = Chip("Unpin it")
    row = QHBoxLayout(room)
    row.addWidget(chip)
    row.addStretch(1)
    room.resize(400, 60)
    room.show()
    yield chip
    room.close()


def test_without_words_it_is_hidden(chip: Chip) -> None:
    assert chip.isHidden()
    chip.set_text("Candidate 3 pinned")
    assert chip.isVisible()
    assert chip.accessibleName() == "Candidate 3 pinned"
    chip.set_text("")
    assert chip.isHidden()


def test_it_is_as_wide_as_its_words(qtbot: QtBot, chip: Chip) -> None:
    chip.set_text("Candidate 3 pinned")
    room = chip.parentWidget()
    assert room is not None
    room.layout().activate()
    words = chip.fontMetrics().horizontalAdvance(chip.text)
    assert chip.label.width() == words
    assert chip.width() < room.width() / 2
    room.resize(120, 60)
    qtbot.waitUntil(lambda: chip.label.width() < words)


def test_its_cross_ends_it(qtbot: QtBot, chip: Chip) -> None:
    chip.set_text("Candidate 3 pinned")
    with qtbot.waitSignal(chip.closed):
        qtbot.mouseClick(chip.cross, Qt.MouseButton.LeftButton)
    assert chip.cross.accessibleName() == "Unpin it"
