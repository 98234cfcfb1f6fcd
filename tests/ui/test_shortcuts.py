"""Keys are edited, at once, and kept for the next start."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.itemmodels.bindings import Show
from t2i_studio.ui.shortcuts import ShortcutEditor
from tests.ui.conftest import OpenStudio

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def editor(studio: Studio) -> ShortcutEditor:
    return studio.window.dialogs.shortcuts()


def record(
    editor: ShortcutEditor, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE
) -> None:
    editor.show_binding(name)
    editor.panel.add.click()
    QTest.keyClick(editor.panel.add, key, modifiers)


def message(editor: ShortcutEditor) -> str:
    return editor.panel.message.text()


def listed(editor: ShortcutEditor) -> list[str]:
    return [str(editor.model.index(row, 0).data()) for row in range(editor.model.rowCount())]


def chip_buttons(editor: ShortcutEditor) -> list[QAbstractButton]:
    return [button for chip in editor.panel.chips for button in chip.findChildren(QAbstractButton)]


def keys(studio: Studio, name: str) -> list[str]:
    return [key.toString() for key in studio.window.commands[name].shortcuts()]


def test_f1_opens_it_once(studio: Studio) -> None:
    first = studio.window.dialogs.shortcuts()
    studio.window.commands["help.shortcuts"].trigger()
    assert studio.window.dialogs.shortcuts() is first


def test_everything_with_keys_is_listed(studio: Studio, editor: ShortcutEditor) -> None:
    names = listed(editor)
    assert {"Undo", "Brush", "Invert mask", "Swap the colours"} <= set(names)
    assert len(names) == len(list(studio.window.keymap))


def test_a_recorded_key_works_at_once_beside_the_others(
    studio: Studio, editor: ShortcutEditor
) -> None:
    record(editor, "edit.undo", Qt.Key.Key_F4)
    assert keys(studio, "edit.undo") == ["Ctrl+Z", "F4"]
    assert studio.window.preferences.keys == {"edit.undo": ["Ctrl+Z", "F4"]}
    assert len(editor.panel.chips) == 2


def test_keys_of_the_canvas_can_be_changed(studio: Studio, editor: ShortcutEditor) -> None:
    record(editor, "canvas.eraser", Qt.Key.Key_R)
    view = studio.window.canvas.view
    QTest.keyClick(view, Qt.Key.Key_R)
    assert studio.session.tools.tool is Tool.eraser
    editor.show_binding("canvas.eraser")
    editor.panel.reset.click()
    studio.session.tools.tool = Tool.brush
    QTest.keyClick(view, Qt.Key.Key_R)
    assert studio.session.tools.tool is Tool.brush


def test_a_key_that_is_taken_is_given_only_when_asked(
    studio: Studio, editor: ShortcutEditor
) -> None:
    record(editor, "edit.redo", Qt.Key.Key_O, CONTROL)
    assert "Ctrl+O belongs to: Open" in message(editor)
    assert "Ctrl+O" not in keys(studio, "edit.redo")
    editor.panel.take.click()
    assert "Ctrl+O" in keys(studio, "edit.redo")
    assert keys(studio, "file.open") == []
    assert message(editor) == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_Space, Qt.Key.Key_Delete])
def test_a_single_key_is_refused_for_the_window_with_the_reason(
    studio: Studio, editor: ShortcutEditor, key: Qt.Key
) -> None:
    record(editor, "edit.undo", key)
    assert "typed into the prompt" in message(editor)
    assert keys(studio, "edit.undo") == ["Ctrl+Z"]
    assert not editor.panel.take.isVisible()


def test_keys_are_only_recorded_while_it_listens(studio: Studio, editor: ShortcutEditor) -> None:
    record(editor, "edit.undo", Qt.Key.Key_Shift)
    assert editor.panel.add.is_listening  # for more than Shift
    QTest.keyClick(editor.panel.add, Qt.Key.Key_Escape)
    assert not editor.panel.add.is_listening
    assert editor.isVisible()
    assert keys(studio, "edit.undo") == ["Ctrl+Z"]
    QTest.keyClick(editor.panel.add, Qt.Key.Key_F4)
    assert keys(studio, "edit.undo") == ["Ctrl+Z"]


def test_tab_while_it_listens_is_a_key_and_refused(editor: ShortcutEditor) -> None:
    record(editor, "canvas.brush", Qt.Key.Key_Tab)
    assert "Tab leaves things or moves the focus" in message(editor)


def test_the_focus_ends_the_listening(editor: ShortcutEditor) -> None:
    editor.show_binding("edit.undo")
    editor.activateWindow()
    editor.panel.add.click()
    editor.search.setFocus()
    assert not editor.panel.add.is_listening


def test_a_key_can_be_taken_away(studio: Studio, editor: ShortcutEditor) -> None:
    editor.show_binding("edit.redo")
    chip_buttons(editor)[0].click()
    assert keys(studio, "edit.redo") == ["Ctrl+Y"]
    chip_buttons(editor)[0].click()
    assert keys(studio, "edit.redo") == []
    editor.panel.reset.click()
    assert keys(studio, "edit.redo") == ["Ctrl+Shift+Z", "Ctrl+Y"]
    assert studio.window.preferences.keys == {}


def test_fixed_keys_are_shown_and_stay(editor: ShortcutEditor) -> None:
    editor.show_binding("prompt.heavier")
    assert not editor.panel.add.isEnabled()
    assert not editor.panel.reset.isEnabled()
    assert [button.isEnabled() for button in chip_buttons(editor)] == [False]
    assert "cannot be changed" in message(editor)


@pytest.mark.parametrize(
    ("query", "expected"), [("redo", "Redo"), ("ctrl+y", "Redo"), ("mask shift+v", "Invert mask")]
)
def test_it_is_searched_by_name_menu_and_key(
    editor: ShortcutEditor, query: str, expected: str
) -> None:
    editor.search.setText(query)
    assert expected in listed(editor)
    assert len(listed(editor)) < 10


def test_what_is_searched_for_and_not_there_leaves_nothing_chosen(editor: ShortcutEditor) -> None:
    editor.search.setText("qqqq")
    assert listed(editor) == []
    assert not editor.panel.add.isEnabled()


def test_changes_and_conflicts_can_be_listed(studio: Studio, editor: ShortcutEditor) -> None:
    studio.window.keymap.assign("edit.undo", ["Ctrl+O", "F4"])
    editor.filter.setCurrentIndex(Show.changed)
    assert listed(editor) == ["Undo"]
    editor.filter.setCurrentIndex(Show.conflicts)
    assert set(listed(editor)) == {"Undo", studio.window.keymap["file.open"].title}
    editor.show_binding("edit.undo")
    assert "Ctrl+O also does: Open" in message(editor)


def test_everything_can_be_reset_at_once(studio: Studio, editor: ShortcutEditor) -> None:
    studio.window.keymap.assign("edit.undo", ["F4"])
    studio.window.keymap.assign("canvas.brush", ["R"])
    editor.reset_all.click()
    assert studio.window.preferences.keys == {}
    assert keys(studio, "edit.undo") == ["Ctrl+Z"]


def test_tooltips_name_the_keys_of_now(studio: Studio) -> None:
    button = QToolButton(studio.window)
    studio.window.commands.equip(button, "mask.invert", "Invert\nWhat was kept is repainted.")
    assert button.toolTip() == "Invert (Shift+V)\nWhat was kept is repainted."
    studio.window.keymap.assign("mask.invert", ["J"])
    assert "(J)" in button.toolTip()
    studio.window.keymap.assign("mask.invert", [])
    assert "(" not in button.toolTip()
    assert button.accessibleName() == "Invert"


def test_changed_keys_survive_a_restart(open_studio: OpenStudio) -> None:
    first = open_studio()
    first.window.keymap.assign("edit.undo", ["F4"])
    first.window.keymap.assign("canvas.brush", ["R"])
    second = open_studio()
    assert keys(second, "edit.undo") == ["F4"]
    QTest.keyClick(second.window.canvas.view, Qt.Key.Key_E)
    QTest.keyClick(second.window.canvas.view, Qt.Key.Key_R)
    assert second.session.tools.tool is Tool.brush


def test_keys_that_are_stored_badly_are_named_and_ignored(open_studio: OpenStudio) -> None:
    first = open_studio()
    first.window.preferences.keys = {"edit.undo": ["Z", "F4"], "gone": ["F2"], "edit.redo": 3}
    second = open_studio()
    said = " ".join(toast.text for toast in second.window.toasts.toasts)
    assert "edit.undo: Z, gone, edit.redo" in said
    assert keys(second, "edit.undo") == ["F4"]
    assert keys(second, "edit.redo") == ["Ctrl+Shift+Z", "Ctrl+Y"]


def test_keys_travel_as_a_file(
    qtbot: QtBot, studio: Studio, editor: ShortcutEditor, tmp_path: Path
) -> None:
    file = tmp_path / "keys.json"
    studio.window.keymap.assign("edit.undo", ["F4"])
    editor.files.save_path(str(file))
    qtbot.waitUntil(file.exists)
    studio.window.keymap.reset_all()
    editor.files.open_path(str(file))
    qtbot.waitUntil(lambda: keys(studio, "edit.undo") == ["F4"])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "no keys in it"),
        ("[]", "no keys in it"),
        ('{"form": "t2i-studio-keys", "version": 1, "keys": 3}', "no keys in it"),
        ('{"form": "else", "version": 1, "keys": {}}', "no keys in it"),
        ('{"form": "t2i-studio-keys", "version": 9, "keys": {}}', "newer version"),
        ("[" * 100_000, "no keys in it"),
        (" " * 1_000_001, "no keys in it"),
    ],
)
def test_a_file_of_something_else_is_told(
    qtbot: QtBot,
    studio: Studio,
    editor: ShortcutEditor,
    tmp_path: Path,
    content: str,
    expected: str,
) -> None:
    file = tmp_path / "keys.json"
    file.write_text(content)
    studio.window.keymap.assign("edit.undo", ["F4"])
    editor.files.open_path(str(file))
    qtbot.waitUntil(lambda: any(expected in t.text for t in studio.window.toasts.toasts))
    assert keys(studio, "edit.undo") == ["F4"]


def test_a_missing_file_is_told(
    qtbot: QtBot, studio: Studio, editor: ShortcutEditor, tmp_path: Path
) -> None:
    editor.files.open_path(str(tmp_path / "nothing.json"))
    qtbot.waitUntil(lambda: any("cannot be read" in t.text for t in studio.window.toasts.toasts))


def test_unknown_keys_in_a_file_are_named(
    qtbot: QtBot, studio: Studio, editor: ShortcutEditor, tmp_path: Path
) -> None:
    file = tmp_path / "keys.json"
    strange = {f"gone.{n}": ["F2"] for n in range(9)} | {"edit.undo": ["F4"]}
    file.write_text(json.dumps({"form": "t2i-studio-keys", "version": 1, "keys": strange}))
    editor.files.open_path(str(file))
    qtbot.waitUntil(lambda: any("gone.5, …" in t.text for t in studio.window.toasts.toasts))
    assert keys(studio, "edit.undo") == ["F4"]


def test_everything_in_it_has_a_name(editor: ShortcutEditor) -> None:
    editor.show_binding("edit.redo")
    parts = [w for w in editor.findChildren(QWidget) if w.isVisible()]
    tab = Qt.FocusPolicy.TabFocus
    nameless = [
        type(w).__name__
        for w in parts
        if w.focusPolicy() & tab and not (w.accessibleName() or getattr(w, "text", str)())
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "expected"),
    [
        (Qt.Key.Key_BraceLeft, SHIFT, "{", "{"),
        (Qt.Key.Key_V, SHIFT, "V", "Shift+V"),
        (Qt.Key.Key_F6, SHIFT, "", "Shift+F6"),
        (Qt.Key.Key_Enter, CONTROL | Qt.KeyboardModifier.KeypadModifier, "\r", "Ctrl+Enter"),
        (Qt.Key.Key_Backtab, SHIFT, "", "Shift+Tab"),
        (Qt.Key.Key_Z, CONTROL | SHIFT, "\x1a", "Ctrl+Shift+Z"),
        (Qt.Key.Key_Up, ALT, "", "Alt+Up"),
    ],
)
def test_keys_are_written_as_qt_writes_them(
    editor: ShortcutEditor, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, expected: str
) -> None:
    recorded: list[str] = []
    recorder = editor.panel.add
    recorder.recorded.connect(recorded.append)
    recorder.listen()
    QApplication.sendEvent(recorder, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))
    assert recorded == [expected]
    assert QKeySequence(expected).toString() == expected
