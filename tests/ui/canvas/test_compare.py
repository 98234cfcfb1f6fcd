"""Original and result compared on the canvas, by mouse and by keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.ui.canvas.compare import LEAP, STEP, Comparison, WipeDivider
from tests.ui.canvas.conftest import LEFT, Canvas

RED = Image.filled(Extent(200, 150), (255, 0, 0))
WHOLE = Bounds(0, 0, 200, 150)
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def comparison(canvas: Canvas) -> Comparison:
    """A red result over a grey picture."""
    comparison = Comparison(canvas.view)
    canvas.view.show_overlay(RED)
    return comparison


@pytest.fixture
def divider(comparison: Comparison) -> WipeDivider:
    """The divider, in the middle and in use."""
    comparison.toggle()
    return comparison.divider


def original_share(canvas: Canvas) -> float:
    row = canvas.seen(Bounds(0, 140, 200, 1))[0]
    return float((row == 120).all(axis=1).mean())


def test_without_a_result_there_is_nothing_to_compare(canvas: Canvas) -> None:
    comparison = Comparison(canvas.view)
    assert not comparison.can_compare
    comparison.wipe(True)
    comparison.hold(True)
    assert not comparison.divider.isVisible()
    assert not comparison.is_held


def test_without_an_original_there_is_nothing_to_compare(blank_canvas: Canvas) -> None:
    comparison = Comparison(blank_canvas.view)
    blank_canvas.view.show_overlay(RED)
    assert not comparison.can_compare


def test_without_an_original_the_divider_hides_nothing(
    canvas: Canvas, divider: WipeDivider
) -> None:
    canvas.document.close()
    canvas.view.show_overlay(RED)

    assert (canvas.seen(Bounds(0, 140, 200, 1))[0] == (255, 0, 0)).all()


def test_the_divider_parts_them_in_the_middle(canvas: Canvas, divider: WipeDivider) -> None:
    assert divider.isVisible()
    assert divider.hasFocus()
    assert divider.geometry().center().x() == pytest.approx(canvas.at(100, 0).x(), abs=1)
    assert original_share(canvas) == pytest.approx(0.5, abs=0.01)


def test_zoomed_in_it_begins_in_the_middle_of_what_is_seen(
    canvas: Canvas, comparison: Comparison
) -> None:
    canvas.view.set_zoom(8.0)
    canvas.view.camera.pan(-300, 0)
    comparison.wipe(True)
    middle = canvas.view.width() / 2
    assert comparison.divider.geometry().center().x() == pytest.approx(middle, abs=2)


def test_a_drag_moves_it(canvas: Canvas, divider: WipeDivider) -> None:
    start = QPoint(divider.width() // 2, divider.height() // 2)
    QTest.mousePress(divider, LEFT, pos=start)
    target = divider.mapFromParent(canvas.at(150, 75).toPoint())
    QTest.mouseMove(divider, target)
    QTest.mouseRelease(divider, LEFT, pos=target)
    assert original_share(canvas) == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 0.5 - STEP),
        (Qt.Key.Key_Right, SHIFT, 0.5 + LEAP),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0.0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 1.0),
    ],
    ids=["left", "shift_right", "home", "end"],
)
def test_keys_move_it_and_say_where_it_is(
    canvas: Canvas,
    comparison: Comparison,
    divider: WipeDivider,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    expected: float,
) -> None:
    QTest.keyClick(divider, key, modifiers)
    assert comparison.share == pytest.approx(expected)
    assert f"{expected:.0%}" in divider.accessibleDescription()


def test_it_stays_on_the_result(comparison: Comparison, divider: WipeDivider) -> None:
    for _ in range(12):
        QTest.keyClick(divider, Qt.Key.Key_Right, SHIFT)
    assert comparison.share == 1.0
    assert divider.isVisible()


def test_space_shows_the_whole_original_while_it_is_held(
    canvas: Canvas, divider: WipeDivider
) -> None:
    QTest.keyPress(divider, Qt.Key.Key_Space)
    assert (canvas.seen(WHOLE)[30:] == 120).all()
    assert divider.hasFocus()
    QTest.keyRelease(divider, Qt.Key.Key_Space)
    assert original_share(canvas) == pytest.approx(0.5, abs=0.01)


def test_who_leaves_while_holding_sees_the_result_again(
    canvas: Canvas, divider: WipeDivider
) -> None:
    QTest.keyPress(divider, Qt.Key.Key_Space)
    canvas.view.setFocus()
    assert original_share(canvas) == pytest.approx(0.5, abs=0.01)


def test_a_double_click_centres_it(comparison: Comparison, divider: WipeDivider) -> None:
    comparison.move_to(0.9)
    QTest.mouseDClick(divider, LEFT)
    assert comparison.share == 0.5


def test_escape_takes_it_away_and_gives_the_focus_to_the_canvas(
    canvas: Canvas, comparison: Comparison, divider: WipeDivider
) -> None:
    QTest.keyClick(divider, Qt.Key.Key_Escape)
    assert not comparison.is_wiping
    assert not divider.isVisible()
    assert canvas.view.hasFocus()
    assert np.array_equal(canvas.seen(WHOLE), RED.pixels)


def test_it_follows_the_view(canvas: Canvas, divider: WipeDivider) -> None:
    canvas.view.camera.pan(30, 10)
    assert divider.geometry().center().x() == pytest.approx(canvas.at(100, 0).x(), abs=1)
    canvas.view.camera.pan(2000, 0)
    assert not divider.isVisible()


def test_it_waits_for_the_next_result(
    canvas: Canvas, comparison: Comparison, divider: WipeDivider
) -> None:
    told: list[bool] = []
    comparison.changed.connect(lambda: told.append(comparison.can_compare))
    canvas.view.show_overlay(None)
    assert not divider.isVisible()
    canvas.view.show_overlay(RED)
    assert divider.isVisible()
    assert told == [False, True]


def test_the_names_of_both_sides_stand_on_them(
    canvas: Canvas, comparison: Comparison, divider: WipeDivider
) -> None:
    comparison.name_result("Result 2")
    QApplication.processEvents()
    chips = comparison.chips.grab().toImage()
    colours = {chips.pixelColor(x, 14).name() for x in range(chips.width())}
    assert len(colours) > 5
    assert comparison.chips.geometry().top() == pytest.approx(canvas.at(0, 0).y(), abs=1)
