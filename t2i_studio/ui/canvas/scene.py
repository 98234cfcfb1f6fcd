"""What the canvas shows, and how it is drawn; keeps no state that the document has."""

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui import theme
from t2i_studio.ui.canvas.backing import Backing
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import (
    Floating,
    FrameView,
    Overlay,
    Sketch,
    overlay_bounds,
    shown_extent,
)
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
from t2i_studio.ui.canvas.rasters import Rasters
from t2i_studio.ui.canvas.sketch_drawing import draw_sketch
from t2i_studio.ui.palette import mixed

SOFT_EDGE: Final = 3  # device px that a change reaches beyond its own, by smoothing and outline
FAINT: Final = 0.4
DEFAULT_BLANK: Final = Extent(256, 256)
SLICE_S: Final = 0.006  # of work on what was drawn from a draft, between two events


class Scene(QObject):
    """The picture, the mask, and all that is laid over them. Drawn in device pixels.

    What stands still is kept as it was drawn; frame and sketch, which follow the hand, are drawn
    over it each time.
    """

    changed = Signal(object)  # the Bounds of the picture that look different now, or None for all

    def __init__(
        self, document: Document, options: ToolOptions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._options = options
        self._rasters = Rasters(document)
        self._backing = Backing()
        self._spoiled: list[Bounds] = []
        self._look: object = None  # by which the backing was drawn
        self._level = 0
        self._overlay: Overlay | None = None
        self._blank = DEFAULT_BLANK
        self._frame: FrameView | None = None
        self._sketch: Sketch | None = None
        self._floating: Floating | None = None
        self._divider: float | None = None
        self._is_held = False
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)

    # content -----------------------------------------------------------------------------------

    @property
    def extent(self) -> Extent:
        """The size of what is shown, in pixels of the picture."""
        return shown_extent(self._document.extent, self._blank, self._overlay)

    @property
    def overlay(self) -> Overlay | None:
        return self._overlay

    @property
    def overlay_bounds(self) -> Bounds | None:
        """Where the overlay lies, in pixels of the picture."""
        if self._overlay is None:
            return None
        return overlay_bounds(self._document.extent, self.extent, self._overlay)

    @property
    def can_compare(self) -> bool:
        """Whether a result lies over an original."""
        return self._overlay is not None and self._document.extent is not None

    @property
    def blank(self) -> Extent:
        """How large a picture is going to be that grows on the empty canvas."""
        return self._blank

    @blank.setter
    def blank(self, extent: Extent) -> None:
        self._blank = extent
        self._spoil_all()

    @property
    def frame_view(self) -> FrameView | None:
        """The generation frame as it is to be drawn; None while there is none to be seen."""
        return self._frame

    @frame_view.setter
    def frame_view(self, frame: FrameView | None) -> None:
        for each in (self._frame, frame):
            if each and not self._is_inside(each.bounds):
                self._spoiled.append(each.bounds)  # what is unknown in it is drawn as such
        self._frame = frame
        self.changed.emit(None)

    @property
    def sketch(self) -> Sketch | None:
        """The line of the tool in use."""
        return self._sketch

    @sketch.setter
    def sketch(self, sketch: Sketch | None) -> None:
        if sketch != self._sketch:
            self._sketch = sketch
            self.changed.emit(None)

    @property
    def floating(self) -> Floating | None:
        """Pixels that the tool in use has not put down yet."""
        return self._floating

    @floating.setter
    def floating(self, floating: Floating | None) -> None:
        if floating is self._floating:
            return
        is_moved = floating and self._floating and floating.pixels is self._floating.pixels
        both = [each for each in (self._floating, floating) if each]
        places = [_floating_bounds(each) for each in both]
        self._floating = floating
        if not is_moved:
            self._rasters.float_over(floating)
            if any(each.behind is not None or each.hides_mask for each in both):
                self._spoil_all()
        for place in places:
            self._show_change(place)

    @property
    def divider(self) -> float | None:
        """The share of the overlay, from the left, in place of which the original is shown."""
        return self._divider

    @divider.setter
    def divider(self, share: float | None) -> None:
        before, self._divider = self._divider, share
        bounds = self.overlay_bounds
        if bounds is None or before == share:
            return
        if before is None or share is None:
            self._show_change(bounds)
            return
        left, right = (bounds.x + round(bounds.width * each) for each in sorted((before, share)))
        self._show_change(Bounds(left - 1, bounds.y, right - left + 2, bounds.height))

    @property
    def is_held(self) -> bool:
        """Whether the original is shown in place of the overlay, for as long as a key is held."""
        return self._is_held

    @is_held.setter
    def is_held(self, is_held: bool) -> None:
        if is_held != self._is_held:
            self._is_held = is_held
            self._spoil_all()

    def lay_over(self, overlay: Overlay | None) -> None:
        before, self._overlay = self._overlay, overlay
        self._rasters.lay_over(overlay)
        if before and overlay and before.bounds and before.bounds == overlay.bounds:
            self._show_change(before.bounds)
        else:
            self._spoil_all()

    def renew_all(self) -> None:
        """Look at another picture."""
        self._rasters.renew_all()
        self._spoil_all()

    def renew_picture(self, bounds: Bounds) -> None:
        self._rasters.renew_picture(bounds)
        self._show_change(bounds)

    def renew_mask(self, bounds: Bounds) -> None:
        self._rasters.renew_mask(bounds)
        self._show_change(bounds)

    def touched(self, bounds: Bounds, camera: Camera) -> Bounds:
        """Return what has to be drawn anew when `bounds` of the picture have changed."""
        reach = 2 ** level_for(camera.zoom)  # smoothing mixes neighbours
        return camera.viewport.covered(bounds.padded(reach)).padded(SOFT_EDGE)

    # drawing -----------------------------------------------------------------------------------

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
            self._timer.start()

    def _catch_up(self, camera: Camera) -> None:
        """Have drawn anew what has changed since it was drawn."""
        self._rasters.catch_up()
        self._backing.follow(camera)
        look = theme.current().name, camera.ratio, self._tint
        if look != self._look:
            self._look = look
            self._backing.spoil()
        for bounds in self._spoiled:
            part = self.touched(bounds, camera)
            self._backing.spoil(QRect(part.x, part.y, part.width, part.height))
        self._spoiled.clear()

    def _draw_still(self, camera: Camera, painter: QPainter, part: QRect) -> None:
        painter.fillRect(part, QColor(theme.current().canvas))
        self._draw_unknown(painter, camera)
        if not self._is_alone or self._shows_original:
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
            place = _place(self._original_bounds, camera)
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
        if self._shows_original and self._divider:
            after = QRectF(place)
            after.setLeft(round(place.x() + self._divider * place.width()))
            painter.setClipRect(after, Qt.ClipOperation.IntersectClip)
        draw_raster(painter, self._rasters.overlay, place, crisp_above)
        painter.restore()

    def _draw_floating(self, painter: QPainter, camera: Camera) -> None:
        if self._floating and self._rasters.floating:
            place = _place(_floating_bounds(self._floating), camera)
            draw_raster(painter, self._rasters.floating, place, CRISP_ABOVE * camera.ratio)

    def _draw_mask(self, painter: QPainter, part: QRect, camera: Camera) -> None:
        is_away = self._floating is not None and self._floating.hides_mask
        mask, tint = self._rasters.mask, None if is_away else self._tint
        place = _place(self._document.bounds, camera)
        inner = part.intersected(place.toAlignedRect())
        if mask and tint and self._overlay is None and not inner.isEmpty():
            draw_mask(painter, mask, place, inner, tint, camera.ratio)

    # help --------------------------------------------------------------------------------------

    @property
    def _tint(self) -> Tint | None:
        options = self._options
        if not options.is_mask_visible:
            return None
        return Tint(options.mask_colour, options.mask_opacity, options.has_mask_outline)

    @property
    def _is_alone(self) -> bool:
        """Whether an overlay of another size is shown, under which nothing of the picture is."""
        return self._overlay is not None and self.extent != self._document.extent

    @property
    def _shows_original(self) -> bool:
        return self._is_held or self._divider is not None

    @property
    def _original_bounds(self) -> Bounds:
        """Return where the picture is drawn: compared with one of another size, in its place."""
        return (self.overlay_bounds if self._is_alone else None) or self._document.bounds

    def _is_inside(self, bounds: Bounds) -> bool:
        return bounds.intersection(self._document.bounds) == bounds

    def _show_change(self, bounds: Bounds) -> None:
        self._spoiled.append(bounds)
        self.changed.emit(bounds)

    def _spoil_all(self) -> None:
        self._backing.spoil()
        self.changed.emit(None)

    def _work(self) -> None:
        """Make what was drawn from a draft, and have it drawn when it is there."""
        if self._rasters.work(self._level, SLICE_S):
            self._timer.stop()
            self._spoil_all()


def _floating_bounds(floating: Floating) -> Bounds:
    height, width = floating.pixels.shape[:2]
    return Bounds(floating.x, floating.y, width, height)


def _place(bounds: Bounds, camera: Camera) -> QRectF:
    x, y = camera.viewport.to_view(bounds.x, bounds.y)
    return QRectF(x, y, bounds.width * camera.zoom, bounds.height * camera.zoom)
