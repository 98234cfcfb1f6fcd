import numpy as np
import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Pixels
from t2i_studio.gallery.exporters.palette import indexed


def gradient(shift: int = 0) -> Pixels:
    y, x = np.mgrid[0:64, 0:64].astype(np.uint8)
    return np.stack([x * 4, y * 4, 255 - x * 2 - shift], axis=-1)


def shown(frames: list[Image]) -> list[Pixels]:
    return [np.asarray(picture.convert("RGB")) for picture in indexed(frames)]


def blurred(pixels: Pixels) -> np.ndarray:
    """Return the means over 8 x 8 pixels, which is what the eye makes of the dots."""
    return pixels.reshape(8, 8, 8, 8, 3).mean(axis=(1, 3))


def test_few_colours_come_back_exactly() -> None:
    near = Image(np.arange(250, dtype=np.uint8).repeat(3).reshape(10, 25, 3))
    frames = [near, Image.filled(Extent(25, 10), (3, 3, 4))]
    for frame, pixels in zip(frames, shown(frames), strict=True):
        np.testing.assert_array_equal(pixels, frame.pixels)


def test_few_colours_of_each_frame_may_be_many_together() -> None:
    frames = [Image(gradient()[:2] // 8 * 8 + shift) for shift in range(8)]
    for frame, pixels in zip(frames, shown(frames), strict=True):
        assert np.abs(pixels.astype(int) - frame.pixels).mean() < 8


def test_all_frames_share_one_palette_with_room_for_transparency() -> None:
    palettes = [picture.getpalette() for picture in indexed([Image(gradient(n)) for n in (0, 60)])]
    assert palettes[0] == palettes[1]
    assert len(palettes[0] or ()) <= 3 * 255


def test_many_colours_are_right_on_average() -> None:
    pixels = shown([Image(gradient())])[0]
    assert np.abs(blurred(pixels) - blurred(gradient())).mean() < 3


@pytest.mark.parametrize("rows", [slice(0, 32), slice(32, 64)])
def test_what_stands_still_does_not_flicker(rows: slice) -> None:
    moving = gradient()
    moving[rows] = np.random.default_rng(0).integers(0, 256, moving[rows].shape)
    before, after = shown([Image(gradient()), Image(moving)])
    still = np.ones(64, bool)
    still[rows] = False
    np.testing.assert_array_equal(before[still], after[still])
