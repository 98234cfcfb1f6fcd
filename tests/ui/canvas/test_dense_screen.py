"""Screens with more than one device pixel per unit of Qt's coordinates."""

import os
import subprocess
import sys

import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from tests.ui.canvas.conftest import Canvas

SHARP = """
import numpy as np
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.qimage import from_qimage

app = QApplication([])
picture = Image(np.random.default_rng(0).integers(0, 256, (150, 200, 3), np.uint8))
document = Document()
document.start(picture)
view = CanvasView(document, ToolOptions())
view.resize(300, 200)
view.show()
app.processEvents()
assert view.devicePixelRatioF() == {ratio}
view.set_zoom(1.0)
shot = from_qimage(view.grab().toImage()).pixels
corner = view.from_picture(QPointF(0, 0)) * {ratio}
x, y = round(corner.x()), round(corner.y())
assert np.array_equal(shot[y : y + 150, x : x + 200], picture.pixels)
document.invert_mask()
shot = from_qimage(view.grab().toImage()).pixels[y : y + 150, x : x + 200]
ends = ((shot == 0) | (shot == 255)).all(axis=2)
assert ends[: {width}].all() and ends[:, -{width} :].all()
assert not ends[{width} + 1, 20:180].any()
view.unbind()
"""


@pytest.mark.parametrize(("ratio", "width"), [(2.0, 2), (1.5, 2)])
def test_on_a_dense_screen_a_pixel_is_still_a_pixel(ratio: float, width: int) -> None:
    script = SHARP.format(ratio=ratio, width=width)
    environment = {**os.environ, "QT_SCALE_FACTOR": str(ratio)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_on_another_screen_the_picture_is_fitted_anew(
    blank_canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank_canvas.document.start(Image.filled(Extent(1000, 100), (0, 0, 0)))
    monkeypatch.setattr(blank_canvas.view, "devicePixelRatioF", lambda: 2.0)
    blank_canvas.view.repaint()
    assert blank_canvas.view.zoom == pytest.approx((1000 - 32) / 1000)
