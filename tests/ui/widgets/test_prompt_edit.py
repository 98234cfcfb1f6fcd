import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.studio.prompting.completion import offered
from t2i_studio.studio.prompting.highlight import marks
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


def select(edit: PromptEdit, words: str) -> None:
    start = edit.toPlainText().index(words)
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def test_ctrl_arrows_change_the_weight_of_the_word_at_the_caret(
    qtbot: QtBot, edit: PromptEdit
) -> None:
    edit.set_text("a red cube")
    for _ in range(3):
        qtbot.keyClick(edit, Key.Key_Up, Control)
    assert edit.toPlainText() == "a red (cube:1.3)"
    assert edit.textCursor().selectedText() == "cube"
    qtbot.keyClick(edit, Key.Key_Down, Control)
    assert edit.toPlainText() == "a red (cube:1.2)"


def test_ctrl_arrows_change_the_weight_of_what_is_selected(qtbot: QtBot, edit: PromptEdit) -> None:
    edit.set_text("a red cube")
    select(edit, "red cube")
    qtbot.keyClick(edit, Key.Key_Down, Control)
    assert edit.toPlainText() == "a (red cube:0.9)"
    qtbot.keyClick(edit, Key.Key_Up, Control)
    assert edit.toPlainText() == "a red cube"


def test_each_change_of_a_weight_is_one_step_of_undo(qtbot: QtBot, edit: PromptEdit) -> None:
    edit.set_text("a \U0001f98a red cube")
    qtbot.keyClick(edit, Key.Key_Up, Control)
    qtbot.keyClick(edit, Key.Key_Up, Control)
    assert edit.toPlainText() == "a \U0001f98a red (cube:1.2)"
    edit.undo()
    assert edit.toPlainText() == "a \U0001f98a red (cube:1.1)"
    edit.undo()
    assert edit.toPlainText() == "a \U0001f98a red cube"
    edit.redo()
    assert edit.toPlainText() == "a \U0001f98a red (cube:1.1)"


def test_where_nothing_can_be_weighed_nothing_changes(qtbot: QtBot, edit: PromptEdit) -> None:
    heard: list[str] = []
    edit.text_changed.connect(heard.append)
    qtbot.keyClick(edit, Key.Key_Up, Control)
    assert heard == []


NAMES = ("animals", "animals/cats", "colours")


@pytest.fixture
def offering(edit: PromptEdit) -> PromptEdit:
    edit.complete_with(lambda place: offered(place, NAMES, ("Night",)))
    return edit


def suggestions(edit: PromptEdit) -> list[str]:
    return edit.popup.texts if edit.popup is not None and edit.popup.isVisible() else []


def test_wildcards_are_offered_while_they_are_typed(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "a __")
    assert suggestions(offering) == [f"__{name}__" for name in NAMES]
    qtbot.keyClicks(offering, "ca")
    assert suggestions(offering) == ["__animals/cats__"]
    qtbot.keyClick(offering, Key.Key_Return)
    assert offering.toPlainText() == "a __animals/cats__"
    assert suggestions(offering) == []


def test_the_arrows_choose_and_tab_takes(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "__")
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        qtbot.keyClick(offering, key)
    qtbot.keyClick(offering, Key.Key_Tab)
    assert offering.toPlainText() == "__colours__"
    assert offering.hasFocus()


def test_a_page_stops_at_the_ends(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "__")
    qtbot.keyClick(offering, Key.Key_PageDown)
    qtbot.keyClick(offering, Key.Key_Return)
    assert offering.toPlainText() == "__colours__"


def test_escape_closes_what_is_offered_and_it_stays_closed(
    qtbot: QtBot, offering: PromptEdit
) -> None:
    qtbot.keyClicks(offering, "<sty")
    assert suggestions(offering) == ["<style:Night>"]
    qtbot.keyClick(offering, Key.Key_Escape)
    assert suggestions(offering) == []
    qtbot.keyClick(offering, Key.Key_Escape)
    qtbot.keyClick(offering, Key.Key_Left)
    assert suggestions(offering) == []
    assert offering.toPlainText() == "<sty"


def test_a_click_takes_what_it_hits(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "__")
    assert offering.popup is not None
    row = offering.popup.list.visualItemRect(offering.popup.list.item(1))
    qtbot.mouseClick(offering.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert offering.toPlainText() == "__animals/cats__"
    assert offering.hasFocus()


def test_control_space_offers_everything(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "a ")
    assert suggestions(offering) == []
    qtbot.keyClick(offering, Key.Key_Space, Control)
    assert suggestions(offering)[-1] == "<style:Night>"
    assert len(suggestions(offering)) == 4
    qtbot.keyClick(offering, Key.Key_Return)
    assert offering.toPlainText() == "a __animals__"


def test_generating_closes_what_is_offered(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "__")
    with qtbot.waitSignal(offering.generate_requested):
        qtbot.keyClick(offering, Key.Key_Return, Control)
    assert suggestions(offering) == []
    assert offering.toPlainText() == "__"


def test_leaving_the_field_closes_what_is_offered(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "__")
    offering.clearFocus()
    assert suggestions(offering) == []


def test_a_letter_of_an_input_method_is_typing_too(qtbot: QtBot, offering: PromptEdit) -> None:
    qtbot.keyClicks(offering, "__")
    event = QInputMethodEvent()
    event.setCommitString("co")
    QApplication.sendEvent(offering, event)
    assert suggestions(offering) == ["__colours__"]


def test_what_is_offered_stays_in_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(320, 140)
    column, edit = QVBoxLayout(window), PromptEdit()
    edit.complete_with(lambda place: offered(place, NAMES, ()))
    column.addStretch(1)
    column.addWidget(edit)
    window.show()
    edit.setFocus()
    qtbot.keyClicks(edit, "a red cube next to __")
    assert edit.popup is not None
    assert window.rect().contains(edit.popup.geometry())


def formats(edit: PromptEdit) -> list[tuple[str, str]]:
    """Return what is drawn in another colour, and that."""
    found = []
    block = edit.document().begin()
    while block.isValid():
        for each in block.layout().formats():
            cursor = QTextCursor(block)  # counts as Qt does
            cursor.setPosition(block.position() + each.start)
            cursor.setPosition(cursor.position() + each.length, QTextCursor.MoveMode.KeepAnchor)
            colour = each.format.foreground().color().name().upper()
            found.append((cursor.selectedText(), colour))
        block = block.next()
    return found


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK], ids=lambda look: look.name)
def test_signs_are_coloured_in_every_theme(
    edit: PromptEdit, qapp: QApplication, look: theme.Theme
) -> None:
    edit.mark_with(lambda text: marks(text, lambda name: name == "b", lambda _: True))
    edit.set_text("# no\n{a|__b__} \U0001f98a __c__ <style:D>")
    theme.apply(qapp, look)
    assert formats(edit) == [
        ("# no", look.muted), ("{", look.warn), ("|", look.warn), ("__b__", look.ok),
        ("}", look.warn), ("__c__", look.danger), ("<style:D>", look.accent),
    ]  # fmt: skip


def test_colours_go_with_what_they_marked(qtbot: QtBot, edit: PromptEdit) -> None:
    edit.mark_with(lambda text: marks(text, lambda _: True, lambda _: True))
    edit.set_text("(a)")
    assert len(formats(edit)) == 2
    qtbot.keyClick(edit, Key.Key_Backspace)
    assert formats(edit) == []
    assert edit.document().isUndoAvailable()


def test_a_count_of_what_is_not_the_text_greys_nothing(edit: PromptEdit) -> None:
    edit.set_text("a {red|blue} cube")
    edit.set_token_count(40, 32, None)
    assert edit.extraSelections() == []
    assert "all that becomes of the prompt" in counter(edit).toolTip()
    assert counter(edit).property("kind") == "warn"


def test_it_can_be_made_higher_and_lower(edit: PromptEdit) -> None:
    natural = edit.height()
    edit.set_lines(12)
    assert edit.lines_in(edit.height()) == pytest.approx(12)
    edit.set_text("x\n" * 30)
    assert edit.lines_in(edit.height()) == pytest.approx(12)
    edit.set_lines(1)
    assert edit.lines == 3
    edit.set_text("x")
    edit.set_lines(None)
    assert edit.height() == natural


def test_what_is_drawn_between_two_that_touch_it_is_still_drawn(
    edit: PromptEdit, qapp: QApplication
) -> None:
    """Extra selections of Qt 6.11 leave it out: the reason for formats of the layout."""
    edit.mark_with(lambda text: marks(text, lambda _: True, lambda _: True))
    edit.set_text("{a|__bbb__}")
    edit.clearFocus()
    picture = edit.grab().toImage()
    green = QColor(theme.current().ok)
    assert any(
        picture.pixelColor(x, y) == green
        for x in range(picture.width())
        for y in range(picture.height())
    )
