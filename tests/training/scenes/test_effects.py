import numpy as np
import pytest
from PIL import Image

from t2i_studio.training.scenes.backgrounds import paint
from t2i_studio.training.scenes.effects import BLOCKS, apply
from t2i_studio.training.scenes.vocabulary import EFFECTS


def reduced(pixels: np.ndarray, size: int) -> np.ndarray:
    return np.asarray(Image.fromarray(pixels).resize((size, size), Image.Resampling.BOX))


def rms(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.sqrt(np.mean((one.astype(float) - other) ** 2)))


@pytest.mark.parametrize("effect", EFFECTS)
def test_every_effect_changes_the_picture_and_keeps_its_shape(effect: str) -> None:
    before = paint("beach", 0, 64)
    after = apply(effect, before, 1)
    assert after.shape == before.shape
    assert after.dtype == np.uint8
    assert rms(before, after) > 5


@pytest.mark.parametrize("effect", EFFECTS)
def test_the_picture_handed_in_is_left_as_it_was(effect: str) -> None:
    before = paint("beach", 0, 64)
    copy = before.copy()
    apply(effect, before, 1)
    assert np.array_equal(before, copy)


@pytest.mark.parametrize("effect", EFFECTS)
def test_an_effect_looks_alike_at_every_size(effect: str) -> None:
    small, large = (apply(effect, paint("beach", 0, size), 1) for size in (64, 256))
    assert rms(small, reduced(large, 64)) < 16


@pytest.mark.parametrize("effect", EFFECTS)
def test_the_same_seed_gives_the_same_pixels(effect: str) -> None:
    picture = paint("city", 0, 64)
    assert np.array_equal(apply(effect, picture, 7), apply(effect, picture, 7))


def test_a_sketch_is_grey_and_dark_only_at_edges() -> None:
    picture = np.full((64, 64, 3), (200, 40, 40), np.uint8)
    picture[:, 32:] = (40, 40, 200)
    picture[:, :32] = (250, 240, 90)
    sketch = apply("sketch", picture, 0)
    assert np.ptp(sketch, axis=-1).max() == 0
    assert sketch[:, 31:33].mean() < sketch[:, :24].mean() - 40
    assert sketch[:, :24].min() > 180


@pytest.mark.parametrize("size", [64, 256])
def test_pixel_art_is_made_of_even_blocks(size: int) -> None:
    art = apply("pixel art", paint("spring", 0, size), 0)
    blocks = art.reshape(BLOCKS, size // BLOCKS, BLOCKS, size // BLOCKS, 3)
    assert np.ptp(blocks, axis=(1, 3)).max() == 0


def test_watercolour_leaves_a_margin_of_paper_and_uneven_paint() -> None:
    art = apply("watercolour", np.full((64, 64, 3), (30, 60, 160), np.uint8), 0).astype(int)
    assert art[0].mean() > 235
    assert art[20:44, 20:44].std((0, 1)).max() > 5
    assert art[20:44, 20:44].mean((0, 1)).argmax() == 2


def test_every_sheet_of_watercolour_is_another() -> None:
    picture = paint("day", 0, 64)
    assert rms(apply("watercolour", picture, 1), apply("watercolour", picture, 2)) > 5


def test_an_unknown_effect_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"'oil'.*sketch, pixel art, watercolour"):
        apply("oil", paint("day", 0, 64), 0)
