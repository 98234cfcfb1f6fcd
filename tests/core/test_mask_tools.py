import io

import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from numpy.typing import NDArray

from t2i_studio.core import mask_tools
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.mask_tools import feather, grow, polygon, rectangle, shrink
from t2i_studio.core.pictures import read_mask

EXTENT = Extent(12, 8)
greys = npst.arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(1, 30)))
binaries = greys.map(lambda values: ((values > 200) * 255).astype(np.uint8))
radii = st.integers(0, 9)
fractions = st.floats(-3, 15, width=32)


@pytest.fixture(autouse=True)
def tiny_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pictures go through the same borders between tiles as large ones."""
    monkeypatch.setattr(mask_tools, "TILE", 4)


def dot(side: int = 21) -> NDArray[np.uint8]:
    mask = np.zeros((side, side), np.uint8)
    mask[side // 2, side // 2] = 255
    return mask


@given(mask=greys, radius=radii)
def test_growing_takes_the_largest_value_within_the_radius(
    mask: NDArray[np.uint8], radius: int
) -> None:
    y, x = np.indices(mask.shape)
    near = (y[..., None, None] - y) ** 2 + (x[..., None, None] - x) ** 2 <= radius**2

    expected = np.where(near, mask, 0).max(axis=(2, 3))

    np.testing.assert_array_equal(grow(mask, radius), expected)


@given(mask=binaries, radius=radii)
def test_shrinking_what_was_grown_keeps_all_of_it(mask: NDArray[np.uint8], radius: int) -> None:
    assert np.all(shrink(grow(mask, radius), radius) >= mask)
    assert np.all(grow(shrink(mask, radius), radius) <= mask)


def test_growing_draws_a_disc() -> None:
    grown = grow(dot(), 8)

    y, x = np.indices(grown.shape) - 10
    np.testing.assert_array_equal(grown == 255, x**2 + y**2 <= 64)


def test_shrinking_leaves_the_pictures_own_border_alone() -> None:
    full = np.full((6, 6), 255, np.uint8)

    np.testing.assert_array_equal(shrink(full, 2), full)


@given(mask=greys, radius=radii)
def test_feathering_in_tiles_equals_feathering_at_once(
    mask: NDArray[np.uint8], radius: int
) -> None:
    tiled = feather(mask, radius)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mask_tools, "TILE", 1000)
        whole = feather(mask, radius)
    np.testing.assert_array_equal(tiled, whole)


def test_feathering_softens_to_both_sides() -> None:
    half = np.zeros((20, 40), np.uint8)
    half[:, 20:] = 255

    soft = feather(half, 6)[10].astype(int)

    assert np.all(np.diff(soft) >= 0)
    assert soft[19] + soft[20] == pytest.approx(255, abs=2)
    assert soft[16] > 0
    assert soft[23] < 255
    assert soft[[0, -1]].tolist() == [0, 255]


@pytest.mark.parametrize("change", [grow, shrink, feather])
def test_nothing_changes_by_0_px(change: object) -> None:
    assert callable(change)
    np.testing.assert_array_equal(change(dot(), 0), dot())


@pytest.mark.parametrize("change", [grow, shrink, feather])
@pytest.mark.parametrize("radius", [-1, 257])
def test_a_radius_out_of_range_is_refused(change: object, radius: int) -> None:
    assert callable(change)
    with pytest.raises(ValueError, match=r"0\.\.256"):
        change(dot(), radius)


def test_a_mask_is_never_changed_in_place() -> None:
    mask = dot()
    mask.flags.writeable = False

    for change in (grow, shrink, feather):
        assert change(mask, 3) is not mask


def test_a_rectangle_covers_pixels_in_part() -> None:
    cover, at = rectangle(EXTENT, 3.5, 1, 1, 2.5)

    assert at == Bounds(1, 1, 3, 2)
    assert cover.tolist() == [[255, 255, 128], [128, 128, 64]]


def test_a_rectangle_ends_with_the_picture() -> None:
    cover, at = rectangle(EXTENT, -5, -5, 50, 50)

    assert at == Bounds.at_origin(EXTENT)
    assert cover.min() == 255


def test_a_rectangle_beside_the_picture_covers_nothing() -> None:
    cover, at = rectangle(EXTENT, 20, 1, 30, 5)

    assert at.is_empty
    assert cover.size == 0


@given(x0=fractions, y0=fractions, x1=fractions, y1=fractions)
def test_a_polygon_of_four_right_angles_is_a_rectangle(
    x0: float, y0: float, x1: float, y1: float
) -> None:
    expected = rectangle(EXTENT, x0, y0, x1, y1)

    found = polygon(EXTENT, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)])

    assert found.at == expected.at
    np.testing.assert_allclose(found.pixels.astype(int), expected.pixels.astype(int), atol=1)


@given(points=st.lists(st.tuples(fractions, fractions), min_size=3, max_size=7))
def test_a_polygon_covers_what_samples_say(points: list[tuple[float, float]]) -> None:
    fine = 16
    steps = (np.arange(12 * fine) + 0.5) / fine
    x, y = np.meshgrid(steps, steps[: 8 * fine])
    winding = np.zeros(x.shape, int)
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
        winding += ((ay <= y) & (by > y) & (side > 0)).astype(int)
        winding -= ((by <= y) & (ay > y) & (side < 0)).astype(int)

    cover, at = polygon(EXTENT, points)

    whole = np.zeros((8, 12))
    whole[at.slices] = cover / 255
    samples = np.minimum(np.abs(winding.reshape(8, fine, 12, fine).mean(axis=(1, 3))), 1)
    np.testing.assert_allclose(whole, samples, atol=0.15)


def test_a_polygon_far_outside_costs_nothing_and_covers_all() -> None:
    far = 1e7

    cover, at = polygon(EXTENT, [(-far, -far), (far, -far), (far, far), (-far, far)])

    assert at == Bounds.at_origin(EXTENT)
    assert cover.min() == 255


def test_a_loop_drawn_twice_stays_covered() -> None:
    square = [(1.0, 1.0), (5.0, 1.0), (5.0, 5.0), (1.0, 5.0)]

    assert polygon(EXTENT, square * 2).pixels.min() == 255


@pytest.mark.parametrize("points", [[], [(1.0, 1.0)], [(1.0, 1.0), (5.0, 5.0)]])
def test_fewer_than_three_points_cover_nothing(points: list[tuple[float, float]]) -> None:
    assert polygon(EXTENT, points).at.is_empty


def two_squares() -> NDArray[np.uint8]:
    """Two red squares on blue."""
    pixels = np.full((8, 12, 3), (0, 0, 200), np.uint8)
    pixels[1:4, 1:4] = pixels[5:8, 6:9] = (200, 0, 0)
    return pixels


def test_flooding_takes_what_hangs_together() -> None:
    cover, at = mask_tools.flood(two_squares(), (2, 2), 0)

    assert at == Bounds.at_origin(EXTENT)
    assert Mask(cover).bounds == Bounds(1, 1, 3, 3)
    assert cover.max() == 255


def test_flooding_all_takes_both() -> None:
    cover, _ = mask_tools.flood(two_squares(), (2, 2), 0, contiguous=False)

    assert np.count_nonzero(cover) == 18


@pytest.mark.parametrize("at", [(-1, 0), (0, -1), (12, 0), (0, 8)])
def test_flooding_from_outside_covers_nothing(at: tuple[int, int]) -> None:
    assert mask_tools.flood(two_squares(), at, 0).at.is_empty


def test_a_mask_file_is_scaled_to_the_document(tmp_path) -> None:
    path = tmp_path / "mask.png"
    path.write_bytes(Mask(np.full((4, 6), 255, np.uint8)).to_png())

    mask, original = mask_tools.read_mask_file(path, EXTENT)

    assert mask == Mask(np.full((8, 12), 255, np.uint8))
    assert original == Extent(6, 4)


def test_a_mask_file_that_is_none_is_one_clear_line(tmp_path) -> None:
    path = tmp_path / "mask.png"
    path.write_bytes(b"no picture")

    with pytest.raises(UserError, match=r"mask\.png: This is not a picture"):
        mask_tools.read_mask_file(path, EXTENT)


def test_a_picture_is_a_mask_by_its_transparency_or_else_by_its_light() -> None:
    pixels = np.array([[[0, 0, 0, 255], [255, 255, 255, 255]]], np.uint8)

    assert mask_tools.mask_of(pixels) == Mask(np.array([[0, 255]], np.uint8))
    pixels[0, 0, 3] = 100
    assert mask_tools.mask_of(pixels) == Mask(np.array([[155, 0]], np.uint8))


def test_a_written_mask_reads_the_same() -> None:
    mask = Mask(dot())

    assert read_mask(mask.to_png()) == mask
    assert read_mask(mask_tools.alpha_png(Image.filled(mask.extent, (9, 8, 7)), mask)) == mask


def test_an_alpha_mask_is_transparent_where_to_repaint_and_keeps_colours() -> None:
    mask = Mask(dot(3))

    written = mask_tools.alpha_png(Image.filled(mask.extent, (9, 8, 7)), mask)

    with PIL.Image.open(io.BytesIO(written)) as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((1, 1)) == (9, 8, 7, 0)
        assert picture.getpixel((0, 0)) == (9, 8, 7, 255)


def test_an_alpha_mask_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="3x3"):
        mask_tools.alpha_png(Image.filled(EXTENT, (0, 0, 0)), Mask(dot(3)))
