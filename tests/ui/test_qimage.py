import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image
from t2i_studio.ui.qimage import from_qimage, miniature, shared, to_qimage

RANDOM = np.random.default_rng(0)
PICTURE = Image(RANDOM.integers(0, 256, (5, 7, 3), np.uint8))  # rows that Qt would pad


def test_there_and_back() -> None:
    assert from_qimage(to_qimage(PICTURE)) == PICTURE


def test_a_part_of_a_picture_too() -> None:
    part = PICTURE.crop(Bounds(1, 1, 3, 2))
    assert from_qimage(to_qimage(part)) == part


@pytest.mark.parametrize("form", ["Format_RGB32", "Format_ARGB32_Premultiplied", "Format_BGR888"])
def test_any_form_can_be_read(form: str) -> None:
    source = to_qimage(PICTURE).convertToFormat(getattr(QImage.Format, form))
    assert from_qimage(source) == PICTURE


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_transparency_is_laid_over_white(ratio: float) -> None:
    source = QImage(4, 2, QImage.Format.Format_ARGB32)
    source.fill(QColor(255, 0, 0, 0))
    source.setPixelColor(3, 1, QColor(0, 0, 255))
    source.setDevicePixelRatio(ratio)
    pixels = from_qimage(source).pixels
    assert pixels.shape == (2, 4, 3)
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels[1, 3].tolist() == [0, 0, 255]
    assert source.devicePixelRatio() == ratio


def test_what_is_shared_has_to_be_contiguous() -> None:
    with pytest.raises(ValueError, match="read past"):
        shared(np.zeros((9, 9, 3), np.uint8)[2:4, 2:4])


def test_a_miniature_fits_and_keeps_shape_and_transparency() -> None:
    pixels = np.zeros((400, 1000, 4), np.uint8)
    pixels[:, :500] = 255, 0, 0, 255
    small = miniature(pixels, 100)
    assert small.size().toTuple() == (100, 40)
    assert small.pixelColor(20, 20).getRgb() == (255, 0, 0, 255)
    assert small.pixelColor(80, 20).alpha() == 0


def test_a_miniature_of_something_small_is_as_large() -> None:
    pixels = np.full((3, 5, 4), 200, np.uint8)
    small = miniature(pixels, 100)
    pixels[:] = 0  # it is a copy
    assert small.size().toTuple() == (5, 3)
    assert small.pixelColor(4, 2).alpha() == 200


def test_a_miniature_of_a_strip_has_a_pixel() -> None:
    assert miniature(np.full((1, 3000, 4), 255, np.uint8), 64).size().toTuple() == (64, 1)
