import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.studio.pressure import LINEAR, Curve, felt

UNIT = st.floats(0, 1)
SOFT: Curve = (0.5, 0.0, 1.0, 0.5)
FIRM: Curve = (0.0, 0.5, 0.5, 1.0)


@given(UNIT)
def test_the_straight_curve_changes_nothing(pressure: float) -> None:
    assert felt(LINEAR, pressure) == pytest.approx(pressure, abs=1e-5)


@given(UNIT, UNIT, UNIT, UNIT)
def test_every_curve_goes_from_nothing_to_all(x1: float, y1: float, x2: float, y2: float) -> None:
    assert felt((x1, y1, x2, y2), 0.0) == pytest.approx(0.0, abs=1e-2)
    assert felt((x1, y1, x2, y2), 1.0) == pytest.approx(1.0, abs=1e-2)


@pytest.mark.parametrize(
    ("curve", "pressure", "share"), [(SOFT, 0.6875, 0.3125), (FIRM, 0.3125, 0.6875)]
)
def test_a_bent_curve_is_felt_less_or_more(curve: Curve, pressure: float, share: float) -> None:
    # At t = 1/2 a curve is at (3 p1 + 3 p2 + 1) / 8.
    assert felt(curve, pressure) == pytest.approx(share, abs=1e-5)


@pytest.mark.parametrize(("pressure", "share"), [(-0.5, 0.0), (1.5, 1.0)])
def test_what_a_tablet_cannot_tell_is_held_within_the_range(pressure: float, share: float) -> None:
    assert felt(LINEAR, pressure) == pytest.approx(share, abs=1e-5)
