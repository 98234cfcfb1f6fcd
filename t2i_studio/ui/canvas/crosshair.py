"""The keyboard's pointer: a point of the picture that arrows move."""

from PySide6.QtCore import QPointF

from t2i_studio.ui.canvas.camera import Camera


class Crosshair:
    """Always in the middle of a pixel; `place` is None while the mouse is used."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self.place: QPointF | None = None

    @property
    def at(self) -> QPointF | None:
        """Where it is on the view, in device pixels."""
        if self.place is None:
            return None
        return QPointF(*self._camera.viewport.to_view(*self.place.toTuple()))

    def forget(self) -> None:
        self.place = None

    def step(self, dx: int, dy: int, start: QPointF | None) -> QPointF:
        """Move it and return where it is; the first step only shows it."""
        self.place = self._stepped(dx, dy) if self.place else self.first(start)
        self._camera.bring_into_view(*self.place.toTuple())
        return self.place

    def first(self, start: QPointF | None) -> QPointF:
        """Return where it would begin: at a point of the view, or else in its middle."""
        size, extent = self._camera.size, self._camera.extent
        at = start or QPointF(size.width / 2, size.height / 2)
        x, y = self._camera.viewport.to_picture(at.x(), at.y())
        return QPointF(
            min(max(int(x), 0), extent.width - 1) + 0.5,
            min(max(int(y), 0), extent.height - 1) + 0.5,
        )

    def _stepped(self, dx: int, dy: int) -> QPointF:
        extent, at = self._camera.extent, self.place or QPointF()
        return QPointF(
            min(max(at.x() + dx, 0.5), extent.width - 0.5),
            min(max(at.y() + dy, 0.5), extent.height - 0.5),
        )
