import numpy as np
import pytest
from PIL import Image

from t2i_studio.training.scenes.backgrounds import paint
from t2i_studio.training.scenes.vocabulary import BACKGROUNDS, PLACES, PLAIN


def reduced(pixels: np.ndarray, size: int) -> np.ndarray:
    return np.asarray(Image.fromarray(pixels).resize((size, size), Image.Resampling.BOX))


def rms(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.sqrt(np.mean((one.astype(float) - other) ** 2)))


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_every_background_is_painted(background: str) -> None:
    pixels = paint(background, 0, 64)
    assert pixels.shape == (64, 64, 3)
    assert pixels.dtype == np.uint8


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("size", [128, 400])
def test_one_variant_is_one_picture_at_every_size(background: str, size: int) -> None:
    assert rms(paint(background, 3, 64), reduced(paint(background, 3, size), 64)) < 3


@pytest.mark.parametrize("background", PLACES)
def test_variants_are_different_pictures(background: str) -> None:
    assert rms(paint(background, 0, 64), paint(background, 1, 64)) > 3


@pytest.mark.parametrize("background", ["space", "mountains", "plain red"])
def test_painting_twice_gives_the_same_pixels(background: str) -> None:
    assert np.array_equal(paint(background, 5, 64), paint(background, 5, 64))


@pytest.mark.parametrize("colour", PLAIN)
def test_plain_backgrounds_have_nearly_their_colour(colour: str) -> None:
    off = paint(f"plain {colour}", 1, 64).mean((0, 1)) - PLAIN[colour]
    assert np.abs(off).max() < 20


def test_no_two_places_have_the_same_colours() -> None:
    means = [
        np.mean([reduced(paint(place, variant, 64), 4) for variant in range(4)], 0)
        for place in PLACES
    ]
    apart = [rms(one, other) for i, one in enumerate(means) for other in means[:i]]
    assert min(apart) > 15


@pytest.mark.parametrize("background", ["desert", "underwater", "winter", "spring"])
def test_what_is_tall_stands_beside_the_middle(background: str) -> None:
    variants = np.stack([paint(background, variant, 64) for variant in range(8)]).astype(float)
    steps = np.abs(np.diff(variants, axis=2)).mean((0, 3))[36:44]  # rows where objects stand
    assert steps[:, 26:38].mean() < steps.mean()


def test_an_unknown_background_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match=r"'moon'.*plain white.*mountains"):
        paint("moon", 0, 64)
