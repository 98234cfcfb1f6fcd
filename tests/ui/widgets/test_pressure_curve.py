import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from t2i_studio.studio.pressure import LINEAR, Curve
from t2i_studio.ui.widgets.pressure_curve import PressureCurve

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def curve(qtbot: QtBot) -> PressureCurve:
    curve = PressureCurve()
    qtbot.addWidget(curve)
    curve.show()
    return curve


@pytest.fixture
def told(curve: PressureCurve) -> list[Curve]:
    told: list[Curve] = []
    curve.curve_changed.connect(told.append)
    return told


def drag(curve: PressureCurve, knob: int, x: float, y: float) -> None:
    handle = curve.knobs[knob]
    middle = handle.rect().center()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    goal = handle.mapFromParent(curve.place_of(x, y).toPoint())
    QTest.mouseMove(handle, goal)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)


def test_a_point_is_dragged(curve: PressureCurve, told: list[Curve]) -> None:
    drag(curve, 0, 0.5, 0.1)
    assert told
    assert told[-1] == pytest.approx((0.5, 0.1, 0.75, 0.75), abs=0.01)
    assert curve.curve == told[-1]
    drag(curve, 1, 0.9, 0.2)
    assert curve.curve == pytest.approx((0.5, 0.1, 0.9, 0.2), abs=0.01)


def test_a_point_stays_inside(curve: PressureCurve, told: list[Curve]) -> None:
    drag(curve, 1, 1.8, -0.7)
    assert curve.curve[2:] == (1.0, 0.0)


def test_arrows_move_the_point_that_has_the_focus(curve: PressureCurve) -> None:
    QTest.keyClick(curve.knobs[0], Qt.Key.Key_Up)
    QTest.keyClick(curve.knobs[0], Qt.Key.Key_Right)
    assert curve.curve == pytest.approx((0.3, 0.3, 0.75, 0.75))
    QTest.keyClick(curve.knobs[1], Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(curve.knobs[1], Qt.Key.Key_Left, SHIFT)
    assert curve.curve == pytest.approx((0.3, 0.3, 0.74, 0.74))


def test_both_points_can_be_reached_and_say_where_they_are(curve: PressureCurve) -> None:
    curve.set_curve((0.1, 0.2, 0.9, 1.0))
    first, second = curve.knobs
    assert first.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert first.accessibleName() != second.accessibleName()
    assert first.accessibleDescription() == "pressure 10 %, felt as 20 %"
    assert second.accessibleDescription() == "pressure 90 %, felt as 100 %"


def test_showing_a_curve_tells_nobody_and_moves_the_points(
    curve: PressureCurve, told: list[Curve]
) -> None:
    before = curve.knobs[0].pos()
    curve.set_curve((0.0, 1.0, 0.5, 1.0))
    assert told == []
    assert curve.knobs[0].pos() != before
    middle = curve.knobs[0].geometry().center() - curve.place_of(0.0, 1.0).toPoint()
    assert (middle - QPoint(0, 0)).manhattanLength() <= 2


def test_the_curve_is_drawn_where_it_is(curve: PressureCurve) -> None:
    curve.set_curve(LINEAR)
    picture = curve.grab().toImage()
    at = curve.place_of(0.5, 0.5).toPoint()
    off = curve.place_of(0.6, 0.3).toPoint()
    assert picture.pixelColor(at) != picture.pixelColor(off)
