"""What the canvas shows, and how it is drawn; keeps no state that the document has."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui import theme
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import Overlay, overlay_bounds, shown_extent
from t2i_studio.ui.canvas.overlays import (
    CHECK,
    CRISP_ABOVE,
    Tint,
    draw_checkerboard,
    draw_mask,
    draw_raster,
)
from t2i_studio.ui.canvas.pyramid import Pyramid, level_for
from t2i_studio.ui.palette import mixed

SOFT_EDGE: Final = 3  # device px that a change reaches beyond its own, by smoothing and outline
FAINT: Final = 0.4
DEFAULT_BLANK: Final = Extent(256, 256)


class Scene:
    """The picture, the mask and the overlay. Everything is in device pixels."""

    def __init__(self, document: Document, options: ToolOptions) -> None:
        self._document = document
        self._options = options
        self._picture: Pyramid | None = None
        self._mask: Pyramid | None = None
        self._laid_over: Pyramid | None = None
        self.overlay: Overlay | None = None
        self.blank = DEFAULT_BLANK
        self.renew_all()

    @property
    def extent(self) -> Extent:
        """The size of what is shown, in pixels of the picture."""
        return shown_extent(self._document.extent, self.blank, self.overlay)

    def lay_over(self, overlay: Overlay | None) -> None:
        self.overlay = overlay
        self._laid_over = Pyramid(overlay.image.pixels) if overlay else None

    def renew_all(self) -> None:
        """Look at another picture."""
        picture = self._document.picture
        self._picture = Pyramid(picture.pixels) if picture else None
        self._mask = Pyramid(self._document.mask_pixels) if picture else None

    def renew_picture(self, bounds: Bounds) -> None:
        if self._picture and self._document.picture:
            self._picture.renew(self._document.picture.pixels, bounds)

    def renew_mask(self, bounds: Bounds) -> None:
        if self._mask:
            self._mask.renew(self._document.mask_pixels, bounds)

    def touched(self, bounds: Bounds, camera: Camera) -> Bounds:
        """Return what has to be drawn anew when `bounds` of the picture have changed."""
        reach = 2 ** level_for(camera.zoom)  # smoothing mixes neighbours
        return camera.viewport.covered(bounds.padded(reach)).padded(SOFT_EDGE)

    def draw(self, painter: QPainter, exposed: QRect, camera: Camera) -> None:
        look = theme.current()
        painter.fillRect(exposed, QColor(look.canvas))
        target = _place(Bounds.at_origin(self.extent), camera)
        part = exposed.intersected(target.toAlignedRect())
        if part.isEmpty():
            return
        painter.save()
        painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
        self._draw_ground(painter, target, camera, look)
        self._draw_picture(painter, target, camera)
        self._draw_overlay(painter, camera)
        painter.restore()
        self._draw_mask(painter, target, part, camera)

    def _draw_ground(
        self, painter: QPainter, target: QRectF, camera: Camera, look: theme.Theme
    ) -> None:
        if self._picture is None and self._laid_over is None:
            # Faint: the empty state's words stand on it.
            colours = look.canvas, mixed(look.canvas, look.checker, FAINT)
            draw_checkerboard(painter, target, colours, round(CHECK * camera.ratio))

    def _draw_picture(self, painter: QPainter, target: QRectF, camera: Camera) -> None:
        # Under a result of another size nothing of the picture is left.
        if self._picture and self.extent == self._document.extent:
            draw_raster(painter, self._picture, target, CRISP_ABOVE * camera.ratio)

    def _draw_overlay(self, painter: QPainter, camera: Camera) -> None:
        if not (self.overlay and self._laid_over):
            return
        bounds = overlay_bounds(self._document.extent, self.extent, self.overlay)
        is_preview = self.overlay.image.extent != bounds.extent
        crisp_above = float("inf") if is_preview else CRISP_ABOVE * camera.ratio
        draw_raster(painter, self._laid_over, _place(bounds, camera), crisp_above)

    def _draw_mask(self, painter: QPainter, target: QRectF, part: QRect, camera: Camera) -> None:
        options = self._options
        if self._mask and self.overlay is None and options.is_mask_visible:
            tint = Tint(options.mask_colour, options.mask_opacity)
            draw_mask(painter, self._mask, target, part, tint, camera.ratio)


def _place(bounds: Bounds, camera: Camera) -> QRectF:
    x, y = camera.viewport.to_view(bounds.x, bounds.y)
    return QRectF(x, y, bounds.width * camera.zoom, bounds.height * camera.zoom)
