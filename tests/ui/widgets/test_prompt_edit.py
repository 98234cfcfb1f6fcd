import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.prompt_edit import PromptEdit

Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Alt, Keypad = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.KeypadModifier
Key = Qt.Key


@pytest.fixture
def edit(qtbot: QtBot) -> PromptEdit:
    edit = PromptEdit("Describe the picture")
    qtbot.addWidget(edit)
    edit.resize(300, edit.height())
    edit.show()
    edit.setFocus()
    return edit


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Key.Key_Return, Control),
        (Key.Key_Enter, Control | Keypad),
        (Key.Key_Return, Shift),
        (Key.Key_Enter, Shift | Keypad),
    ],
    ids=["ctrl+return", "ctrl+enter", "shift+return", "shift+enter"],
)
def test_asks_for_a_picture(
    qtbot: QtBot, edit: PromptEdit, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    edit.set_text("cube")
    with qtbot.waitSignal(edit.generate_requested):
        qtbot.keyClick(edit, key, modifier)
    assert edit.toPlainText() == "cube"


def test_plain_return_begins_a_line(qtbot: QtBot, edit: PromptEdit) -> None:
    with qtbot.assertNotEmitted(edit.generate_requested):
        qtbot.keyClick(edit, Key.Key_Return)
        qtbot.keyClick(edit, Key.Key_Enter, Keypad)
    assert edit.toPlainText() == "\n\n"


def test_alt_arrows_browse_the_history(qtbot: QtBot, edit: PromptEdit) -> None:
    with qtbot.waitSignal(edit.history_back):
        qtbot.keyClick(edit, Key.Key_Up, Alt)
    with qtbot.waitSignal(edit.history_forward):
        qtbot.keyClick(edit, Key.Key_Down, Alt)


def test_tells_what_is_written(qtbot: QtBot, edit: PromptEdit) -> None:
    heard: list[str] = []
    edit.text_changed.connect(heard.append)
    qtbot.keyClicks(edit, "cub")
    assert heard == ["c", "cu", "cub"]


def test_text_that_is_set_can_be_undone_and_is_told_once(edit: PromptEdit) -> None:
    edit.set_text("a cube")
    heard: list[str] = []
    edit.text_changed.connect(heard.append)
    edit.set_text("a ball")
    edit.set_text("a ball")
    assert heard == ["a ball"]
    assert edit.textCursor().atEnd()
    edit.undo()
    assert edit.toPlainText() == "a cube"


def test_tab_leaves_the_field(qtbot: QtBot) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    column, edit, below = QVBoxLayout(form), PromptEdit(), QLineEdit()
    column.addWidget(edit)
    column.addWidget(below)
    form.show()
    form.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    qtbot.keyClick(edit, Key.Key_Tab)
    assert below.hasFocus()


def test_the_count_stands_in_the_corner(edit: PromptEdit) -> None:
    edit.set_text("a red cube")
    edit.set_token_count(5, 32, 10)
    assert edit.counter_text == "5/32"
    assert edit.extraSelections() == []
    assert edit.rect().contains(counter(edit).geometry())


def test_what_the_model_does_not_see_is_grey_and_explained(edit: PromptEdit) -> None:
    edit.set_text("a red cube on a table")
    edit.set_token_count(40, 32, 10)
    assert greyed(edit) == " on a table"
    assert counter(edit).toolTip() == (
        "The last 11 characters are not seen by the model: its text encoder reads 32 tokens."
    )
    assert counter(edit).property("kind") == "warn"


def test_the_grey_begins_behind_an_emoji(edit: PromptEdit) -> None:
    edit.set_text("\U0001f98a fox runs")
    edit.set_token_count(40, 32, 5)
    assert greyed(edit) == " runs"


def test_the_grey_goes_when_all_is_seen_again(edit: PromptEdit) -> None:
    edit.set_text("a red cube")
    edit.set_token_count(40, 32, 5)
    edit.set_token_count(5, 32, 10)
    assert edit.extraSelections() == []
    edit.set_token_count(40, 32, 5)
    edit.clear_token_count()
    assert edit.extraSelections() == []
    assert edit.counter_text == ""


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
def test_the_grey_follows_the_theme(
    edit: PromptEdit, qapp: QApplication, look: theme.Theme
) -> None:
    edit.set_text("a red cube")
    edit.set_token_count(40, 32, 5)
    theme.apply(qapp, look)
    (selection,) = edit.extraSelections()
    assert selection.format.foreground().color() == QColor(look.muted)


def test_grows_with_the_text_from_three_to_eight_lines(edit: PromptEdit) -> None:
    heights = []
    for lines in (1, 3, 4, 8, 20):
        edit.set_text("\n".join("x" * lines))
        heights.append(edit.height())
    one, three, four, eight, twenty = heights
    assert one == three
    assert three < four < eight == twenty


def test_every_shown_line_is_seen_whole(edit: PromptEdit) -> None:
    edit.set_text("one\ntwo\nthree")
    assert edit.verticalScrollBar().maximum() == 0


def test_pasting_takes_plain_text_only(edit: PromptEdit) -> None:
    data = QMimeData()
    data.setHtml("<b>a cube</b>")
    data.setText("a cube")
    edit.insertFromMimeData(data)
    assert edit.toPlainText() == "a cube"


def test_files_and_pictures_are_left_to_the_window(edit: PromptEdit) -> None:
    files, picture = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a.png")])
    picture.setImageData(QImage(1, 1, QImage.Format.Format_RGB32))
    for data in (files, picture):
        assert not edit.canInsertFromMimeData(data)
        edit.insertFromMimeData(data)
    assert edit.toPlainText() == ""


def test_has_a_name(edit: PromptEdit) -> None:
    assert edit.accessibleName() == "Prompt"


def counter(edit: PromptEdit) -> QWidget:
    return edit._counter


def greyed(edit: PromptEdit) -> str:
    (selection,) = edit.extraSelections()
    return str(selection.cursor.selectedText())
