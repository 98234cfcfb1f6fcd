import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.strokes import NOWHERE, Brush, Dab, Ink, Stroke


def blank(width: int = 100, height: int = 80) -> Pixels:
    return np.zeros((height, width), np.uint8)


def distance_to_segment(pixels: Pixels, a: Dab, b: Dab) -> np.ndarray:
    """Return the distance of each pixel's middle, worked out the slow way."""
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]] + 0.5
    length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2 or 1.0
    share = np.clip(((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / length, 0, 1)
    return np.hypot(x - a.x - share * (b.x - a.x), y - a.y - share * (b.y - a.y))


def test_a_dab_is_a_disc_with_a_soft_edge() -> None:
    pixels = blank()
    touched = Stroke(pixels, Brush(Ink.paint)).extend(Dab(50, 40, 20))
    distance = distance_to_segment(pixels, Dab(50, 40, 20), Dab(50, 40, 20))
    assert (pixels[distance <= 9.5] == 255).all()
    assert (pixels[distance >= 10.5] == 0).all()
    assert ((pixels > 0) & (pixels < 255)).any()
    assert touched == Bounds(40, 30, 20, 20)
    assert abs(pixels.sum() / 255 - math.pi * 100) < 2


@pytest.mark.parametrize("size", [1, 2, 3, 17, 60])
@pytest.mark.parametrize("end", [(90.5, 10.5), (10.5, 70.5), (88.2, 71.9)])
def test_a_line_has_no_gaps(size: int, end: tuple[float, float]) -> None:
    pixels, start = blank(), Dab(10.5, 10.5, size)
    stroke = Stroke(pixels, Brush(Ink.paint))
    stroke.extend(start)
    stroke.extend(Dab(*end, size))
    distance = distance_to_segment(pixels, start.snapped(), Dab(*end, size).snapped())
    expected = np.clip(size / 2 + 0.5 - distance, 0, 1) * 255
    assert np.abs(pixels - expected).max() <= 1


def test_a_thin_brush_is_not_a_grey_smear() -> None:
    pixels = blank()
    Stroke(pixels, Brush(Ink.paint)).extend(Dab(50.0, 40.0, 1))
    assert pixels[40, 50] == 255
    assert pixels.sum() == 255


def test_painting_twice_is_painting_once() -> None:
    once, twice = blank(), blank()
    Stroke(once, Brush(Ink.paint)).extend(Dab(30, 30, 11))
    for _ in range(2):
        Stroke(twice, Brush(Ink.paint)).extend(Dab(30, 30, 11))
    assert np.array_equal(once, twice)


def test_erasing_where_it_was_painted_leaves_nothing() -> None:
    pixels = blank()
    Stroke(pixels, Brush(Ink.paint)).extend(Dab(30, 30, 11))
    Stroke(pixels, Brush(Ink.erase)).extend(Dab(30, 30, 13))
    assert not pixels.any()


def test_pressure_makes_a_tapered_line() -> None:
    pixels = blank()
    stroke = Stroke(pixels, Brush(Ink.paint))
    stroke.extend(Dab(20, 40, 30))
    stroke.extend(Dab(80, 40, 4))
    heights = (pixels[:, [20, 50, 79]] > 127).sum(axis=0)
    assert heights[0] > heights[1] > heights[2]


def test_outside_the_mask_nothing_is_touched() -> None:
    pixels = blank()
    stroke = Stroke(pixels, Brush(Ink.paint))
    assert stroke.extend(Dab(-50, -50, 20)).is_empty
    assert not pixels.any()
    assert stroke.patches() == ()


def test_a_stroke_that_comes_in_from_outside_is_cut_at_the_border() -> None:
    pixels = blank()
    stroke = Stroke(pixels, Brush(Ink.paint))
    stroke.extend(Dab(-30, 40, 10))
    touched = stroke.extend(Dab(10, 40, 10))
    assert touched.x == 0
    assert pixels[40, 0] == 255


points = st.tuples(st.floats(-50, 700), st.floats(-50, 600), st.floats(1, 90))
paths = st.lists(points, min_size=1, max_size=6)


@given(paths, st.sampled_from(Ink))
def test_only_what_is_reported_is_touched(path: list[tuple[float, float, float]], ink: Ink) -> None:
    pixels = np.full((520, 610), 100, np.uint8)
    stroke = Stroke(pixels, Brush(ink))
    for x, y, size in path:
        before = pixels.copy()
        touched = stroke.extend(Dab(x, y, size))
        before[touched.slices] = pixels[touched.slices]
        assert np.array_equal(before, pixels)


@given(paths, st.sampled_from(Ink))
def test_an_abandoned_stroke_leaves_no_trace(
    path: list[tuple[float, float, float]], ink: Ink
) -> None:
    pixels = np.full((520, 610), 100, np.uint8)
    stroke = Stroke(pixels, Brush(ink))
    touched = NOWHERE
    for point in path:
        touched = touched.union(stroke.extend(Dab(*point)))
    assert stroke.abandon() == touched
    assert (pixels == 100).all()
    assert stroke.patches() == ()


@given(paths, st.sampled_from(Ink))
def test_its_patches_lead_there_and_back(path: list[tuple[float, float, float]], ink: Ink) -> None:
    pixels = np.full((520, 610), 100, np.uint8)
    stroke = Stroke(pixels, Brush(ink))
    for point in path:
        stroke.extend(Dab(*point))
    painted, patches = pixels.copy(), stroke.patches()
    for change in patches:
        change.flip(pixels)
    assert (pixels == 100).all()
    for change in patches:
        change.flip(pixels)
    assert np.array_equal(pixels, painted)


@given(paths, st.builds(Brush, st.sampled_from(Ink), st.floats(0, 1), st.floats(0, 1)))
def test_on_a_layer_a_stroke_is_taken_back_and_done_again(
    path: list[tuple[float, float, float]], brush: Brush
) -> None:
    before = np.random.default_rng(0).integers(0, 256, (520, 610, 4), np.uint8)
    pixels = before.copy()
    stroke = Stroke(pixels, brush)
    for point in path:
        now = pixels.copy()
        touched = stroke.extend(Dab(*point))
        now[touched.slices] = pixels[touched.slices]
        assert np.array_equal(now, pixels)
    after, patches = pixels.copy(), stroke.patches()
    for change in patches:
        change.flip(pixels)
    assert np.array_equal(pixels, before)
    for change in patches:
        change.flip(pixels)
    assert np.array_equal(pixels, after)
    stroke.abandon()
    assert np.array_equal(pixels, before)


@pytest.mark.parametrize("shape", [(80, 100), (80, 100, 4)], ids=["mask", "layer"])
@pytest.mark.parametrize("ink", Ink)
def test_where_a_stroke_crosses_itself_nothing_builds_up(shape: tuple[int, ...], ink: Ink) -> None:
    brush, once = Brush(ink, opacity=0.7), np.full(shape, 100, np.uint8)
    twice = once.copy()
    stroke = Stroke(once, brush)
    for x in (20, 80):
        stroke.extend(Dab(x, 40, 11))
    stroke = Stroke(twice, brush)
    for x in (20, 80, 20, 80):
        stroke.extend(Dab(x, 40, 11))
    assert np.array_equal(once, twice)
    assert (once != 100).any()


def test_going_over_what_is_covered_touches_nothing() -> None:
    stroke = Stroke(blank(600, 600), Brush(Ink.paint))
    assert not stroke.extend(Dab(300, 300, 700)).is_empty
    assert stroke.extend(Dab(300, 300, 600)).is_empty
    assert stroke.extend(Dab(310, 300, 30)).is_empty


def test_a_lighter_touch_takes_nothing_back() -> None:
    pixels = blank()
    stroke = Stroke(pixels, Brush(Ink.paint))
    stroke.extend(Dab(30, 30, 11, flow=0.8))
    before = pixels.copy()
    assert stroke.extend(Dab(30, 30, 11, flow=0.2)).is_empty
    assert np.array_equal(pixels, before)
    assert before.max() == 204
