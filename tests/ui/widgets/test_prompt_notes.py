import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from t2i_studio.studio.prompting.evaluate import Evaluated
from t2i_studio.ui.widgets.prompt_notes import PromptNotes


@pytest.fixture
def notes(qtbot: QtBot) -> PromptNotes:
    notes = PromptNotes()
    qtbot.addWidget(notes)
    notes.resize(280, 200)
    return notes


def test_with_nothing_to_say_there_is_nothing(notes: PromptNotes) -> None:
    notes.show_evaluated(Evaluated("a cube"), "a cube ")
    assert notes.isHidden()


def test_it_says_what_is_read_where_that_differs(notes: PromptNotes) -> None:
    notes.show_evaluated(Evaluated("a red\ncube"), "a (red:1.2) cube")
    assert notes.reads.text() == "Reads: a red cube"
    assert not notes.isHidden()


def test_what_chance_brings_is_an_example(notes: PromptNotes) -> None:
    notes.show_evaluated(Evaluated("a {red} %s cube", is_drawn=True), "a {red|blue} cube")
    assert notes.reads.text() == "For example: a {red} %s cube"


def test_problems_come_alone(notes: PromptNotes) -> None:
    notes.show_evaluated(Evaluated("a __b__", problem="There is no wildcard b."), "a __b__")
    assert notes.problem.text() == "There is no wildcard b."
    assert notes.reads.isHidden()
    assert notes.notes.isHidden()


def test_notes_stand_below_one_another_and_go_again(notes: PromptNotes) -> None:
    notes.show_evaluated(Evaluated("x", notes=("One.", "Two.")), "y", "the rest")
    assert notes.notes.text() == "One.\nTwo.\nNot read, because it is too long: “the rest”"
    notes.show_evaluated(Evaluated("x"), "x", "the rest")
    assert notes.isHidden()


def test_a_click_or_a_key_copies_all_of_what_is_read(qtbot: QtBot, notes: PromptNotes) -> None:
    long = "a cube " * 100
    notes.show_evaluated(Evaluated(long), "x")
    assert len(notes.reads.text()) < 300
    notes.show()
    with qtbot.waitSignal(notes.copied) as copied:
        qtbot.mouseClick(notes.reads, Qt.MouseButton.LeftButton)
    assert copied.args == [long]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(notes.copied):
            qtbot.keyClick(notes.reads, key)


def test_other_clicks_and_keys_do_not(qtbot: QtBot, notes: PromptNotes) -> None:
    notes.show_evaluated(Evaluated("b"), "x")
    notes.show()
    with qtbot.assertNotEmitted(notes.copied):
        qtbot.mouseClick(notes.reads, Qt.MouseButton.RightButton)
        qtbot.mousePress(notes.reads, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(notes.reads, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
        qtbot.keyClick(notes.reads, Qt.Key.Key_A)


def test_a_screen_reader_hears_what_is_read(qtbot: QtBot, notes: PromptNotes) -> None:
    notes.show_evaluated(Evaluated("a red cube"), "x")
    assert notes.reads.accessibleName() == "Copy what the model reads: a red cube"
    notes.show()
    idle = notes.reads.grab().toImage()
    notes.activateWindow()
    notes.reads.setFocus()
    qtbot.waitUntil(notes.reads.hasFocus)
    assert notes.reads.grab().toImage() != idle
    notes.reads.clearFocus()
    assert notes.reads.grab().toImage() == idle
