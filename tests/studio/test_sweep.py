from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.sweep import Dab, around, coverage, pieces

WHOLE = Bounds(0, 0, 101, 101)
MIDDLE = Dab(50.5, 50.5, 80)


def row(hardness: float, dab: Dab = MIDDLE) -> list[int]:
    """The coverage from the middle of a dab outwards."""
    return [int(value) for value in coverage(dab, dab, WHOLE, hardness)[50, 50:]]


def test_a_hard_brush_is_full_up_to_its_edge() -> None:
    assert row(1.0) == [255] * 40 + [128] + [0] * 10


@pytest.mark.parametrize("hardness", [0.0, 0.3, 0.6])
def test_a_soft_brush_falls_off_smoothly_from_its_core(hardness: float) -> None:
    values = row(hardness)
    core = round(hardness * 40)
    assert set(values[: max(1, core - 1)]) == {255}
    assert values[42:] == [0] * 9
    assert values == sorted(values, reverse=True)
    steps = -np.diff(values)
    assert steps[core] < 8  # without a rim
    assert steps.max() < 3 * 255 / (2 * max(1, 40 - core)) + 2  # the steepest of a smoothstep


def test_half_way_through_its_edge_a_soft_brush_covers_half() -> None:
    assert row(0.0)[20] == pytest.approx(127, abs=5)
    assert row(0.5)[30] == pytest.approx(127, abs=8)


@given(st.floats(10, 100), st.floats(0, 0.95))
def test_a_softer_brush_covers_no_more(size: float, hardness: float) -> None:
    dab = Dab(50.3, 49.8, size)
    soft = coverage(dab, dab, WHOLE, hardness).astype(int)
    assert (soft <= coverage(dab, dab, WHOLE, 1.0)).all()


@pytest.mark.parametrize("hardness", [0.0, 1.0])
def test_the_thinnest_brush_covers_its_pixel(hardness: float) -> None:
    dab = Dab(50.5, 50.5, 1)
    cover = coverage(dab, dab, WHOLE, hardness)
    assert cover[50, 50] == cover.sum() == 255


def test_flow_lessens_what_a_dab_covers() -> None:
    assert max(row(1.0, Dab(50.5, 50.5, 80, 0.5))) == 128


def test_flow_changes_along_the_way() -> None:
    start, end = Dab(10.5, 50.5, 8, 1.0), Dab(90.5, 50.5, 8, 0.0)
    along = coverage(start, end, WHOLE, 1.0)[50, 10:91].astype(int)
    assert along[0] == 255
    assert along[40] == pytest.approx(128, abs=1)
    assert along[80] == 0
    assert (np.diff(along) <= 0).all()


def union(start: Dab, end: Dab, hardness: float, count: int) -> Pixels:
    """What single dabs close to each other cover."""
    seen = np.zeros((101, 101), np.uint8)
    for share in np.linspace(0, 1, count):
        x, y = (a + (b - a) * share for a, b in ((start.x, end.x), (start.y, end.y)))
        dab = Dab(x, y, start.size)
        seen = np.maximum(seen, coverage(dab, dab, WHOLE, hardness))
    return seen


@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
def test_a_way_is_all_dabs_on_it(hardness: float) -> None:
    start, end = Dab(20.2, 30.7, 24), Dab(77.1, 66.0, 24)
    swept = coverage(start, end, WHOLE, hardness).astype(int)
    assert np.abs(swept - union(start, end, hardness, 600)).max() <= 2


dabs = st.builds(Dab, st.floats(-60, 160), st.floats(-60, 160), st.floats(1, 90), st.floats(0, 1))


@given(dabs, dabs, st.floats(0, 1))
def test_outside_of_what_is_around_it_nothing_is_covered(
    start: Dab, end: Dab, hardness: float
) -> None:
    cover = coverage(start, end, WHOLE, hardness)
    cover[around(start, end).intersection(WHOLE).slices] = 0
    assert not cover.any()


@given(dabs, dabs)
def test_the_pieces_of_a_line_join(start: Dab, end: Dab) -> None:
    cut = list(pieces(start, end))
    assert cut[0][0] == start
    assert (cut[-1][1].x, cut[-1][1].y) == pytest.approx((end.x, end.y))
    assert all(a[1] == b[0] for a, b in pairwise(cut))


@pytest.mark.parametrize(("size", "x"), [(2.9, 7.5), (3.0, 7.2)])
def test_only_a_thin_dab_snaps_to_its_pixel(size: float, x: float) -> None:
    snapped = Dab(7.2, 9.9, size, 0.4).snapped()
    assert (snapped.x, snapped.size, snapped.flow) == (x, size, 0.4)
