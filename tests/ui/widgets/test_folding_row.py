from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui.widgets.folding_row import FoldingRow

WIDTH = 80


@pytest.fixture
def buttons(qtbot: QtBot) -> list[QWidget]:
    made: list[QWidget] = [QPushButton(f"Button {number}") for number in range(4)]
    for button in made:
        button.setFixedWidth(WIDTH)
        qtbot.addWidget(button)
    return made


@pytest.fixture
def row(qtbot: QtBot, buttons: list[QWidget]) -> Iterator[FoldingRow]:
    row = FoldingRow()
    qtbot.addWidget(row)
    row.show_items(buttons)
    row.resize(600, 28)
    row.show()
    QApplication.processEvents()
    yield row
    row.popover.hide()


def shown(row: FoldingRow, buttons: list[QWidget]) -> list[int]:
    QApplication.processEvents()
    inside = (n for n, b in enumerate(buttons) if b.parentWidget() is row and b.isVisible())
    return list(inside)


def test_with_room_all_are_shown(row: FoldingRow, buttons: list[QWidget]) -> None:
    assert shown(row, buttons) == [0, 1, 2, 3]
    assert row.more.isHidden()


@pytest.mark.parametrize(("width", "count"), [(320, 3), (270, 2), (215, 2), (130, 1), (60, 0)])
def test_the_last_ones_fold_first(
    row: FoldingRow, buttons: list[QWidget], width: int, count: int
) -> None:
    row.resize(width, 28)
    assert shown(row, buttons) == list(range(count))
    assert row.folded == tuple(buttons[count:])
    assert row.more.isVisible()
    right = max((buttons[n].geometry().right() for n in range(count)), default=0)
    assert right < row.more.x() + row.more.width() <= max(width, row.more.width())


def test_what_is_folded_is_behind_the_button(row: FoldingRow, buttons: list[QWidget]) -> None:
    row.resize(130, 28)
    QApplication.processEvents()
    row.more.click()
    assert row.popover.isVisible()
    assert [button.isVisible() for button in buttons] == [True] * 4
    QTest.keyClick(row.popover, Qt.Key.Key_Escape)
    assert row.popover.isHidden()


def test_with_room_again_they_come_back_in_order(row: FoldingRow, buttons: list[QWidget]) -> None:
    row.resize(130, 28)
    QApplication.processEvents()
    row.resize(600, 28)
    assert shown(row, buttons) == [0, 1, 2, 3]
    assert [b.x() for b in buttons] == sorted(b.x() for b in buttons)


def test_other_items_take_their_place(row: FoldingRow, buttons: list[QWidget]) -> None:
    row.show_items([buttons[3], buttons[1]])
    assert shown(row, buttons) == [1, 3]
    assert buttons[3].x() < buttons[1].x()
    assert buttons[0].isHidden()
    row.show_items([])
    assert shown(row, buttons) == []
    assert row.more.isHidden()


def test_a_label_that_grows_makes_others_fold(qtbot: QtBot) -> None:
    row, label, button = FoldingRow(), QLabel("a"), QPushButton("Button")
    qtbot.addWidget(row)
    row.show_items([label, button])
    row.resize(160, 28)
    row.show()
    QApplication.processEvents()
    assert row.folded == ()
    label.setText("a long text that needs much room")
    QApplication.processEvents()
    assert button in row.folded
