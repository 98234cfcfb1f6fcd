"""What the options make of brush and eraser, and what a pen's pressure does."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.refusal import Refusal
from tests.ui.canvas.conftest import LEFT, NO_MODIFIER, PEN, RIGHT, Canvas

PRESS, MOVE, RELEASE = (
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
    QEvent.Type.TabletRelease,
)


def test_hardness_and_opacity_reach_the_stroke(canvas: Canvas) -> None:
    canvas.options.hardness, canvas.options.brush_opacity = 0.25, 0.5
    canvas.drag((60, 60), (100, 80))
    expected = Image.filled(Extent(200, 150), (0, 0, 0))
    canvas_mask = canvas.document.mask
    canvas.document.start(expected)
    canvas.document.begin_stroke(Brush(Ink.paint, 0.25, 0.5), Dab(60, 60, 20))
    canvas.document.extend_stroke(Dab(100, 80, 20))
    canvas.document.end_stroke()
    assert canvas.document.mask == canvas_mask
    assert canvas_mask.pixels.max() == 128


def test_on_a_layer_it_paints_with_the_colour(canvas: Canvas) -> None:
    canvas.work_on_layer()
    canvas.options.colour = "#00FF00"
    canvas.drag((60, 60), (100, 60))
    assert canvas.layer.pixels[60, 80].tolist() == [0, 255, 0, 255]
    assert canvas.steps == ("Paint",)


@pytest.mark.parametrize("way", ["eraser", "right", "pen"])
def test_on_a_layer_it_erases_to_nothing(canvas: Canvas, way: str) -> None:
    canvas.work_on_layer()
    if way == "eraser":
        canvas.options.tool = Tool.eraser
        canvas.drag((60, 60), (100, 60))
    elif way == "right":
        canvas.drag((60, 60), (100, 60), button=RIGHT)
    else:
        canvas.pen(PRESS, 60, 60, 1.0, tip="Eraser")
        canvas.pen(MOVE, 100, 60, 1.0, tip="Eraser")
        canvas.pen(RELEASE, 100, 60, 0.0, tip="Eraser")
    assert canvas.layer.pixels[60, 80, 3] == 0
    assert canvas.layer.pixels[100, 80, 3] == 255


def test_pressure_follows_the_curve(canvas: Canvas) -> None:
    canvas.options.pressure_curve = (1.0, 0.0, 1.0, 0.0)  # felt late
    stroke(canvas, 0.5)
    thin = (canvas.mask[:, 80] > 127).sum()
    canvas.document.undo()
    canvas.options.pressure_curve = (0.0, 1.0, 0.0, 1.0)  # felt early
    stroke(canvas, 0.5)
    assert thin < 5
    assert (canvas.mask[:, 80] > 127).sum() > 15


def test_pressure_may_set_the_opacity_instead_of_the_size(canvas: Canvas) -> None:
    canvas.options.pressure_size, canvas.options.pressure_opacity = False, True
    stroke(canvas, 0.5)
    column = canvas.mask[:, 80]
    assert (column > 0).sum() == 20
    assert column.max() == pytest.approx(128, abs=2)


def test_a_pen_that_tells_its_pressure_one_event_late_is_waited_for(canvas: Canvas) -> None:
    canvas.pen(PRESS, 50, 50, 0.0, tip="Pen")
    assert not canvas.document.has_mask
    canvas.pen(MOVE, 120, 50, 0.5, tip="Pen")
    canvas.pen(RELEASE, 120, 50, 0.0, tip="Pen")
    assert (canvas.mask[:, [50, 85, 120]] > 127).sum(axis=0).tolist() == [10, 10, 10]


def test_a_pen_that_never_tells_paints_with_all_of_the_brush(canvas: Canvas) -> None:
    canvas.options.pressure_opacity = True
    canvas.pen(PRESS, 50, 50, 0.0, tip="Pen")
    canvas.pen(MOVE, 85, 50, 0.0, tip="Pen")
    canvas.pen(MOVE, 120, 50, 0.0, tip="Pen")
    canvas.pen(RELEASE, 120, 50, 0.0, tip="Pen")
    assert (canvas.mask[:, [50, 85, 120]] == 255).sum(axis=0).tolist() == pytest.approx(
        [20, 20, 20], abs=2
    )


def test_a_tap_without_pressure_is_a_whole_dab(canvas: Canvas) -> None:
    canvas.pen(PRESS, 50, 50, 0.0, tip="Pen")
    canvas.pen(RELEASE, 50, 50, 0.0, tip="Pen")
    assert (canvas.mask[:, 50] > 127).sum() == 20


def test_escape_takes_back_a_pen_that_is_waited_for(canvas: Canvas) -> None:
    canvas.pen(PRESS, 50, 50, 0.0, tip="Pen")
    canvas.key(Qt.Key.Key_Escape)
    canvas.pen(RELEASE, 50, 50, 0.0, tip="Pen")
    assert not canvas.document.has_mask


def test_a_device_that_cannot_tell_pressure_paints_as_a_mouse(canvas: Canvas) -> None:
    device = QPointingDevice(
        "puck",
        2,
        PEN,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    for kind, x, pressure in ((PRESS, 50, 0.0), (MOVE, 100, 0.3), (RELEASE, 100, 0.0)):
        at = canvas.at(x, 50)
        place = QPointF(canvas.view.mapToGlobal(at.toPoint()))
        event = QTabletEvent(
            kind, device, at, place, pressure, 0, 0, 0, 0, 0, NO_MODIFIER, LEFT, LEFT
        )
        QApplication.sendEvent(canvas.view, event)
    assert (canvas.mask[:, [50, 75, 100]] > 127).sum(axis=0).tolist() == [20, 20, 20]


def test_a_hidden_layer_is_not_painted_on_and_the_reason_is_told(canvas: Canvas) -> None:
    told: list[Refusal] = []
    canvas.view.tools.refused.connect(told.append)
    canvas.work_on_layer()
    canvas.document.change_layer(canvas.layer.id, is_visible=False)
    canvas.drag((60, 60), (100, 60))
    assert told == [Refusal.hidden_layer]
    assert canvas.view.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert canvas.layer.pixels[60, 80].tolist() == [120, 120, 120, 255]
    canvas.document.change_layer(canvas.layer.id, is_visible=True)
    assert canvas.view.cursor().shape() == Qt.CursorShape.BlankCursor


def test_why_nothing_happens_is_told(blank_canvas: Canvas) -> None:
    told: list[Refusal] = []
    blank_canvas.view.tools.refused.connect(told.append)
    blank_canvas.drag((20, 20), (60, 60))
    blank_canvas.document.start(Image.filled(Extent(200, 150), (120, 120, 120)))
    blank_canvas.view.show_overlay(blank_canvas.document.picture)
    blank_canvas.drag((20, 20), (60, 60))
    blank_canvas.options.tool = Tool.pan
    blank_canvas.drag((20, 20), (60, 60))
    assert told == [Refusal.no_picture, Refusal.covered]


# the outline -------------------------------------------------------------------------------------


def along(canvas: Canvas, x: float, y: float, reach: int) -> np.ndarray:
    """Return the brightness to the right of a point, pixel by pixel of the screen."""
    shot, at = canvas.shot().astype(int), canvas.at(x, y)
    row, column = round(at.y()), round(at.x())
    return np.asarray(shot[row, column : column + reach].sum(axis=1))


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_ring_is_as_wide_as_the_brush(canvas: Canvas, zoom: float) -> None:
    canvas.view.set_zoom(zoom)
    canvas.options.brush_size = 60
    canvas.leave()
    before = along(canvas, 100, 75, 100)
    canvas.move(100, 75)
    changed = np.flatnonzero(along(canvas, 100, 75, 100) != before)
    assert changed.min() == pytest.approx(30 * zoom, abs=2)
    assert changed.max() == pytest.approx(30 * zoom, abs=2)


def test_a_soft_brush_shows_where_it_covers_half(canvas: Canvas) -> None:
    canvas.options.brush_size = 60
    canvas.options.hardness = 0.0
    canvas.leave()
    before = canvas.shot()
    canvas.move(100, 75)
    changed = (canvas.shot() != before).any(axis=2)
    at = canvas.at(100, 75)
    rows, columns = np.nonzero(changed)
    radii = np.hypot(rows - at.y() + 0.5, columns - at.x() + 0.5)
    inner = radii[radii < 24]
    canvas.leave()
    canvas.click(100, 75)
    row = canvas.mask[75, 100:]
    half = int(np.flatnonzero(row < 128)[0])
    assert inner.mean() == pytest.approx(half, abs=1)
    assert np.ptp(inner) < 4
    assert (radii > 28).sum() > 150  # the outer ring


def stroke(canvas: Canvas, pressure: float) -> None:
    canvas.pen(PRESS, 50, 50, pressure, tip="Pen")
    canvas.pen(MOVE, 110, 50, pressure, tip="Pen")
    canvas.pen(RELEASE, 110, 50, 0.0, tip="Pen")
