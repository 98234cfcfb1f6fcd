import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.ui.canvas.viewport import (
    IN_SIGHT,
    MAX_ZOOM,
    MIN_ZOOM,
    STOPS,
    Viewport,
    clamped,
    fitted,
    snapped,
    stop_above,
    stop_below,
    wheeled,
)

zooms = st.floats(0.1, 20)
places = st.floats(-3000, 3000)
sides = st.integers(1, 5000)


@given(zooms, places, places, places, places)
def test_there_and_back(zoom: float, x: float, y: float, at_x: float, at_y: float) -> None:
    viewport = Viewport(zoom, x, y)
    assert viewport.to_view(*viewport.to_picture(at_x, at_y)) == pytest.approx((at_x, at_y))


@given(zooms, zooms, st.integers(-3000, 3000), places)
def test_zoom_keeps_the_point_under_the_pointer(
    before: float, after: float, corner: int, at: float
) -> None:
    viewport = Viewport(before, corner, corner)
    kept = viewport.zoomed(after, at, at).to_view(*viewport.to_picture(at, at))
    assert kept == pytest.approx((at, at), abs=0.51)  # the corner is whole


@given(sides, sides, sides, sides)
def test_fit_shows_all_of_it_in_the_middle(w: int, h: int, view_w: int, view_h: int) -> None:
    picture, view = Extent(w, h), Extent(view_w + 40, view_h + 40)
    viewport = fitted(picture, view, 2.0)
    left, top = viewport.to_view(0, 0)
    right, bottom = viewport.to_view(w, h)
    assert viewport.zoom <= 2.0
    assert left == pytest.approx(view.width - right, abs=1.01)
    assert top == pytest.approx(view.height - bottom, abs=1.01)
    assert min(left, top) >= 15


def test_fit_enlarges_only_up_to_the_limit() -> None:
    assert fitted(Extent(10, 10), Extent(1000, 1000), 2.0).zoom == 2.0


@given(zooms, places, places, sides, sides)
def test_the_picture_cannot_be_lost(zoom: float, x: float, y: float, w: int, view: int) -> None:
    picture, room = Extent(w, w), Extent(view, view)
    held = Viewport(zoom, x, y).held(picture, room)
    seen = held.covered(Bounds.at_origin(picture)).intersection(Bounds.at_origin(room))
    least = min(IN_SIGHT, w * zoom, view)
    assert min(seen.width, seen.height) >= least - 1


def test_covered_is_rounded_outwards() -> None:
    assert Viewport(1.5, 10, 20).covered(Bounds(1, 1, 1, 2)) == Bounds(11, 21, 2, 4)


def test_panned_moves_by_whole_pixels() -> None:
    assert Viewport(1.0, 5, 5).panned(2.4, -1.6) == Viewport(1.0, 7, 3)


@pytest.mark.parametrize(
    ("zoom", "expected"),
    [(0.985, 1.0), (1.019, 1.0), (1.03, 1.03), (0.254, 0.25), (5.09, 5.0), (6.0, 6.0)],
)
def test_zoom_snaps_within_two_percent(zoom: float, expected: float) -> None:
    assert snapped(zoom) == expected


@pytest.mark.parametrize(
    ("zoom", "current", "expected"),
    [(30, 1, MAX_ZOOM), (0.01, 1, MIN_ZOOM), (0.01, 0.05, 0.05), (3, 1, 3)],
)
def test_zoom_stays_in_range(zoom: float, current: float, expected: float) -> None:
    assert clamped(zoom, current) == expected


def test_a_notch_there_and_a_notch_back() -> None:
    assert wheeled(1.0, 120) == pytest.approx(0.999**-120)
    assert wheeled(wheeled(1.0, 120), -120) == pytest.approx(1.0)


def test_the_stops_lead_through_the_whole_range() -> None:
    zoom, seen = MIN_ZOOM, [MIN_ZOOM]
    while zoom < MAX_ZOOM:
        zoom = stop_above(zoom)
        seen.append(zoom)
    assert tuple(seen) == STOPS
    assert stop_above(MAX_ZOOM) == MAX_ZOOM
    assert stop_below(MIN_ZOOM) == MIN_ZOOM
    assert stop_below(1.2) == 1.0
