"""Whether a repaint still belongs where it was asked for."""

import numpy as np
import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Inpaint, Refine
from t2i_studio.studio.placement import SEAM, Placement, fits

SIZE = Extent(64, 40)
PICTURE = Image.filled(SIZE, (10, 20, 30))


def request(mask: np.ndarray | None = None) -> Inpaint:
    pixels = np.zeros((SIZE.height, SIZE.width), np.uint8)
    pixels[10:20, 10:20] = 255
    return Inpaint(prompt="x", image=PICTURE, mask=Mask(pixels if mask is None else mask))


def changed(x: int, y: int) -> Image:
    pixels = PICTURE.pixels.copy()
    pixels[y, x] = 99
    return Image(pixels)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        pytest.param(60, 35, True, id="far away"),
        pytest.param(15, 15, True, id="under the mask"),
        pytest.param(9, 15, False, id="at the seam"),
        pytest.param(20 + SEAM, 15, True, id="beyond the seam"),
    ],
)
def test_only_the_surroundings_count(x: int, y: int, expected: bool) -> None:
    assert fits(request(), (0, 0), changed(x, y)) is expected


def test_a_mask_over_everything_fits_everywhere() -> None:
    everything = np.full((SIZE.height, SIZE.width), 255, np.uint8)
    assert fits(request(everything), (0, 0), Image.filled(SIZE, (1, 1, 1)))


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        pytest.param(0, 0, False, id="at the seam"),
        pytest.param(30, 30, True, id="far away"),
    ],
)
def test_a_result_that_sticks_out_is_compared_where_there_is_a_picture(
    x: int, y: int, expected: bool
) -> None:
    grown = np.pad(PICTURE.pixels, ((0, 0), (16, 0), (0, 0)), "edge")
    mask = np.zeros(grown.shape[:2], np.uint8)
    mask[:, :16] = 255
    asked = Inpaint(prompt="x", image=Image(grown), mask=Mask(mask))

    assert fits(asked, (-16, 0), changed(x, y)) is expected


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        pytest.param(40, True, id="far away"),
        pytest.param(20, True, id="in the frame"),
        pytest.param(33, False, id="at its border"),
    ],
)
def test_a_refined_frame_is_compared_around_it(x: int, expected: bool) -> None:
    asked = Refine(prompt="x", image=PICTURE, frame=Bounds(0, 0, 32, 32))

    assert fits(asked, (0, 0), changed(x, 5)) is expected


def test_all_of_a_refined_picture_is_new() -> None:
    assert fits(Refine(prompt="x", image=PICTURE), (0, 0), changed(5, 5))


@pytest.mark.parametrize(
    ("settings", "moved"),
    [
        pytest.param(None, None, id="none"),
        pytest.param({"seed": 3}, {"seed": 3}, id="without a frame"),
        pytest.param({"frame": {"bounds": None}}, {"frame": {"bounds": None}}, id="no box"),
        pytest.param(
            {"frame": {"area": "auto", "bounds": {"x": 1, "y": 2, "width": 8, "height": 9}}},
            {"frame": {"area": "auto", "bounds": {"x": 6, "y": -1, "width": 8, "height": 9}}},
            id="a box",
        ),
        pytest.param(
            {"frame": {"bounds": {"x": "1"}}}, {"frame": {"bounds": {"x": "1"}}}, id="bad"
        ),
    ],
)
def test_a_placement_follows_the_document_with_its_frame(
    settings: dict[str, object] | None, moved: dict[str, object] | None
) -> None:
    placement = Placement((10, 20), settings)

    placement.move(5, -3)

    assert placement == Placement((15, 17), moved)
