import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import Layer, clear
from t2i_studio.studio.blending import Ink, Paint, faded, over, painted, stack

SHAPE = (3, 4)
masks = arrays(np.uint8, SHAPE)
rgba = arrays(np.uint8, (*SHAPE, 4))
colours = st.tuples(*[st.integers(0, 255)] * 3)
opacities = st.floats(0, 1)


def premultiplied(pixels: Pixels) -> np.ndarray:
    return np.concatenate([pixels[..., :3] * (pixels[..., 3:] / 255), pixels[..., 3:]], axis=-1)


def exactly_over(below: Pixels, above: Pixels) -> np.ndarray:
    """Porter & Duff 1984, premultiplied, without rounding."""
    return premultiplied(above) + premultiplied(below) * (1 - above[..., 3:] / 255)


@given(rgba, rgba)
def test_over_is_that_of_porter_and_duff(below: Pixels, above: Pixels) -> None:
    assert np.abs(premultiplied(over(below, above)) - exactly_over(below, above)).max() <= 1


def test_an_opaque_pixel_replaces_and_a_clear_one_changes_nothing() -> None:
    values = np.arange(256, dtype=np.uint8)
    for alpha in (0, 1, 128, 255):
        below = np.dstack([values, values[::-1], values, np.full(256, alpha, np.uint8)])
        above = below[:, ::-1].copy()
        above[..., 3] = 255
        assert np.array_equal(over(below, above), above)
        above[..., 3] = 0
        assert np.array_equal(over(below, above), below)


@given(rgba, masks, colours, opacities)
def test_paint_on_a_layer_is_its_colour_over_it(
    before: Pixels, cover: Pixels, colour: tuple[int, int, int], opacity: float
) -> None:
    ink = np.empty_like(before)
    ink[..., :3], ink[..., 3] = colour, np.rint(cover * opacity)
    after = painted(before, cover, Paint(Ink.paint, colour, opacity))
    assert np.abs(premultiplied(after) - exactly_over(before, ink)).max() <= 1
    assert np.array_equal(after[ink[..., 3] == 0], before[ink[..., 3] == 0])


@given(rgba, masks, opacities)
def test_an_eraser_takes_alpha_from_a_layer_and_no_colour(
    before: Pixels, cover: Pixels, opacity: float
) -> None:
    after = painted(before, cover, Paint(Ink.erase, opacity=opacity))
    assert np.array_equal(after[..., :3], before[..., :3])
    expected = before[..., 3] * (1 - np.rint(cover * opacity) / 255)
    assert np.abs(after[..., 3] - expected).max() <= 0.5


@given(masks, masks, opacities)
def test_a_mask_takes_the_larger_and_loses_to_the_smaller(
    before: Pixels, cover: Pixels, opacity: float
) -> None:
    strength = np.rint(cover * opacity)
    more = painted(before, cover, Paint(Ink.paint, opacity=opacity))
    less = painted(before, cover, Paint(Ink.erase, opacity=opacity))
    assert np.array_equal(more, np.maximum(before, strength))
    assert np.array_equal(less, np.minimum(before, 255 - strength))


@pytest.mark.parametrize(
    ("opacity", "expected"), [(1, [0, 1, 255]), (0.5, [0, 0, 128]), (0, [0] * 3)]
)
def test_a_cover_fades_with_the_opacity(opacity: float, expected: list[int]) -> None:
    assert faded(np.array([0, 1, 255], np.uint8), opacity).tolist() == expected


def noise(seed: int, extent: Extent, alpha: int | None = None) -> Pixels:
    pixels = np.random.default_rng(seed).integers(
        0, 256, (extent.height, extent.width, 4), np.uint8
    )
    if alpha is not None:
        pixels[..., 3] = alpha
    return pixels


KINDS = {
    "noise": lambda extent: noise(1, extent),
    "opaque": lambda extent: noise(2, extent, 255),
    "clear": clear,
}


@pytest.mark.parametrize("kinds", list(itertools.product(KINDS, repeat=3)), ids=str)
def test_layers_lie_over_each_other_in_order(kinds: tuple[str, ...]) -> None:
    extent = Extent(300, 20)  # more than a tile
    layers = [
        Layer(str(i), kind, KINDS[kind](extent), opacity=opacity)
        for i, (kind, opacity) in enumerate(zip(kinds, (1.0, 0.5, 1.0), strict=True))
    ]
    hidden = Layer("h", "Hidden", noise(3, extent), is_visible=False)
    seen = clear(extent)
    stack([*layers, hidden], seen, Bounds.at_origin(extent))
    middle = layers[1].pixels.copy()
    middle[..., 3] = faded(middle[..., 3], 0.5)
    expected = over(over(layers[0].pixels, middle), layers[2].pixels)
    assert np.array_equal(seen, expected)


def test_outside_of_what_is_asked_for_nothing_is_written() -> None:
    seen = np.full((20, 300, 4), 7, np.uint8)
    stack([], seen, Bounds(250, 3, 20, 10))
    assert (seen[3:13, 250:270] == 0).all()
    seen[3:13, 250:270] = 7
    assert (seen == 7).all()
