import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.placed_word import FRAME, HIGHEST, PlacedWord

WIDE = Image.filled(Extent(200, 100), (200, 0, 0))
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier

Heard = list[tuple[float, float]]


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> PlacedWord:
    theme.apply(qapp, theme.DARK)
    view = PlacedWord()
    qtbot.addWidget(view)
    view.resize(200 + 2 * FRAME, 300)
    view.show_picture(WIDE, (0.5, 0.85))
    view.show()
    return view


@pytest.fixture
def heard(view: PlacedWord) -> Heard:
    heard: Heard = []
    view.moved.connect(lambda x, y: heard.append((round(x, 2), round(y, 2))))
    return heard


def test_it_is_as_high_as_its_picture(view: PlacedWord) -> None:
    assert view.height() == 100 + 2 * FRAME
    view.resize(1000, 300)
    assert view.height() == HIGHEST + 2 * FRAME


def test_the_word_goes_where_it_is_dragged(qtbot: QtBot, view: PlacedWord, heard: Heard) -> None:
    qtbot.mousePress(view, LEFT, pos=QPoint(FRAME + 100, FRAME + 50))
    qtbot.mouseMove(view, QPoint(FRAME + 50, FRAME + 25))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(FRAME + 50, FRAME + 25))
    qtbot.mouseMove(view, QPoint(FRAME + 10, FRAME + 10))
    assert heard == [(0.5, 0.5), (0.25, 0.25)]


def test_it_stays_on_the_picture(qtbot: QtBot, view: PlacedWord, heard: Heard) -> None:
    qtbot.mousePress(view, LEFT, pos=QPoint(0, 500))
    assert heard == [(0.0, 1.0)]


def test_keys_move_it_and_add_up(qtbot: QtBot, view: PlacedWord, heard: Heard) -> None:
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert heard == [(0.48, 0.85), (0.48, 0.83), (0.48, 0.81), (0.58, 0.81), (0.58, 0.83)]


def test_the_other_button_and_the_same_place_tell_nothing(
    qtbot: QtBot, view: PlacedWord, heard: Heard
) -> None:
    qtbot.mousePress(view, Qt.MouseButton.RightButton, pos=QPoint(10, 10))
    view.show_picture(WIDE, (0.0, 0.5))
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert heard == []


def test_it_says_where_the_word_is_and_shows_the_focus(qtbot: QtBot, view: PlacedWord) -> None:
    assert view.accessibleDescription() == "50% from the left, 85% from the top"
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    ring = view.grab().toImage().pixelColor(view.width() // 2, 1)
    assert ring.name() == theme.DARK.focus.lower()


def test_without_a_picture_it_can_be_drawn(view: PlacedWord) -> None:
    view.show_picture(None, (0.5, 0.5))
    assert not view.grab().isNull()
