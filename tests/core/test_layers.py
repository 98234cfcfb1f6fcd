import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import (
    BAND,
    MASK,
    Content,
    Layer,
    clear,
    is_opaque,
    new_id,
    on_white,
    opaque,
    window,
)

SIZE = Extent(4, 3)


def layer(name: str = "a", extent: Extent = SIZE) -> Layer:
    return Layer(name, "Background", clear(extent))


rgba = st.tuples(st.integers(1, 6), st.integers(1, 6), st.just(4)).flatmap(
    lambda shape: arrays(np.uint8, shape)
)


def test_ids_are_never_the_same() -> None:
    assert len({new_id() for _ in range(100)} | {MASK}) == 101


@pytest.mark.parametrize(
    ("is_visible", "opacity", "shows"), [(True, 1.0, True), (False, 1.0, False), (True, 0.0, False)]
)
def test_a_hidden_or_clear_layer_does_not_show(
    is_visible: bool, opacity: float, shows: bool
) -> None:
    assert Layer("a", "A", clear(SIZE), is_visible, opacity).shows == shows


def test_an_opaque_picture_comes_back_as_it_was() -> None:
    image = Image(np.random.default_rng(0).integers(0, 256, (5, 7, 3), np.uint8))
    pixels = opaque(image)
    assert is_opaque(pixels)
    assert pixels.flags.writeable
    assert on_white(pixels) == image


@given(rgba)
def test_what_is_not_opaque_lies_on_white(pixels: Pixels) -> None:
    alpha = pixels[..., 3:] / 255
    expected = pixels[..., :3] * alpha + 255 * (1 - alpha)
    assert np.abs(on_white(pixels).pixels - expected).max() <= 1


def test_a_tall_picture_lies_on_white_from_top_to_bottom() -> None:
    pixels = opaque(Image.filled(Extent(2, 2 * BAND + 5), (10, 20, 30)))
    pixels[-1, -1, 3] = 0
    seen = on_white(pixels).pixels
    assert (seen[-1, -1] == 255).all()
    assert (seen[:-1] == (10, 20, 30)).all()


@given(rgba)
def test_opaque_means_alpha_of_255_everywhere(pixels: Pixels) -> None:
    assert is_opaque(pixels) == (pixels[..., 3] == 255).all()
    pixels[..., 3] = 255
    assert is_opaque(pixels)


@given(arrays(np.uint8, (5, 6)), *[st.integers(-8, 8)] * 2, *[st.integers(1, 9)] * 2)
def test_a_window_shows_nothing_beyond_the_border(
    pixels: Pixels, x: int, y: int, width: int, height: int
) -> None:
    far = np.pad(pixels, 20)
    expected = far[20 + y : 20 + y + height, 20 + x : 20 + x + width]
    seen = window(pixels, Bounds(x, y, width, height))
    assert np.array_equal(seen, expected)
    assert not np.shares_memory(seen, pixels)


def test_content_knows_its_size() -> None:
    content = Content(SIZE, (layer("a"), layer("b")), Mask.empty(SIZE), "b")
    assert content.layers[0].extent == SIZE
    assert Content().extent is None


@pytest.mark.parametrize(
    "parts",
    [
        {"layers": (layer("a"), layer("a"))},
        {"layers": (layer(MASK),)},
        {"layers": ()},
        {"extent": None},
        {"active": "b"},
        {"layers": (layer("a", Extent(4, 4)),)},
        {"layers": (Layer("a", "A", np.zeros((3, 4), np.uint8)),)},
        {"layers": (Layer("a", "A", np.zeros((3, 4, 3), np.uint8)),)},
        {"layers": (Layer("a", "A", np.zeros((3, 4, 4), np.float32)),)},  # type: ignore[arg-type]  # bad input
        {"mask": Mask.empty(Extent(3, 4))},
    ],
    ids=str,
)
def test_content_that_does_not_fit_together_is_refused(parts: dict[str, object]) -> None:
    whole = {"extent": SIZE, "layers": (layer(),), "mask": Mask.empty(SIZE)}
    with pytest.raises(ValueError, match=r"document|unique"):
        Content(**{**whole, **parts})  # type: ignore[arg-type]  # bad input
