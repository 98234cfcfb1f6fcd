from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QFont
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.image import Image
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.mix_board import MixBoard
from t2i_studio.ui.widgets.mix_corner import Corner, CornerCard, wrapped
from t2i_studio.ui.widgets.mix_geometry import SLOTS

PICTURE = Image(np.full((8, 12, 3), 90, np.uint8))
FOX, SNOW, CUBE = Corner("fox.png", PICTURE), Corner("snow"), Corner("a red cube")
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


@pytest.fixture
def board(qtbot: QtBot, qapp: QApplication) -> Iterator[MixBoard]:
    theme.apply(qapp, theme.DARK)
    board = MixBoard()
    qtbot.addWidget(board)
    board.resize(320, 320)
    board.show()
    board.activateWindow()
    qtbot.waitUntil(board.isActiveWindow)
    yield board
    board.hide()


@pytest.fixture
def square(board: MixBoard) -> MixBoard:
    board.show_corners((FOX, SNOW, CUBE, FOX))
    return board


def test_one_corner_is_no_mix(qtbot: QtBot, board: MixBoard) -> None:
    board.show_corners((FOX, None, None, None))
    assert not board.point.isVisible()
    moves = QSignalSpy(board.moved)
    qtbot.mouseClick(board, LEFT, pos=board.rect().center())
    assert moves.count() == 0
    board.show_corners((FOX, None, SNOW, None))
    assert board.point.isVisible()


def test_dragging_the_point_moves_it_and_letting_go_settles_it(
    qtbot: QtBot, square: MixBoard
) -> None:
    moves, rests = QSignalSpy(square.moved), QSignalSpy(square.settled)
    grip = QPoint(3, 5)
    qtbot.mousePress(square.point, LEFT, pos=grip)
    qtbot.mouseMove(square.point, grip + QPoint(20, -10))
    x, y = square.shares
    assert moves.count() == 1
    assert rests.count() == 0
    assert x > 0.5 > y
    qtbot.mouseRelease(square.point, LEFT, pos=grip)
    assert [rests.at(i) for i in range(rests.count())] == [[x, y]]


def test_a_click_on_the_point_changes_nothing(qtbot: QtBot, square: MixBoard) -> None:
    moves, rests = QSignalSpy(square.moved), QSignalSpy(square.settled)
    qtbot.mouseClick(square.point, LEFT, pos=QPoint(3, 3))
    assert (moves.count(), rests.count()) == (0, 0)


def test_a_press_beside_the_point_brings_it_there(qtbot: QtBot, square: MixBoard) -> None:
    square.set_point(0, 0)
    with qtbot.waitSignal(square.moved):
        qtbot.mousePress(square, LEFT, pos=square.rect().center())
    assert square.shares == pytest.approx((0.5, 0.5), abs=0.01)
    assert square.point.hasFocus()
    with qtbot.waitSignal(square.settled):
        qtbot.mouseRelease(square, LEFT, pos=square.rect().center())


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Right, NONE, (0.52, 0.5)),
        (Qt.Key.Key_Left, NONE, (0.48, 0.5)),
        (Qt.Key.Key_Up, NONE, (0.5, 0.48)),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, (0.5, 0.6)),
    ],
)
def test_arrows_move_the_point_and_it_settles_after_the_last(
    qtbot: QtBot,
    square: MixBoard,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    expected: tuple[float, float],
) -> None:
    rests = QSignalSpy(square.settled)
    with qtbot.waitSignal(square.settled):
        qtbot.keyClick(square.point, key, modifier)
        assert rests.count() == 0
    assert square.shares == pytest.approx(expected)
    assert rests.count() == 1


def test_the_point_stays_on_the_board(qtbot: QtBot, square: MixBoard) -> None:
    square.set_point(0.99, 0)
    qtbot.keyClick(square.point, Qt.Key.Key_Right)
    qtbot.keyClick(square.point, Qt.Key.Key_Up)
    assert square.shares == (1, 0)


def test_a_line_moves_along_x_only(qtbot: QtBot, board: MixBoard) -> None:
    board.show_corners((FOX, SNOW, None, None))
    board.set_point(0.5, 0)
    moves = QSignalSpy(board.moved)
    qtbot.keyClick(board.point, Qt.Key.Key_Down)
    assert moves.count() == 0
    qtbot.keyClick(board.point, Qt.Key.Key_Right)
    assert board.shares == (0.52, 0)


def test_a_hidden_board_does_not_settle(qtbot: QtBot, square: MixBoard) -> None:
    qtbot.keyClick(square.point, Qt.Key.Key_Right)
    square.hide()
    qtbot.assertNotEmitted(square.settled, wait=0)
    assert not any(timer.isActive() for timer in square.findChildren(type(square._timer)))


def test_tab_goes_from_the_point_to_the_corners(qtbot: QtBot, square: MixBoard) -> None:
    square.show_picture(PICTURE)
    square.point.setFocus()
    came = []
    for _ in range(SLOTS):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        came.append(focused())
    assert came == list(square.cards)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_on_a_corner_activate_it(qtbot: QtBot, board: MixBoard, key: Qt.Key) -> None:
    with qtbot.waitSignal(board.corner_activated) as caught:
        qtbot.keyClick(board.cards[2], key)
    assert caught.args == [2]


def test_a_click_on_a_corner_activates_it(qtbot: QtBot, square: MixBoard) -> None:
    with qtbot.waitSignal(square.corner_activated) as caught:
        qtbot.mouseClick(square.cards[3], LEFT)
    assert caught.args == [3]


@pytest.mark.parametrize(
    ("text", "path", "expected"), [("snow", "", "snow"), ("", "/a.png", ["/a.png"])]
)
def test_what_is_dropped_falls_on_the_nearest_corner(
    qtbot: QtBot, square: MixBoard, text: str, path: str, expected: object
) -> None:
    data = QMimeData()
    data.setText(text)
    data.setUrls([QUrl.fromLocalFile(path)] if path else [])
    at = QPointF(square.cards[1].geometry().center()) - QPointF(40, 0)
    drag(square, data, at)
    assert [card.is_target for card in square.cards] == [False, True, False, False]
    with qtbot.waitSignal(square.corner_dropped) as caught:
        QApplication.sendEvent(square, QDropEvent(at, COPY, data, LEFT, NONE))
    assert caught.args == [1, expected]
    assert not any(card.is_target for card in square.cards)


def test_what_cannot_be_mixed_is_refused(square: MixBoard) -> None:
    nothing = QMimeData()
    enter = QDragEnterEvent(QPoint(9, 9), COPY, nothing, LEFT, NONE)
    QApplication.sendEvent(square, enter)
    assert not enter.isAccepted()


def test_a_drag_that_leaves_marks_nothing(square: MixBoard) -> None:
    data = QMimeData()
    data.setText("snow")
    drag(square, data, QPointF(5, 5))
    QApplication.sendEvent(square, QDragLeaveEvent())
    assert not any(card.is_target for card in square.cards)


def test_the_mix_is_told_to_those_who_do_not_see_it(board: MixBoard) -> None:
    board.show_corners((FOX, None, None, SNOW))
    board.set_point(0.25, 0)
    assert board.point.accessibleDescription() == "75 % fox.png, 25 % Prompt: snow"
    assert board.cards[1].accessibleName() == "Empty corner"


def test_a_board_is_a_square_that_stops_growing(board: MixBoard) -> None:
    assert [board.heightForWidth(width) for width in (100, 320, 600)] == [240, 320, 400]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_every_mix_can_be_drawn(board: MixBoard, count: int) -> None:
    board.show_corners((FOX, SNOW, CUBE, FOX)[:count] + (None,) * (SLOTS - count))
    plain = board.grab().toImage()
    board.show_picture(PICTURE)
    assert (board.grab().toImage() != plain) == (count >= 2)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("snow", 3, ["snow"]),
        ("one two three four", 2, ["one two", "three f…"]),
        ("", 3, [""]),
    ],
)
def test_prompts_break_into_lines(
    qapp: QApplication, text: str, most: int, expected: list[str]
) -> None:
    font = QFont("DejaVu Sans Mono")
    font.setPixelSize(10)
    lines = wrapped(text, font, 50, most)
    assert len(lines) == len(expected)
    assert lines[0] == expected[0]
    assert lines[-1].endswith("…") == expected[-1].endswith("…")


def focused() -> CornerCard:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget  # type: ignore[return-value]


def drag(board: MixBoard, data: QMimeData, at: QPointF) -> None:
    QApplication.sendEvent(board, QDragEnterEvent(at.toPoint(), COPY, data, LEFT, NONE))
    QApplication.sendEvent(board, QDragMoveEvent(at.toPoint(), COPY, data, LEFT, NONE))
