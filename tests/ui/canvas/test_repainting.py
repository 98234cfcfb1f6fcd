import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from tests.ui.canvas.conftest import Canvas, noise

NOISE = noise(Extent(200, 150))


def test_painting_repaints_only_what_is_touched(canvas: Canvas) -> None:
    canvas.press(100, 75)
    canvas.settle()
    canvas.move(104, 75)
    QApplication.processEvents()
    assert 0 < canvas.painted.area < 50 * 50


@pytest.mark.parametrize("zoom", [0.3, 1.0, 3.7])
def test_every_pixel_that_changes_is_repainted(canvas: Canvas, zoom: float) -> None:
    canvas.view.set_zoom(zoom)
    canvas.drag((60, 60), (90, 90))
    canvas.settle()
    for act in (
        lambda: canvas.drag((100, 75), (120, 60)),
        lambda: canvas.move(70, 70),
        lambda: canvas.key(Qt.Key.Key_Left),
        lambda: canvas.key(Qt.Key.Key_BracketRight),
        canvas.document.undo,
        canvas.document.redo,
        canvas.document.clear_mask,
        canvas.leave,
        lambda: canvas.document.paste(Image.filled(Extent(200, 150), (10, 10, 10))),
    ):
        canvas.settle()
        before = canvas.shot()
        canvas.painted.region = canvas.painted.region.subtracted(canvas.view.rect())
        act()
        QApplication.processEvents()
        painted = canvas.painted.region
        rows, columns = np.nonzero((canvas.shot() != before).any(axis=2))
        assert all(
            painted.contains(QPoint(int(x), int(y))) for x, y in zip(columns, rows, strict=True)
        )


def test_a_placed_part_repaints_only_that_part(canvas: Canvas) -> None:
    canvas.leave()
    canvas.settle()
    pixels = np.full((150, 200, 3), 120, np.uint8)
    pixels[40:60, 40:60] = 255
    canvas.document.paste(Image(pixels))
    QApplication.processEvents()
    assert 20 * 20 <= canvas.painted.area < 40 * 40


def test_in_part_it_is_drawn_as_in_whole(canvas: Canvas) -> None:
    """A picture put together from many small repaints has no seams."""
    canvas.document.paste(NOISE)
    canvas.document.invert_mask()
    canvas.view.set_zoom(0.37)
    whole = canvas.shot()
    for x in range(100, 400, 37):
        part = canvas.view.grab(QRect(x, 120, 37, 90)).toImage()
        expected = whole[120:210, x : x + 37]
        got = [[part.pixelColor(i, j).getRgb()[:3] for i in range(37)] for j in range(90)]
        assert np.array_equal(np.array(got), expected)


def test_unbound_it_follows_the_document_no_longer(canvas: Canvas) -> None:
    canvas.view.unbind()
    canvas.settle()
    canvas.document.invert_mask()
    canvas.document.close()
    QApplication.processEvents()
    assert canvas.painted.area == 0
