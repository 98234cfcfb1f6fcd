import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from t2i_studio.core.geometry import Bounds
from t2i_studio.studio.patches import TILE, box_of, patch, patches, tiles


def test_no_difference_makes_no_patch() -> None:
    assert patch(np.zeros((8, 8), np.uint8)) is None
    assert patches(np.zeros((8, 8), np.uint8)) == ()


def test_a_patch_covers_just_what_changed() -> None:
    delta = np.zeros((20, 30), np.uint8)
    delta[5:9, 7:10] = 1
    change = patch(delta, x=100, y=200)
    assert change is not None
    assert change.bounds == Bounds(107, 205, 3, 4)


@given(st.data(), array_shapes(min_dims=2, max_dims=3, min_side=1, max_side=12))
def test_a_patch_leads_there_and_back(data: st.DataObject, shape: tuple[int, ...]) -> None:
    before = data.draw(arrays(np.uint8, shape))
    after = data.draw(arrays(np.uint8, shape))
    pixels = before.copy()
    if change := patch(before ^ after):
        change.flip(pixels)
        assert np.array_equal(pixels, after)
        change.flip(pixels)
    assert np.array_equal(pixels, before)


def test_grain_is_kept_as_it_is_and_flat_colour_shrinks() -> None:
    grain = np.random.default_rng(0).integers(0, 256, (400, 400), np.uint8)
    noisy, flat = patch(grain), patch(np.full((400, 400), 255, np.uint8))
    assert noisy is not None
    assert flat is not None
    assert not noisy.planes[0].is_packed
    assert noisy.size_bytes == 160_000
    assert flat.size_bytes < 1000
    pixels = grain.copy()
    noisy.flip(pixels)
    assert not pixels.any()


def test_a_thin_diagonal_costs_only_the_tiles_it_meets() -> None:
    delta = np.eye(TILE * 4, dtype=np.uint8)
    made = patches(delta)
    assert [change.bounds.x // TILE for change in made] == [0, 1, 2, 3]
    pixels = np.zeros_like(delta)
    for change in made:
        change.flip(pixels)
    assert np.array_equal(pixels, delta)


def test_tiles_at_the_border_stay_inside() -> None:
    whole = Bounds(0, 0, TILE + 10, TILE + 20)
    met = list(tiles(Bounds(TILE - 1, TILE + 5, 3, 3), whole))
    assert met == [Bounds(0, TILE, TILE, 20), Bounds(TILE, TILE, 10, 20)]


def test_what_reaches_all_sides_is_boxed_as_a_whole() -> None:
    values = np.zeros((5, 7), np.uint8)
    values[0, 3] = values[4, 2] = values[2, 0] = values[1, 6] = 1

    assert box_of(values) == Bounds(0, 0, 7, 5)


def test_nothing_has_no_box() -> None:
    assert box_of(np.zeros((0, 7), np.uint8)).is_empty
