"""What is drawn once and kept, and when it is drawn anew."""

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Pixels
from t2i_studio.ui.canvas.backing import Backing
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.qimage import from_qimage

WHOLE = QRect(0, 0, 100, 80)


class Drawn:
    """Draws a pattern that lies still in the picture, and remembers where."""

    def __init__(self) -> None:
        self.camera = Camera(Extent(400, 400))
        self.camera.resize(Extent(100, 80), 1.0)
        self.camera.set_zoom(1.0)
        self.backing = Backing()
        self.parts: list[QRect] = []

    def draw(self, painter: QPainter, part: QRect) -> None:
        self.parts.append(part)
        view = self.camera.viewport
        for x in range(part.left(), part.right() + 1):
            for y in range(part.top(), part.bottom() + 1):
                red, green = round(x - view.x) % 256, round(y - view.y) % 256
                painter.fillRect(x, y, 1, 1, QColor(red, green, round(view.zoom * 10)))

    def shot(self, exposed: QRect = WHOLE) -> Pixels:
        self.parts.clear()
        image = QImage(100, 80, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        self.backing.show(painter, exposed, self.camera, self.draw)
        painter.end()
        return from_qimage(image).pixels

    @property
    def area(self) -> int:
        return sum(part.width() * part.height() for part in self.parts)


@pytest.fixture
def drawn(qapp: QApplication) -> Drawn:
    return Drawn()


def test_what_was_drawn_is_not_drawn_again(drawn: Drawn) -> None:
    first = drawn.shot()
    assert drawn.area == 100 * 80
    again = drawn.shot()
    assert drawn.area == 0
    assert np.array_equal(first, again)


def test_only_what_is_exposed_is_drawn(drawn: Drawn) -> None:
    drawn.shot(QRect(10, 10, 20, 20))
    assert drawn.area == 400
    drawn.shot(QRect(10, 10, 30, 20))
    assert drawn.area == 200


@pytest.mark.parametrize("way", [(7, 0), (0, -5), (-12, 9), (300, 0)], ids=str)
def test_a_pan_draws_only_what_comes_into_view(drawn: Drawn, way: tuple[int, int]) -> None:
    drawn.shot()
    drawn.camera.pan(*way)
    moved = drawn.shot()
    dx, dy = (min(abs(each), side) for each, side in zip(way, (100, 80), strict=True))
    assert drawn.area == 100 * 80 - (100 - dx) * (80 - dy)
    drawn.backing.spoil()
    assert np.array_equal(moved, drawn.shot())


def test_another_zoom_draws_everything(drawn: Drawn) -> None:
    drawn.shot()
    drawn.camera.set_zoom(2.0)
    drawn.shot()
    assert drawn.area == 100 * 80


def test_what_is_spoiled_is_drawn_again(drawn: Drawn) -> None:
    drawn.shot()
    drawn.backing.spoil(QRect(90, 70, 30, 30))
    drawn.shot()
    assert drawn.area == 10 * 10


def test_another_size_draws_everything(drawn: Drawn) -> None:
    drawn.shot()
    drawn.camera.resize(Extent(90, 80), 1.0)
    drawn.shot()
    assert drawn.area == 90 * 80
