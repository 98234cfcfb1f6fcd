import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.ui.widgets.scatter_geometry import (
    View,
    enclosed,
    fitting,
    nearest,
    neighbour,
)

ROOM = (20.0, 10.0, 200.0, 100.0)
VIEW = View(-1, -2, 4, 4, ROOM)
CROSS = np.array([[0, 0], [10, 0], [-10, 0], [0, 10], [0, -10], [7, 6], [10, 0]], float)
SQUARE = np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float)
ARROW = np.array([[0, 0], [10, 5], [0, 10], [5, 5]], float)
BOW = np.array([[0, 0], [10, 10], [10, 0], [0, 10]], float)


@pytest.mark.parametrize(
    ("point", "pixel"),
    [((-1, -2), (20, 110)), ((3, 2), (220, 10)), ((1, 0), (120, 60))],
    ids=["bottom left", "top right", "middle"],
)
def test_points_lie_in_the_room_and_back(
    point: tuple[float, float], pixel: tuple[float, float]
) -> None:
    assert VIEW.to_room(np.array([point])).tolist() == [list(pixel)]
    assert VIEW.from_room(*pixel) == pytest.approx(point)


@given(st.floats(20, 220), st.floats(10, 110), st.floats(0.1, 10))
def test_what_is_under_the_mouse_stays_there_in_a_zoom(x: float, y: float, factor: float) -> None:
    zoomed = VIEW.zoomed(x, y, factor)
    assert zoomed.from_room(x, y) == pytest.approx(VIEW.from_room(x, y), abs=1e-6)
    assert zoomed.width == pytest.approx(VIEW.width / factor)


def test_what_is_moved_follows_the_mouse() -> None:
    moved = VIEW.moved(30, -20)
    assert moved.from_room(130, 40) == pytest.approx(VIEW.from_room(100, 60))


def test_all_points_fit_with_air_around() -> None:
    points = np.array([[0, 0], [5, 1], [2, 3]], float)
    pixels = fitting(points, ROOM).to_room(points)
    assert fitting(points, ROOM).holds(pixels).all()
    assert pixels.min(axis=0) == pytest.approx(pixels.max(axis=0) * -1 + (240, 120))
    assert pixels[:, 0].min() > ROOM[0] + 5


@pytest.mark.parametrize(
    "points",
    [[], [[3, 4]], [[3, 4], [3, 4]], [[3, 4], [3, 9]]],
    ids=["none", "one", "same", "line"],
)
def test_points_without_extent_can_be_seen(points: list[list[float]]) -> None:
    places = np.array(points, float).reshape(-1, 2)
    view = fitting(places, ROOM)
    assert view.width > 0
    assert view.height > 0
    assert view.holds(view.to_room(places)).all()


@pytest.mark.parametrize(
    ("at", "reach", "expected"), [((9, 1), 5, 1), ((7, 5), 5, 5), ((50, 50), 5, None)]
)
def test_the_nearest_point_in_reach(
    at: tuple[float, float], reach: float, expected: int | None
) -> None:
    assert nearest(CROSS, *at, reach) == expected


def test_nothing_is_near_where_nothing_is() -> None:
    assert nearest(np.zeros((0, 2)), 1, 1, 9) is None


@pytest.mark.parametrize(
    ("index", "way", "expected"),
    [
        (0, (1, 0), 5),
        (0, (-1, 0), 2),
        (0, (0, 1), 3),
        (0, (0, -1), 4),
        (2, (-1, 0), None),
        (1, (-1, 0), 0),
    ],
    ids=["right", "left", "down", "up", "end", "never to one at the same place"],
)
def test_the_next_point_that_way(index: int, way: tuple[int, int], expected: int | None) -> None:
    assert neighbour(CROSS, index, *way) == expected


@pytest.mark.parametrize(
    ("loop", "point", "expected"),
    [
        (SQUARE, (5, 5), True),
        (SQUARE, (11, 5), False),
        (SQUARE, (-1, 5), False),
        (SQUARE, (5, -1), False),
        (ARROW, (2, 5), False),
        (ARROW, (7, 5), True),
        (BOW, (5, 2), False),
        (BOW, (9, 5), True),
        (SQUARE[::-1], (5, 5), True),
        (SQUARE[:1], (0, 0), False),
    ],
)
def test_a_loop_encloses(loop: np.ndarray, point: tuple[float, float], expected: bool) -> None:
    assert enclosed(loop, np.array([point], float)).tolist() == [expected]


def test_a_loop_around_many_points_finds_those_of_a_circle() -> None:
    points = np.random.default_rng(0).uniform(-2, 2, (2000, 2))
    angles = np.linspace(0, 2 * np.pi, 400)
    inside = enclosed(np.stack([np.cos(angles), np.sin(angles)], axis=1), points)
    distances = np.hypot(*points.T)
    assert inside[distances < 0.99].all()
    assert not inside[distances > 1.01].any()
