import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds
from t2i_studio.ui.canvas.pyramid import Pyramid, level_for


@pytest.mark.parametrize(
    ("scale", "level"), [(8, 0), (1, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.25, 2), (0.1, 3)]
)
def test_the_level_is_never_smaller_than_what_is_seen(scale: float, level: int) -> None:
    assert level_for(scale) == level


def test_a_level_is_the_average() -> None:
    pixels = np.array([[0, 100, 40], [100, 200, 60], [7, 9, 11]], np.uint8)
    assert Pyramid(pixels).level(1).tolist() == [[100, 50], [8, 11]]


def test_a_crop_is_made_contiguous() -> None:
    pixels = np.zeros((50, 50, 3), np.uint8)[10:20, 10:20]
    assert Pyramid(pixels).level(0).flags.c_contiguous


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_renewed_in_part_is_as_if_made_anew(width: int, height: int, data: st.DataObject) -> None:
    random = np.random.default_rng(0)
    before = random.integers(0, 256, (height, width), np.uint8)
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    bounds = Bounds(
        x, y, data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y))
    )
    after = before.copy()
    after[bounds.slices] = random.integers(0, 256, (bounds.height, bounds.width), np.uint8)
    pyramid = Pyramid(before)
    pyramid.level(3)
    pyramid.renew(after, bounds)
    for number in range(4):
        assert np.array_equal(pyramid.level(number), Pyramid(after).level(number))


def test_another_shape_is_another_picture() -> None:
    pyramid = Pyramid(np.zeros((8, 8), np.uint8))
    pyramid.level(2)
    pyramid.renew(np.full((4, 4), 9, np.uint8), Bounds(0, 0, 1, 1))
    assert pyramid.level(1).tolist() == [[9, 9], [9, 9]]
