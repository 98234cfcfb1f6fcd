import numpy as np
import pytest
from PySide6.QtCore import Qt

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.layers import MASK
from t2i_studio.studio.tools import Tool
from tests.studio.late import LateBackground
from tests.ui.canvas.conftest import Canvas

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
RED, NEAR_RED = (220, 40, 30), (230, 50, 30)


class LateReading(LateBackground):
    """Reads late, too."""

    read = LateBackground.run


@pytest.fixture
def patches(canvas: Canvas) -> Canvas:
    """Two red patches on grey that do not touch, one of them slightly different inside."""
    pixels = np.full((150, 200, 3), 120, np.uint8)
    pixels[20:60, 20:80] = RED
    pixels[30:40, 30:40] = NEAR_RED
    pixels[90:120, 120:180] = RED
    canvas.document.start(Image(pixels))
    return canvas


def test_fill_masks_what_hangs_together(patches: Canvas) -> None:
    patches.options.tool = Tool.fill
    patches.click(25, 25)
    assert patches.document.mask.bounds == Bounds(20, 20, 60, 40)
    assert patches.mask[35, 35] == 255  # within the tolerance
    assert patches.steps == ("Fill mask",)


def test_fill_without_tolerance_leaves_what_differs(patches: Canvas) -> None:
    patches.options.tool, patches.options.tolerance = Tool.fill, 5
    patches.click(25, 25)
    assert patches.mask[35, 35] == 0


def test_fill_everywhere_if_not_contiguous(patches: Canvas) -> None:
    patches.options.tool, patches.options.contiguous = Tool.fill, False
    patches.click(25, 25)
    assert patches.mask[100, 150] == 255


def test_alt_fill_takes_away(patches: Canvas) -> None:
    patches.document.invert_mask()
    patches.options.tool = Tool.fill
    patches.click(25, 25, ALT)
    assert patches.mask[25, 25] == 0
    assert patches.mask[100, 150] == 255
    assert patches.steps[0] == "Erase fill"


def test_fill_paints_on_a_layer(patches: Canvas) -> None:
    patches.work_on_layer()
    patches.options.tool, patches.options.colour = Tool.fill, "#0000FF"
    patches.click(25, 25)
    assert patches.layer.pixels[25, 25].tolist() == [0, 0, 255, 255]
    assert patches.layer.pixels[100, 150].tolist() == [*RED, 255]
    assert not patches.document.has_mask
    assert patches.steps == ("Fill",)


@pytest.mark.parametrize("tool", [Tool.fill, Tool.colour_select])
def test_beside_the_picture_nothing_is_filled(patches: Canvas, tool: Tool) -> None:
    patches.options.tool = tool
    patches.click(-20, 25)
    patches.click(25, 170)
    assert patches.steps == ()


def test_a_colour_is_selected_everywhere_and_added_to_the_mask(patches: Canvas) -> None:
    patches.work_on_layer()  # it is the mask all the same
    patches.options.tool = Tool.colour_select
    patches.click(150, 100)
    assert patches.mask[25, 25] == patches.mask[100, 150] == 255
    assert patches.mask[0, 0] == 0
    patches.click(0.5, 0.5)
    assert patches.mask[25, 25] == patches.mask[0, 0] == 255
    assert patches.steps == ("Select colour", "Select colour")


def test_a_selected_colour_may_have_to_hang_together(patches: Canvas) -> None:
    patches.options.tool, patches.options.select_contiguous = Tool.colour_select, True
    patches.click(150, 100)
    assert patches.mask[25, 25] == 0
    assert patches.mask[100, 150] == 255


def test_ctrl_takes_a_colour_out_of_the_mask(patches: Canvas) -> None:
    patches.document.invert_mask()
    patches.options.tool = Tool.colour_select
    patches.click(150, 100, CONTROL)
    assert patches.mask[25, 25] == 0
    assert patches.mask[0, 0] == 255


@pytest.mark.parametrize("tool", [Tool.fill, Tool.colour_select])
def test_return_fills_at_the_crosshair(patches: Canvas, tool: Tool) -> None:
    patches.options.tool = tool
    patches.move(25, 25)
    patches.key(Qt.Key.Key_Return)
    assert patches.mask[25, 25] == 255


def test_the_eyedropper_takes_the_colour_of_the_picture(patches: Canvas) -> None:
    patches.options.tool = Tool.eyedropper
    patches.click(25, 25)
    assert patches.options.colour == "#DC281E"
    assert patches.options.rgb == RED
    assert patches.steps == ()


def test_the_eyedropper_follows_a_drag(patches: Canvas) -> None:
    patches.options.tool = Tool.eyedropper
    patches.drag((25, 25), (5, 5))
    assert patches.options.colour == "#787878"


def test_transparent_pixels_have_the_colour_that_they_are_seen_in(canvas: Canvas) -> None:
    pixels = np.zeros((150, 200, 4), np.uint8)
    pixels[:, :100] = (200, 0, 0, 128)
    canvas.document.add_layer("Half", pixels)
    canvas.document.change_layer(canvas.layer.id, is_visible=False)
    canvas.options.tool = Tool.eyedropper
    canvas.click(150, 50)
    assert canvas.options.colour == "#FFFFFF"
    canvas.click(50, 50)
    assert canvas.options.rgb == pytest.approx((227, 127, 127), abs=1)


def test_beside_the_picture_there_is_no_colour(patches: Canvas) -> None:
    patches.options.tool, patches.options.colour = Tool.eyedropper, "#010203"
    patches.click(-20, 25)
    assert patches.options.colour == "#010203"
    assert patches.view.tools.swatch is None


def test_the_swatch_shows_the_colour_under_the_pointer(patches: Canvas) -> None:
    patches.options.tool = Tool.eyedropper
    patches.move(25, 25)
    assert patches.view.tools.swatch == "#DC281E"
    shot, at = patches.shot(), patches.at(25, 25)
    below = shot[round(at.y()) + 20, round(at.x()) + 25]
    assert below.tolist() == list(RED)


def test_alt_makes_the_brush_an_eyedropper_on_a_layer(patches: Canvas) -> None:
    patches.work_on_layer()
    patches.click(100, 140, ALT)
    patches.click(25, 25, ALT)
    assert patches.options.rgb == RED
    assert patches.steps == ()
    patches.click(5, 5)  # without it, it paints
    assert patches.layer.pixels[5, 5].tolist() == [*RED, 255]


def test_on_the_mask_alt_paints_as_ever(patches: Canvas) -> None:
    assert patches.document.active == MASK
    patches.click(25, 25, ALT)
    assert patches.mask[25, 25] == 255
    assert patches.options.colour == "#000000"


def test_alt_shows_the_eyedropper_as_soon_as_it_is_held(patches: Canvas) -> None:
    patches.work_on_layer()
    patches.move(25, 25)
    assert patches.view.tools.swatch is None
    patches.move(25, 25, ALT)
    assert patches.view.tools.swatch == "#DC281E"
    assert patches.view.cursor().shape() == Qt.CursorShape.BitmapCursor


def test_without_a_picture_there_is_nothing_to_fill(blank_canvas: Canvas) -> None:
    for tool in (Tool.fill, Tool.colour_select, Tool.eyedropper):
        blank_canvas.options.tool = tool
        blank_canvas.click(25, 25)
    assert blank_canvas.document.extent is None


def test_filling_a_large_picture_keeps_its_size(canvas: Canvas) -> None:
    canvas.document.start(Image.filled(Extent(1024, 700), (9, 9, 9)))
    canvas.options.tool = Tool.fill
    canvas.click(500, 500)
    assert canvas.document.mask.inverted().is_empty


def test_a_fill_that_comes_late_does_not_land_on_another_layer(patches: Canvas) -> None:
    patches.view.covers._background = background = LateReading()
    patches.options.tool = Tool.fill
    patches.click(25, 25)
    patches.work_on_layer()
    before = patches.layer.pixels.copy()

    background.work()

    assert np.array_equal(patches.layer.pixels, before)
    assert not patches.document.has_mask
