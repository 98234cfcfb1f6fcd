import io

import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from numpy.typing import NDArray

from t2i_studio.core import png
from t2i_studio.core.png import encode_png

sides = st.integers(1, 9)
shapes = st.tuples(sides, sides) | st.tuples(sides, sides, st.sampled_from([3, 4]))


@pytest.fixture(autouse=True)
def low_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "BLOCK", 4)


def decoded(data: bytes) -> PIL.Image.Image:
    picture = PIL.Image.open(io.BytesIO(data), formats=("PNG",))
    picture.load()
    return picture


@given(pixels=shapes.flatmap(lambda shape: npst.arrays(np.uint8, shape)))
def test_others_read_every_value(pixels: NDArray[np.uint8]) -> None:
    np.testing.assert_array_equal(np.asarray(decoded(encode_png(pixels))), pixels)


@pytest.mark.parametrize(
    ("shape", "mode"), [((5, 7), "L"), ((5, 7, 3), "RGB"), ((5, 7, 4), "RGBA")]
)
def test_a_picture_has_the_mode_of_its_channels(shape: tuple[int, ...], mode: str) -> None:
    assert decoded(encode_png(np.zeros(shape, np.uint8))).mode == mode


def test_a_part_of_a_larger_picture_can_be_written() -> None:
    whole = np.random.default_rng(0).integers(0, 256, (9, 9, 4), np.uint8)

    part = np.asarray(decoded(encode_png(whole[2:7, 3:8])))

    np.testing.assert_array_equal(part, whole[2:7, 3:8])


def test_what_is_plain_takes_no_room() -> None:
    assert len(encode_png(np.full((1000, 1000, 4), 99, np.uint8))) < 10_000
