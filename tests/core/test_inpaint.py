import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.inpaint import composite, cut, feathered, frame_around, frame_for, shaped
from t2i_studio.core.request import MIN_FRAME

NATIVE = Extent(64, 64)
sides = st.integers(1, 300)
natives = st.integers(8, 300).map(lambda side: Extent(side, side))
soft_masks = npst.arrays(
    np.uint8,
    npst.array_shapes(min_dims=2, max_dims=2, max_side=12),
    elements=st.sampled_from([0, 0, 1, 120, 255, 255]),
).map(Mask)


@st.composite
def placed(draw: st.DrawFn) -> tuple[Bounds, Extent]:
    """A mask's bounds in a picture."""
    picture = Extent(draw(sides), draw(sides))
    width, height = draw(st.integers(1, picture.width)), draw(st.integers(1, picture.height))
    x, y = (
        draw(st.integers(0, picture.width - width)),
        draw(st.integers(0, picture.height - height)),
    )
    return Bounds(x, y, width, height), picture


def contains(outer: Bounds, inner: Bounds) -> bool:
    return outer.union(inner) == outer


@given(placed(), natives)
def test_frame_is_a_square_around_the_mask(case: tuple[Bounds, Extent], native: Extent) -> None:
    mask, picture = case

    frame = frame_around(mask, picture, native)

    assert frame.width == frame.height
    assert contains(frame, mask)


@given(placed(), natives)
def test_frame_leaves_the_picture_only_for_a_mask_longer_than_its_shorter_side(
    case: tuple[Bounds, Extent], native: Extent
) -> None:
    mask, picture = case
    assume(max(mask.width, mask.height) <= min(picture.width, picture.height))

    assert contains(Bounds.at_origin(picture), frame_around(mask, picture, native))


@given(placed(), natives)
def test_frame_is_no_smaller_than_the_model_where_there_is_room(
    case: tuple[Bounds, Extent], native: Extent
) -> None:
    mask, picture = case

    frame = frame_around(mask, picture, native)

    assert frame.width >= min(native.width, picture.width, picture.height)


@pytest.mark.parametrize(
    ("mask", "picture", "expected"),
    [
        pytest.param(
            Bounds(5, 5, 1, 1), Extent(128, 128), Bounds(0, 0, 128, 128), id="small square picture"
        ),
        pytest.param(
            Bounds(500, 500, 100, 60), Extent(1000, 1000), Bounds(475, 455, 150, 150), id="context"
        ),
        pytest.param(
            Bounds(500, 500, 2, 2), Extent(1000, 1000), Bounds(469, 469, 64, 64), id="tiny mask"
        ),
        pytest.param(
            Bounds(0, 0, 2, 2), Extent(1000, 1000), Bounds(0, 0, 64, 64), id="in the corner"
        ),
        pytest.param(
            Bounds(0, 0, 300, 40), Extent(300, 40), Bounds(0, -130, 300, 300), id="longer than tall"
        ),
        pytest.param(Bounds(0, 0, 1, 1), Extent(1, 1), Bounds(0, 0, 1, 1), id="one pixel"),
        pytest.param(Bounds(0, 9, 1, 1), Extent(1, 10), Bounds(0, 9, 1, 1), id="one pixel wide"),
    ],
)
def test_frame_of(mask: Bounds, picture: Extent, expected: Bounds) -> None:
    assert frame_around(mask, picture, NATIVE) == expected


@given(placed(), st.integers(0, 256), natives)
def test_a_frame_of_the_mask_has_the_models_shape_and_stays_inside(
    case: tuple[Bounds, Extent], padding: int, native: Extent
) -> None:
    mask, picture = case

    frame = frame_for("mask", mask, padding, picture, native)

    assert frame is not None
    assert contains(frame, mask)
    assert frame.width == frame.height >= MIN_FRAME
    if frame.width <= min(picture.width, picture.height):
        assert contains(Bounds.at_origin(picture), frame)


PICTURE = Extent(300, 200)


@pytest.mark.parametrize(
    ("area", "mask", "expected"),
    [
        pytest.param("auto", Bounds(5, 5, 9, 9), None, id="auto"),
        pytest.param("mask", Bounds(0, 0, 0, 0), None, id="no mask"),
        pytest.param("picture", Bounds(5, 5, 9, 9), Bounds(0, 0, 300, 200), id="picture"),
        pytest.param("mask", Bounds(100, 80, 40, 20), Bounds(68, 38, 104, 104), id="mask"),
        pytest.param("mask", Bounds(0, 80, 40, 20), Bounds(0, 48, 84, 84), id="at the border"),
        pytest.param("mask", Bounds(0, 0, 300, 20), Bounds(0, -50, 300, 300), id="too long"),
    ],
)
def test_frame_for_an_area(area: str, mask: Bounds, expected: Bounds | None) -> None:
    assert frame_for(area, mask, 32, PICTURE, NATIVE) == expected


def test_a_tiny_picture_gets_a_frame_that_requests_accept() -> None:
    assert frame_for("picture", Bounds(0, 0, 1, 1), 0, Extent(2, 300), NATIVE) == Bounds(
        -3, 0, MIN_FRAME, 300
    )


@pytest.mark.parametrize(
    ("frame", "native", "expected"),
    [
        pytest.param(Bounds(9, 9, 50, 50), NATIVE, Bounds(9, 9, 50, 50), id="square"),
        pytest.param(Bounds(260, 9, 90, 90), NATIVE, Bounds(260, 9, 90, 90), id="sticking out"),
        pytest.param(Bounds(0, 10, 40, 80), NATIVE, Bounds(0, 10, 80, 80), id="tall"),
        pytest.param(Bounds(0, 150, 80, 40), NATIVE, Bounds(0, 120, 80, 80), id="wide, below"),
        pytest.param(Bounds(260, 0, 60, 100), NATIVE, Bounds(220, 0, 100, 100), id="tall, out"),
        pytest.param(Bounds(0, 0, 300, 20), NATIVE, Bounds(0, -50, 300, 300), id="too long"),
        pytest.param(Bounds(0, 0, 90, 90), Extent(200, 100), Bounds(0, 0, 180, 90), id="wide"),
    ],
)
def test_a_frame_takes_the_models_shape(frame: Bounds, native: Extent, expected: Bounds) -> None:
    assert shaped(frame, PICTURE, native) == expected


@given(placed(), placed(), natives)
def test_a_shaped_frame_holds_the_frame(
    case: tuple[Bounds, Extent], other: tuple[Bounds, Extent], native: Extent
) -> None:
    (frame, _), (_, picture) = case, other

    square = shaped(frame, picture, native)

    assert contains(square, frame)
    assert square.width == square.height == max(frame.width, frame.height)


def test_cutting_inside_equals_cropping() -> None:
    mask = Mask(np.arange(20, dtype=np.uint8).reshape(4, 5))

    assert cut(mask, Bounds(1, 1, 3, 2)) == mask.crop(Bounds(1, 1, 3, 2))


def test_what_sticks_out_repeats_the_border() -> None:
    mask = Mask(np.array([[1, 2], [3, 4]], np.uint8))

    assert cut(mask, Bounds(-1, -2, 4, 4)).pixels.tolist() == [
        [1, 1, 2, 2],
        [1, 1, 2, 2],
        [1, 1, 2, 2],
        [3, 3, 4, 4],
    ]


@given(soft_masks, st.integers(0, 16))
def test_feather_keeps_what_is_painted_and_never_adds_to_it(mask: Mask, width: int) -> None:
    soft = feathered(mask, width)

    assert (soft.pixels <= mask.pixels).all()
    assert ((soft.pixels > 0) == (mask.pixels > 0)).all()


@given(npst.arrays(np.bool_, (9, 9)).filter(np.any), st.integers(0, 16))
def test_feather_leaves_full_weight_in_the_middle(painted: np.ndarray, width: int) -> None:
    assert feathered(Mask(painted.astype(np.uint8) * 255), width).pixels.max() == 255


@given(npst.arrays(np.bool_, (8, 9)), st.integers(1, 6))
def test_weight_rises_with_the_distance_to_what_is_kept(painted: np.ndarray, width: int) -> None:
    """The same by brute force."""
    soft = feathered(Mask(painted.astype(np.uint8) * 255), width).pixels
    outside = np.argwhere(~painted)
    assume(len(outside) and painted.any())
    depth = np.zeros(painted.shape)
    for y, x in np.argwhere(painted):
        depth[y, x] = min(np.hypot(*(outside - (y, x)).T).min(), width + 1)

    for y, x in np.argwhere(painted):
        near = depth[max(y - width, 0) : y + width + 1, max(x - width, 0) : x + width + 1].max()
        assert soft[y, x] == pytest.approx(255 * depth[y, x] / near, abs=0.51)


@pytest.mark.parametrize("width", [180, 181, 200, 254, 255, 256])
@pytest.mark.parametrize("turned", [False, True], ids=["tall", "wide"])
def test_the_widest_feathers_are_exact(width: int, turned: bool) -> None:
    """Around one kept pixel in the corner; the squares of these distances need 17 bits."""
    rows, columns = np.mgrid[:320, :300]
    painted = Mask(np.where(rows + columns == 0, 0, 255).astype(np.uint8))
    depth = np.minimum(np.hypot(rows, columns), width + 1)

    soft = feathered(Mask(painted.pixels.T) if turned else painted, width).pixels

    expected = 255 * depth / (width + 1)
    assert np.abs((soft.T if turned else soft) - expected)[1:, 1:].max() <= 0.51


def test_feather_softens_as_many_pixels_as_it_says() -> None:
    pixels = np.zeros((40, 40), np.uint8)
    pixels[5:35, 5:35] = 255

    assert feathered(Mask(pixels), 4).pixels[20, 4:11].tolist() == [0, 51, 102, 153, 204, 255, 255]


@pytest.mark.parametrize("thickness", [1, 2, 3, 8])
def test_wide_feather_does_not_wash_out_a_thin_stroke(thickness: int) -> None:
    pixels = np.zeros((60, 100), np.uint8)
    pixels[30 : 30 + thickness, 10:90] = 255

    soft = feathered(Mask(pixels), 256).pixels

    assert (soft[30:, 10 + thickness : 90 - thickness].max(axis=0) == 255).all()


def test_single_pixel_keeps_its_weight() -> None:
    pixels = np.zeros((9, 9), np.uint8)
    pixels[4, 4] = 255

    assert feathered(Mask(pixels), 8).pixels[4, 4] == 255


def test_border_of_the_picture_is_not_softened() -> None:
    mask = Mask.empty(Extent(7, 5)).inverted()

    assert feathered(mask, 3) == mask


def test_no_feather_changes_nothing() -> None:
    mask = Mask.empty(Extent(7, 5)).inverted()

    assert feathered(mask, 0) is mask
    assert feathered(Mask.empty(Extent(7, 5)), 3).is_empty


@st.composite
def repaints(draw: st.DrawFn) -> tuple[Image, Image, Bounds, Mask]:
    """A picture, its mask, a frame around it, and what the model painted in the frame."""
    height, width = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    pixels = draw(npst.arrays(np.uint8, (height, width, 3)))
    mask = Mask(draw(npst.arrays(np.uint8, (height, width)).filter(np.any)))
    native = draw(st.integers(1, 12))
    frame = frame_around(mask.bounds, Extent(width, height), Extent(native, native))
    colour = draw(st.tuples(*[st.integers(0, 255)] * 3))
    return Image(pixels), Image.filled(frame.extent, colour), frame, mask


@given(repaints())
def test_outside_the_mask_nothing_changes(case: tuple[Image, Image, Bounds, Mask]) -> None:
    picture, painted, frame, mask = case

    result = composite(picture, painted, frame, mask)

    kept = mask.pixels == 0
    assert result.extent == picture.extent
    assert (result.pixels[kept] == picture.pixels[kept]).all()


@given(repaints())
def test_fully_masked_pixels_are_the_painted_ones(case: tuple[Image, Image, Bounds, Mask]) -> None:
    picture, painted, frame, mask = case

    result = composite(picture, painted, frame, mask)

    assert (result.pixels[mask.pixels == 255] == painted.pixels[0, 0]).all()


@given(repaints())
def test_half_masked_pixels_lie_between(case: tuple[Image, Image, Bounds, Mask]) -> None:
    picture, painted, frame, mask = case

    result = composite(picture, painted, frame, mask).pixels

    low = np.minimum(picture.pixels, painted.pixels[0, 0])
    high = np.maximum(picture.pixels, painted.pixels[0, 0])
    assert ((low <= result) & (result <= high)).all()


def test_a_mask_beside_the_frame_changes_nothing() -> None:
    picture = Image.filled(Extent(8, 6), (1, 2, 3))
    pixels = np.zeros((6, 8), np.uint8)
    pixels[:, 6:] = 255
    frame = Bounds(0, 0, 4, 4)
    painted = Image.filled(frame.extent, (200, 0, 0))

    assert composite(picture, painted, frame, Mask(pixels)) is picture
    assert composite(picture, painted, frame, Mask.empty(picture.extent)) is picture


def test_painted_pixels_land_where_they_were_cut() -> None:
    picture = Image(np.arange(10 * 4 * 3, dtype=np.uint8).reshape(10, 4, 3))
    mask = Mask.empty(picture.extent).inverted()
    frame = frame_around(mask.bounds, picture.extent, Extent(4, 4))

    assert not contains(Bounds.at_origin(picture.extent), frame)
    assert composite(picture, cut(picture, frame), frame, mask) == picture
