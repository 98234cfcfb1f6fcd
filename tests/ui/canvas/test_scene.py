"""What lies over the picture: frame, sketch, floating pixels, and two pictures compared."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.ui import theme
from t2i_studio.ui.canvas.content import Floating, FrameView, Sketch, SketchKind
from tests.ui.canvas.conftest import Canvas

GREY = (120, 120, 120)
RED = (255, 0, 0)
WHOLE = Bounds(0, 0, 200, 150)
FRAME = Bounds(40, 30, 100, 80)
SQUARE = ((60.0, 40.0), (120.0, 40.0), (120.0, 100.0), (60.0, 100.0))
WIDE = Bounds(-60, -40, 320, 230)  # the picture and what is around it


def is_colour(pixels: Pixels, colour: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype]:
    return (pixels == colour).all(axis=-1)


def squares(pixels: Pixels) -> set[tuple[int, ...]]:
    return {tuple(each) for each in pixels.reshape(-1, 3).tolist()}


@pytest.fixture
def checks() -> set[tuple[int, ...]]:
    look = theme.current()
    return {QColor(each).getRgb()[:3] for each in (look.canvas, look.checker)}


# frame -----------------------------------------------------------------------------------------


def test_the_frame_is_a_dashed_line_around_its_pixels(canvas: Canvas) -> None:
    canvas.view.scene.frame_view = FrameView(FRAME)
    shown = canvas.seen(WHOLE)
    line = shown[29, 39:141]
    assert is_colour(line, (0, 0, 0)).sum() > 30
    assert is_colour(line, (255, 255, 255)).sum() > 30
    assert is_colour(shown[30:110, 40:140], GREY).all()
    assert is_colour(shown[:20], GREY).all()


def test_with_its_tool_in_hand_it_has_handles_and_the_rest_steps_back(canvas: Canvas) -> None:
    canvas.view.scene.frame_view = FrameView(FRAME, is_active=True)
    shown = canvas.seen(WHOLE)
    for x in (40, 90, 139):
        for y in (30, 70, 109):
            is_middle = (x, y) == (90, 70)
            assert is_colour(shown[y - 2 : y + 3, x - 2 : x + 3], RED).sum() == 0
            assert is_colour(shown[y, x], GREY) == is_middle
    assert not is_colour(shown[5:10, 5:10], GREY).any()
    assert is_colour(shown[60:80, 60:80], GREY).all()


def test_what_the_model_sees_beyond_the_frame_is_dotted(canvas: Canvas) -> None:
    canvas.view.scene.frame_view = FrameView(FRAME, region=Bounds(20, 10, 140, 120))
    line = canvas.seen(WHOLE)[9, 20:160]
    changed = ~is_colour(line, GREY)
    assert 40 < changed.sum() < 100


def test_the_label_stands_over_the_frame(canvas: Canvas) -> None:
    scene = canvas.view.scene
    scene.frame_view = FrameView(FRAME)
    before = canvas.shot()
    scene.frame_view = FrameView(FRAME, label="100 × 80 → 64 px")
    changed = (canvas.shot() != before).any(axis=2)
    corner = canvas.at(FRAME.x, FRAME.y).toPoint()
    rows, columns = np.nonzero(changed)
    assert corner.y() - 28 <= rows.min() <= rows.max() < corner.y()
    assert corner.x() <= columns.min() < corner.x() + 8


@pytest.mark.parametrize("place", [Bounds(-400, -400, 900, 900), Bounds(0, -300, 2000, 500)])
def test_the_label_of_a_frame_that_is_larger_than_the_view_can_be_read(
    canvas: Canvas, place: Bounds
) -> None:
    scene = canvas.view.scene
    scene.frame_view = FrameView(place)
    before = canvas.shot()
    scene.frame_view = FrameView(place, label="900 × 900", warning="Little is known here")
    changed = (canvas.shot() != before).any(axis=2)
    rows, columns = np.nonzero(changed)
    assert columns.max() - columns.min() > 150
    assert rows.max() - rows.min() >= 18


def test_what_is_unknown_in_the_frame_is_a_checkerboard(
    canvas: Canvas, checks: set[tuple[int, ...]]
) -> None:
    canvas.view.scene.frame_view = FrameView(Bounds(150, 50, 100, 60))
    shown = canvas.seen(Bounds(202, 55, 40, 50))
    assert squares(shown) == checks
    canvas.view.scene.frame_view = None
    assert squares(canvas.seen(Bounds(202, 55, 40, 50))) == {
        QColor(theme.current().canvas).getRgb()[:3]
    }


# sketch ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("grey", [0, 120, 255])
@pytest.mark.parametrize("kind", list(SketchKind), ids=lambda kind: kind.name)
def test_a_sketch_can_be_seen_on_any_ground(canvas: Canvas, grey: int, kind: SketchKind) -> None:
    canvas.document.paste(Image.filled(Extent(200, 150), (grey, grey, grey)))
    canvas.view.scene.sketch = Sketch(SQUARE, is_closed=True, kind=kind)
    around = canvas.seen(Bounds(57, 37, 66, 66)).astype(int)
    assert (around < 60).all(axis=2).sum() > 60
    assert (around > 195).all(axis=2).sum() > 60


def test_an_open_sketch_is_not_closed(canvas: Canvas) -> None:
    canvas.view.scene.sketch = Sketch(SQUARE)
    left = canvas.seen(Bounds(57, 50, 6, 40))
    assert is_colour(left, GREY).all()


def test_a_sketch_is_gone_when_its_tool_is(canvas: Canvas) -> None:
    before = canvas.shot()
    canvas.view.scene.sketch = Sketch(SQUARE, is_closed=True, has_handles=True)
    assert not np.array_equal(canvas.shot(), before)
    canvas.view.scene.sketch = None
    assert np.array_equal(canvas.shot(), before)


def test_a_sketch_without_points_draws_nothing(canvas: Canvas) -> None:
    before = canvas.shot()
    canvas.view.scene.sketch = Sketch(())
    assert np.array_equal(canvas.shot(), before)


def test_a_crop_dims_what_goes_and_shows_thirds(canvas: Canvas) -> None:
    canvas.view.scene.sketch = Sketch(SQUARE, is_closed=True, kind=SketchKind.crop)
    shown = canvas.seen(WHOLE)
    assert not is_colour(shown[10, 10], GREY)
    assert is_colour(shown[50, 70], GREY)
    assert not is_colour(shown[50, 80], GREY)


# floating pixels -------------------------------------------------------------------------------


def test_floating_pixels_lie_over_the_picture_with_their_transparency(canvas: Canvas) -> None:
    pixels = np.zeros((10, 20, 4), np.uint8)
    pixels[..., 0] = 255
    pixels[:, :10, 3] = 255
    pixels[:, 10:15, 3] = 128
    canvas.view.scene.floating = Floating(pixels, 50, 60)
    row = canvas.seen(Bounds(50, 65, 20, 1))[0]
    assert is_colour(row[:10], RED).all()
    assert np.abs(row[12].astype(int) - (188, 60, 60)).max() <= 1
    assert is_colour(row[15:], GREY).all()


def test_moved_floating_pixels_repaint_only_where_they_were_and_are(canvas: Canvas) -> None:
    pixels = np.full((10, 10, 4), 255, np.uint8)
    scene = canvas.view.scene
    scene.floating = Floating(pixels, 20, 20)
    canvas.settle()
    scene.floating = Floating(pixels, 100, 90)
    QApplication.processEvents()
    painted = canvas.painted.region
    assert painted.contains(canvas.at(25, 25).toPoint())
    assert painted.contains(canvas.at(105, 95).toPoint())
    assert canvas.painted.area < 1000
    assert is_colour(canvas.seen(Bounds(20, 20, 10, 10)), GREY).all()
    assert is_colour(canvas.seen(Bounds(100, 90, 10, 10)), (255, 255, 255)).all()


def test_floating_pixels_may_stick_out(canvas: Canvas) -> None:
    canvas.view.scene.floating = Floating(np.full((10, 10, 4), 255, np.uint8), -5, -5)
    assert is_colour(canvas.seen(Bounds(-5, -5, 10, 10)), (255, 255, 255)).all()


# compared --------------------------------------------------------------------------------------


def test_left_of_the_divider_is_the_original(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(200, 150), RED))
    canvas.view.scene.divider = 0.25
    shown = canvas.seen(WHOLE)
    assert is_colour(shown[:, :50], GREY).all()
    assert is_colour(shown[:, 50:], RED).all()


def test_moving_the_divider_repaints_only_its_way(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(200, 150), RED))
    canvas.view.scene.divider = 0.5
    canvas.settle()
    canvas.view.scene.divider = 0.6
    QApplication.processEvents()
    assert 20 * 150 <= canvas.painted.area < 40 * 170
    assert is_colour(canvas.seen(Bounds(0, 0, 120, 150)), GREY).all()


def test_without_a_divider_all_of_the_result_is_shown(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(200, 150), RED))
    canvas.view.scene.divider = 0.5
    canvas.view.scene.divider = None
    assert is_colour(canvas.seen(WHOLE), RED).all()


def test_held_the_whole_original_is_shown_without_its_mask(canvas: Canvas) -> None:
    canvas.document.set_mask(Mask(np.full((150, 200), 255, np.uint8)))
    canvas.view.show_overlay(Image.filled(Extent(200, 150), RED))
    canvas.view.scene.is_held = True
    assert is_colour(canvas.seen(WHOLE), GREY).all()
    canvas.view.scene.is_held = False
    assert is_colour(canvas.seen(WHOLE), RED).all()


def test_a_result_of_a_part_is_compared_where_it_lies(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(100, 50), RED), Bounds(150, 20, 100, 50))
    canvas.view.scene.divider = 0.25
    shown = canvas.seen(Bounds(150, 20, 100, 50))
    assert is_colour(shown[:, :25], GREY).all()
    assert is_colour(shown[:, 25:], RED).all()


def test_a_result_of_another_size_is_compared_in_its_own_place(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(64, 64), RED))
    canvas.view.set_zoom(1.0)
    canvas.view.scene.divider = 0.5
    shown = canvas.seen(Bounds(0, 0, 64, 64))
    assert is_colour(shown[:, :32], GREY).all()
    assert is_colour(shown[:, 32:], RED).all()


# layers ----------------------------------------------------------------------------------------


def half_clear() -> Pixels:
    pixels = np.full((150, 200, 4), 255, np.uint8)
    pixels[..., 1:3] = 0
    pixels[:, 100:, 3] = 0
    pixels[:, 90:100, 3] = 128
    return pixels


def test_through_what_is_transparent_one_sees_a_checkerboard(
    canvas: Canvas, checks: set[tuple[int, ...]]
) -> None:
    background = canvas.document.layers[0].id
    canvas.document.add_layer("Red", half_clear())
    canvas.document.change_layer(background, is_visible=False)
    shown = canvas.seen(WHOLE)
    assert is_colour(shown[:, :90], RED).all()
    assert squares(shown[:, 100:]) == checks
    softened = squares(shown[:, 90:100])
    assert len(softened) == 2
    assert all(abs(red - (255 + 42) / 2) < 12 and green < 40 for red, green, _ in softened)


def test_layers_lie_over_each_other(canvas: Canvas) -> None:
    layer = canvas.document.add_layer("Red", half_clear())
    shown = canvas.seen(WHOLE)
    assert is_colour(shown[:, :90], RED).all()
    assert is_colour(shown[:, 100:], GREY).all()
    canvas.document.change_layer(layer.id, opacity=0.5)
    assert np.abs(canvas.seen(WHOLE)[20, 20].astype(int) - (188, 60, 60)).max() <= 1


@pytest.mark.parametrize("zoom", [0.3, 0.5, 1.7])
def test_a_transparent_border_has_no_fringe(canvas: Canvas, zoom: float) -> None:
    pixels = np.zeros((150, 200, 4), np.uint8)
    pixels[..., :3] = 0, 255, 0  # of what cannot be seen
    pixels[:, :100] = *RED, 255
    background = canvas.document.layers[0].id
    canvas.document.add_layer("Red", pixels)
    canvas.document.change_layer(background, is_visible=False)
    canvas.view.set_zoom(zoom)
    green = canvas.seen(WHOLE)[..., 1].astype(int)
    assert green.max() <= QColor(theme.current().checker).green()


# mask and time ---------------------------------------------------------------------------------


def test_the_outline_of_the_mask_can_be_switched_off(canvas: Canvas) -> None:
    canvas.options.mask_opacity = 0.0
    canvas.drag((100, 75))
    canvas.leave()
    assert not is_colour(canvas.seen(WHOLE), GREY).all()
    canvas.options.has_mask_outline = False
    assert is_colour(canvas.seen(WHOLE), GREY).all()


def test_a_large_picture_is_a_draft_first_and_then_exact(canvas: Canvas) -> None:
    pixels = np.full((1600, 2048, 3), 255, np.uint8)
    pixels[::2] = 0  # every other row: a draft sees but one of them
    canvas.document.start(Image(pixels))
    canvas.view.set_zoom(0.125)
    middle = Bounds(800, 600, 400, 400)
    draft = canvas.seen(middle)
    assert squares(draft) <= {(0, 0, 0), (255, 255, 255)}
    for _ in range(100):
        QApplication.processEvents()
    assert np.abs(canvas.seen(middle).astype(int) - 128).max() <= 2


def test_dashes_move_with_the_picture(canvas: Canvas) -> None:
    canvas.options.mask_opacity = 0.0
    canvas.drag((60, 60), (140, 90))
    canvas.leave()
    before = canvas.seen(WHOLE)
    canvas.view.camera.pan(13, 7)
    assert np.array_equal(canvas.seen(WHOLE), before)


def test_what_was_exposed_in_pieces_is_whole(canvas: Canvas) -> None:
    canvas.drag((60, 60), (140, 90))
    canvas.leave()
    canvas.view.camera.pan(31, -17)
    for x in range(0, 500, 60):
        canvas.view.grab(QRect(QPoint(x, 0), QPoint(x + 59, 399)))
    pieces = canvas.shot()
    canvas.view.scene.renew_all()
    assert np.array_equal(pieces, canvas.shot())
