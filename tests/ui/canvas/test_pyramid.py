import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.ui.canvas.pyramid import AT_ONCE, Pyramid, is_opaque, level_for


@pytest.mark.parametrize(
    ("scale", "level"), [(8, 0), (1, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.25, 2), (0.1, 3)]
)
def test_the_level_is_never_smaller_than_what_is_seen(scale: float, level: int) -> None:
    assert level_for(scale) == level


def test_a_level_is_the_average() -> None:
    pixels = np.array([[0, 100, 40], [100, 200, 60], [7, 9, 11]], np.uint8)
    assert Pyramid(pixels).level(1).tolist() == [[100, 50], [8, 11]]


def test_a_crop_is_made_contiguous() -> None:
    pixels = np.zeros((50, 50, 3), np.uint8)[10:20, 10:20]
    assert Pyramid(pixels).level(0).flags.c_contiguous


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_renewed_in_part_is_as_if_made_anew(width: int, height: int, data: st.DataObject) -> None:
    random = np.random.default_rng(0)
    before = random.integers(0, 256, (height, width), np.uint8)
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    bounds = Bounds(
        x, y, data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y))
    )
    after = before.copy()
    after[bounds.slices] = random.integers(0, 256, (bounds.height, bounds.width), np.uint8)
    pyramid = Pyramid(before)
    pyramid.level(3)
    pyramid.renew(after, bounds)
    for number in range(4):
        assert np.array_equal(pyramid.level(number), Pyramid(after).level(number))


def test_another_shape_is_another_picture() -> None:
    pyramid = Pyramid(np.zeros((8, 8), np.uint8))
    pyramid.level(2)
    pyramid.renew(np.full((4, 4), 9, np.uint8), Bounds(0, 0, 1, 1))
    assert pyramid.level(1).tolist() == [[9, 9], [9, 9]]


LARGE = 2048, 1536  # more than is made at once


def rgba(height: int, width: int, alpha: int | None = 255) -> Pixels:
    pixels = np.random.default_rng(0).integers(0, 256, (height, width, 4), np.uint8)
    if alpha is not None:
        pixels[..., 3] = alpha
    return pixels


def test_an_opaque_level_is_the_average_as_qt_wants_it() -> None:
    pixels = rgba(6, 8)
    level = Pyramid(pixels).level(1)
    mean = (pixels.reshape(3, 2, 4, 2, 4).astype(int).sum(axis=(1, 3)) + 2) // 4
    assert np.array_equal(level[..., [2, 1, 0, 3]], mean)


def test_what_is_transparent_does_not_colour_its_neighbours() -> None:
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[0, 0] = 200, 100, 50, 255
    pixels[1, 1] = 255, 255, 255, 0
    blue, green, red, alpha = Pyramid(pixels).level(1)[0, 0].astype(int)
    assert alpha == 64
    assert [red, green, blue] == [50, 25, 13]  # multiplied by alpha: nothing of the white


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 10))
def test_transparency_is_renewed_in_part_as_in_whole(x: int, y: int, side: int) -> None:
    before, after = rgba(40, 40), rgba(40, 40)
    bounds = Bounds(x, y, side, side)
    after[bounds.slices] = rgba(side, side, alpha=None)
    pyramid = Pyramid(before)
    pyramid.level(2)
    pyramid.renew(after, bounds)
    for number in range(3):
        assert np.array_equal(pyramid.level(number), Pyramid(after).level(number))


def test_a_change_makes_only_its_own_pixels_again() -> None:
    pyramid = Pyramid(rgba(512, 512))
    pyramid.level(2)
    before = pyramid.renewed_px
    pyramid.renew(rgba(512, 512), Bounds(101, 101, 50, 50))
    assert pyramid.renewed_px == before  # nobody has looked
    pyramid.level(2)
    assert pyramid.renewed_px - before == 26 * 26 + 13 * 13


def test_many_changes_between_two_looks_are_all_followed() -> None:
    pixels = rgba(200, 200)
    pyramid = Pyramid(pixels)
    pyramid.level(1)
    for x in range(0, 200, 8):
        pixels[x : x + 2, x : x + 2] = 255
        pyramid.renew(pixels, Bounds(x, x, 2, 2))
    assert np.array_equal(pyramid.level(1), Pyramid(pixels).level(1))


def test_a_large_level_is_made_piece_by_piece() -> None:
    pixels = rgba(*LARGE)
    pyramid = Pyramid(pixels)
    assert not pyramid.is_ready(2)
    steps = 1
    while not pyramid.work(2, seconds=0.0):
        steps += 1
    assert steps > 2
    assert pyramid.is_ready(2)
    assert np.array_equal(pyramid.level(2), Pyramid(pixels).level(2))


def test_a_change_while_a_level_is_made_is_followed() -> None:
    pixels = rgba(*LARGE)
    pyramid = Pyramid(pixels)
    pyramid.work(1, seconds=0.0)
    for y in (0, LARGE[0] - 20):  # what is made already, and what is not
        pixels[y : y + 10, 5:9] = 7
        pyramid.renew(pixels, Bounds(5, y, 4, 10))
    assert np.array_equal(pyramid.level(1), Pyramid(pixels).level(1))


def test_while_a_level_is_not_there_single_pixels_stand_for_it() -> None:
    pixels = rgba(*LARGE)
    pyramid = Pyramid(pixels)
    assert not pyramid.is_exact(3)
    draft, form = pyramid.look(3)
    assert np.array_equal(draft, pixels[::8, ::8])
    assert form == QImage.Format.Format_RGBA8888
    pyramid.level(3)
    level, form = pyramid.look(3)
    assert level.shape == draft.shape
    assert form == QImage.Format.Format_ARGB32_Premultiplied


def test_a_small_picture_has_all_levels_at_once() -> None:
    side = int(AT_ONCE**0.5)
    assert Pyramid(rgba(side, side)).is_ready(5)


def test_nothing_is_seen_through_what_is_opaque() -> None:
    pixels = rgba(20, 30)
    assert is_opaque(pixels)
    assert is_opaque(pixels[3:9, 4:8])
    assert is_opaque(pixels[..., :3])
    pixels[5, 5, 3] = 254
    assert not is_opaque(pixels)
    assert not is_opaque(pixels[3:9, 4:8])
    assert is_opaque(pixels[6:, 6:])


@pytest.mark.parametrize("channels", [3, 4])
def test_the_front_of_level_0_is_as_qt_wants_it(channels: int) -> None:
    pixels = rgba(60, 50, alpha=None)[..., :channels].copy()
    if channels == 4:
        pixels[..., 3] = 255
        pixels[:10, :, 3] = 0
    front, form = Pyramid(pixels).look(0)
    assert form == QImage.Format.Format_ARGB32_Premultiplied
    assert np.array_equal(front[10:, :, [2, 1, 0]], pixels[10:, :, :3])
    assert (front[10:, :, 3] == 255).all()
    assert channels == 3 or not front[:10].any()


def test_the_front_follows_changes_where_they_are() -> None:
    pixels = rgba(300, 300)
    pyramid = Pyramid(pixels)
    pyramid.look(0)
    before = pyramid.renewed_px
    bounds = Bounds(31, 47, 20, 10)
    pixels[bounds.slices] = rgba(10, 20)
    pyramid.renew(pixels, bounds)
    assert np.array_equal(pyramid.look(0)[0], Pyramid(pixels).look(0)[0])
    assert pyramid.renewed_px - before == 200


def test_until_the_front_is_made_level_0_stands_for_it() -> None:
    pixels = rgba(*LARGE)
    pyramid = Pyramid(pixels)
    assert pyramid.is_exact(0)
    assert not pyramid.is_ready(0)
    shown, form = pyramid.look(0)
    assert np.array_equal(shown, pixels)
    assert form == QImage.Format.Format_RGBA8888
    assert pyramid.work(0)
    assert pyramid.look(0)[1] == QImage.Format.Format_ARGB32_Premultiplied


def test_a_giant_has_no_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("t2i_studio.ui.canvas.pyramid.MOST_FRONT", 100)
    pyramid = Pyramid(rgba(20, 20))
    assert pyramid.is_ready(0)
    assert pyramid.look(0)[1] == QImage.Format.Format_RGBA8888


def test_what_was_opaque_may_be_so_no_longer() -> None:
    pixels = rgba(100, 100)
    pyramid = Pyramid(pixels)
    assert not pyramid.is_opaque  # nobody has looked
    pyramid.look(0)
    assert pyramid.is_opaque
    pixels[5, 5, 3] = 0
    pyramid.renew(pixels, Bounds(0, 0, 10, 10))
    assert not pyramid.is_opaque
    assert not pyramid.is_covering(0, Bounds(0, 0, 10, 10))
    assert pyramid.is_covering(0, Bounds(10, 10, 50, 50))
