"""The move tool: shifts what is worked on, the mask or a layer."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from t2i_studio.core.image import Pixels
from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.canvas.content import Floating
from t2i_studio.ui.canvas.gestures import Drag
from t2i_studio.ui.canvas.tool import Bench, CanvasTool, Cursor
from t2i_studio.ui.canvas.touch import Touch

FAR: Final = 10  # px


class MoveTool(CanvasTool):
    """While it is dragged the pixels float over the picture; Shift keeps to one direction."""

    has_crosshair = False

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._pixels: Pixels | None = None
        self._way = (0, 0)
        self._corner = (0, 0)

    @property
    def floating(self) -> Floating | None:
        if self._pixels is None or self._way == (0, 0):
            return None
        (x, y), (dx, dy) = self._corner, self._way
        return Floating(self._pixels, x + dx, y + dy)

    def cursor(self, _touch: Touch | None) -> Cursor:
        return Qt.CursorShape.SizeAllCursor

    def press(self, touch: Touch, _ink: Ink) -> Drag:
        self._pixels, self._corner = _trimmed(self._look())
        self._way = (0, 0)
        return Drag(touch, self._follow, self._drop, self._put_back)

    def nudge(self, dx: int, dy: int, *, is_far: bool) -> bool:
        step = FAR if is_far else 1
        self.bench.document.shift_active(dx * step, dy * step)
        return True

    def forget(self) -> None:
        self._pixels, self._way = None, (0, 0)

    def _look(self) -> Pixels:
        """Return what is moved as it looks: (H, W, 4)."""
        document, options = self.bench.document, self.bench.options
        if layer := document.active_layer:
            if layer.opacity >= 1:
                return layer.pixels
            pixels = layer.pixels.copy()
            pixels[..., 3] = np.rint(pixels[..., 3] * layer.opacity)
            return pixels
        mask = document.mask_pixels
        pixels = np.empty((*mask.shape, 4), np.uint8)
        pixels[..., :3] = QColor(options.mask_colour).getRgb()[:3]
        pixels[..., 3] = np.rint(mask * options.mask_opacity)
        return pixels

    def _follow(self, touch: Touch, way: QPointF) -> None:
        dx, dy = round(way.x()), round(way.y())
        if touch.has_shift:
            dx, dy = (dx, 0) if abs(dx) >= abs(dy) else (0, dy)
        self._way = dx, dy
        self.bench.changed()

    def _drop(self) -> None:
        way = self._way
        self.forget()
        self.bench.changed()
        if way != (0, 0):
            self.bench.document.shift_active(*way)

    def _put_back(self) -> bool:
        self.forget()
        self.bench.changed()
        return True


def _trimmed(pixels: Pixels) -> tuple[Pixels | None, tuple[int, int]]:
    """Return what of (H, W, 4) can be seen, and where it begins; None if nothing can."""
    alpha = pixels[..., 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return None, (0, 0)
    top, left = int(rows[0]), int(columns[0])
    part = pixels[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    return np.ascontiguousarray(part), (left, top)
