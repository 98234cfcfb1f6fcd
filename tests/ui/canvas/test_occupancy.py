import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds
from t2i_studio.ui.canvas.occupancy import BLOCK, Occupancy

HEIGHT, WIDTH = 200, 330
WHOLE = Bounds(0, 0, WIDTH, HEIGHT)


@given(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))
def test_a_single_pixel_is_found_within_its_block(x: int, y: int) -> None:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[y, x] = 1
    found = Occupancy(mask).within(WHOLE)
    assert found.x <= x < found.right
    assert found.y <= y < found.bottom
    assert max(found.width, found.height) <= BLOCK


def test_an_empty_mask_has_nothing() -> None:
    assert Occupancy(np.zeros((HEIGHT, WIDTH), np.uint8)).within(WHOLE).is_empty


@pytest.mark.parametrize("value", [1, 255])
def test_a_full_mask_is_all_of_what_is_asked_for(value: int) -> None:
    mask = np.full((HEIGHT, WIDTH), value, np.uint8)
    part = Bounds(13, 70, 200, 100)
    assert Occupancy(mask).within(part) == part


def test_what_is_painted_and_erased_is_followed() -> None:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    occupancy = Occupancy(mask)
    bounds = Bounds(60, 60, 10, 10)  # in four blocks
    mask[bounds.slices] = 200
    occupancy.renew(mask, bounds)
    assert occupancy.within(WHOLE) == Bounds(0, 0, 2 * BLOCK, 2 * BLOCK)
    mask[:] = 0
    occupancy.renew(mask, bounds)
    assert occupancy.within(WHOLE).is_empty
