import numpy as np

from t2i_studio.studio.explorer.picture_map import component_title, mean_vector, variance_shares
from tests.gallery.latents import basis


def test_a_mean_has_the_length_of_what_it_is_of() -> None:
    values = np.array([[3, 0], [0, 3]], np.float32)
    np.testing.assert_allclose(mean_vector(values), [[4.5**0.5, 4.5**0.5]], rtol=1e-6)


def test_opposite_vectors_have_a_mean_of_nothing() -> None:
    assert not mean_vector(np.array([[1, 0], [-1, 0]], np.float32)).any()


def test_shares_are_of_all_variance() -> None:
    np.testing.assert_allclose(variance_shares(basis()), [2.1 / 5.7, 1 / 3 / 5.7])


def test_pictures_of_one_colour_have_no_variance_to_share() -> None:
    flat = basis().model_copy(update={"variances": (0.0, 0.0), "total_variance": 0.0})
    assert variance_shares(flat) == (0.0, 0.0)


def test_components_are_called_by_words_or_else_by_number() -> None:
    assert component_title(basis(), 0) == "snow / grass"
    assert component_title(basis(names=()), 1) == "Component 2"
