from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from t2i_studio.ui.widgets.history_popup import HistoryPopup

HISTORY = ("a red cube", "a blue\ncube", "a fox in the snow")
Key = Qt.Key


@pytest.fixture
def button(qtbot: QtBot) -> QPushButton:
    button = QPushButton()
    qtbot.addWidget(button)
    button.show()
    return button


@pytest.fixture
def popup(button: QPushButton) -> Iterator[HistoryPopup]:
    popup = HistoryPopup(button)
    popup.open_at(button, HISTORY)
    yield popup
    popup.close()


def test_the_newest_is_chosen_and_return_takes_it(qtbot: QtBot, popup: HistoryPopup) -> None:
    with qtbot.waitSignal(popup.taken) as taken:
        qtbot.keyClick(popup.search, Key.Key_Return)
    assert taken.args == ["a red cube"]
    assert popup.isHidden()


def test_words_find_prompts_in_any_order(qtbot: QtBot, popup: HistoryPopup) -> None:
    qtbot.keyClicks(popup.search, "cube BLUE")
    assert popup.prompts == ["a blue\ncube"]
    with qtbot.waitSignal(popup.taken) as taken:
        qtbot.keyClick(popup.search, Key.Key_Enter)
    assert taken.args == ["a blue\ncube"]


def test_arrows_go_round(qtbot: QtBot, popup: HistoryPopup) -> None:
    for key, row in ((Key.Key_Down, 1), (Key.Key_Up, 0), (Key.Key_Up, 2), (Key.Key_Down, 0),
                     (Key.Key_PageDown, 2), (Key.Key_PageUp, 0)):  # fmt: skip
        qtbot.keyClick(popup.search, key)
        assert popup.list.currentRow() == row


def test_delete_forgets_the_chosen_one(qtbot: QtBot, popup: HistoryPopup) -> None:
    qtbot.keyClick(popup.search, Key.Key_Down)
    with qtbot.waitSignal(popup.forgotten) as forgotten:
        qtbot.keyClick(popup.search, Key.Key_Delete)
    assert forgotten.args == ["a blue\ncube"]
    popup.show_history(HISTORY[::2])
    assert popup.prompts == list(HISTORY[::2])
    assert popup.list.currentRow() == 1


def test_delete_within_what_is_typed_deletes_a_letter(qtbot: QtBot, popup: HistoryPopup) -> None:
    qtbot.keyClicks(popup.search, "fox")
    qtbot.keyClick(popup.search, Key.Key_Home)
    with qtbot.assertNotEmitted(popup.forgotten):
        qtbot.keyClick(popup.search, Key.Key_Delete)
    assert popup.search.text() == "ox"


def test_a_click_takes_and_the_button_forgets(qtbot: QtBot, popup: HistoryPopup) -> None:
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(popup.forgotten) as forgotten:
        qtbot.mouseClick(popup.forget, left)
    assert forgotten.args == ["a red cube"]
    place = popup.list.visualItemRect(popup.list.item(2)).center()
    with qtbot.waitSignal(popup.taken) as taken:
        qtbot.mouseClick(popup.list.viewport(), left, pos=place)
    assert taken.args == ["a fox in the snow"]


def test_escape_closes_it(qtbot: QtBot, popup: HistoryPopup) -> None:
    with qtbot.assertNotEmitted(popup.taken):
        qtbot.keyClick(popup.search, Key.Key_Escape)
    assert popup.isHidden()


def test_where_nothing_is_found_it_says_so(qtbot: QtBot, popup: HistoryPopup) -> None:
    qtbot.keyClicks(popup.search, "zzz")
    assert popup.nothing.text() == "No prompt has all of these words."
    with qtbot.assertNotEmitted(popup.taken), qtbot.assertNotEmitted(popup.forgotten):
        for key in (Key.Key_Return, Key.Key_Delete, Key.Key_Down):
            qtbot.keyClick(popup.search, key)
    assert not popup.forget.isEnabled()


def test_an_empty_history_says_what_it_is_for(button: QPushButton, popup: HistoryPopup) -> None:
    popup.open_at(button, ())
    assert "will be listed here" in popup.nothing.text()
    assert popup.list.isHidden()


def test_opened_again_it_searches_anew(
    qtbot: QtBot, button: QPushButton, popup: HistoryPopup
) -> None:
    qtbot.keyClicks(popup.search, "fox")
    popup.close()
    popup.open_at(button, HISTORY)
    assert popup.search.text() == ""
    assert len(popup.prompts) == 3
