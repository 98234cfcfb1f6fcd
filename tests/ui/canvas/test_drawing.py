import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.studio.tools import Tool
from t2i_studio.ui import theme
from t2i_studio.ui.palette import DARK, LIGHT, Theme
from tests.ui.canvas.conftest import Canvas, noise

NOISE = noise(Extent(200, 150))


WHOLE = Bounds(0, 0, 200, 150)


def test_at_100_percent_a_pixel_is_a_pixel(canvas: Canvas) -> None:
    canvas.document.paste(NOISE)
    assert np.array_equal(canvas.seen(WHOLE), NOISE.pixels)


def test_above_200_percent_a_pixel_is_a_square(canvas: Canvas) -> None:
    canvas.document.paste(NOISE)
    canvas.view.set_zoom(4.0)
    part = Bounds(80, 60, 40, 30)
    squares = np.kron(NOISE.crop(part).pixels, np.ones((4, 4, 1), np.uint8))
    assert np.array_equal(canvas.seen(part), squares)


def test_up_to_200_percent_it_is_smooth(canvas: Canvas) -> None:
    half = NOISE.pixels.copy()
    half[:, :100], half[:, 100:] = 0, 255
    canvas.document.paste(Image(half))
    canvas.view.set_zoom(2.0)
    row = canvas.seen(Bounds(95, 50, 10, 1))[0, :, 0]
    assert ((row > 0) & (row < 255)).any()


@pytest.mark.parametrize("zoom", [0.5, 0.25, 0.13])
def test_a_small_view_is_an_average_and_does_not_flicker(canvas: Canvas, zoom: float) -> None:
    checks = np.indices((1200, 1600)).sum(axis=0) % 2 * 255
    canvas.document.start(Image(np.repeat(checks[..., None], 3, 2).astype(np.uint8)))
    canvas.view.set_zoom(zoom)
    middle = canvas.seen(Bounds(400, 300, 800, 600))
    assert 120 < middle.min() <= middle.max() < 135


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.name)
def test_the_surround_is_neutral_in_both_themes(blank_canvas: Canvas, look: Theme) -> None:
    before = QApplication.palette()
    try:
        QApplication.setPalette(theme.palette(look))
        corner = blank_canvas.shot()[0, 0].tolist()
    finally:
        QApplication.setPalette(before)
    assert corner == [QColor(look.canvas).red()] * 3


def test_an_empty_canvas_shows_where_a_picture_will_be(blank_canvas: Canvas) -> None:
    blank_canvas.view.set_blank_extent(Extent(100, 50))
    blank_canvas.view.set_zoom(1.0)
    shot = blank_canvas.shot()
    rows, columns = np.nonzero((shot != shot[0, 0]).any(axis=2))
    assert columns.max() - columns.min() == 99
    assert rows.max() - rows.min() == 49


def test_the_mask_is_a_translucent_colour(canvas: Canvas) -> None:
    canvas.options.mask_colour, canvas.options.mask_opacity = "#FF0000", 0.5
    canvas.drag((100, 75))
    canvas.leave()
    assert np.abs(canvas.seen(Bounds(100, 75, 1, 1))[0, 0] - np.array([188, 60, 60])).max() <= 1
    assert (canvas.seen(Bounds(100, 90, 1, 1)) == 120).all()


@pytest.mark.parametrize(
    ("field", "value"),
    [("mask_colour", "#00FF00"), ("mask_opacity", 0.9), ("is_mask_visible", False)],
)
def test_the_mask_follows_its_options(canvas: Canvas, field: str, value: object) -> None:
    canvas.drag((100, 75))
    canvas.leave()
    canvas.settle()
    before = canvas.seen(Bounds(100, 75, 1, 1))
    setattr(canvas.options, field, value)
    QApplication.processEvents()
    assert canvas.painted.area == 500 * 400
    assert not np.array_equal(canvas.seen(Bounds(100, 75, 1, 1)), before)


@pytest.mark.parametrize("grey", [0, 100, 255])
@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("slope", [(1, 0), (0, 1), (1, 1), (1, -1)], ids=str)
def test_the_outline_can_be_seen_on_any_picture(
    canvas: Canvas, grey: int, zoom: float, slope: tuple[int, int]
) -> None:
    canvas.options.mask_opacity = 0.0
    canvas.document.paste(Image.filled(Extent(200, 150), (grey, grey, grey)))
    canvas.drag(
        (100 - 40 * slope[0], 75 - 40 * slope[1]), (100 + 40 * slope[0], 75 + 40 * slope[1])
    )
    canvas.leave()
    canvas.view.set_zoom(zoom)
    middle = canvas.seen(Bounds(75, 50, 50, 50))
    assert (middle == 0).all(axis=2).sum() >= 6 * zoom
    assert (middle == 255).all(axis=2).sum() >= 6 * zoom


def test_the_outline_is_one_pixel_wide(canvas: Canvas) -> None:
    canvas.options.mask_opacity = 0.0
    pixels = np.zeros((150, 200), np.uint8)
    pixels[50:100, 60:120] = 255
    canvas.document.set_mask(Mask(pixels))
    changed = (canvas.seen(WHOLE) != 120).any(axis=2)
    assert changed.sum() == 2 * (50 + 60) - 4
    assert changed[50, 60:120].all()


def test_an_overlay_is_drawn_in_place_of_the_picture_and_hides_the_mask(canvas: Canvas) -> None:
    canvas.document.invert_mask()
    canvas.view.show_overlay(NOISE)
    assert np.array_equal(canvas.seen(WHOLE), NOISE.pixels)
    canvas.view.show_overlay(None)
    canvas.document.invert_mask()
    assert (canvas.seen(WHOLE) == 120).all()


def test_a_preview_of_a_part_is_scaled_to_the_part(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(8, 8), (255, 0, 0)), Bounds(100, 50, 64, 64))
    shown = canvas.seen(WHOLE)
    assert (shown[50:114, 100:164] == (255, 0, 0)).all()
    assert (shown[:, :100] == 120).all()


def test_a_part_that_sticks_out_over_the_picture_is_seen(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(8, 8), (255, 0, 0)), Bounds(150, 100, 80, 60))
    shot = canvas.shot()
    reds = (shot == (255, 0, 0)).all(axis=2)
    assert reds.sum() == 80 * 60


def test_a_result_of_another_shape_is_shown_by_itself(canvas: Canvas) -> None:
    canvas.view.show_overlay(Image.filled(Extent(64, 64), (255, 0, 0)))
    canvas.view.set_zoom(1.0)
    shot = canvas.shot()
    assert (shot == (255, 0, 0)).all(axis=2).sum() == 64 * 64
    assert not (shot == 120).all(axis=2).any()


def test_a_preview_grows_smoothly_on_the_empty_canvas(blank_canvas: Canvas) -> None:
    ramp = np.zeros((8, 8, 3), np.uint8)
    ramp[:, 4:] = 255
    blank_canvas.view.show_overlay(Image(ramp))
    blank_canvas.view.set_zoom(1.0)
    row = blank_canvas.seen(Bounds(0, 128, 256, 1))[0, :, 0]
    assert len(row) == 256
    assert len(np.unique(row)) > 20


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_the_brush_can_be_seen_on_any_picture(canvas: Canvas, grey: int) -> None:
    canvas.document.paste(Image.filled(Extent(200, 150), (grey, grey, grey)))
    before = canvas.seen(WHOLE).astype(int)
    canvas.move(100, 75)
    differs = np.abs(canvas.seen(WHOLE) - before).max(axis=2)
    rows, columns = np.nonzero(differs > 60)
    radius = np.hypot(columns + 0.5 - 100, rows + 0.5 - 75)
    assert len(radius) > 40
    assert 8 < radius.min() <= radius.max() < 12


@pytest.mark.parametrize("tool", [Tool.pan, Tool.brush])
def test_no_brush_is_drawn_where_one_cannot_paint(canvas: Canvas, tool: Tool) -> None:
    canvas.options.tool = tool
    if tool is Tool.brush:
        canvas.view.is_mask_editable = False
    before = canvas.shot()
    canvas.move(100, 75)
    assert np.array_equal(canvas.shot(), before)


def test_the_brush_is_gone_when_the_pointer_is(canvas: Canvas) -> None:
    before = canvas.shot()
    canvas.move(100, 75)
    canvas.leave()
    assert np.array_equal(canvas.shot(), before)


def test_the_crosshair_is_drawn_and_the_mouse_takes_over(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_Right)
    middle = canvas.seen(Bounds(90, 65, 21, 21))
    assert (middle == 255).any()
    canvas.move(20, 20)
    assert (canvas.seen(Bounds(85, 60, 31, 31)) == 120).all()


def test_the_focus_is_shown_to_who_came_by_keyboard(canvas: Canvas) -> None:
    surround = canvas.shot()[20, 20].tolist()

    def is_marked(reason: Qt.FocusReason) -> bool:
        canvas.view.clearFocus()
        canvas.view.setFocus(reason)
        return canvas.shot()[0, 250].tolist() != surround

    assert not is_marked(Qt.FocusReason.MouseFocusReason)
    assert is_marked(Qt.FocusReason.TabFocusReason)
    assert is_marked(Qt.FocusReason.ActiveWindowFocusReason)
    assert not is_marked(Qt.FocusReason.MouseFocusReason)
    canvas.view.clearFocus()
    assert canvas.shot()[0, 250].tolist() == surround


def test_a_closed_picture_leaves_nothing(canvas: Canvas) -> None:
    canvas.document.close()
    assert not (canvas.shot() == 120).all(axis=2).any()
    assert not canvas.view.is_mask_editable
