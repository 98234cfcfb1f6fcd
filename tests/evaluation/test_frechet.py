import numpy as np
import pytest

from t2i_studio.evaluation.frechet import frechet_distance

CORNERS = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])


def test_a_set_has_no_distance_to_itself() -> None:
    features = np.random.default_rng(0).normal(size=(50, 8))

    assert frechet_distance(features, features) == pytest.approx(0, abs=1e-9)


def test_moving_a_set_costs_the_square_of_the_way() -> None:
    assert frechet_distance(CORNERS, CORNERS + np.array([3, 4])) == pytest.approx(25)


def test_spreading_a_set_costs_the_square_of_the_difference_of_deviations() -> None:
    """For normal distributions along the axes: the sum of (s_a - s_b)^2."""
    deviation = np.sqrt(4 / 3)  # of the corners, with one degree of freedom gone

    found = frechet_distance(CORNERS, CORNERS * np.array([2, 5]))

    assert found == pytest.approx(deviation**2 * (1 + 16))


def test_covariances_that_do_not_commute_are_compared_in_closed_form() -> None:
    """In two dimensions tr (C_a C_b)^(1/2) = sqrt(tr C_a C_b + 2 sqrt(det C_a C_b))."""
    a = CORNERS * np.array([3, 1])
    b = a @ np.array([[1.0, 1], [-1, 1]]) / np.sqrt(2)
    product = np.cov(a, rowvar=False) @ np.cov(b, rowvar=False)
    overlap = np.sqrt(np.trace(product) + 2 * np.sqrt(np.linalg.det(product)))

    expected = 2 * np.trace(np.cov(a, rowvar=False)) - 2 * overlap

    assert frechet_distance(a, b) == pytest.approx(expected)


@pytest.mark.parametrize("shape", [(1, 2), (4, 3)], ids=["one sample", "another width"])
def test_features_that_cannot_be_compared_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="Features are"):
        frechet_distance(CORNERS, np.zeros(shape))
