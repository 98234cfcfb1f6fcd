from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.film_strip import FilmStrip


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> Iterator[FilmStrip]:
    theme.apply(qapp, theme.DARK)
    strip = FilmStrip()
    qtbot.addWidget(strip)
    strip.resize(392, 60)
    strip.show()
    return strip


def frames(count: int) -> tuple[Image, ...]:
    return tuple(Image.filled(Extent(8, 8), (place, 0, 0)) for place in range(count))


def hover(strip: FilmStrip, x: int) -> None:
    place = QPointF(x, 20)
    buttons = Qt.MouseButton.NoButton
    kind = QEvent.Type.MouseMove
    event = QMouseEvent(
        kind, place, strip.mapToGlobal(place), buttons, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(strip, event)


def test_the_current_frame_is_named(strip: FilmStrip) -> None:
    assert strip.accessibleName() == "no frames"
    strip.show_frames(frames(3), ("step 1 of 3", "step 2 of 3", "step 3 of 3"))
    assert strip.accessibleName() == "step 3 of 3"
    strip.set_current(0)
    assert strip.accessibleName() == "step 1 of 3"
    strip.show_frames(frames(4))
    assert strip.accessibleName() == "frame 1 of 4"


def test_a_growing_film_is_followed_until_somebody_looks_back(strip: FilmStrip) -> None:
    for count in (1, 2, 3):
        strip.show_frames(frames(count), expected=15)
        assert strip.current == count - 1
    strip.set_current(1)
    strip.show_frames(frames(4), expected=15)
    assert strip.current == 1
    strip.show_frames(frames(1), expected=15)
    assert strip.current == 0


def test_frames_to_come_keep_their_places(strip: FilmStrip) -> None:
    strip.show_frames(frames(2), expected=5)
    assert strip.shown() == [0, 1, -1, -1, -1]
    height = strip.heightForWidth(392)
    strip.show_frames(frames(5), expected=5)
    assert strip.heightForWidth(392) == height


@pytest.mark.parametrize("current", [0, 1, 100, 137, 248, 249])
def test_of_many_frames_a_sample_is_shown_with_the_ends_and_the_current_one(
    strip: FilmStrip, current: int
) -> None:
    strip.show_frames(frames(250))
    strip.set_current(current)
    shown = strip.shown()
    assert len(shown) < 20
    assert shown == sorted(shown)
    assert current in shown
    if current not in (1, 248):
        assert (shown[0], shown[-1]) == (0, 249)


def test_a_single_frame_and_no_room_are_no_trouble(strip: FilmStrip) -> None:
    strip.show_frames(frames(1))
    assert strip.shown() == [0]
    strip.show_frames(frames(9))
    strip.resize(10, 40)
    assert strip.shown() == [8]
    assert not strip.grab().isNull()
    strip.show_frames(())
    assert strip.shown() == []


def test_the_mouse_finds_every_frame_of_a_sampled_film(strip: FilmStrip) -> None:
    strip.show_frames(frames(250))
    found = []
    strip.scrubbed.connect(found.append)
    for x in range(391):
        hover(strip, x)
    assert found[0] == 0
    assert found[-1] == 249
    assert max(after - before for before, after in pairwise(found)) <= 1


@pytest.mark.parametrize("count", [5, 250])
def test_the_current_frame_lies_under_the_mouse(strip: FilmStrip, count: int) -> None:
    strip.show_frames(frames(count))
    pitch = strip.heightForWidth(392) - 8
    hover(strip, 100)
    assert strip.shown()[100 // pitch] == strip.current


def test_a_drag_beyond_the_ends_stays_at_them(qtbot: QtBot, strip: FilmStrip) -> None:
    strip.show_frames(frames(5))
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(70, 20))
    assert strip.current == 1
    hover(strip, -50)
    assert strip.current == 0
    hover(strip, 900)
    assert strip.current == 4


def test_keys_go_from_frame_to_frame(qtbot: QtBot, strip: FilmStrip) -> None:
    strip.show_frames(frames(5))
    found = []
    strip.scrubbed.connect(found.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(strip, key)
    assert found == [3, 0, 4]


def test_the_wheel_turns_it_only_with_the_focus(qtbot: QtBot, strip: FilmStrip) -> None:
    strip.show_frames(frames(5))
    strip.set_current(1)
    strip.clearFocus()
    assert not turned(strip, -120).isAccepted()
    strip.activateWindow()
    strip.setFocus()
    qtbot.waitUntil(strip.hasFocus)
    turned(strip, -60)
    assert strip.current == 1
    turned(strip, -60)
    assert strip.current == 2
    turned(strip, 240)
    assert strip.current == 0


def test_choosing_a_frame_by_program_is_not_told(qtbot: QtBot, strip: FilmStrip) -> None:
    strip.show_frames(frames(5))
    with qtbot.assertNotEmitted(strip.scrubbed):
        strip.set_current(2)


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=lambda look: look.name)
def test_the_current_frame_is_marked(
    qapp: QApplication, strip: FilmStrip, look: theme.Theme
) -> None:
    theme.apply(qapp, look)
    strip.show_frames(frames(5), expected=6)
    last = strip.grab().toImage()
    strip.set_current(3)
    assert strip.grab().toImage() != last
    theme.apply(qapp, theme.DARK)


def turned(strip: FilmStrip, angle: int) -> QWheelEvent:
    middle = QPointF(30, 20)
    event = QWheelEvent(
        middle,
        strip.mapToGlobal(middle),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip, event)
    return event


def test_a_click_and_enter_choose_the_current_frame(qtbot: QtBot, strip: FilmStrip) -> None:
    chosen: list[int] = []
    strip.activated.connect(chosen.append)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    strip.show_frames(frames(5))
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(70, 20))
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert chosen == [1, 2]
