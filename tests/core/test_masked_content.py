import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.masked_content import with_content
from t2i_studio.core.request import Content

CONTENTS: tuple[Content, ...] = ("original", "fill", "blur", "noise")
MADE = CONTENTS[1:]


@st.composite
def masked(draw: st.DrawFn) -> tuple[Image, Mask]:
    height, width = draw(st.integers(1, 20)), draw(st.integers(1, 20))
    pixels = draw(npst.arrays(np.uint8, (height, width, 3)))
    mask = draw(npst.arrays(np.uint8, (height, width), elements=st.sampled_from([0, 100, 255])))
    return Image(pixels), Mask(mask)


def holed(side: int = 64) -> Mask:
    pixels = np.zeros((side, side), np.uint8)
    pixels[side // 4 : -side // 4, side // 4 : -side // 4] = 255
    return Mask(pixels)


@given(masked(), st.sampled_from(CONTENTS), st.integers(0, 2**63 - 1))
def test_what_is_not_masked_stays(case: tuple[Image, Mask], content: Content, seed: int) -> None:
    image, mask = case

    found = with_content(image, mask, content, seed)

    kept = mask.pixels == 0
    assert found.extent == image.extent
    assert np.array_equal(found.pixels[kept], image.pixels[kept])


def test_original_is_what_is_there() -> None:
    image = Image.filled(Extent(8, 8), (1, 2, 3))

    assert with_content(image, holed(8), "original", 0) is image


def test_fill_takes_the_colours_of_the_border_only() -> None:
    mask = holed()
    pixels = np.full((64, 64, 3), (30, 60, 200), np.uint8)
    pixels[mask.pixels > 0] = (255, 0, 0)

    found = with_content(Image(pixels), mask, "fill", 0)

    assert np.abs(found.pixels.astype(int) - (30, 60, 200)).max() <= 1


def test_fill_goes_smoothly_from_one_colour_to_another() -> None:
    pixels = np.full((64, 64, 3), (255, 0, 0), np.uint8)
    pixels[:, :32] = (0, 0, 255)

    row = with_content(Image(pixels), holed(), "fill", 0).pixels[32, 16:48, 0].astype(int)

    assert row[0] < 60
    assert row[-1] > 195
    assert np.abs(np.diff(row)).max() < 40


def test_fill_without_anything_known_is_the_mean_colour() -> None:
    pixels = np.zeros((8, 8, 3), np.uint8)
    pixels[:4] = 200

    found = with_content(Image(pixels), Mask.empty(Extent(8, 8)).inverted(), "fill", 0)

    assert (found.pixels == 100).all()


def test_blur_keeps_colours_and_loses_detail() -> None:
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[::2] = 200

    inside = with_content(Image(stripes), holed(), "blur", 0).pixels[20:44, 20:44]

    assert inside.std() < 2
    assert abs(inside.mean() - 100) < 2


@pytest.mark.parametrize("scale", [1, 4, 16])
def test_noise_is_noise_at_every_scale(scale: int) -> None:
    extent = Extent(256, 256)
    image = Image.filled(extent, (128, 128, 128))

    found = with_content(image, Mask.empty(extent).inverted(), "noise", 7)

    small = found.resized(Extent(256 // scale, 256 // scale)).pixels
    assert 25 < small.std() < 80
    assert 100 < small.mean() < 156


def test_noise_is_of_its_seed() -> None:
    image = Image.filled(Extent(64, 64), (0, 0, 0))

    one, same, other = (with_content(image, holed(), "noise", seed) for seed in (1, 1, 2))

    assert one == same
    assert one != other


@pytest.mark.parametrize("content", MADE)
def test_a_soft_mask_mixes(content: Content) -> None:
    image = Image(np.random.default_rng(0).integers(0, 255, (32, 32, 3)).astype(np.uint8))
    full, half = Mask(np.full((32, 32), 255, np.uint8)), Mask(np.full((32, 32), 128, np.uint8))

    whole = with_content(image, full, content, 0).pixels.astype(int)
    mixed = with_content(image, half, content, 0).pixels.astype(int)

    low, high = np.minimum(whole, image.pixels), np.maximum(whole, image.pixels)
    assert ((low - 1 <= mixed) & (mixed <= high + 1)).all()
    assert not np.array_equal(mixed, image.pixels)


@pytest.mark.parametrize("content", MADE)
@pytest.mark.parametrize("extent", [Extent(300, 700), Extent(1, 1), Extent(1000, 3)])
def test_pictures_of_any_shape_work(content: Content, extent: Extent) -> None:
    image = Image.filled(extent, (10, 100, 200))

    found = with_content(image, Mask.empty(extent).inverted(), content, 0)

    assert found.extent == extent
    if content != "noise":
        assert np.abs(found.pixels.astype(int) - (10, 100, 200)).max() <= 1
