"""The dialog of styles, driven by keys and mouse in the window."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.studio.prompting.style_files import read_styles
from t2i_studio.studio.prompting.styles import Style
from t2i_studio.ui.dialogs.styles import StylesDialog

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
MINE = Style(name="Mine", prompt="{prompt}, mine", negative_prompt="yours")


@pytest.fixture
def dialog(studio: Studio) -> StylesDialog:
    studio.session.desk.styles.add(MINE)
    QTest.mouseClick(studio.window.prompt.style_box.manage, LEFT)
    return studio.window.dialogs.styles()


def names(dialog: StylesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def write(edit: object, text: str) -> None:
    edit.setFocus()  # type: ignore[attr-defined]  # either kind of text field
    edit.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(edit, text)


def said(studio: Studio) -> str:
    return " ".join(toast.text for toast in studio.window.toasts.toasts)


def test_all_styles_are_listed_and_the_chosen_one_is_shown(studio: Studio) -> None:
    studio.session.settings.style, studio.session.settings.prompt = "Winter", "an owl"
    dialog = studio.window.dialogs.styles()
    assert names(dialog) == [style.name for style in studio.session.desk.styles.styles]
    assert dialog.name.text() == "Winter"
    assert "a change makes it yours" in dialog.state.text()
    assert dialog.preview.text() == "The prompt becomes: an owl in a winter landscape"
    assert not dialog.remove.isEnabled()
    assert not dialog.isModal()


def test_what_is_typed_is_kept(qtbot: QtBot, studio: Studio, dialog: StylesDialog) -> None:
    dialog.show_style("Mine")
    write(dialog.prompt, "{prompt}, ours")
    book = studio.session.desk.styles
    qtbot.waitUntil(lambda: book.find("Mine").prompt == "{prompt}, ours")
    assert dialog.preview.text() == "The prompt becomes: a fox, ours"
    write(dialog.name, "Ours")
    dialog.show_style("Night")
    assert book.find("Ours").negative_prompt == "yours"
    assert "Ours" in names(dialog)


def test_the_chosen_style_keeps_its_new_name(studio: Studio, dialog: StylesDialog) -> None:
    studio.session.settings.style = "Mine"
    dialog.show_style("Mine")
    write(dialog.name, "Ours")
    dialog.close()
    assert studio.session.settings.style == "Ours"


def test_a_style_of_the_program_becomes_ones_own_and_goes_back(
    qtbot: QtBot, studio: Studio, dialog: StylesDialog
) -> None:
    book = studio.session.desk.styles
    before = book.find("Night")
    dialog.show_style("Night")
    write(dialog.prompt, "dark {prompt}")
    qtbot.waitUntil(lambda: book.is_own("Night"))
    assert dialog.state.text() == "Changed by you."
    dialog.show_style("Night")
    QTest.mouseClick(dialog.remove, LEFT)
    assert book.find("Night") == before
    assert dialog.prompt.toPlainText() == before.prompt


@pytest.mark.parametrize(
    ("name", "problem"),
    [("Night", "There is a style Night already. Choose another name."),
     ("<x>", "none of them is < or >")],
)  # fmt: skip
def test_a_name_that_cannot_be_is_said_and_the_rest_is_kept(
    qtbot: QtBot, studio: Studio, dialog: StylesDialog, name: str, problem: str
) -> None:
    dialog.show_style("Mine")
    write(dialog.name, name)
    write(dialog.prompt, "{prompt}!")
    qtbot.waitUntil(lambda: problem in dialog.problem.text())
    assert studio.session.desk.styles.find("Mine").prompt == "{prompt}!"
    write(dialog.name, "Good")
    qtbot.waitUntil(lambda: not dialog.problem.isVisible())
    assert studio.session.desk.styles.is_own("Good")


def test_a_style_within_a_style_is_refused(
    qtbot: QtBot, studio: Studio, dialog: StylesDialog
) -> None:
    dialog.show_style("Mine")
    write(dialog.prompt, "<style:Night>")
    qtbot.waitUntil(lambda: "cannot use another style" in dialog.problem.text())
    dialog.close()
    assert studio.session.desk.styles.find("Mine") == MINE


def test_new_and_duplicate_begin_with_the_name(
    qtbot: QtBot, studio: Studio, dialog: StylesDialog
) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_N, CONTROL)
    assert dialog.name.text() == "New style"
    assert dialog.name.selectedText() == "New style"
    dialog.show_style("Mine")
    QTest.mouseClick(dialog.twin, LEFT)
    assert studio.session.desk.styles.find("Mine (2)").prompt == MINE.prompt
    assert dialog.name.text() == "Mine (2)"


def test_delete_can_be_undone(qtbot: QtBot, studio: Studio, dialog: StylesDialog) -> None:
    dialog.show_style("Mine")
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert "Mine" not in names(dialog)
    assert dialog.name.text() == names(dialog)[-1]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    [toast] = [toast for toast in studio.window.toasts.toasts if "is deleted" in toast.text]
    QTest.mouseClick(toast.button, LEFT)
    assert studio.session.desk.styles.find("Mine") == MINE


def test_use_chooses_it_for_the_prompt(qtbot: QtBot, studio: Studio, dialog: StylesDialog) -> None:
    dialog.show_style("Beach")
    QTest.mouseClick(dialog.use, LEFT)
    assert studio.session.settings.style == "Beach"
    item = dialog.list.findItems("Night", Qt.MatchFlag.MatchExactly)[0]
    place = dialog.list.visualItemRect(item).center()
    QTest.mouseClick(dialog.list.viewport(), LEFT, pos=place)
    QTest.mouseDClick(dialog.list.viewport(), LEFT, pos=place)
    assert studio.session.settings.style == "Night"


def test_styles_come_from_a_table_and_go_into_one(
    qtbot: QtBot, studio: Studio, dialog: StylesDialog, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text('name,prompt,negative_prompt\nOne,"{prompt}, one",\nMine,x,\n')
    dialog.import_file(str(tmp_path / "in.csv"))
    qtbot.waitUntil(lambda: "Imported: 2 styles, 1 of them renamed." in said(studio))
    assert names(dialog)[-3:] == ["Mine", "One", "Mine (2)"]
    dialog.export_file(str(tmp_path / "out.json"))
    qtbot.waitUntil(lambda: "3 styles saved as out.json." in said(studio))
    assert read_styles(tmp_path / "out.json").styles == studio.session.desk.styles.own


def test_a_bad_file_is_one_line(
    qtbot: QtBot, studio: Studio, dialog: StylesDialog, tmp_path: Path
) -> None:
    (tmp_path / "in.json").write_text(json.dumps({"a": 1}))
    dialog.import_file(str(tmp_path / "in.json"))
    qtbot.waitUntil(lambda: "no JSON with styles" in said(studio))


def test_a_disk_that_refuses_is_told(
    qtbot: QtBot, studio: Studio, dialog: StylesDialog, data_folder: Path
) -> None:
    path = data_folder / "styles.json"
    path.unlink()
    path.mkdir()
    QTest.mouseClick(dialog.new, LEFT)
    assert "styles.json" in said(studio) or "Cannot write" in said(studio)
    dialog.show_style("Mine")
    write(dialog.prompt, "x")
    qtbot.waitUntil(lambda: dialog.problem.isVisible())


def test_buttons_ask_for_files(qtbot: QtBot, dialog: StylesDialog) -> None:
    for button, title in ((dialog.bring, "Import styles"), (dialog.save, "Export styles")):
        QTest.mouseClick(button, LEFT)
        [asked] = [each for each in dialog.findChildren(QFileDialog) if each.isVisible()]
        assert asked.windowTitle() == title
        asked.close()
