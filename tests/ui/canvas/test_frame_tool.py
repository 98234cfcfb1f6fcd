import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Bounds
from t2i_studio.studio.frame import Area
from t2i_studio.studio.tools import Tool
from tests.ui.canvas.conftest import NO_MODIFIER, Canvas

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
START = Bounds(40, 32, 80, 64)


@pytest.fixture
def framed(canvas: Canvas) -> Canvas:
    """With a free frame, and the tool in hand."""
    canvas.frame.bounds = START
    canvas.frame.is_locked = False
    canvas.options.tool = Tool.frame
    return canvas


def test_without_one_a_drag_draws_it_on_the_grid(canvas: Canvas) -> None:
    canvas.options.tool = Tool.frame
    canvas.drag((17, 22), (60, 60), (101, 87))
    assert canvas.frame.bounds == Bounds(16, 24, 88, 64)
    assert canvas.frame.area is Area.frame
    assert canvas.steps == ()  # no change of the picture


def test_with_ctrl_it_is_free_of_the_grid(canvas: Canvas) -> None:
    canvas.options.tool = Tool.frame
    canvas.drag((17, 22), (60, 60), (101, 87), modifiers=CONTROL)
    assert canvas.frame.bounds == Bounds(17, 22, 84, 65)


def test_with_shift_it_is_drawn_as_a_square(canvas: Canvas) -> None:
    canvas.options.tool = Tool.frame
    canvas.drag((16, 24), (60, 60), (96, 40), modifiers=SHIFT)
    assert canvas.frame.bounds == Bounds(16, 24, 80, 80)


def test_it_is_never_drawn_too_small(canvas: Canvas) -> None:
    canvas.options.tool = Tool.frame
    canvas.drag((80, 80), (75, 85), (70, 90), modifiers=CONTROL)
    assert canvas.frame.bounds is not None
    assert min(canvas.frame.bounds.width, canvas.frame.bounds.height) >= 8
    assert canvas.frame.bounds.right == 80  # to the side that it was drawn to


def test_a_click_beside_it_changes_nothing(framed: Canvas) -> None:
    framed.click(10, 10)
    assert framed.frame.bounds == START


def test_a_drag_inside_moves_it_on_the_grid(framed: Canvas) -> None:
    framed.drag((80, 60), (91, 49))
    assert framed.frame.bounds == START.moved(8, -8)


def test_it_may_stick_out(framed: Canvas) -> None:
    framed.drag((80, 60), (0, 60))
    assert framed.frame.bounds == START.moved(-80, 0)


def test_handles_resize_it(framed: Canvas) -> None:
    framed.drag((120, 96), (137, 104))
    assert framed.frame.bounds == Bounds(40, 32, 96, 72)
    framed.drag((40, 60), (23, 60))
    assert framed.frame.bounds == Bounds(24, 32, 112, 72)


def test_shift_keeps_the_shape_of_a_free_one(framed: Canvas) -> None:
    framed.drag((120, 96), (160, 96), modifiers=SHIFT)
    assert framed.frame.bounds == Bounds(40, 32, 120, 96)


def test_many_small_moves_keep_the_shape_of_a_locked_one(framed: Canvas) -> None:
    framed.frame.is_locked = True
    framed.press(120, 96)
    for step in range(1, 41):
        framed.move(120 + step, 96 + step / 2, CONTROL)
    framed.move(120, 96, CONTROL)
    framed.release(120, 96)
    assert framed.frame.bounds == START


def test_escape_puts_it_back(framed: Canvas) -> None:
    framed.press(120, 96)
    framed.move(160, 120)
    framed.key(Qt.Key.Key_Escape)
    framed.move(170, 130)
    framed.release(170, 130)
    assert framed.frame.bounds == START
    assert framed.frame.area is Area.auto


def test_arrows_nudge_it_by_a_pixel_or_along_the_grid(framed: Canvas) -> None:
    framed.key(Qt.Key.Key_Right)
    assert framed.frame.bounds == START.moved(1, 0)
    framed.key(Qt.Key.Key_Right, SHIFT)
    assert framed.frame.bounds == START.moved(8, 0)
    framed.frame.bounds = None
    framed.key(Qt.Key.Key_Right)
    assert framed.frame.bounds is None


@pytest.mark.parametrize(
    ("x", "y", "shape"),
    [
        (80, 60, Qt.CursorShape.SizeAllCursor),
        (40, 32, Qt.CursorShape.SizeFDiagCursor),
        (120, 32, Qt.CursorShape.SizeBDiagCursor),
        (120, 60, Qt.CursorShape.SizeHorCursor),
        (80, 96, Qt.CursorShape.SizeVerCursor),
        (10, 10, Qt.CursorShape.CrossCursor),
    ],
)
def test_the_cursor_tells_what_a_drag_would_do(
    framed: Canvas, x: float, y: float, shape: Qt.CursorShape
) -> None:
    framed.move(x, y)
    assert framed.view.cursor().shape() == shape


def test_it_works_while_a_result_is_shown(framed: Canvas) -> None:
    framed.view.show_overlay(framed.document.picture)
    framed.drag((80, 60), (96, 60))
    assert framed.frame.bounds == START.moved(16, 0)


def test_without_a_picture_there_is_no_frame(blank_canvas: Canvas) -> None:
    blank_canvas.options.tool = Tool.frame
    blank_canvas.drag((20, 20), (60, 60), (90, 90))
    assert blank_canvas.frame.bounds is None


def test_the_key_takes_it(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_C)
    assert canvas.options.tool is Tool.frame


def test_held_for_a_drag_it_gives_the_tool_back(canvas: Canvas) -> None:
    QTest.keyPress(canvas.view, Qt.Key.Key_C)
    canvas.drag((16, 16), (60, 60), (96, 96))
    assert canvas.options.tool is Tool.frame
    QTest.keyRelease(canvas.view, Qt.Key.Key_C)
    assert canvas.options.tool is Tool.brush
    assert canvas.frame.bounds == Bounds(16, 16, 80, 80)
    assert not canvas.document.has_mask


def test_held_long_it_gives_the_tool_back(canvas: Canvas) -> None:
    QTest.keyPress(canvas.view, Qt.Key.Key_C)
    repeat = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, NO_MODIFIER, "c", True)
    QApplication.sendEvent(canvas.view, repeat)
    QTest.keyRelease(canvas.view, Qt.Key.Key_C)
    assert canvas.options.tool is Tool.brush


def test_held_when_the_focus_goes_it_gives_the_tool_back(canvas: Canvas) -> None:
    QTest.keyPress(canvas.view, Qt.Key.Key_C)
    canvas.drag((16, 16), (60, 60), (96, 96))
    canvas.view.keys.let_go()
    assert canvas.options.tool is Tool.brush
