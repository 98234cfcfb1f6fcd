from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from numpy.typing import NDArray

from t2i_studio.core import flood
from t2i_studio.core.flood import connected, similar

flags = npst.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12)))
channels = st.sampled_from([3, 4])
pictures = channels.flatmap(lambda count: npst.arrays(np.uint8, (5, 4, count)))


@pytest.fixture(autouse=True)
def low_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "BLOCK", 2)


@given(pixels=pictures, tolerance=st.integers(0, 255))
def test_alike_is_what_differs_little_in_every_channel(
    pixels: NDArray[np.uint8], tolerance: int
) -> None:
    pixels[..., 3:] |= 1  # nothing is fully transparent
    wanted = pixels[2, 1]

    found = similar(pixels, wanted, tolerance)

    expected = np.abs(pixels.astype(int) - wanted).max(axis=2) <= tolerance
    np.testing.assert_array_equal(found, expected)


def test_the_colour_of_what_cannot_be_seen_does_not_count() -> None:
    pixels = np.array([[[1, 2, 3, 0], [200, 100, 50, 0], [1, 2, 3, 255]]], np.uint8)

    assert similar(pixels, pixels[0, 0], 0).tolist() == [[True, True, False]]
    assert similar(pixels, pixels[0, 2], 0).tolist() == [[False, False, True]]


def test_a_part_of_a_larger_picture_can_be_looked_at() -> None:
    pixels = np.zeros((6, 6, 4), np.uint8)
    pixels[2, 3] = 255

    assert similar(pixels[1:5, 2:5], pixels[2, 3], 0).tolist()[1] == [False, True, False]


@given(alike=flags, data=st.data())
def test_connected_is_what_steps_to_neighbours_reach(
    alike: NDArray[np.bool_], data: st.DataObject
) -> None:
    height, width = alike.shape
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    alike[y, x] = True

    found = connected(alike, x, y)

    np.testing.assert_array_equal(found, stepped(alike, x, y))


def stepped(alike: NDArray[np.bool_], x: int, y: int) -> NDArray[np.bool_]:
    reached = np.zeros_like(alike)
    reached[y, x] = True
    waiting = deque([(y, x)])
    while waiting:
        row, column = waiting.popleft()
        for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            is_inside = 0 <= near[0] < alike.shape[0] and 0 <= near[1] < alike.shape[1]
            if is_inside and alike[near] and not reached[near]:
                reached[near] = True
                waiting.append(near)
    return reached


def test_a_spiral_is_followed_to_its_end() -> None:
    spiral = np.zeros((41, 41), np.bool_)
    for ring in range(0, 20, 2):
        whole = slice(ring, 41 - ring)
        spiral[whole, [ring, 40 - ring]] = spiral[[ring, 40 - ring], whole] = True
        spiral[ring + 1, ring] = False
        spiral[ring + 2, ring + 1] = True

    np.testing.assert_array_equal(connected(spiral, 0, 0), stepped(spiral, 0, 0))
    assert np.count_nonzero(connected(spiral, 0, 0)) > 600
