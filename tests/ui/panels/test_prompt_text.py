"""The prompt as it is written in the window, and what the desk says to it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.paths import resource
from t2i_studio.studio.prompting.styles import Style
from t2i_studio.studio.tokens import TokenCounter
from t2i_studio.ui.panels.prompt_text import PromptText
from tests.ui.conftest import OpenStudio

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def text(studio: Studio, data_folder: Path) -> PromptText:
    folder = data_folder / "wildcards"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "colours.txt").write_text("red\nblue\n")
    text = studio.window.prompt.text
    text.edit.setFocus()
    return text


def test_it_shows_what_the_model_reads_and_copies_it(
    qtbot: QtBot, studio: Studio, text: PromptText
) -> None:
    studio.session.settings.seed = 4
    QTest.keyClicks(text.edit, "a (__colours__:1.2) cube")
    qtbot.keyClick(text.edit, Qt.Key.Key_Escape)
    read = studio.session.desk.preview().prompt
    assert read in {"a red cube", "a blue cube"}
    assert text.notes.reads.text() == f"For example: {read}"
    assert "weights have no effect" in text.notes.notes.text()
    qtbot.mouseClick(text.notes.reads, LEFT)
    assert QGuiApplication.clipboard().text() == read


def test_what_cannot_be_understood_is_said_below(text: PromptText) -> None:
    QTest.keyClicks(text.edit, "a __colour__ cube")
    assert text.notes.problem.text() == ("There is no wildcard colour. Did you mean colours?")


def test_wildcards_and_styles_are_offered(qtbot: QtBot, text: PromptText) -> None:
    QTest.keyClicks(text.edit, "a __co")
    qtbot.keyClick(text.edit, Qt.Key.Key_Return)
    QTest.keyClicks(text.edit, " <nig")
    qtbot.keyClick(text.edit, Qt.Key.Key_Return)
    assert text.edit.toPlainText() == "a __colours__ <nig\n"
    QTest.keyClicks(text.edit, "<style:nig")
    qtbot.keyClick(text.edit, Qt.Key.Key_Return)
    assert text.edit.toPlainText() == "a __colours__ <nig\n<style:Night>"


def test_the_negative_prompt_is_offered_wildcards_only(qtbot: QtBot, text: PromptText) -> None:
    text.negative_section.set_open(True)
    text.negative.setFocus()
    qtbot.keyClick(text.negative, Qt.Key.Key_Space, CONTROL)
    assert text.negative.popup is not None
    assert text.negative.popup.texts == ["__colours__"]


def test_the_history_comes_back_with_what_was_being_written(
    qtbot: QtBot, studio: Studio, text: PromptText
) -> None:
    studio.session.settings.history = ("second", "first")
    QTest.keyClicks(text.edit, "draft")
    shown = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(text.edit, key, ALT)
        shown.append(text.edit.toPlainText())
    assert shown == ["second", "first", "second", "draft"]


def test_the_history_is_searched_and_pruned_in_a_list(
    qtbot: QtBot, studio: Studio, text: PromptText
) -> None:
    settings = studio.session.settings
    settings.history = ("a red cube", "a blue cube", "a fox")
    qtbot.mouseClick(text.history, LEFT)
    popup = text._popup
    assert popup is not None
    qtbot.keyClicks(popup.search, "cube")
    qtbot.keyClick(popup.search, Qt.Key.Key_Delete)
    assert settings.history == ("a blue cube", "a fox")
    assert popup.prompts == ["a blue cube"]
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    assert settings.prompt == "a blue cube"
    text.open_history()
    assert popup.prompts == ["a blue cube", "a fox"]
    popup.close()


def test_tokens_are_those_of_what_is_read(studio: Studio, text: PromptText) -> None:
    counter = TokenCounter(resource("checkpoints/scenes/tokenizer/tokenizer.json"), 6)
    studio.session.tokens = counter
    studio.session.settings.prompt = "# not this\na {red|red} cube"
    assert text.edit.counter_text == "3/4"
    studio.session.settings.prompt = "a {red|red} cube on a car"
    assert text.edit.counter_text == "6/4"
    assert text.edit.extraSelections() == []
    assert "Not read, because it is too long: “a car”" in text.notes.notes.text()
    studio.session.settings.prompt = "a red cube on a car"
    [grey] = text.edit.extraSelections()
    assert grey.cursor.selectedText() == "a car"
    studio.session.settings.prompt = "__none__"
    assert text.edit.counter_text == ""


def test_the_chosen_style_is_part_of_what_is_read(
    qtbot: QtBot, studio: Studio, text: PromptText
) -> None:
    studio.session.settings.prompt = "a fox"
    box = studio.window.prompt.style_box.box
    box.setFocus()
    box.setCurrentIndex(box.findText("Winter") - 1)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert studio.session.settings.style == "Winter"
    assert text.notes.reads.text() == "Reads: a fox in a winter landscape"


def test_styles_that_come_are_offered_and_marked(studio: Studio, text: PromptText) -> None:
    studio.session.settings.prompt = "a <style:Mine>"

    def underlined() -> str:
        [mark] = text.edit.document().begin().layout().formats()
        return mark.format.underlineStyle().name

    assert underlined() == "SpellCheckUnderline"
    studio.session.desk.styles.add(Style(name="Mine", prompt="{prompt}!"))
    assert underlined() == "SingleUnderline"
    assert studio.window.prompt.style_box.box.findText("Mine") > 0
    assert text.notes.reads.text() == "Reads: a!"


def test_files_that_changed_meanwhile_are_read_when_the_window_is_back(
    qtbot: QtBot, studio: Studio, text: PromptText, data_folder: Path
) -> None:
    studio.session.settings.prompt = "__new__"
    assert text.notes.problem.text()
    (data_folder / "wildcards" / "new.txt").write_text("a cube")
    other = PromptText(studio.session)
    other.show()
    other.activateWindow()
    studio.window.activateWindow()
    qtbot.waitUntil(lambda: text.notes.reads.text() == "For example: a cube")
    other.unbind()
    other.close()
    other.deleteLater()


def test_control_h_lists_the_prompts_that_were_used(studio: Studio, text: PromptText) -> None:
    studio.session.settings.history = ("a fox",)
    studio.window.activateWindow()
    QTest.keyClick(text.edit, Qt.Key.Key_H, CONTROL)
    popup = text._popup
    assert popup is not None
    assert popup.isVisible()
    popup.close()
    studio.window.commands["prompt.copy_read"].trigger()


def test_its_height_is_kept_for_the_next_start(open_studio: OpenStudio) -> None:
    first = open_studio()
    qt_grip = first.window.prompt.text.grip
    for _ in range(4):
        QTest.keyClick(qt_grip, Qt.Key.Key_Down)
    assert open_studio().window.prompt.prompt.lines == 7
