"""What the view showed last, so that a pan, a cursor or a frame costs no drawing anew."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QRegion

from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.viewport import Viewport

Draw = Callable[[QPainter, QRect], None]


class Backing:
    """An image of the view, of which some is valid. Everything is in device pixels."""

    def __init__(self) -> None:
        self._image = QImage()
        self._valid = QRegion()
        self._viewport = Viewport()

    def spoil(self, part: QRect | None = None) -> None:
        """Have a part drawn anew when it is next shown, or all of it."""
        self._valid = self._valid.subtracted(QRegion(part)) if part else QRegion()

    def follow(self, camera: Camera) -> None:
        """Keep what can still be used when the view has moved; before anything is spoiled."""
        size, before = QSize(camera.size.width, camera.size.height), self._viewport
        self._viewport = camera.viewport
        if size != self._image.size():
            self._image, self._valid = _blank(size), QRegion()
        elif camera.zoom != before.zoom:
            self._valid = QRegion()
        elif camera.viewport != before:
            # The corner of a viewport is whole: what was seen is still right, elsewhere.
            self._shift(round(camera.viewport.x - before.x), round(camera.viewport.y - before.y))

    def show(self, painter: QPainter, exposed: QRect, camera: Camera, draw: Draw) -> None:
        """Paint `exposed`, of which `draw(painter, part)` draws what is not valid."""
        self.follow(camera)
        exposed = exposed.intersected(self._image.rect())
        missing = QRegion(exposed).subtracted(self._valid)
        if not missing.isEmpty():
            self._draw(missing, draw)
        painter.drawImage(exposed.topLeft(), self._image, exposed)

    def _draw(self, missing: QRegion, draw: Draw) -> None:
        brush = QPainter(self._image)
        for part in missing:  # type: ignore[attr-defined]  # the stub lacks it
            brush.save()
            brush.setClipRect(part)
            draw(brush, part)
            brush.restore()
        brush.end()
        self._valid = self._valid.united(missing)

    def _shift(self, dx: int, dy: int) -> None:
        after = _blank(self._image.size())
        painter = QPainter(after)
        painter.drawImage(QPoint(dx, dy), self._image)
        painter.end()
        self._image = after
        self._valid = self._valid.translated(dx, dy).intersected(after.rect())


def _blank(size: QSize) -> QImage:
    return QImage(size, QImage.Format.Format_RGB32)
