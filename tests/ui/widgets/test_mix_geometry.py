from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.ui.widgets.mix_geometry import Field, Place, places, vertex, weights

LINE = Field(((10, 50), (90, 50)))
TRIANGLE = Field(((10, 10), (90, 10), (50, 90)))
SQUARE = Field(((10, 10), (90, 10), (10, 90), (90, 90)))
FIELDS = pytest.mark.parametrize(
    "field", [LINE, TRIANGLE, SQUARE], ids=["line", "triangle", "square"]
)
SHARE = st.floats(0, 1, allow_subnormal=False)


@pytest.mark.parametrize(
    ("filled", "expected"),
    [
        ("....", [(0, 0.5), (1, 0.5), (0, 1), (1, 1)]),
        (".x..", [(0, 0.5), (1, 0.5), (0, 1), (1, 1)]),
        ("...x", [(0, 0.5), (0, 1), (1, 1), (1, 0.5)]),
        ("x..x", [(0, 0.5), (0, 1), (1, 1), (1, 0.5)]),
        ("xxx.", [(0, 0), (1, 0), (0.5, 1), (1, 1)]),
        (".xxx", [(1, 1), (0, 0), (1, 0), (0.5, 1)]),
        ("xxxx", [(0, 0), (1, 0), (0, 1), (1, 1)]),
    ],
)
def test_filled_slots_take_the_corners_in_reading_order(filled: str, expected: list[Place]) -> None:
    assert list(places([mark == "x" for mark in filled])) == expected


@pytest.mark.parametrize(
    ("count", "point", "expected"),
    [
        (2, (0.25, 0.7), (0.75, 0.25)),
        (3, (0.5, 0.5), (0.25, 0.25, 0.5)),
        (3, (0.3, 1), (0, 0, 1)),
        (4, (0.25, 0.5), (0.375, 0.125, 0.375, 0.125)),
    ],
)
def test_weights_of_a_point(
    count: int, point: tuple[float, float], expected: tuple[float, ...]
) -> None:
    assert weights(count, *point) == pytest.approx(expected)


@given(st.integers(2, 4), SHARE, SHARE)
def test_weights_sum_to_one(count: int, x: float, y: float) -> None:
    assert sum(weights(count, x, y)) == pytest.approx(1)


@FIELDS
def test_at_a_corner_that_corner_is_all(field: Field) -> None:
    count = len(field.vertices)
    rows = 1 + field.has_height
    for x, y in product((0, 1), range(rows)):
        whole = weights(count, x, y).index(1)
        assert field.place(x, y) == pytest.approx(field.vertices[whole])


@pytest.mark.parametrize("field", [TRIANGLE, SQUARE], ids=["triangle", "square"])
@given(x=SHARE, y=st.floats(0, 0.95))
def test_a_place_means_the_point_that_lies_there(field: Field, x: float, y: float) -> None:
    assert field.share(field.place(x, y), 0.5) == pytest.approx((x, y), abs=1e-9)


def test_where_all_x_are_one_place_x_stays() -> None:
    assert TRIANGLE.share((50, 200), 0.3) == (0.3, 1)


def test_a_line_knows_no_y() -> None:
    assert LINE.share((30, 99), 0.5) == (0.25, 0)
    assert LINE.place(0.25, 1) == (30, 50)


@FIELDS
@given(x=st.floats(-500, 500), y=st.floats(-500, 500))
def test_any_place_means_a_point_of_the_field(field: Field, x: float, y: float) -> None:
    shares = field.share((x, y), 0.5)
    assert all(0 <= share <= 1 for share in shares)


@pytest.mark.parametrize(
    ("place", "expected"),
    [((0, 0), (64, 64)), ((1, 0), (236, 64)), ((0.5, 1), (150, 236)), ((0, 0.5), (64, 150))],
)
def test_vertices_look_into_the_board(place: Place, expected: Place) -> None:
    assert vertex(place, side=64, board=300) == pytest.approx(expected)
