from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.embedding_scatter import EmbeddingScatter
from t2i_studio.ui.widgets.scatter_drawing import beside

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
PLUS = np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]], float)  # middle, right, left, up, down
MANY = np.random.default_rng(0).uniform(-1, 1, (100, 2))
PICTURE = QImage(8, 8, QImage.Format.Format_RGB32)


class Album:
    """Says which pictures were asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def thumbnail(self, index: int) -> QImage | None:
        self.asked.append(index)
        return PICTURE if index else None


@pytest.fixture
def album() -> Album:
    return Album()


@pytest.fixture
def scatter(qtbot: QtBot, qapp: QApplication, album: Album) -> EmbeddingScatter:
    theme.apply(qapp, theme.DARK)
    scatter = EmbeddingScatter(album.thumbnail)
    qtbot.addWidget(scatter)
    scatter.resize(320, 320)
    scatter.show()
    scatter.show_points(PLUS, titles=["middle", "right", "left", "up", "down"])
    return scatter


def test_a_point_under_the_mouse_is_shown_once(
    qtbot: QtBot, scatter: EmbeddingScatter, album: Album
) -> None:
    at = scatter.place(1).toPoint()
    for shift in (0, 1, 2):
        qtbot.mouseMove(scatter, at + QPoint(shift, 0))
    assert scatter.current == 1
    assert album.asked == [1]
    qtbot.mouseMove(scatter, at - QPoint(40, 40))
    assert scatter.current is None


def test_a_mouse_that_leaves_takes_the_card_along(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    qtbot.mouseMove(scatter, scatter.place(1).toPoint())
    QApplication.sendEvent(scatter, QEvent(QEvent.Type.Leave))
    assert scatter.current is None


def test_a_click_chooses_and_activates(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    chosen, activated = QSignalSpy(scatter.selected), QSignalSpy(scatter.activated)
    qtbot.mouseClick(scatter, LEFT, pos=scatter.place(3).toPoint())
    assert (chosen.at(0), activated.at(0)) == ([(3,)], [3])
    assert scatter.selection == (3,)


def test_a_click_with_shift_adds(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    scatter.select([4])
    qtbot.mouseClick(scatter, LEFT, SHIFT, scatter.place(1).toPoint())
    assert scatter.selection == (1, 4)


def test_a_click_on_nothing_changes_nothing(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    scatter.select([4])
    told = QSignalSpy(scatter.activated)
    qtbot.mouseClick(scatter, LEFT, pos=scatter.place(0).toPoint() + QPoint(40, 40))
    assert scatter.selection == (4,)
    assert told.count() == 0


@pytest.mark.parametrize(("modifier", "expected"), [(NONE, (1,)), (SHIFT, (1, 4))])
def test_a_loop_chooses_what_lies_in_it(
    qtbot: QtBot,
    scatter: EmbeddingScatter,
    modifier: Qt.KeyboardModifier,
    expected: tuple[int, ...],
) -> None:
    scatter.select([4])
    draw_loop(qtbot, scatter, scatter.place(1))
    with qtbot.waitSignal(scatter.selected) as caught:
        qtbot.mouseRelease(scatter, LEFT, modifier, scatter.place(1).toPoint())
    assert caught.args == [expected]


def test_escape_gives_up_the_loop_and_then_what_is_chosen(
    qtbot: QtBot, scatter: EmbeddingScatter
) -> None:
    scatter.select([4])
    draw_loop(qtbot, scatter, scatter.place(1))
    qtbot.keyClick(scatter, Qt.Key.Key_Escape)
    qtbot.mouseRelease(scatter, LEFT, pos=scatter.place(1).toPoint())
    assert scatter.selection == (4,)
    with qtbot.waitSignal(scatter.selected) as caught:
        qtbot.keyClick(scatter, Qt.Key.Key_Escape)
    assert caught.args == [()]


def test_choosing_from_outside_is_not_told(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    with qtbot.assertNotEmitted(scatter.selected):
        scatter.select([1, 2])
    assert scatter.accessibleDescription() == "5 pictures, 2 selected"


def test_the_arrows_walk_and_enter_chooses(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    steps = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(scatter, key)
        steps.append(scatter.current)
    assert steps == [0, 3, 3, 1, 4]  # from the middle; at an end it stays
    with qtbot.waitSignal(scatter.activated) as caught:
        qtbot.keyClick(scatter, Qt.Key.Key_Return)
    assert caught.args == [4]


def test_walking_out_of_view_moves_the_view(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    qtbot.keyClick(scatter, Qt.Key.Key_Right)
    for _ in range(6):
        qtbot.keyClick(scatter, Qt.Key.Key_Plus)
    assert not scatter.rect().contains(scatter.place(1).toPoint())
    qtbot.keyClick(scatter, Qt.Key.Key_Right)
    assert scatter.rect().contains(scatter.place(1).toPoint())


def test_the_wheel_zooms_to_the_pointer_and_a_double_click_fits(
    qtbot: QtBot, scatter: EmbeddingScatter
) -> None:
    before = [scatter.place(index) for index in range(5)]
    turn(scatter, scatter.place(1), 240)
    assert scatter.place(1).toPoint() == before[1].toPoint()
    assert scatter.place(0).x() < before[0].x()
    qtbot.mouseDClick(scatter, LEFT, pos=QPoint(60, 60))
    assert [scatter.place(index) for index in range(5)] == before


def test_a_zoom_ends_somewhere(scatter: EmbeddingScatter) -> None:
    turn(scatter, scatter.place(0), -120 * 60)
    assert scatter.place(1).x() - scatter.place(0).x() > 10
    turn(scatter, scatter.place(0), 120 * 200)
    assert np.isfinite(scatter.place(1).x())


def test_the_middle_button_moves_the_view(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    before = scatter.place(0)
    qtbot.mousePress(scatter, MIDDLE, pos=QPoint(100, 100))
    qtbot.mouseMove(scatter, QPoint(130, 90))
    qtbot.mouseRelease(scatter, MIDDLE, pos=QPoint(130, 90))
    qtbot.mouseMove(scatter, QPoint(200, 200))
    assert scatter.place(0).toPoint() == (before + QPointF(30, -10)).toPoint()


def test_pictures_are_asked_for_while_few_are_in_view(
    qtbot: QtBot, scatter: EmbeddingScatter
) -> None:
    wanted = QSignalSpy(scatter.pictures_wanted)
    scatter.show_points(MANY)
    assert wanted.count() == 0
    turn(scatter, QPointF(scatter.rect().center()), 360)
    seen = tuple(
        index for index in range(100) if scatter.rect().contains(scatter.place(index).toPoint())
    )
    assert set(wanted.at(0)[0]) <= set(seen)
    assert 0 < len(wanted.at(0)[0]) <= 60
    dots = scatter.grab().toImage()
    scatter.show_pictures(dict.fromkeys(seen, PICTURE))
    assert scatter.grab().toImage() != dots


def test_new_points_start_afresh(qtbot: QtBot, scatter: EmbeddingScatter) -> None:
    scatter.select([4])
    qtbot.keyClick(scatter, Qt.Key.Key_Up)
    scatter.show_points(MANY[:3], groups=[0, 1, 9])
    assert (scatter.selection, scatter.current) == ((), None)
    scatter.show_points(np.zeros((0, 2)))
    qtbot.keyClick(scatter, Qt.Key.Key_Up)
    assert scatter.current is None


@pytest.mark.parametrize("shape", [(3,), (3, 3)])
def test_points_are_pairs(scatter: EmbeddingScatter, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="finite points"):
        scatter.show_points(np.zeros(shape))
    with pytest.raises(ValueError, match="finite points"):
        scatter.show_points(np.full((2, 2), np.nan))


def test_every_state_can_be_drawn_and_looks_its_own(
    qtbot: QtBot, qapp: QApplication, scatter: EmbeddingScatter
) -> None:
    looks = [scatter.grab().toImage()]
    scatter.show_axes("1: snow / grass, 23 %", "2: day / night, 11 %")
    looks.append(scatter.grab().toImage())
    qtbot.mouseMove(scatter, scatter.place(1).toPoint())
    looks.append(scatter.grab().toImage())
    draw_loop(qtbot, scatter, scatter.place(0))
    looks.append(scatter.grab().toImage())
    qtbot.mouseRelease(scatter, LEFT)
    theme.apply(qapp, theme.LIGHT)
    looks.append(scatter.grab().toImage())
    scatter.show_points(np.zeros((0, 2)))
    looks.append(scatter.grab().toImage())
    assert all(a != b for a, b in pairwise(looks))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (QPointF(10, 10), QPointF(22, 22)),
        (QPointF(90, 10), QPointF(38, 22)),
        (QPointF(90, 90), QPointF(38, 38)),
        (QPointF(50, 95), QPointF(0, 43)),
    ],
    ids=["below right", "left", "above left", "kept inside"],
)
def test_a_card_lies_beside_its_point(at: QPointF, expected: QPointF) -> None:
    assert beside(at, QSizeF(40, 40), QRectF(0, 0, 100, 100)).topLeft() == expected


def draw_loop(qtbot: QtBot, scatter: EmbeddingScatter, around: QPointF) -> None:
    """Draw a square, and leave the button down."""
    corners = [around.toPoint() + QPoint(x, y) for x, y in ((-20, -20), (20, -20), (20, 20))]
    qtbot.mousePress(scatter, LEFT, pos=corners[0])
    for corner in (*corners[1:], around.toPoint() + QPoint(-20, 20)):
        qtbot.mouseMove(scatter, corner)


def turn(scatter: EmbeddingScatter, at: QPointF, by: int) -> None:
    event = QWheelEvent(
        at,
        scatter.mapToGlobal(at),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(scatter, event)
