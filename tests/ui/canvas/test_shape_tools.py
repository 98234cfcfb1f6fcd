import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.mask_tools import polygon
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.content import SketchKind
from tests.ui.canvas.conftest import LEFT, RIGHT, Canvas

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
TRIANGLE = ((40.0, 30.0), (120.0, 30.0), (40.0, 110.0))


@pytest.fixture
def boxes(canvas: Canvas) -> Canvas:
    """With the rectangle in hand."""
    canvas.options.tool = Tool.rectangle
    return canvas


@pytest.fixture
def ropes(canvas: Canvas) -> Canvas:
    """With the lasso in hand."""
    canvas.options.tool = Tool.lasso
    return canvas


def masked(canvas: Canvas) -> Bounds:
    return canvas.document.mask.bounds


def test_a_drag_masks_a_rectangle_in_one_step(boxes: Canvas) -> None:
    boxes.drag((40.4, 30), (90, 60), (120, 80.3))
    assert masked(boxes) == Bounds(40, 30, 80, 50)
    assert boxes.mask[30:80, 40:120].min() == 255  # on whole pixels: sharp edges
    assert boxes.steps == ("Mask rectangle",)


def test_the_corner_may_be_any(boxes: Canvas) -> None:
    boxes.drag((120, 80), (40, 30))
    assert masked(boxes) == Bounds(40, 30, 80, 50)


def test_shift_makes_a_square(boxes: Canvas) -> None:
    boxes.drag((100, 100), (90, 60), modifiers=SHIFT)
    assert masked(boxes) == Bounds(60, 60, 40, 40)


def test_shift_counts_also_while_the_mouse_rests(boxes: Canvas) -> None:
    boxes.press(100, 50)
    boxes.move(110, 90)
    boxes.key(Qt.Key.Key_Shift)  # down and up
    boxes.release(110, 90)
    assert masked(boxes) == Bounds(100, 50, 10, 40)
    boxes.document.undo()
    boxes.press(100, 50)
    boxes.move(110, 90)
    boxes.view.keys.press(_key_press(Qt.Key.Key_Shift, SHIFT))
    boxes.release(110, 90)
    assert masked(boxes) == Bounds(100, 50, 40, 40)


@pytest.mark.parametrize("modifiers", [ALT, CONTROL], ids=["alt", "ctrl"])
def test_alt_or_ctrl_take_away(boxes: Canvas, modifiers: Qt.KeyboardModifier) -> None:
    boxes.document.invert_mask()
    boxes.drag((40, 30), (120, 80), modifiers=modifiers)
    assert boxes.mask[30:80, 40:120].max() == 0
    assert boxes.mask[20, 20] == 255
    assert boxes.steps[0] == "Erase rectangle"


def test_a_right_drag_takes_away(boxes: Canvas) -> None:
    boxes.document.invert_mask()
    boxes.drag((40, 30), (60, 50), (120, 80), button=RIGHT)
    assert boxes.mask[30:80, 40:120].max() == 0


def test_it_paints_on_a_layer(boxes: Canvas) -> None:
    boxes.work_on_layer()
    boxes.options.colour = "#FF0000"
    boxes.options.brush_opacity = 0.5
    boxes.drag((40, 30), (120, 80))
    assert boxes.layer.pixels[50, 50].tolist() == pytest.approx([188, 60, 60, 255], abs=1)
    assert boxes.layer.pixels[20, 20].tolist() == [120, 120, 120, 255]
    assert boxes.steps == ("Rectangle",)
    assert not boxes.document.has_mask


def test_while_dragged_it_is_shown(boxes: Canvas) -> None:
    boxes.press(40, 30)
    boxes.move(120, 80)
    sketch = boxes.view.scene.sketch
    assert sketch is not None
    assert sketch.kind is SketchKind.rectangle
    assert sketch.points == ((40, 30), (120, 30), (120, 80), (40, 80))
    boxes.release(120, 80)
    assert boxes.view.scene.sketch is None


def test_a_click_masks_nothing(boxes: Canvas) -> None:
    boxes.click(50, 50)
    assert boxes.steps == ()


def test_escape_leaves_it(boxes: Canvas) -> None:
    boxes.press(40, 30)
    boxes.move(120, 80)
    boxes.key(Qt.Key.Key_Escape)
    boxes.move(130, 90)
    boxes.release(130, 90)
    assert boxes.steps == ()
    assert boxes.view.scene.sketch is None


def test_return_sets_both_corners(boxes: Canvas) -> None:
    boxes.move(40, 30)
    boxes.key(Qt.Key.Key_Return)
    for _ in range(3):
        boxes.key(Qt.Key.Key_Right, SHIFT)
    boxes.key(Qt.Key.Key_Down, SHIFT)
    boxes.key(Qt.Key.Key_Return)
    assert masked(boxes) == Bounds(40, 30, 30, 10)


def test_another_tool_leaves_what_was_begun(boxes: Canvas) -> None:
    boxes.move(40, 30)
    boxes.key(Qt.Key.Key_Return)
    boxes.key(Qt.Key.Key_Right, SHIFT)
    boxes.key(Qt.Key.Key_B)
    assert boxes.view.scene.sketch is None
    boxes.key(Qt.Key.Key_U)
    boxes.key(Qt.Key.Key_Return)  # the first corner again
    assert boxes.steps == ()


def test_a_line_around_masks_what_is_inside(ropes: Canvas) -> None:
    ropes.drag(TRIANGLE[0], (80, 30), *TRIANGLE[1:])
    expected = polygon(Extent(200, 150), TRIANGLE)
    assert np.array_equal(ropes.mask[expected.at.slices], expected.pixels)
    assert masked(ropes) == expected.at
    assert ropes.steps == ("Mask lasso",)


@pytest.mark.parametrize("close", ["double", "return", "start"])
def test_clicks_set_corners_until_the_line_is_closed(ropes: Canvas, close: str) -> None:
    for corner in TRIANGLE:
        ropes.click(*corner)
    assert not ropes.document.has_mask
    if close == "double":
        ropes.double_click(*TRIANGLE[2])
    elif close == "return":
        ropes.key(Qt.Key.Key_Return)
    else:
        ropes.click(TRIANGLE[0][0] + 2, TRIANGLE[0][1])
    expected = polygon(Extent(200, 150), TRIANGLE)
    assert np.array_equal(ropes.mask[expected.at.slices], expected.pixels)
    assert ropes.view.scene.sketch is None
    assert ropes.steps == ("Mask lasso",)


def test_the_line_follows_the_pointer(ropes: Canvas) -> None:
    ropes.click(40, 30)
    ropes.move(90, 60)
    sketch = ropes.view.scene.sketch
    assert sketch is not None
    assert sketch.points == ((40, 30), (90, 60))
    assert not sketch.is_closed


def test_backspace_takes_back_the_last_corner(ropes: Canvas) -> None:
    for corner in (*TRIANGLE[:2], (180, 140), TRIANGLE[2]):
        ropes.click(*corner)
    ropes.key(Qt.Key.Key_Backspace)
    ropes.key(Qt.Key.Key_Backspace)
    ropes.click(*TRIANGLE[2])
    ropes.key(Qt.Key.Key_Return)
    assert masked(ropes) == polygon(Extent(200, 150), TRIANGLE).at


def test_corners_and_free_lines_can_be_mixed(ropes: Canvas) -> None:
    ropes.click(*TRIANGLE[0])
    ropes.drag((80, 30), (100, 30), TRIANGLE[1])
    assert not ropes.document.has_mask  # the line is still open
    ropes.click(*TRIANGLE[2])
    ropes.key(Qt.Key.Key_Return)
    assert masked(ropes) == polygon(Extent(200, 150), TRIANGLE).at


def test_escape_leaves_the_corners(ropes: Canvas) -> None:
    ropes.click(40, 30)
    ropes.click(120, 30)
    ropes.key(Qt.Key.Key_Escape)
    ropes.key(Qt.Key.Key_Return)
    assert ropes.steps == ()


def test_alt_at_the_first_corner_takes_away(ropes: Canvas) -> None:
    ropes.document.invert_mask()
    ropes.click(*TRIANGLE[0], modifiers=ALT)
    for corner in TRIANGLE[1:]:
        ropes.click(*corner)
    ropes.key(Qt.Key.Key_Return)
    assert ropes.mask[50, 60] == 0
    assert ropes.steps[0] == "Erase lasso"


def test_a_right_drag_around_takes_away(ropes: Canvas) -> None:
    ropes.document.invert_mask()
    ropes.drag(TRIANGLE[0], (80, 30), *TRIANGLE[1:], button=RIGHT)
    assert ropes.mask[50, 60] == 0


def test_a_quick_double_click_alone_is_nothing(ropes: Canvas) -> None:
    ropes.mouse(QEvent.Type.MouseButtonDblClick, ropes.at(50, 50), LEFT)
    ropes.release(50, 50)
    ropes.key(Qt.Key.Key_Return)
    assert ropes.steps == ()


def test_the_keyboard_sets_corners(ropes: Canvas) -> None:
    ropes.move(40, 30)
    ropes.key(Qt.Key.Key_Return)
    ropes.key(Qt.Key.Key_Right, SHIFT)
    ropes.key(Qt.Key.Key_Return)
    ropes.key(Qt.Key.Key_Down, SHIFT)
    ropes.key(Qt.Key.Key_Return)
    assert not ropes.document.has_mask
    ropes.key(Qt.Key.Key_Return)  # there a second time
    expected = polygon(Extent(200, 150), [(40.5, 30.5), (50.5, 30.5), (50.5, 40.5)])
    assert np.array_equal(ropes.mask[expected.at.slices], expected.pixels)


def test_it_fills_on_a_layer(ropes: Canvas) -> None:
    ropes.work_on_layer()
    ropes.options.colour = "#00FF00"
    ropes.drag(TRIANGLE[0], (80, 30), *TRIANGLE[1:])
    assert ropes.layer.pixels[50, 60].tolist() == [0, 255, 0, 255]
    assert ropes.steps == ("Lasso",)


def test_another_picture_forgets_the_corners(ropes: Canvas) -> None:
    ropes.click(40, 30)
    ropes.click(120, 30)
    ropes.document.open(Image.filled(Extent(100, 100), (0, 0, 0)))
    assert ropes.view.scene.sketch is None
    ropes.key(Qt.Key.Key_Return)
    assert not ropes.document.has_mask


def _key_press(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
