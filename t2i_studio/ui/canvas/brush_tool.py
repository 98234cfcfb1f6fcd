"""Brush and eraser: strokes, dabs and straight lines."""

from typing import Final

from PySide6.QtCore import Qt

from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.gestures import Paint
from t2i_studio.ui.canvas.tool import CROSS, Bench, CanvasTool, Cursor
from t2i_studio.ui.canvas.touch import Touch

SMALLEST_RING: Final = 8.0  # px across; a smaller brush is shown by a cross


class BrushTool(CanvasTool):
    """Paints as a brush and erases as an eraser; both know the other's last point."""

    erases = True

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._last: tuple[float, float] | None = None

    @property
    def radius(self) -> float:
        """Half the brush's width on the screen, in device pixels."""
        return self.bench.options.brush_size * self.bench.camera.zoom / 2

    def cursor(self, _touch: Touch | None) -> Cursor:
        has_ring = 2 * self.radius >= SMALLEST_RING * self.bench.camera.ratio
        return Qt.CursorShape.BlankCursor if has_ring else CROSS

    def press(self, touch: Touch, ink: Ink) -> Paint:
        line_from = self._last if touch.has_shift else None
        return Paint(self.bench.document, self._brush(ink), self._dab_at, touch, line_from)

    def confirm(self, touch: Touch) -> bool:
        """Paint a dab there, or with Shift a straight line from the last one."""
        self.press(touch, Ink.paint).end()
        return True

    def forget(self) -> None:
        self._last = None

    def _brush(self, ink: Ink) -> Brush:
        options = self.bench.options
        ink = Ink.erase if options.tool is Tool.eraser else ink
        return Brush(ink, options.hardness, options.brush_opacity, options.rgb)

    def _dab_at(self, touch: Touch) -> Dab:
        options = self.bench.options
        size, flow = options.size_at(touch.pressure), options.flow_at(touch.pressure)
        x, y = self._last = touch.place.x(), touch.place.y()
        return Dab(x, y, size, flow)
