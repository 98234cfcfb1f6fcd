import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.viewport import MAX_ZOOM, MIN_ZOOM
from tests.ui.canvas.conftest import Canvas

CONTROL = Qt.KeyboardModifier.ControlModifier
MIDDLE = Qt.MouseButton.MiddleButton
POINTER = QPointF(123, 211)


def test_the_wheel_zooms_to_the_pointer(canvas: Canvas) -> None:
    before = canvas.view.to_picture(POINTER)
    for delta in (120, 120, 120, -120, 240):
        canvas.wheel(delta, POINTER)
        there = canvas.view.from_picture(before)
        assert (there - POINTER).manhattanLength() <= 3
    assert canvas.view.zoom > 1.5


def test_forward_enlarges_by_the_usual_factor(canvas: Canvas) -> None:
    canvas.wheel(120, POINTER)
    assert canvas.view.zoom == pytest.approx(0.999**-120)
    canvas.wheel(-120, POINTER)
    assert canvas.view.zoom == 1.0


def test_the_wheel_snaps_but_does_not_stick(canvas: Canvas) -> None:
    seen = set()
    for _ in range(150):
        canvas.wheel(8, POINTER)
        seen.add(canvas.view.zoom)
    assert {1.0, 1.5, 2.0, 3.0} <= seen
    assert canvas.view.zoom == pytest.approx(0.999 ** (-8 * 150), rel=0.02)


def test_the_wheel_stays_in_range(canvas: Canvas) -> None:
    for _ in range(60):
        canvas.wheel(120, POINTER)
    assert canvas.view.zoom == MAX_ZOOM
    for _ in range(90):
        canvas.wheel(-120, POINTER)
    assert canvas.view.zoom == MIN_ZOOM


def test_control_and_wheel_change_the_brush(canvas: Canvas) -> None:
    canvas.wheel(120, POINTER, CONTROL)
    assert (canvas.options.brush_size, canvas.view.zoom) == (22, 1.0)
    canvas.wheel(-240, POINTER, CONTROL)
    assert canvas.options.brush_size == 18


def test_a_fine_wheel_adds_up_to_notches(canvas: Canvas) -> None:
    for _ in range(14):
        canvas.wheel(10, POINTER, CONTROL)
    assert canvas.options.brush_size == 22
    for _ in range(14):
        canvas.wheel(-10, POINTER, CONTROL)
    assert canvas.options.brush_size == 20


def test_middle_drag_pans(canvas: Canvas) -> None:
    before = canvas.at(0, 0)
    canvas.mouse(QEvent.Type.MouseButtonPress, POINTER, MIDDLE)
    canvas.mouse(QEvent.Type.MouseMove, POINTER + QPointF(30, -20))
    assert canvas.view.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    canvas.mouse(QEvent.Type.MouseButtonRelease, POINTER + QPointF(30, -20), MIDDLE)
    assert canvas.at(0, 0) - before == QPointF(30, -20)
    assert canvas.view.cursor().shape() == Qt.CursorShape.BlankCursor


def test_space_is_the_hand_while_it_is_held(canvas: Canvas) -> None:
    before = canvas.at(0, 0)
    QTest.keyPress(canvas.view, Qt.Key.Key_Space)
    assert canvas.view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    canvas.mouse(QEvent.Type.MouseButtonPress, POINTER, Qt.MouseButton.LeftButton)
    canvas.mouse(QEvent.Type.MouseMove, POINTER + QPointF(15, 5))
    canvas.mouse(
        QEvent.Type.MouseButtonRelease, POINTER + QPointF(15, 5), Qt.MouseButton.LeftButton
    )
    QTest.keyRelease(canvas.view, Qt.Key.Key_Space)
    assert canvas.at(0, 0) - before == QPointF(15, 5)
    assert canvas.options.tool is Tool.brush
    assert canvas.view.cursor().shape() == Qt.CursorShape.BlankCursor
    assert not canvas.document.has_mask


def test_space_in_a_stroke_does_not_break_it(canvas: Canvas) -> None:
    canvas.press(50, 50)
    QTest.keyPress(canvas.view, Qt.Key.Key_Space)
    canvas.move(90, 50)
    QTest.keyRelease(canvas.view, Qt.Key.Key_Space)
    canvas.release(90, 50)
    assert canvas.mask[50, 70] == 255


def test_losing_the_focus_lets_go_of_space(canvas: Canvas) -> None:
    canvas.view.setFocus()
    QTest.keyPress(canvas.view, Qt.Key.Key_Space)
    canvas.view.clearFocus()
    assert canvas.view.cursor().shape() == Qt.CursorShape.BlankCursor


def test_the_hand_pans_by_mouse_and_arrows(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_H)
    before = canvas.at(0, 0)
    canvas.drag((50, 50), (60, 40))
    canvas.key(Qt.Key.Key_Left)
    assert canvas.at(0, 0) - before == QPointF(10 + 32, -10)
    assert not canvas.document.has_mask


def test_the_picture_cannot_be_lost(canvas: Canvas) -> None:
    canvas.mouse(QEvent.Type.MouseButtonPress, POINTER, MIDDLE)
    canvas.mouse(QEvent.Type.MouseMove, POINTER + QPointF(9000, 9000))
    canvas.mouse(QEvent.Type.MouseButtonRelease, POINTER, MIDDLE)
    assert canvas.view.rect().contains(canvas.at(31, 31).toPoint())


def test_a_new_picture_is_fitted_and_stays_so_on_resize(blank_canvas: Canvas) -> None:
    blank_canvas.document.start(Image.filled(Extent(1000, 500), (0, 0, 0)))
    assert blank_canvas.view.zoom == pytest.approx((500 - 32) / 1000)
    blank_canvas.view.resize(800, 400)
    assert blank_canvas.view.zoom == pytest.approx((400 - 32) / 500)


def test_fit_does_not_enlarge_beyond_200_percent(blank_canvas: Canvas) -> None:
    blank_canvas.document.start(Image.filled(Extent(20, 20), (0, 0, 0)))
    assert blank_canvas.view.zoom == 2.0


def test_once_zoomed_a_resize_keeps_the_middle(canvas: Canvas) -> None:
    canvas.view.set_zoom(1.5)
    before = canvas.view.to_picture(QPointF(250, 200))
    canvas.view.resize(600, 300)
    assert canvas.view.zoom == 1.5
    assert canvas.view.to_picture(QPointF(300, 150)) == before
    canvas.view.fit()
    canvas.view.resize(232, 300)
    assert canvas.view.zoom == 1.0


def test_an_accepted_result_of_the_same_size_does_not_move_the_view(canvas: Canvas) -> None:
    canvas.view.set_zoom(3.0)
    result = Image.filled(Extent(200, 150), (9, 9, 9))
    canvas.view.show_overlay(result)
    canvas.document.paste(result)
    canvas.view.show_overlay(None)
    assert canvas.view.zoom == 3.0


def test_the_zoom_is_told_when_it_changes(canvas: Canvas) -> None:
    told: list[float] = []
    canvas.view.zoom_changed.connect(told.append)
    canvas.view.set_zoom(2.0, POINTER)
    canvas.view.set_zoom(2.0)
    canvas.view.zoom_in()
    canvas.view.zoom_out()
    assert told == [2.0, 3.0, 2.0]


def test_set_zoom_keeps_the_point_that_is_named(canvas: Canvas) -> None:
    before = canvas.view.to_picture(POINTER)
    canvas.view.set_zoom(4.0, POINTER)
    assert (canvas.view.from_picture(before) - POINTER).manhattanLength() <= 1


@pytest.mark.parametrize(
    ("key", "modifiers", "zoom"),
    [
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier, 5.0),
        (Qt.Key.Key_Equal, CONTROL, 5.0),
        (Qt.Key.Key_Minus, CONTROL, 3.0),
    ],
)
def test_zoom_keys(
    canvas: Canvas, key: Qt.Key, modifiers: Qt.KeyboardModifier, zoom: float
) -> None:
    canvas.view.set_zoom(4.0)
    canvas.key(key, modifiers)
    assert canvas.view.zoom == zoom


@pytest.mark.parametrize(
    "button", [Qt.MouseButton.BackButton, Qt.MouseButton.LeftButton], ids=["back", "left"]
)
def test_a_button_without_meaning_does_nothing(
    blank_canvas: Canvas, button: Qt.MouseButton
) -> None:
    before = blank_canvas.at(0, 0)
    blank_canvas.drag((50, 50), (90, 90), button=button)
    assert blank_canvas.at(0, 0) == before
    assert not blank_canvas.document.history.can_undo
