import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from t2i_studio.core.pyramid import Floats, around, cells_of, enlarged, spread

shapes = npst.array_shapes(min_dims=2, max_dims=2, max_side=20)


@st.composite
def surfaces(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Values (H, W, 1) and where they are known."""
    shape = draw(shapes)
    values = draw(npst.arrays(np.float32, (*shape, 1), elements=st.floats(-100, 100, width=32)))
    return values, draw(npst.arrays(np.bool_, shape)).astype(np.float32)


def ramp(height: int, width: int) -> Floats:
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    return np.stack([rows, columns], axis=-1)


@given(surfaces())
def test_what_is_known_stays(case: tuple[Floats, Floats]) -> None:
    values, known = case

    found = spread(values, known)

    np.testing.assert_allclose(found[known > 0], values[known > 0], atol=1e-4)


@given(surfaces())
def test_what_is_filled_in_lies_between_what_is_known(case: tuple[Floats, Floats]) -> None:
    values, known = case

    found = spread(values, known)

    if not known.any():
        assert not found.any()
    else:
        assert values[known > 0].min() - 1e-3 <= found.min()
        assert found.max() <= values[known > 0].max() + 1e-3


def test_a_hole_in_a_plane_is_nearly_plane() -> None:
    """A membrane through a ring of a plane is the plane."""
    plane, known = ramp(64, 64), np.ones((64, 64), np.float32)
    known[16:48, 16:48] = 0

    found = spread(plane, known)

    assert np.abs(found - plane).max() < 5
    assert np.abs(found[16:48, 31] - plane[16:48, 31]).mean() < 2


def test_cells_are_weighted_means() -> None:
    values = np.array([[1, 3], [5, 7]], np.float32)[..., None]
    weights = np.array([[1, 0], [0.5, 0]], np.float32)

    means, shares = cells_of(values, weights, 2)

    assert means[0, 0, 0] == pytest.approx((1 + 2.5) / 1.5)
    assert shares[0, 0] == pytest.approx(1.5 / 4)


def test_cells_that_stick_out_count_what_they_hold() -> None:
    means, shares = cells_of(ramp(3, 5), np.ones((3, 5), np.float32), 2)

    assert means.shape == (2, 3, 2)
    assert means[1, 2].tolist() == [2, 4]
    assert shares[1].tolist() == [0.5, 0.5, 0.25]


def test_cells_of_one_pixel_are_the_pixels() -> None:
    means, shares = cells_of(ramp(3, 5), np.ones((3, 5), np.float32), 1)

    assert np.array_equal(means, ramp(3, 5))
    assert (shares == 1).all()


def test_neighbours_are_averaged_by_weight() -> None:
    weights = np.zeros((3, 3), np.float32)
    weights[0, 0], weights[2, 2] = 1, 3

    means, total = around(ramp(3, 3), weights)

    assert means[1, 1].tolist() == [1.5, 1.5]
    assert total.tolist() == [[1, 1, 0], [1, 4, 3], [0, 3, 3]]


def test_enlarging_keeps_a_plane() -> None:
    grown = enlarged(ramp(4, 4), (16, 16, 3))

    assert grown.shape == (16, 16, 2)
    np.testing.assert_allclose(np.diff(grown[2:-2, 0, 0]), 0.25, atol=1e-5)
