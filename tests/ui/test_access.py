"""Keyboard and screen reader: everything that takes the focus says what it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui.menus import paths


def focusable(window: QWidget) -> list[QWidget]:
    tab = Qt.FocusPolicy.TabFocus
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & tab
    ]


def name_of(widget: QWidget) -> str:
    while (proxied := widget.focusProxy()) is not None:
        widget = proxied
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def open_everything(studio: Studio) -> None:
    studio.session.open_picture(Image.filled(Extent(64, 64), (1, 2, 3)))
    studio.window.prompt.negative_section.set_open(True)
    studio.window.prompt.advanced_section.set_open(True)
    for dock in ("view.explorer", "view.layers"):
        studio.window.commands[dock].trigger()
    QApplication.processEvents()


def test_everything_that_takes_the_focus_has_a_name(studio: Studio) -> None:
    open_everything(studio)
    nameless = [widget for widget in focusable(studio.window) if not name_of(widget)]
    assert [f"{type(w).__name__} {w.objectName()}" for w in nameless] == []


def test_every_button_without_text_has_a_tooltip(studio: Studio) -> None:
    open_everything(studio)
    buttons = [b for b in studio.window.findChildren(QAbstractButton) if b.isVisible()]
    mute = [b for b in buttons if not b.text() and not b.toolTip()]
    assert [b.accessibleName() for b in mute] == []


def test_tab_reaches_everything_exactly_once(qtbot: QtBot, studio: Studio) -> None:
    open_everything(studio)
    studio.window.activateWindow()
    start = studio.window.prompt.prompt
    start.setFocus()
    seen = [start]
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is start:
            break
        seen.append(now)
    assert QApplication.focusWidget() is start
    assert len(set(seen)) == len(seen)
    expected = {_focused_for(widget) for widget in focusable(studio.window)}
    assert [describe(widget) for widget in expected - set(seen)] == []


def test_tab_goes_from_the_prompt_to_the_canvas_to_the_gallery(studio: Studio) -> None:
    open_everything(studio)
    window = studio.window
    stops = (window.prompt.prompt, window.prompt.button, window.canvas.view, window.gallery.strip)
    chain = [window.prompt.prompt]
    while (widget := chain[-1].nextInFocusChain()) is not chain[0]:
        chain.append(widget)
    places = [chain.index(stop) for stop in stops]
    assert places == sorted(places)


def _focused_for(widget: QWidget) -> QWidget:
    while (proxied := widget.focusProxy()) is not None:
        widget = proxied
    return widget


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {name_of(widget)}"


def test_no_key_does_two_things(studio: Studio) -> None:
    keymap = studio.window.keymap
    assert {binding.id: keymap.conflicts(binding.id) for binding in keymap} == {
        binding.id: {} for binding in keymap
    }


def test_every_key_that_a_command_has_is_one_that_it_could_be_given(studio: Studio) -> None:
    keymap = studio.window.keymap
    free = [binding.id for binding in keymap if not binding.is_fixed]
    bound = [(name, key) for name in free for key in keymap.keys(name)]
    refused = {name: keymap.problem(key, name) for name, key in bound if keymap.problem(key, name)}
    assert bound
    assert refused == {}


def test_every_command_stands_in_a_menu(studio: Studio) -> None:
    assert {command.id for command in studio.window.commands} == set(paths())
