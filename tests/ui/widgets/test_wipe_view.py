import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.busy_line import BusyLine
from t2i_studio.ui.widgets.wipe_view import FRAME, WipeView

SIDE = 200  # px of the pictures
RED = Image.filled(Extent(64, 64), (200, 0, 0))
BLUE = Image.filled(Extent(256, 256), (0, 0, 200))
LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> WipeView:
    theme.apply(qapp, theme.DARK)
    view = WipeView()
    qtbot.addWidget(view)
    view.resize(SIDE + 2 * FRAME, SIDE + 2 * FRAME)
    view.show_pictures(RED, BLUE)
    view.show()
    return view


def at(share: float) -> QPoint:
    return QPoint(FRAME + round(SIDE * share), 40)


def is_before(view: WipeView, share: float) -> bool:
    """Whether the picture before is seen there, below the chips and beside the handle."""
    colour = view.grab().toImage().pixelColor(at(share))
    return colour.red() > colour.blue()


def test_begins_in_the_middle_with_each_picture_on_its_side(view: WipeView) -> None:
    assert view.position == 0.5
    assert is_before(view, 0.4)
    assert not is_before(view, 0.6)


def test_dragging_anywhere_wipes(qtbot: QtBot, view: WipeView) -> None:
    heard: list[float] = []
    view.wiped.connect(heard.append)
    qtbot.mousePress(view, LEFT_BUTTON, pos=at(0.8))
    qtbot.mouseMove(view, at(0.25))
    qtbot.mouseRelease(view, LEFT_BUTTON, pos=at(0.25))
    qtbot.mouseMove(view, at(0.6))
    assert heard == [0.8, 0.25]
    assert is_before(view, 0.2)
    assert not is_before(view, 0.3)


def test_it_never_leaves_the_picture(qtbot: QtBot, view: WipeView) -> None:
    qtbot.mousePress(view, LEFT_BUTTON, pos=at(0.5))
    qtbot.mouseMove(view, QPoint(900, 40))
    assert view.position == 1
    qtbot.mouseMove(view, QPoint(-900, 40))
    assert view.position == 0


def test_a_double_click_goes_back_to_the_middle(qtbot: QtBot, view: WipeView) -> None:
    qtbot.mouseClick(view, LEFT_BUTTON, pos=at(0.9))
    qtbot.mouseDClick(view, LEFT_BUTTON, pos=at(0.9))
    qtbot.mouseMove(view, at(0.91))
    assert view.position == 0.5


SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("key", "modifier", "position"),
    [
        (Qt.Key.Key_Left, PLAIN, 0.48),
        (Qt.Key.Key_Right, PLAIN, 0.52),
        (Qt.Key.Key_Left, SHIFT, 0.40),
        (Qt.Key.Key_Right, SHIFT, 0.60),
        (Qt.Key.Key_Home, PLAIN, 0.0),
        (Qt.Key.Key_End, PLAIN, 1.0),
    ],
)
def test_keys_move_it(
    qtbot: QtBot, view: WipeView, key: Qt.Key, modifier: Qt.KeyboardModifier, position: float
) -> None:
    with qtbot.waitSignal(view.wiped) as heard:
        qtbot.keyClick(view, key, modifier)
    assert heard.args == [pytest.approx(position)]


def test_space_shows_all_of_before_while_it_is_held(qtbot: QtBot, view: WipeView) -> None:
    qtbot.keyPress(view, Qt.Key.Key_Space)
    repeat = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Space, PLAIN, " ", True)
    QApplication.sendEvent(view, repeat)
    assert is_before(view, 0.9)
    assert view.accessibleDescription() == "All of before"
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    assert not is_before(view, 0.9)
    assert view.position == 0.5


def test_losing_the_focus_ends_the_look_at_before(qtbot: QtBot, view: WipeView) -> None:
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyPress(view, Qt.Key.Key_Space)
    view.clearFocus()
    assert not view.is_peeking


def test_a_picture_alone_is_whole_and_cannot_be_wiped(qtbot: QtBot, view: WipeView) -> None:
    view.show_pictures(None, BLUE)
    qtbot.mouseClick(view, LEFT_BUTTON, pos=at(0.9))
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyPress(view, Qt.Key.Key_Space)
    assert view.position == 0.5
    assert not view.is_peeking
    assert not is_before(view, 0.1)
    view.show_pictures(RED, None)
    assert is_before(view, 0.9)


def test_pictures_of_other_shapes_lie_in_the_middle_of_the_square(view: WipeView) -> None:
    view.show_pictures(Image(np.full((32, 64, 3), 255, np.uint8)), BLUE)
    shown = view.grab().toImage()
    surround, picture = shown.pixelColor(at(0.2)), shown.pixelColor(FRAME + 40, FRAME + 60)
    assert surround.name() == theme.current().canvas.lower()
    assert picture.lightness() == 255


def test_screen_readers_hear_where_it_stands(qtbot: QtBot, view: WipeView) -> None:
    assert view.accessibleName() == "Before and after"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    view.set_draft(True)
    assert view.accessibleDescription().startswith("Divider at 52%")
    assert "coarse preview" in view.accessibleDescription()
    view.show_pictures(None, None)
    view.set_empty_text("Open a picture")
    assert view.accessibleDescription() == "Open a picture"


def test_it_stays_square_in_any_width(view: WipeView) -> None:
    assert view.hasHeightForWidth()
    assert view.heightForWidth(333) == 333


def test_while_busy_a_line_runs_below_the_pictures(view: WipeView) -> None:
    view.set_busy(True)
    line = view.findChild(BusyLine)
    assert line is not None
    assert line.is_running
    assert view.rect().contains(line.geometry())
    assert line.y() >= FRAME + SIDE
    view.hide()
    assert not line.is_running
    assert view.is_busy
    view.set_busy(False)
    assert not view.is_busy


def test_the_context_menu_is_the_owners(qtbot: QtBot, view: WipeView) -> None:
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    ask = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at(0.9), view.mapToGlobal(at(0.9)))
    with qtbot.waitSignal(view.customContextMenuRequested):
        QApplication.sendEvent(view, ask)
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=at(0.9))
    assert view.position == 0.5


@pytest.mark.parametrize("kind", ["dark", "light"])
def test_every_state_can_be_drawn(qapp: QApplication, view: WipeView, kind: str) -> None:
    theme.apply(qapp, theme.THEMES[kind])
    for before in (None, RED):
        for after in (None, BLUE):
            view.show_pictures(before, after)
            view.set_draft(True)
            assert not view.grab().isNull()
