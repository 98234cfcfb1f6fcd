"""Everything by its name, with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui.command_palette import CommandPalette

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def palette(studio: Studio) -> CommandPalette:
    """Return the palette, opened over a prompt that has the focus."""
    studio.window.activateWindow()
    studio.window.prompt.prompt.setFocus()
    studio.window.commands["help.palette"].trigger()
    return studio.window.command_palette


def titles(palette: CommandPalette) -> list[str]:
    model = palette.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def chosen(palette: CommandPalette) -> str:
    return str(palette.list.currentIndex().data())


def test_it_opens_in_the_top_middle_with_everything(
    studio: Studio, palette: CommandPalette
) -> None:
    assert palette.isVisible()
    assert QApplication.focusWidget() is palette.edit
    middle = palette.geometry().center().x()
    assert abs(middle - studio.window.width() / 2) <= 1
    assert studio.window.rect().contains(palette.geometry())
    # Every command but the palette itself.
    assert len(titles(palette)) >= len(list(studio.window.commands)) - 1
    assert "Command palette" not in titles(palette)


def test_typing_finds_and_return_runs(studio: Studio, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.edit, "theme light")
    assert chosen(palette) == "Theme: Light"
    press(Qt.Key.Key_Return)
    assert studio.window.preferences.theme == "Light"
    assert not palette.isVisible()
    assert studio.window.prompt.prompt.toPlainText() == ""


def test_the_focus_goes_back_to_where_it_was(studio: Studio, palette: CommandPalette) -> None:
    press(Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is studio.window.prompt.prompt


def test_arrows_go_round_and_pages_stop(palette: CommandPalette) -> None:
    first, last = titles(palette)[0], titles(palette)[-1]
    press(Qt.Key.Key_Up)
    assert chosen(palette) == last
    press(Qt.Key.Key_Down)
    assert chosen(palette) == first
    for _ in range(50):
        press(Qt.Key.Key_PageDown)
    assert chosen(palette) == last
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is palette.edit


def test_what_was_used_last_comes_first(studio: Studio, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.edit, "zoom out")
    press(Qt.Key.Key_Return)
    palette.open()
    assert titles(palette)[0] == "Zoom out"
    assert studio.window.preferences.recent_commands[0] == "view.zoom_out"


def test_it_works_on_what_had_the_focus(studio: Studio, palette: CommandPalette) -> None:
    press(Qt.Key.Key_Escape)
    studio.session.open_picture(Image.filled(Extent(64, 64), (1, 2, 3)))
    QTest.keyClicks(studio.window.prompt.prompt, "a fox")
    palette.open()
    QTest.keyClicks(palette.edit, "undo")
    press(Qt.Key.Key_Return)
    assert studio.window.prompt.prompt.toPlainText() != "a fox"
    assert studio.session.document.picture is not None


def test_what_cannot_be_done_now_is_listed_and_not_run(
    studio: Studio, palette: CommandPalette
) -> None:
    QTest.keyClicks(palette.edit, "clear mask")
    assert chosen(palette) == "Clear mask"
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "not possible now" in palette.list.currentIndex().data(role)
    press(Qt.Key.Key_Return)
    assert palette.isVisible()


def test_nothing_found_says_so(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.edit, "qqqq")
    assert titles(palette) == []
    assert palette.nothing.isVisible()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_click_runs_and_one_elsewhere_closes(studio: Studio, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.edit, "theme dark")
    at = palette.list.visualRect(palette.model.index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert studio.window.preferences.theme == "Dark"
    palette.open()
    studio.window.canvas.view.setFocus()
    assert not palette.isVisible()
    assert QApplication.focusWidget() is studio.window.canvas.view


def test_it_is_found_by_menu_key_and_english_words(palette: CommandPalette) -> None:
    for query, expected in (("ctrl+0", "Fit"), ("interrupt", "Cancel current job")):
        palette.edit.setText(query)
        assert expected in titles(palette)


def test_a_screen_reader_hears_title_menu_and_keys(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.edit, "zoom out")
    text = palette.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == f"Zoom out, View, {QKeySequence('Ctrl+-').toString()}"


def test_settings_from_filled_menus_are_found(studio: Studio, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.edit, "ui scale 150")
    assert chosen(palette) == "UI scale: 150 %"
    press(Qt.Key.Key_Return)
    assert studio.window.preferences.scale == 150


def test_styles_are_found_and_taken(studio: Studio, palette: CommandPalette) -> None:
    name = studio.session.desk.styles.styles[0].name
    QTest.keyClicks(palette.edit, f"style {name}")
    assert chosen(palette) == f"Style: {name}"
    press(Qt.Key.Key_Return)
    assert studio.session.settings.style == name


def test_it_stays_in_a_window_that_shrinks(studio: Studio, palette: CommandPalette) -> None:
    studio.window.resize(studio.window.minimumSizeHint())
    QApplication.processEvents()
    assert studio.window.rect().contains(palette.geometry())
