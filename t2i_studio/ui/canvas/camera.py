"""The view's zoom and position, and how they follow the picture and the window."""

from typing import Final

from PySide6.QtCore import QObject, QPointF, Signal

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.ui.canvas import viewport
from t2i_studio.ui.canvas.viewport import Viewport

FIT_LIMIT: Final = 2.0  # beyond it pixels are drawn as squares, which is not how to first see one

AROUND_POINT: Final = 24.0  # px


class Camera(QObject):
    """Holds the viewport. Points are in device pixels."""

    moved = Signal()
    zoom_changed = Signal(float)

    def __init__(self, extent: Extent, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self.extent = extent
        self.size = Extent(1, 1)
        self.ratio = 1.0  # device pixels per unit of Qt's coordinates
        self.is_fitted = True
        self.covered = 0  # device px at the bottom edge that something lies over
        self._wheel_zoom = 1.0  # before it was snapped: or small turns could never leave a snap

    @property
    def zoom(self) -> float:
        return self.viewport.zoom

    def show_extent(self, extent: Extent) -> None:
        """Look at a picture of another size."""
        if extent != self.extent:
            self.extent = extent
            self.fit()

    def resize(self, size: Extent, ratio: float) -> None:
        """Follow the window: stay fitted, or else keep the middle in the middle."""
        dx, dy = (size.width - self.size.width) / 2, (size.height - self.size.height) / 2
        self.size, self.ratio = size, ratio
        if self.is_fitted:
            self.fit()
        else:
            self._move(self.viewport.panned(dx, dy).held(self.extent, size))

    def fit(self) -> None:
        """Show all of the picture, in what nothing lies over."""
        self.is_fitted = True
        room = Extent(self.size.width, max(1, self.size.height - self.covered))
        self._move(viewport.fitted(self.extent, room, FIT_LIMIT * self.ratio))

    def fit_part(self, part: Bounds) -> None:
        """Show a rectangle of the picture, which may stick out."""
        self.is_fitted = False
        room = Extent(self.size.width, max(1, self.size.height - self.covered))
        alone = viewport.fitted(part.extent, room, FIT_LIMIT * self.ratio)
        moved = alone.panned(-part.x * alone.zoom, -part.y * alone.zoom)
        self._move(moved.held(self.extent, self.size))

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom around a point of the view, or around its middle."""
        self._zoom(viewport.clamped(zoom, self.zoom), at)

    def zoom_in(self) -> None:
        self.set_zoom(viewport.stop_above(self.zoom))

    def zoom_out(self) -> None:
        self.set_zoom(viewport.stop_below(self.zoom))

    def turn_wheel(self, delta: float, at: QPointF) -> None:
        zoom = viewport.clamped(viewport.wheeled(self._wheel_zoom, delta), self.zoom)
        self._zoom(viewport.snapped(zoom), at)
        self._wheel_zoom = zoom

    def pan(self, dx: float, dy: float) -> None:
        self.is_fitted = False
        self._move(self.viewport.panned(dx, dy).held(self.extent, self.size))

    def bring_into_view(self, x: float, y: float) -> None:
        """Pan just so far that a point of the picture is well inside the view."""
        at_x, at_y = self.viewport.to_view(x, y)
        margin = AROUND_POINT * self.ratio
        dx = min(max(at_x, margin), self.size.width - margin) - at_x
        dy = min(max(at_y, margin), self.size.height - margin) - at_y
        if dx or dy:
            self.pan(dx, dy)

    def _zoom(self, zoom: float, at: QPointF | None) -> None:
        at = at or QPointF(self.size.width / 2, self.size.height / 2)
        self.is_fitted = False
        moved = self.viewport.zoomed(zoom, at.x(), at.y())
        self._move(moved.held(self.extent, self.size))

    def _move(self, to: Viewport) -> None:
        before, self.viewport = self.viewport, to
        self._wheel_zoom = to.zoom
        if to != before:
            self.moved.emit()
        if to.zoom != before.zoom:
            self.zoom_changed.emit(to.zoom)
