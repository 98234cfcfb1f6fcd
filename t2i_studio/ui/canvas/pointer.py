"""What is drawn at the pointer: the brush's outline, the crosshair, the eyedropper's colour."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.overlays import CROSS, DARK, LIGHT, draw_crosshair, draw_ring
from t2i_studio.ui.canvas.tools import CanvasTools

AROUND: Final = 3.0  # px that lines and their edges reach beyond what they are drawn around
SMALLEST_HALF: Final = 3.0  # px, radius below which the inner ring is left out
DASH: Final = 3.0  # px
SWATCH: Final = 28.0  # px across
AWAY: Final = 14.0  # px from the pointer to the swatch


class Pointer:
    """Follows the tools; draws in device pixels."""

    def __init__(self, tools: CanvasTools, options: ToolOptions, camera: Camera) -> None:
        self._tools = tools
        self._options = options
        self._camera = camera

    @property
    def place(self) -> QRect:
        """Where on the widget it is drawn; not valid if it is not."""
        at, ratio = self._tools.aim, self._camera.ratio
        reach = self._reach
        if at is None or not reach:
            return QRect()
        middle, reach = at / ratio, reach / ratio + AROUND
        around = QRectF(middle, middle).adjusted(-reach, -reach, reach, reach)
        return around.toAlignedRect()

    def draw(self, painter: QPainter) -> None:
        at, ratio = self._tools.aim, self._camera.ratio
        if at is None:
            return
        if self._tools.brush_at is not None:
            draw_ring(painter, at, self._tools.brush.radius, ratio)
            if self._half * ratio >= SMALLEST_HALF and self._half < self._tools.brush.radius:
                _draw_dashed_ring(painter, at, self._half, ratio)
        if self._tools.shows_crosshair:
            draw_crosshair(painter, at, ratio)
        if colour := self._tools.swatch:
            _draw_swatch(painter, at, (colour, self._options.colour), ratio)

    @property
    def _reach(self) -> float:
        """How far from the middle anything is drawn, in device pixels."""
        ratio = self._camera.ratio
        reaches = [0.0]
        if self._tools.brush_at is not None:
            reaches.append(self._tools.brush.radius)
        if self._tools.shows_crosshair:
            reaches.append(CROSS * ratio)
        if self._tools.swatch:
            reaches.append((AWAY + SWATCH) * ratio)
        return max(reaches)

    @property
    def _half(self) -> float:
        """The radius, in device pixels, at which a soft brush covers half."""
        radius = self._options.brush_size / 2
        soft = (1 - self._options.hardness) * max(radius - 0.5, 0)
        return (radius - soft / 2) * self._camera.zoom


def _draw_dashed_ring(painter: QPainter, at: QPointF, radius: float, ratio: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, offset in ((DARK, 0.0), (LIGHT, DASH)):
        pen = QPen(colour, ratio)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([DASH, DASH])
        pen.setDashOffset(offset)
        painter.setPen(pen)
        painter.drawEllipse(at, radius, radius)
    painter.restore()


def _draw_swatch(painter: QPainter, at: QPointF, colours: tuple[str, str], ratio: float) -> None:
    """Draw the colour under the pointer over the one that is chosen, to compare them."""
    side, corner = SWATCH * ratio, at + QPointF(AWAY * ratio, AWAY * ratio)
    whole = QRectF(corner.x(), corner.y(), side, side)
    painter.save()
    for part, colour in enumerate(colours):
        half = QRectF(whole.x(), whole.y() + part * side / 2, side, side / 2)
        painter.fillRect(half, QColor(colour))
    for edge, width in ((DARK, 3 * ratio), (LIGHT, ratio)):
        painter.setPen(QPen(edge, width))
        painter.drawRect(whole)
    painter.restore()
