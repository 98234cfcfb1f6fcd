import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from t2i_studio.core.geometry import Bounds
from t2i_studio.ui.canvas.grips import INSIDE, Grip, between, dragged, grip_at, in_shape

BOX = QRectF(100, 100, 80, 60)
BOUNDS = Bounds(10, 20, 40, 30)


@pytest.mark.parametrize(
    ("x", "y", "grip"),
    [
        (100, 100, Grip(-1, -1)),
        (94, 95, Grip(-1, -1)),
        (180, 160, Grip(1, 1)),
        (184, 98, Grip(1, -1)),
        (98, 163, Grip(-1, 1)),
        (140, 103, Grip(0, -1)),
        (140, 164, Grip(0, 1)),
        (97, 130, Grip(-1, 0)),
        (179, 130, Grip(1, 0)),
        (140, 130, INSIDE),
        (140, 80, None),
        (80, 130, None),
    ],
)
def test_each_place_has_its_grip(x: float, y: float, grip: Grip | None) -> None:
    assert grip_at(BOX, QPointF(x, y), 8) == grip


def test_a_small_box_can_still_be_moved_by_its_middle() -> None:
    assert grip_at(QRectF(0, 0, 8, 8), QPointF(4, 4), 8) == INSIDE


@pytest.mark.parametrize(
    ("grip", "expected"),
    [
        (INSIDE, Bounds(15, 17, 40, 30)),
        (Grip(-1, -1), Bounds(15, 17, 35, 33)),
        (Grip(1, 1), Bounds(10, 20, 45, 27)),
        (Grip(0, 1), Bounds(10, 20, 40, 27)),
        (Grip(-1, 0), Bounds(15, 20, 35, 30)),
    ],
)
def test_a_grip_moves_its_sides(grip: Grip, expected: Bounds) -> None:
    assert dragged(BOUNDS, grip, 5, -3) == expected


def test_no_side_crosses_the_other() -> None:
    assert dragged(BOUNDS, Grip(-1, -1), 500, 500, least=8) == Bounds(42, 42, 8, 8)
    assert dragged(BOUNDS, Grip(1, 1), -500, -500, least=8) == Bounds(10, 20, 8, 8)


@pytest.mark.parametrize(
    ("grip", "box", "expected"),
    [
        (Grip(1, 1), Bounds(10, 20, 80, 31), Bounds(10, 20, 80, 60)),
        (Grip(-1, -1), Bounds(-30, 19, 80, 31), Bounds(-30, -10, 80, 60)),
        (Grip(1, 0), Bounds(10, 20, 20, 30), Bounds(10, 20, 20, 15)),
        (Grip(0, -1), Bounds(10, -40, 40, 90), Bounds(10, -40, 120, 90)),
    ],
)
def test_the_shape_can_be_kept(grip: Grip, box: Bounds, expected: Bounds) -> None:
    assert in_shape(box, grip, BOUNDS) == expected


def test_between_two_points_lie_whole_pixels() -> None:
    assert between(QPointF(10.4, 20.6), QPointF(-5, 3)) == Bounds(-5, 3, 15, 18)
    square = between(QPointF(10, 10), QPointF(4, 22), is_square=True)
    assert square == Bounds(-2, 10, 12, 12)


@pytest.mark.parametrize(
    ("grip", "shape"),
    [
        (INSIDE, Qt.CursorShape.SizeAllCursor),
        (Grip(-1, -1), Qt.CursorShape.SizeFDiagCursor),
        (Grip(1, -1), Qt.CursorShape.SizeBDiagCursor),
        (Grip(0, 1), Qt.CursorShape.SizeVerCursor),
        (Grip(1, 0), Qt.CursorShape.SizeHorCursor),
    ],
)
def test_the_cursor_shows_the_direction(grip: Grip, shape: Qt.CursorShape) -> None:
    assert grip.cursor == shape
