"""Whether a repaint still belongs where it was asked for."""

import numpy as np
import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Inpaint
from t2i_studio.studio.placement import SEAM, fits, laid_into

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
    assert fits(request(), changed(x, y)) is expected


def test_a_mask_over_everything_fits_everywhere() -> None:
    everything = np.full((SIZE.height, SIZE.width), 255, np.uint8)
    assert fits(request(everything), Image.filled(SIZE, (1, 1, 1)))


def test_what_was_not_repainted_stays() -> None:
    painted = Image.filled(SIZE, (200, 0, 0))
    result = laid_into(changed(60, 35), painted, request())
    assert tuple(result.pixels[35, 60]) == (99, 99, 99)
    assert tuple(result.pixels[15, 15]) == (200, 0, 0)
