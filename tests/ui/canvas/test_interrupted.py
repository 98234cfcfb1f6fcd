"""What a hand has begun while something else happens: another tool, device, picture or window."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.tools import Tool
from tests.ui.canvas.conftest import NO_BUTTON, RIGHT, Canvas, noise

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_the_mouse_does_not_lead_the_pen_astray(canvas: Canvas) -> None:
    canvas.options.pressure_size = False
    canvas.pen(QEvent.Type.TabletPress, 40, 40, 0.5, tip="Pen")
    canvas.move(160, 120)
    canvas.pen(QEvent.Type.TabletMove, 60, 40, 0.5, tip="Pen")
    canvas.pen(QEvent.Type.TabletRelease, 60, 40, 0.0, tip="Pen")

    assert canvas.mask[40, 50] == 255
    assert not canvas.mask[80:].any()


def test_a_drag_whose_release_went_elsewhere_has_ended(canvas: Canvas) -> None:
    canvas.press(40, 40)
    canvas.move(60, 40)
    canvas.held = NO_BUTTON  # a dialog got it
    canvas.move(150, 120)

    assert not canvas.mask[80:].any()
    assert canvas.steps == ("Paint mask",)


def test_a_lasso_ends_where_another_tool_is_taken(canvas: Canvas) -> None:
    canvas.options.tool = Tool.lasso
    canvas.press(20, 20)
    canvas.move(80, 20)
    canvas.move(80, 80)
    canvas.options.tool = Tool.brush
    drawn = canvas.document.mask
    canvas.move(150, 140)
    canvas.move(20, 140)
    canvas.release(20, 140)

    assert drawn.pixels[30, 70] == 255
    assert canvas.document.mask == drawn


def test_the_hand_goes_on_while_another_tool_is_taken(canvas: Canvas) -> None:
    canvas.press(50, 50, Qt.MouseButton.MiddleButton)
    canvas.options.tool = Tool.lasso
    before = canvas.at(0, 0)
    canvas.move(60, 50)

    assert canvas.at(0, 0) != before


@pytest.mark.parametrize("tool", [Tool.move, Tool.lasso, Tool.rectangle, Tool.crop, Tool.brush])
def test_a_drag_does_nothing_to_the_picture_that_replaces_its_own(
    canvas: Canvas, tool: Tool
) -> None:
    canvas.work_on_layer()
    canvas.options.tool = tool
    canvas.press(50, 50)
    canvas.move(70, 90)
    other = noise(Extent(200, 151))
    canvas.document.start(other)
    canvas.work_on_layer()
    canvas.move(90, 60)
    canvas.move(120, 110)
    canvas.release(120, 110)

    assert canvas.document.picture == other
    assert not canvas.document.history.can_undo
    assert canvas.view.tools.sketch is None


def test_right_drag_ends_with_its_tool(canvas: Canvas) -> None:
    canvas.document.invert_mask()
    canvas.options.tool = Tool.rectangle
    canvas.press(20, 20, RIGHT)
    canvas.move(60, 60)
    canvas.options.tool = Tool.pan
    canvas.move(150, 120)
    canvas.release(150, 120, RIGHT)

    assert canvas.mask[40, 40] == 0
    assert canvas.mask[100, 100] == 255


def test_a_finely_turned_wheel_forgets_no_way_back(canvas: Canvas) -> None:
    size = canvas.options.brush_size
    canvas.wheel(100, canvas.at(50, 50), CONTROL)
    canvas.wheel(-10, canvas.at(50, 50), CONTROL)
    canvas.wheel(-30, canvas.at(50, 50), CONTROL)
    assert canvas.options.brush_size == size

    canvas.wheel(60, canvas.at(50, 50), CONTROL)
    assert canvas.options.brush_size > size


def test_a_sideways_wheel_leaves_the_view_fitted(canvas: Canvas) -> None:
    canvas.view.fit()
    canvas.wheel(0, canvas.at(50, 50))

    assert canvas.view.camera.is_fitted


def test_a_line_is_as_wide_as_the_brush_is_now(canvas: Canvas) -> None:
    canvas.options.brush_size = 40
    canvas.click(40, 75)
    canvas.document.undo()
    canvas.options.brush_size = 10
    canvas.click(160, 75, SHIFT)

    heights = np.count_nonzero(canvas.mask, axis=0)
    assert heights[60] == heights[140] == pytest.approx(10, abs=1)


def test_a_tool_that_is_taken_while_the_key_of_the_frame_is_held_stays(canvas: Canvas) -> None:
    QTest.keyPress(canvas.view, Qt.Key.Key_C)
    canvas.drag((50, 50), (90, 90))
    canvas.key(Qt.Key.Key_L)
    QTest.keyRelease(canvas.view, Qt.Key.Key_C)

    assert canvas.options.tool is Tool.lasso


def test_a_picture_of_one_pixel_can_be_worked_on(canvas: Canvas) -> None:
    canvas.document.start(Image.filled(Extent(1, 1), (9, 9, 9)))
    canvas.view.fit()
    for tool in Tool:
        canvas.options.tool = tool
        canvas.drag((0.2, 0.2), (0.8, 0.8))
        canvas.key(Qt.Key.Key_Return)
        canvas.key(Qt.Key.Key_Right)
        canvas.key(Qt.Key.Key_Escape)
        canvas.settle()

    assert canvas.document.extent == Extent(1, 1)


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_Escape], ids=["tool", "esc"])
def test_a_right_press_that_something_else_ends_opens_no_menu(canvas: Canvas, key: Qt.Key) -> None:
    asked: list[object] = []
    canvas.view.customContextMenuRequested.connect(asked.append)
    canvas.press(50, 50, RIGHT)
    canvas.key(key)
    canvas.release(50, 50, RIGHT)

    assert asked == []
