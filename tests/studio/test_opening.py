import numpy as np
import pytest
from numpy.typing import NDArray

from t2i_studio.core.geometry import Extent
from t2i_studio.core.layers import MASK, opaque
from t2i_studio.studio.opening import add_pixels, centred, open_pixels
from tests.studio.conftest import PICTURE, Bench


def spot(width: int, height: int, value: int = 200) -> NDArray[np.uint8]:
    return np.full((height, width, 4), value, np.uint8)


def test_an_opaque_picture_is_opened_as_one(bench: Bench) -> None:
    open_pixels(bench.session, opaque(PICTURE))
    document = bench.session.document
    assert document.picture == PICTURE
    assert not document.has_transparency
    assert document.history.undo_name == "Open picture"


def test_what_is_transparent_stays_so(bench: Bench) -> None:
    bench.session.open_picture(PICTURE)
    open_pixels(bench.session, spot(5, 4), "Paste picture")
    document = bench.session.document
    np.testing.assert_array_equal(document.layers[0].pixels, spot(5, 4))
    assert (len(document.layers), document.active) == (1, MASK)
    assert document.history.undo_name == "Paste picture"
    document.undo()
    assert document.picture == PICTURE


def test_opening_leaves_what_was_staged(bench: Bench) -> None:
    bench.session.generate()
    bench.run()
    open_pixels(bench.session, spot(5, 4))
    assert bench.session.staging.candidates == []


def test_a_picture_becomes_a_layer_in_one_step(bench: Bench) -> None:
    bench.session.open_picture(PICTURE)
    add_pixels(bench.session, spot(4, 8), "Cat")
    document = bench.session.document
    assert [layer.name for layer in document.layers][1:] == ["Cat"]
    assert document.active == document.layers[1].id
    np.testing.assert_array_equal(document.layers[1].pixels[20:28, 30:34], spot(4, 8))
    document.undo()
    assert len(document.layers) == 1


def test_without_a_picture_a_layer_is_opened(bench: Bench) -> None:
    add_pixels(bench.session, spot(4, 8), "Cat")
    assert bench.session.document.extent == Extent(4, 8)


@pytest.mark.parametrize(
    ("size", "seen"), [((4, 4), (4, 4)), ((24, 8), (12, 4)), ((4, 80), (1, 8)), ((1, 900), (1, 8))]
)
def test_a_layer_fits_and_lies_in_the_middle(size: tuple[int, int], seen: tuple[int, int]) -> None:
    layer = centred(spot(*size), Extent(12, 8))

    rows, columns = np.nonzero(layer[..., 3])
    assert layer.shape == (8, 12, 4)
    assert (np.ptp(columns) + 1, np.ptp(rows) + 1) == seen
    assert abs(columns.min() - (11 - columns.max())) <= 1
    assert abs(rows.min() - (7 - rows.max())) <= 1


def test_scaling_does_not_bleed_what_is_transparent() -> None:
    pixels = spot(40, 40, 255)
    pixels[:, 20:] = (0, 0, 0, 0)  # black that cannot be seen

    layer = centred(pixels, Extent(10, 10))

    assert layer[layer[..., 3] > 0][:, :3].min() > 250
