import numpy as np
import pytest
from PySide6.QtCore import Qt

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.studio.tools import Tool
from tests.ui.canvas.conftest import Canvas

SHIFT = Qt.KeyboardModifier.ShiftModifier
BOX = Bounds(40, 30, 20, 10)


@pytest.fixture
def movers(canvas: Canvas) -> Canvas:
    """With a masked box, and the move tool in hand."""
    pixels = np.zeros((150, 200), np.uint8)
    pixels[BOX.slices] = 255
    canvas.document.start(canvas.document.picture, Mask(pixels))
    canvas.options.tool = Tool.move
    return canvas


def test_a_drag_shifts_the_mask_when_it_is_let_go(movers: Canvas) -> None:
    movers.press(100, 100)
    movers.move(130, 80)
    assert movers.document.mask.bounds == BOX
    movers.release(130, 80)
    assert movers.document.mask.bounds == BOX.moved(30, -20)
    assert movers.steps == ("Move mask",)


def test_while_it_is_dragged_it_floats(movers: Canvas) -> None:
    movers.press(100, 100)
    movers.move(130, 80)
    floating = movers.view.scene.floating
    assert floating is not None
    assert (floating.x, floating.y) == (70, 10)
    assert floating.pixels.shape == (10, 20, 4)
    movers.release(130, 80)
    assert movers.view.scene.floating is None


def test_a_layer_is_moved_with_all_that_is_on_it(canvas: Canvas) -> None:
    pixels = np.zeros((150, 200, 4), np.uint8)
    pixels[BOX.slices] = (255, 0, 0, 255)
    canvas.document.add_layer("Box", pixels)
    canvas.document.change_layer(canvas.document.active, opacity=0.5)
    canvas.options.tool = Tool.move
    canvas.press(100, 100)
    canvas.move(110, 105)
    floating = canvas.view.scene.floating
    assert floating is not None
    assert floating.pixels[0, 0].tolist() == [255, 0, 0, 128]
    canvas.release(110, 105)
    moved = canvas.document.layer(canvas.document.active).pixels
    assert np.array_equal(moved[BOX.moved(10, 5).slices], pixels[BOX.slices])
    assert moved[..., 3].any(axis=1).sum() == BOX.height


def test_what_is_moved_is_not_seen_where_it_was(canvas: Canvas) -> None:
    pixels = np.zeros((150, 200, 4), np.uint8)
    pixels[BOX.slices] = (255, 0, 0, 255)
    canvas.document.add_layer("Box", pixels)
    canvas.options.tool = Tool.move
    canvas.press(100, 100)
    canvas.move(160, 100)
    assert (canvas.seen(BOX) == 120).all()
    assert (canvas.seen(BOX.moved(60, 0)) == (255, 0, 0)).all()
    during = canvas.shot()
    canvas.release(160, 100)
    assert np.array_equal(canvas.shot(), during)


def test_a_mask_that_is_moved_is_not_seen_where_it_was(movers: Canvas) -> None:
    movers.press(100, 100)
    movers.move(160, 100)
    assert (movers.seen(BOX) == 120).all()
    assert not (movers.seen(BOX.moved(60, 0)) == 120).all()
    movers.key(Qt.Key.Key_Escape)
    movers.release(160, 100)
    assert not (movers.seen(BOX) == 120).all()


def test_shift_keeps_to_one_direction(movers: Canvas) -> None:
    movers.drag((100, 100), (130, 95), modifiers=SHIFT)
    assert movers.document.mask.bounds == BOX.moved(30, 0)
    movers.drag((100, 100), (95, 130), modifiers=SHIFT)
    assert movers.document.mask.bounds == BOX.moved(30, 30)


def test_escape_puts_it_back(movers: Canvas) -> None:
    movers.press(100, 100)
    movers.move(130, 80)
    movers.key(Qt.Key.Key_Escape)
    assert movers.view.scene.floating is None
    movers.move(140, 80)
    movers.release(140, 80)
    assert movers.document.mask.bounds == BOX
    assert movers.steps == ()


def test_a_click_moves_nothing(movers: Canvas) -> None:
    movers.click(100, 100)
    assert movers.steps == ()


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, SHIFT])
def test_arrows_nudge(movers: Canvas, modifiers: Qt.KeyboardModifier) -> None:
    far = 10 if modifiers else 1
    movers.key(Qt.Key.Key_Right, modifiers)
    movers.key(Qt.Key.Key_Up, modifiers)
    assert movers.document.mask.bounds == BOX.moved(far, -far)


def test_nudges_that_follow_each_other_are_one_step_and_lose_nothing(movers: Canvas) -> None:
    for _ in range(5):
        movers.key(Qt.Key.Key_Left, SHIFT)  # until half of it is beyond the border
    assert movers.document.mask.bounds.width == 10
    for _ in range(4):
        movers.key(Qt.Key.Key_Right, SHIFT)
    assert movers.document.mask.bounds == BOX.moved(-10, 0)
    assert movers.steps == ("Move mask",)
    movers.document.undo()
    assert movers.document.mask.bounds == BOX
    movers.key(Qt.Key.Key_Right)
    assert movers.document.mask.bounds == BOX.moved(1, 0)


def test_nudges_after_a_drag_keep_what_it_moved(movers: Canvas) -> None:
    movers.drag((100, 100), (130, 80))
    for _ in range(3):
        movers.key(Qt.Key.Key_Right)
    assert movers.document.mask.bounds == BOX.moved(33, -20)


def test_a_nudge_after_something_else_is_a_step_of_its_own(movers: Canvas) -> None:
    movers.key(Qt.Key.Key_Right)
    movers.document.invert_mask()
    movers.key(Qt.Key.Key_Right)
    assert movers.steps == ("Move mask", "Invert mask", "Move mask")


def test_nudges_back_to_where_it_was_are_no_step(movers: Canvas) -> None:
    movers.key(Qt.Key.Key_Right)
    movers.key(Qt.Key.Key_Left)
    assert movers.steps == ()
    movers.key(Qt.Key.Key_Down)
    assert movers.document.mask.bounds == BOX.moved(0, 1)
    assert movers.steps == ("Move mask",)


def test_an_empty_mask_can_be_dragged_without_effect(canvas: Canvas) -> None:
    canvas.options.tool = Tool.move
    canvas.drag((10, 10), (50, 50))
    assert not canvas.document.has_mask
    assert canvas.view.scene.floating is None


def test_a_new_picture_ends_it(movers: Canvas) -> None:
    movers.press(100, 100)
    movers.move(130, 80)
    movers.document.open(Image.filled(Extent(80, 80), (1, 1, 1)))
    movers.release(130, 80)
    assert movers.document.history.undo_name == "Open picture"
