import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from t2i_studio.core.distances import squared_depths


@given(
    npst.arrays(np.bool_, npst.array_shapes(min_dims=2, max_dims=2, max_side=9)), st.integers(1, 9)
)
def test_depths_are_distances_to_the_nearest_pixel_outside(inside: np.ndarray, limit: int) -> None:
    """The same by brute force."""
    outside = np.argwhere(~inside)

    found = squared_depths(inside, limit)

    for y, x in np.ndindex(inside.shape):
        nearest = ((outside - (y, x)) ** 2).sum(axis=1).min() if len(outside) else limit**2
        assert found[y, x] == min(nearest, limit**2)


@pytest.mark.parametrize("limit", [181, 257])
def test_long_distances_are_exact(limit: int) -> None:
    inside = np.ones((300, 280), np.bool_)
    inside[0, 0] = False
    rows, columns = np.mgrid[:300, :280]

    found = squared_depths(inside, limit)

    assert np.array_equal(found, np.minimum(rows**2 + columns**2, limit**2))
