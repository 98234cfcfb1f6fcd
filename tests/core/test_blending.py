import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from t2i_studio.core.blending import Hole, bend_seam, keep_detail, match_colours
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image

SKY, FOX = (90, 140, 220), (230, 120, 30)


def flat(colour: tuple[int, int, int], side: int = 128) -> Image:
    return Image.filled(Extent(side, side), colour)


def hole_of(side: int = 128) -> Hole:
    hole = np.zeros((side, side), np.bool_)
    hole[side // 4 : -side // 4, side // 4 : -side // 4] = True
    return hole


def off(image: Image, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(image.pixels.astype(int) - colour).max(axis=2)


@st.composite
def repaints(draw: st.DrawFn) -> tuple[Image, Image, Hole]:
    shape = draw(st.integers(1, 24)), draw(st.integers(1, 24))
    known, painted = (Image(draw(npst.arrays(np.uint8, (*shape, 3)))) for _ in range(2))
    return known, painted, draw(npst.arrays(np.bool_, shape))


@given(repaints(), st.integers(0, 256))
def test_a_seam_changes_nothing_outside_the_hole(
    case: tuple[Image, Image, Hole], width: int
) -> None:
    known, painted, hole = case

    found = bend_seam(known, painted, hole, width)

    assert np.array_equal(found.pixels[~hole], painted.pixels[~hole])


@given(repaints(), st.integers(0, 256), st.floats(0.01, 1))
def test_pictures_of_any_shape_work(
    case: tuple[Image, Image, Hole], width: int, strength: float
) -> None:
    known, painted, hole = case

    for found in (
        match_colours(known, painted, hole),
        bend_seam(known, painted, hole, width),
        keep_detail(known, painted, strength),
    ):
        assert found.extent == painted.extent


def test_a_shifted_background_gets_the_colour_it_has_outside() -> None:
    known, painted = flat(SKY), flat((75, 128, 200))

    found = match_colours(known, painted, hole_of())

    assert off(found, SKY)[hole_of()].max() <= 3


def test_an_object_before_it_keeps_its_own_colour() -> None:
    pixels = flat((75, 128, 200)).pixels.copy()
    pixels[50:80, 50:80] = FOX

    found = match_colours(flat(SKY), Image(pixels), hole_of())

    assert off(found, FOX)[50:80, 50:80].max() <= 2
    assert off(found, SKY)[40:48, 40:90].max() <= 3


def test_edges_that_were_painted_on_purpose_are_no_errors() -> None:
    known, painted = flat(SKY), flat(FOX)

    assert off(match_colours(known, painted, hole_of()), FOX).max() == 0
    assert off(bend_seam(known, painted, hole_of(), 16), FOX).max() == 0


def test_a_seam_takes_the_step_off_the_border_and_leaves_the_middle() -> None:
    known, painted = flat((100, 100, 100)), flat((130, 130, 130))

    found = bend_seam(known, painted, hole_of(), 16).pixels[64, :, 0].astype(int)

    inside = found[32:96]
    assert abs(inside[0] - 100) <= 3
    assert abs(inside[-1] - 100) <= 3
    assert (inside[17:-17] == 130).all()
    assert np.abs(np.diff(inside)).max() <= 5


@pytest.mark.parametrize("width", [33, 64, 256])
def test_wide_seams_fade_as_far_as_they_say(width: int) -> None:
    hole = np.ones((64, 600), np.bool_)
    hole[:, :8] = False
    known, painted = (Image.filled(Extent(600, 64), (level,) * 3) for level in (100, 130))

    row = bend_seam(known, painted, hole, width).pixels[32, 8:, 0].astype(int)

    assert abs(row[0] - 100) <= 3
    assert row[width + 8 :].min() >= 129
    assert 108 < row[width // 2] < 122
    assert (np.diff(row) >= 0).all()


def test_the_membrane_follows_the_error_along_the_border() -> None:
    """Too dark on the left, too bright on the right: both ends meet what is known."""
    ramp = np.linspace(-30, 30, 128)[None, :, None]
    known = flat((120, 120, 120))
    painted = Image((120 + np.broadcast_to(ramp, (128, 128, 3))).astype(np.uint8))

    found = bend_seam(known, painted, hole_of(), 256).pixels.astype(int)

    assert np.abs(found - 120)[hole_of()].max() <= 6


def test_without_a_border_or_a_width_nothing_is_bent() -> None:
    known, painted = flat(SKY), flat((80, 130, 210))

    assert bend_seam(known, painted, np.ones((128, 128), np.bool_), 16) is painted
    assert bend_seam(known, painted, hole_of(), 0) is painted
    assert match_colours(known, painted, np.ones((128, 128), np.bool_)) is painted


def test_many_colours_along_a_long_border_are_matched() -> None:
    rows, columns = np.mgrid[:1024, :1024]
    scene = np.stack([rows // 5, columns // 5, np.full_like(rows, 90)], axis=-1)
    known, painted = Image(scene.astype(np.uint8)), Image((scene + 15).astype(np.uint8))
    hole = hole_of(1024)

    found = match_colours(known, painted, hole).pixels.astype(int)

    before, after = (np.abs(each - scene)[hole].mean() for each in (scene + 15, found))
    assert after < before / 2


def striped(change: int = 0) -> np.ndarray:
    pixels = np.full((256, 256, 3), 120)
    pixels[::2] += 30
    return pixels + change


def test_detail_comes_back_where_little_has_changed() -> None:
    known, painted = Image(striped().astype(np.uint8)), flat((145, 145, 145), 256)

    found = keep_detail(known, painted, 0.2).pixels.astype(int)

    assert np.abs(found - striped(10)).max() <= 1


def test_detail_goes_where_much_has_changed() -> None:
    pixels = np.full((256, 256, 3), 135, np.uint8)
    pixels[:, 128:] = FOX
    known = Image(striped().astype(np.uint8))

    found = keep_detail(known, Image(pixels), 0.2)

    assert off(found, FOX)[:, 140:].max() == 0
    assert np.abs(found.pixels[:, :116].astype(int) - striped()[:, :116]).max() <= 1


def test_the_higher_the_strength_the_less_detail_is_kept() -> None:
    known, painted = Image(striped().astype(np.uint8)), flat((165, 165, 165), 256)

    contrasts = [
        float(keep_detail(known, painted, strength).pixels.std()) for strength in (0.1, 0.5, 0.9)
    ]

    assert contrasts[0] > contrasts[1] > contrasts[2]
    assert contrasts[2] < 0.5
