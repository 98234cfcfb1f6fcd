"""How the canvas draws what it shows."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter

from t2i_studio.core.geometry import Bounds
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui import theme
from t2i_studio.ui.canvas.backing import Backing
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.frame_drawing import draw_frame
from t2i_studio.ui.canvas.overlays import (
    CHECK,
    CRISP_ABOVE,
    Tint,
    draw_checkerboard,
    draw_mask,
    draw_raster,
)
from t2i_studio.ui.canvas.pyramid import level_for
from t2i_studio.ui.canvas.scene_content import SceneContent, floating_bounds
from t2i_studio.ui.canvas.sketch_drawing import draw_sketch
from t2i_studio.ui.palette import mixed

SOFT_EDGE: Final = 3  # device px that a change reaches beyond its own, by smoothing and outline
FAINT: Final = 0.4
SLICE_S: Final = 0.006  # of work on what was drawn from a draft, between two events


class Scene(SceneContent):
    """The picture, the mask, and all that is laid over them. Drawn in device pixels.

    What stands still is kept as it was drawn; frame and sketch, which follow the hand, are drawn
    over it each time.
    """

    def __init__(
        self, document: Document, options: ToolOptions, parent: QObject | None = None
    ) -> None:
        super().__init__(document, parent)
        self._options = options
        self._backing = Backing()
        self._look: object = None  # by which the backing was drawn
        self._level = 0
        self._is_draft = False  # whether something was drawn from mere samples
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)

    def touched(self, bounds: Bounds, camera: Camera) -> Bounds:
        """Return what has to be drawn anew when `bounds` of the picture have changed."""
        reach = 2 ** level_for(camera.zoom)  # smoothing mixes neighbours
        return camera.viewport.covered(bounds.padded(reach)).padded(SOFT_EDGE)

    def draw(self, painter: QPainter, exposed: QRect, camera: Camera) -> None:
        self._catch_up(camera)
        self._backing.show(painter, exposed, camera, partial(self._draw_still, camera))
        look = theme.current()
        if self._frame:
            draw_frame(painter, self._frame, exposed, camera, look)
        if self._sketch:
            draw_sketch(painter, self._sketch, exposed, camera, look)
        self._level = level_for(camera.zoom)
        if not self._rasters.is_ready(self._level):
            self._is_draft = not self._rasters.is_exact(self._level)
            self._timer.start()

    def _catch_up(self, camera: Camera) -> None:
        """Have drawn anew what has changed since it was drawn."""
        self._rasters.catch_up()
        self._backing.follow(camera)
        look = theme.current().name, camera.ratio, self._tint
        if look != self._look or self._is_spoiled:
            self._look, self._is_spoiled = look, False
            self._backing.spoil()
        for bounds in self._spoiled:
            part = self.touched(bounds, camera)
            self._backing.spoil(QRect(part.x, part.y, part.width, part.height))
        self._spoiled.clear()

    def _draw_still(self, camera: Camera, painter: QPainter, part: QRect) -> None:
        if not self._covers(part, camera):
            painter.fillRect(part, QColor(theme.current().canvas))
        self._draw_unknown(painter, camera)
        if not self.is_alone or self.shows_original:
            self._draw_picture(painter, camera)
        self._draw_overlay(painter, camera)
        self._draw_floating(painter, camera)
        self._draw_mask(painter, part, camera)

    def _draw_unknown(self, painter: QPainter, camera: Camera) -> None:
        """Draw what is empty: where a first picture will be, or in the frame beside the picture."""
        look = theme.current()
        if self._rasters.picture is None and self._overlay is None:
            # Faint: the empty state's words stand on it.
            checker = mixed(look.canvas, look.checker, FAINT)
            place = _place(Bounds.at_origin(self.extent), camera)
            self._draw_checks(camera, painter, place, checker)
        elif self._frame and not self._is_inside(self._frame.bounds):
            self._draw_checks(camera, painter, _place(self._frame.bounds, camera), look.checker)

    def _draw_checks(self, camera: Camera, painter: QPainter, place: QRectF, checker: str) -> None:
        colours, side = (theme.current().canvas, checker), round(CHECK * camera.ratio)
        corner = QPointF(camera.viewport.x, camera.viewport.y)
        draw_checkerboard(painter, place, colours, side, corner)

    def _draw_picture(self, painter: QPainter, camera: Camera) -> None:
        raster = self._rasters.behind or self._rasters.picture
        if raster and self._document.extent:
            place = _place(self.original_bounds, camera)
            checker = theme.current().checker
            ground = partial(self._draw_checks, camera, painter, checker=checker)
            draw_raster(painter, raster, place, CRISP_ABOVE * camera.ratio, ground)

    def _draw_overlay(self, painter: QPainter, camera: Camera) -> None:
        bounds = self.overlay_bounds
        if not (self._overlay and self._rasters.overlay and bounds) or self._is_held:
            return
        is_preview = self._overlay.image.extent != bounds.extent
        crisp_above = float("inf") if is_preview else CRISP_ABOVE * camera.ratio
        place = _place(bounds, camera)
        painter.save()
        if self.can_compare and self.shows_original and self._divider:
            after = QRectF(place)
            after.setLeft(round(place.x() + self._divider * place.width()))
            painter.setClipRect(after, Qt.ClipOperation.IntersectClip)
        draw_raster(painter, self._rasters.overlay, place, crisp_above)
        painter.restore()

    def _draw_floating(self, painter: QPainter, camera: Camera) -> None:
        if self._floating and self._rasters.floating:
            place = _place(floating_bounds(self._floating), camera)
            draw_raster(painter, self._rasters.floating, place, CRISP_ABOVE * camera.ratio)

    def _draw_mask(self, painter: QPainter, part: QRect, camera: Camera) -> None:
        is_away = self._floating is not None and self._floating.hides_mask
        mask, tint = self._rasters.mask, None if is_away else self._tint
        place = _place(self._document.bounds, camera)
        inner = part.intersected(place.toAlignedRect())
        if mask and tint and self._overlay is None and not inner.isEmpty():
            draw_mask(painter, mask, place, inner, tint, camera.ratio)

    @property
    def _tint(self) -> Tint | None:
        options = self._options
        if not options.is_mask_visible:
            return None
        return Tint(options.mask_colour, options.mask_opacity, options.has_mask_outline)

    def _covers(self, part: QRect, camera: Camera) -> bool:
        """Tell whether the picture leaves nothing of the ground to be seen."""
        picture = self._rasters.picture
        place = _place(self._document.bounds, camera)
        is_around = place.contains(QRectF(part)) and not self.is_alone
        return is_around and picture is not None and picture.is_opaque

    def _work(self) -> None:
        """Make what was drawn from a draft, and have it drawn when it is there."""
        if self._rasters.work(self._level, SLICE_S):
            self._timer.stop()
            if self._is_draft:
                self._is_draft = False
                self._spoil_all()


def _place(bounds: Bounds, camera: Camera) -> QRectF:
    x, y = camera.viewport.to_view(bounds.x, bounds.y)
    return QRectF(x, y, bounds.width * camera.zoom, bounds.height * camera.zoom)
