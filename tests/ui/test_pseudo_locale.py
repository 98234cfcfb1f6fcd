"""The window in a language that does not exist: longer by half, accented, and told by brackets."""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.image import Image
from t2i_studio.core.words import speak
from t2i_studio.studio.explorer.exploration import DiffRow
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.widgets.elided_label import ElidedLabel
from t2i_studio.ui.widgets.shy_button import ShyButton
from t2i_studio.ui.widgets.stage_cell import StageCell
from tests.ui.conftest import OpenStudio

OPEN, CLOSE = "⟦", "⟧"
ACCENTED: Final = str.maketrans("aeiouyAEIOUYcnsz", "äéïöüýÄÉÏÖÜÝçñšž")
PLACE: Final = re.compile(r"(\{\w*\})")
INNER: Final = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
WORD: Final = re.compile(r"[^\W\d_]{2,}")
LONGER: Final = 0.4  # of a text
SLACK: Final = 1.0  # px
# Qt's own parts, which Qt translates.
QTS: Final = re.compile(r"qt_|Scroll(Left|Right)Button")
# The same everywhere: names, units, prompts, keys, and what the fake engine calls itself.
SAME: Final = re.compile(
    r"T2I Studio|Fake|cpu|float32|px|MB|#[0-9a-f]{6}|Ctrl|Shift|Alt|Return|Enter|Del|Home"
    r"|English|Deutsch|a red cube|a green ball|a blue star"
)


def pseudo(text: str) -> str:
    """Return a text as a wordy language with accents would have it."""
    return "\n".join(map(_pseudo, text.split("\n")))


def _pseudo(line: str) -> str:
    letters = PLACE.sub("", line)
    if not WORD.search(letters):
        return line
    said = (p if PLACE.fullmatch(p) else p.translate(ACCENTED) for p in PLACE.split(line))
    more = "äääää " * len(letters)
    return f"{OPEN}{''.join(said)}{more[: round(LONGER * len(letters))].rstrip()}{CLOSE}"


@pytest.fixture
def wordy(open_studio: OpenStudio, qtbot: QtBot) -> Iterator[Studio]:
    """Start the studio in that language."""
    speak(pseudo)
    try:
        yield open_studio()
    finally:
        speak(None)


def shown_texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
    yield from (action.text() for action in widget.findChildren(QAction))
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(index) for index in range(widget.count()))


def unmarked(text: str) -> str:
    """Return what of a text did not come through `tr`."""
    while (rest := INNER.sub("", text)) != text:
        text = rest
    return text


def test_nothing_is_shown_past_the_translations(wordy: Studio) -> None:
    window = wordy.window
    window.layers.show()
    window.explorer.open()
    found = {
        unmarked(text)
        for widget in (window, *window.findChildren(QWidget))
        if not QTS.match(widget.objectName())
        for text in shown_texts(widget)
    }
    assert sorted(text for text in found if WORD.search(SAME.sub("", text))) == []


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)], ids=str)
def test_the_tools_find_room_for_their_texts(wordy: Studio, size: tuple[int, int]) -> None:
    wordy.window.resize(*size)
    for tool in Tool:
        wordy.session.tools.tool = tool
        settle()
        assert clipped(wordy.window) == []


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)], ids=str)
def test_the_docks_find_room_for_their_texts(wordy: Studio, size: tuple[int, int]) -> None:
    window, session = wordy.window, wordy.session
    window.resize(*size)
    window.layers.show()
    settle()
    assert clipped(window) == []
    window.layers.hide()
    session.explore(Image(np.full((64, 64, 3), 128, np.uint8)))
    session.explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    window.explorer.open()
    bar = window.explorer.panel.bar
    for index in range(bar.count()):
        bar.setCurrentIndex(index)
        settle()
        assert clipped(window) == []


def test_what_is_clipped_or_not_marked_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    narrow, outside, fine = (
        QLabel("narrow", window),
        QLabel("outside", window),
        QLabel("fi", window),
    )
    narrow.setGeometry(0, 0, 10, 20)
    outside.setGeometry(150, 20, 100, 20)
    fine.setGeometry(0, 40, 100, 20)
    window.resize(200, 100)
    window.show()
    assert clipped(window) == ["QLabel: narrow", "QLabel: outside"]
    assert unmarked(f"{pseudo('{n} of many')} and more") == " and more"


def settle() -> None:
    """Let the layouts come to rest: one can wake the next."""
    for _ in range(3):
        QApplication.processEvents()


def clipped(window: QWidget) -> list[str]:
    """Return the texts that are wider than what shows them, or stick out of what holds that."""
    return [
        f"{type(widget).__name__}: {widget.text()}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton)
        and widget.text()
        and widget.isVisible()
        and not isinstance(widget, ElidedLabel | ShyButton | StageCell)
        and (needed_width(widget) > widget.width() + SLACK or sticks_out(widget, window))
    ]


def needed_width(widget: QLabel | QAbstractButton) -> int:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.minimumSizeHint().width()
    return widget.sizeHint().width()


def sticks_out(widget: QWidget, window: QWidget) -> bool:
    left, right = 0, widget.width()
    part = widget
    while part is not window:
        left, right = left + part.x(), right + part.x()
        part = part.parentWidget()
        if left < -SLACK or right > part.width() + SLACK:
            return True
    return False
