import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.studio.tools import Tool
from tests.ui.canvas.conftest import RIGHT, Canvas

SHIFT = Qt.KeyboardModifier.ShiftModifier


def expected(*points: tuple[float, float], size: float, ink: Ink = Ink.paint) -> Mask:
    """Paint the same on a document of its own."""
    document = Document()
    document.start(Image.filled(Extent(200, 150), (0, 0, 0)))
    document.begin_stroke(Brush(ink), Dab(*points[0], size))
    for point in points[1:]:
        document.extend_stroke(Dab(*point, size))
    document.end_stroke()
    return document.mask


@pytest.mark.parametrize("zoom", [0.5, 1.0, 1.37, 2.0, 4.0])
@pytest.mark.parametrize("pan", [(0, 0), (37, -22)])
def test_painting_changes_what_lies_under_the_pointer(
    canvas: Canvas, zoom: float, pan: tuple[int, int]
) -> None:
    canvas.view.set_zoom(zoom)
    canvas.drag((100, 75), (100 + pan[0], 75 + pan[1]), button=Qt.MouseButton.MiddleButton)
    canvas.drag((90, 60), (110, 80), (120, 80))
    assert canvas.document.mask == expected((90, 60), (110, 80), (120, 80), size=20)


def test_a_drag_is_one_step(canvas: Canvas) -> None:
    canvas.drag((50, 50), (60, 60), (80, 60))
    assert canvas.document.history.undo_name == "Paint mask"
    canvas.document.undo()
    assert not canvas.document.has_mask


def test_two_quick_clicks_are_two_dabs(canvas: Canvas) -> None:
    canvas.drag((50, 50))
    canvas.mouse(QEvent.Type.MouseButtonDblClick, canvas.at(90, 50), Qt.MouseButton.LeftButton)
    canvas.release(90, 50)
    assert canvas.mask[50, 50] == canvas.mask[50, 90] == 255


def test_shift_click_draws_a_line_from_the_last_point(canvas: Canvas) -> None:
    canvas.drag((40, 40))
    canvas.press(160, 110, modifiers=SHIFT)
    canvas.release(160, 110)
    assert canvas.document.mask == expected((40, 40), (160, 110), size=20)


def test_shift_click_without_a_last_point_is_a_dab(canvas: Canvas) -> None:
    canvas.press(60, 60, modifiers=SHIFT)
    canvas.release(60, 60)
    assert canvas.document.mask == expected((60, 60), size=20)


def test_a_line_does_not_come_from_the_picture_before(canvas: Canvas) -> None:
    canvas.drag((40, 40))
    canvas.document.open(Image.filled(Extent(200, 151), (0, 0, 0)))
    canvas.press(60, 60, modifiers=SHIFT)
    canvas.release(60, 60)
    assert canvas.mask[45, 45] == 0


def test_the_eraser_erases(canvas: Canvas) -> None:
    canvas.document.invert_mask()
    canvas.options.tool = Tool.eraser
    canvas.drag((50, 50), (70, 50))
    assert canvas.mask[50, 60] == 0
    assert canvas.mask[90, 60] == 255


def test_a_right_drag_erases_while_the_brush_is_in_hand(canvas: Canvas) -> None:
    menus: list[object] = []
    canvas.view.customContextMenuRequested.connect(menus.append)
    canvas.document.invert_mask()
    canvas.drag((50, 50), (70, 50), button=RIGHT)
    assert canvas.mask[50, 50] == canvas.mask[50, 70] == 0
    assert menus == []


def test_a_right_click_asks_for_the_menu_and_erases_nothing(canvas: Canvas) -> None:
    menus: list[object] = []
    canvas.view.customContextMenuRequested.connect(menus.append)
    canvas.document.invert_mask()
    canvas.drag((50, 50), (51, 51), button=RIGHT)
    assert canvas.document.mask.inverted().is_empty
    assert menus == [canvas.at(50, 50).toPoint()]


def test_a_right_drag_with_the_hand_does_nothing(canvas: Canvas) -> None:
    canvas.document.invert_mask()
    canvas.options.tool = Tool.pan
    canvas.drag((50, 50), (70, 50), (90, 50), button=RIGHT)
    assert canvas.document.mask.inverted().is_empty


def test_escape_abandons_the_stroke(canvas: Canvas) -> None:
    canvas.drag((30, 30))
    before = canvas.document.mask
    canvas.press(80, 80)
    canvas.move(120, 80)
    canvas.key(Qt.Key.Key_Escape)
    canvas.move(120, 120)
    canvas.release(120, 120)
    assert canvas.document.mask == before
    canvas.drag((80, 80))
    assert canvas.mask[80, 80] == 255


def test_escape_abandons_an_erasing_drag(canvas: Canvas) -> None:
    canvas.document.invert_mask()
    canvas.press(80, 80, RIGHT)
    canvas.move(120, 80)
    canvas.key(Qt.Key.Key_Escape)
    canvas.release(120, 80, RIGHT)
    assert canvas.document.mask.inverted().is_empty


def test_another_button_does_not_end_the_stroke(canvas: Canvas) -> None:
    canvas.press(50, 50)
    canvas.press(60, 50, RIGHT)
    canvas.release(60, 50, RIGHT)
    assert canvas.document.is_painting
    canvas.release(70, 50)
    assert not canvas.document.is_painting


def test_a_stroke_may_leave_the_picture_and_come_back(canvas: Canvas) -> None:
    canvas.drag((190, 50), (260, 50), (260, 100), (190, 100))
    assert canvas.mask[50, 199] == canvas.mask[100, 199] == 255
    assert canvas.mask[75, 199] == 0


def test_without_a_picture_nothing_can_be_painted(blank_canvas: Canvas) -> None:
    blank_canvas.drag((50, 50), (90, 90))
    assert not blank_canvas.view.is_mask_editable
    assert not blank_canvas.document.history.can_undo


@pytest.mark.parametrize("bounds", [None, Bounds(10, 10, 64, 64)])
def test_what_is_staged_cannot_be_painted_on(canvas: Canvas, bounds: Bounds | None) -> None:
    canvas.view.show_overlay(Image.filled(Extent(64, 64), (9, 9, 9)), bounds)
    assert not canvas.view.is_mask_editable
    canvas.drag((50, 50), (90, 90))
    canvas.drag((50, 50), (90, 90), button=RIGHT)
    assert not canvas.document.has_mask
    canvas.view.show_overlay(None)
    assert canvas.view.is_mask_editable


def test_the_mask_can_be_closed_from_outside(canvas: Canvas) -> None:
    canvas.view.is_mask_editable = False
    canvas.drag((50, 50), (90, 90))
    assert not canvas.document.has_mask
    canvas.view.is_mask_editable = True
    assert canvas.view.is_mask_editable


def test_a_preview_keeps_the_stroke_in_progress(canvas: Canvas) -> None:
    canvas.press(50, 50)
    canvas.move(70, 50)
    canvas.view.show_overlay(Image.filled(Extent(64, 64), (9, 9, 9)))
    canvas.move(90, 90)
    canvas.release(90, 90)
    assert canvas.document.mask == expected((50, 50), (70, 50), size=20)
    assert canvas.document.history.undo_name == "Paint mask"


def test_hiding_the_canvas_keeps_the_stroke(canvas: Canvas) -> None:
    canvas.press(50, 50)
    canvas.view.hide()
    assert canvas.document.history.undo_name == "Paint mask"


@pytest.mark.parametrize("tool", [Tool.brush, Tool.eraser, Tool.pan])
def test_the_other_end_of_the_pen_erases(canvas: Canvas, tool: Tool) -> None:
    canvas.document.invert_mask()
    canvas.options.tool = tool
    assert canvas.pen(QEvent.Type.TabletPress, 50, 50, 1.0, tip="Eraser")
    assert canvas.pen(QEvent.Type.TabletMove, 70, 50, 1.0, tip="Eraser")
    assert canvas.pen(QEvent.Type.TabletRelease, 70, 50, 0.0, tip="Eraser")
    assert canvas.mask[50, 60] == 0
    assert canvas.document.history.undo_name == "Erase mask"


def test_pressure_sets_the_width(canvas: Canvas) -> None:
    canvas.pen(QEvent.Type.TabletPress, 50, 50, 0.2, tip="Pen")
    canvas.pen(QEvent.Type.TabletMove, 120, 50, 1.0, tip="Pen")
    canvas.pen(QEvent.Type.TabletRelease, 120, 50, 0.0, tip="Pen")
    heights = (canvas.mask[:, [50, 85, 120]] > 127).sum(axis=0).tolist()
    assert heights == [4, 12, 20]


def test_a_pen_that_cannot_paint_is_left_to_be_a_mouse(canvas: Canvas) -> None:
    assert not canvas.pen(QEvent.Type.TabletMove, 50, 50, 0.0, tip="Pen")
    canvas.options.tool = Tool.pan
    assert not canvas.pen(QEvent.Type.TabletPress, 50, 50, 1.0, tip="Pen")
    assert not canvas.pen(QEvent.Type.TabletRelease, 50, 50, 0.0, tip="Pen")


def test_the_keyboard_can_paint(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_Right)  # shows the crosshair in the middle
    canvas.key(Qt.Key.Key_Left, SHIFT)
    canvas.key(Qt.Key.Key_Up)
    canvas.key(Qt.Key.Key_Return)
    assert canvas.document.mask == expected((90.5, 74.5), size=20)
    canvas.key(Qt.Key.Key_Down, SHIFT)
    canvas.key(Qt.Key.Key_Right, SHIFT)
    canvas.key(Qt.Key.Key_Return, SHIFT)
    line = expected((90.5, 74.5), (100.5, 84.5), size=20)
    assert np.array_equal(canvas.mask, line.pixels)


def test_return_paints_at_once_where_the_pointer_is(canvas: Canvas) -> None:
    canvas.move(30, 40)
    canvas.key(Qt.Key.Key_Enter)
    assert canvas.document.mask == expected((30.5, 40.5), size=20)


def test_the_crosshair_stays_on_the_picture(canvas: Canvas) -> None:
    for _ in range(30):
        canvas.key(Qt.Key.Key_Right, SHIFT)
    canvas.key(Qt.Key.Key_Return)
    assert canvas.mask[75, 199] == 255


def test_the_view_follows_the_crosshair(canvas: Canvas) -> None:
    canvas.view.set_zoom(8.0)
    for _ in range(20):
        canvas.key(Qt.Key.Key_Right, SHIFT)
    at = canvas.at(199.5, 75.5)
    assert canvas.view.rect().contains(at.toPoint())


def test_the_eraser_works_by_keyboard_too(canvas: Canvas) -> None:
    canvas.document.invert_mask()
    canvas.key(Qt.Key.Key_E)
    canvas.key(Qt.Key.Key_Return)
    assert canvas.mask[75, 100] == 0


def test_to_picture_is_the_way_back(canvas: Canvas) -> None:
    assert canvas.view.to_picture(canvas.at(12.5, 99)) == QPointF(12.5, 99)
