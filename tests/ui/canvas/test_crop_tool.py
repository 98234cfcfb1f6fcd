import numpy as np
import pytest
from PySide6.QtCore import Qt

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.content import SketchKind
from tests.ui.canvas.conftest import Canvas

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def cropper(canvas: Canvas) -> Canvas:
    canvas.options.tool = Tool.crop
    return canvas


def test_return_makes_the_box_the_canvas(cropper: Canvas) -> None:
    cropper.drag((20, 30), (60, 60), (120, 90))
    assert cropper.document.extent == Extent(200, 150)
    cropper.key(Qt.Key.Key_Return)
    assert cropper.document.extent == Extent(100, 60)
    assert cropper.steps == ("Crop",)
    cropper.document.undo()
    assert cropper.document.extent == Extent(200, 150)


def test_the_mask_is_cut_with_it(cropper: Canvas) -> None:
    pixels = np.zeros((150, 200), np.uint8)
    pixels[40:50, 40:60] = 255
    cropper.document.change_mask(pixels, "Mask")
    cropper.drag((20, 30), (60, 60), (120, 90))
    cropper.key(Qt.Key.Key_Return)
    assert cropper.document.mask.bounds == Bounds(20, 10, 20, 10)


def test_the_box_is_shown_with_handles(cropper: Canvas) -> None:
    cropper.drag((20, 30), (60, 60), (120, 90))
    sketch = cropper.view.scene.sketch
    assert sketch is not None
    assert sketch.kind is SketchKind.crop
    assert sketch.has_handles
    assert sketch.points == ((20, 30), (120, 30), (120, 90), (20, 90))


def test_handles_and_the_inside_change_it(cropper: Canvas) -> None:
    cropper.drag((20, 30), (60, 60), (120, 90))
    cropper.drag((120, 90), (130, 110))
    cropper.drag((60, 60), (70, 55))
    assert cropper.view.tools.crop.box == Bounds(30, 25, 110, 80)
    cropper.drag((30, 25), (85, 25), modifiers=SHIFT)
    assert cropper.view.tools.crop.box == Bounds(85, 65, 55, 40)


def test_it_may_stick_out_and_the_canvas_grows(cropper: Canvas) -> None:
    cropper.drag((-20, -10), (60, 60), (210, 150))
    cropper.key(Qt.Key.Key_Enter)
    assert cropper.document.extent == Extent(230, 160)
    assert cropper.document.composite_pixels[0, 0, 3] == 0
    assert cropper.document.composite_pixels[10, 20].tolist() == [120, 120, 120, 255]


def test_escape_leaves_it(cropper: Canvas) -> None:
    cropper.drag((20, 30), (60, 60), (120, 90))
    cropper.key(Qt.Key.Key_Escape)
    assert cropper.view.scene.sketch is None
    assert cropper.steps == ()


def test_escape_in_a_drag_goes_back_to_the_box_before(cropper: Canvas) -> None:
    cropper.drag((20, 30), (60, 60), (120, 90))
    cropper.press(60, 60)
    cropper.move(90, 90)
    cropper.key(Qt.Key.Key_Escape)
    cropper.release(90, 90)
    assert cropper.view.tools.crop.box == Bounds(20, 30, 100, 60)


def test_return_without_a_box_begins_with_all_of_it(cropper: Canvas) -> None:
    cropper.key(Qt.Key.Key_Return)
    assert cropper.view.tools.crop.box == Bounds(0, 0, 200, 150)
    cropper.key(Qt.Key.Key_Return)
    assert cropper.view.tools.crop.box is None
    assert cropper.steps == ()  # it is the canvas already


def test_arrows_nudge_the_box(cropper: Canvas) -> None:
    cropper.drag((20, 30), (60, 60), (120, 90))
    cropper.key(Qt.Key.Key_Left)
    cropper.key(Qt.Key.Key_Down, SHIFT)
    assert cropper.view.tools.crop.box == Bounds(19, 40, 100, 60)


def test_another_tool_leaves_it(cropper: Canvas) -> None:
    cropper.drag((20, 30), (60, 60), (120, 90))
    cropper.options.tool = Tool.brush
    assert cropper.view.scene.sketch is None
    cropper.options.tool = Tool.crop
    assert cropper.view.tools.crop.box is None


def test_a_box_beside_the_picture_is_refused_and_stays(cropper: Canvas) -> None:
    told: list[Exception] = []
    cropper.view.covers.failed.connect(told.append)
    cropper.drag((-80, 30), (-60, 60), (-20, 90))
    cropper.key(Qt.Key.Key_Return)
    assert [type(error) for error in told] == [UserError]
    assert cropper.view.tools.crop.box == Bounds(-80, 30, 60, 60)
    assert cropper.document.extent == Extent(200, 150)


def test_what_is_staged_cannot_be_cropped(cropper: Canvas) -> None:
    cropper.view.show_overlay(cropper.document.picture)
    cropper.drag((20, 30), (60, 60), (120, 90))
    assert cropper.view.tools.crop.box is None
