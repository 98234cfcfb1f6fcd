"""The move tool: shifts what is worked on, the mask or a layer."""

from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from t2i_studio.core.image import Pixels
from t2i_studio.studio.blending import faded, stack
from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.canvas.content import Floating
from t2i_studio.ui.canvas.gestures import Drag
from t2i_studio.ui.canvas.tool import Bench, CanvasTool, Cursor
from t2i_studio.ui.canvas.touch import Touch

FAR: Final = 10  # px


class MoveTool(CanvasTool):
    """While it is dragged the pixels float over the others; Shift keeps to one direction."""

    has_crosshair = False

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._floating: Floating | None = None  # as it was where it began
        self._way = (0, 0)

    @property
    def floating(self) -> Floating | None:
        start, (dx, dy) = self._floating, self._way
        return replace(start, x=start.x + dx, y=start.y + dy) if start else None

    def cursor(self, _touch: Touch | None) -> Cursor:
        return Qt.CursorShape.SizeAllCursor

    def press(self, touch: Touch, _ink: Ink) -> Drag:
        self.forget()
        return Drag(touch, self._follow, self._drop, self._put_back)

    def nudge(self, dx: int, dy: int, *, is_far: bool) -> bool:
        """Shift by a pixel or ten; the document makes one step of moves that follow each other."""
        step = FAR if is_far else 1
        self.bench.document.shift_active(dx * step, dy * step)
        return True

    def forget(self) -> None:
        self._floating, self._way = None, (0, 0)

    def _lift(self) -> Floating:
        """Take what is moved out of the picture, as it looks."""
        document = self.bench.document
        layer = document.active_layer
        if layer is None:
            mask, (x, y) = _trimmed(document.mask_pixels, document.mask_pixels)
            return Floating(self._tinted(mask), x, y, hides_mask=True)
        others = [each for each in document.layers if each.id != layer.id]
        moved, behind = np.empty_like(layer.pixels), np.empty_like(layer.pixels)
        stack([layer], moved, document.bounds)
        stack(others, behind, document.bounds)
        pixels, (x, y) = _trimmed(moved, moved[..., 3])
        return Floating(pixels, x, y, behind=behind)

    def _tinted(self, mask: Pixels) -> Pixels:
        """Return (H, W) of the mask as it looks on the canvas: (H, W, 4)."""
        options = self.bench.options
        colour = QColor(options.mask_colour)
        pixels = np.empty((*mask.shape, 4), np.uint8)
        pixels[..., :3] = colour.red(), colour.green(), colour.blue()
        pixels[..., 3] = faded(mask, options.mask_opacity)
        return pixels

    def _follow(self, touch: Touch, way: QPointF) -> None:
        self._floating = self._floating or self._lift()
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


def _trimmed(pixels: Pixels, alpha: Pixels) -> tuple[Pixels, tuple[int, int]]:
    """Return the part of (H, W, ...) where `alpha`, (H, W), is above 0, and where it begins."""
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return pixels[:0, :0], (0, 0)
    top, left = int(rows[0]), int(columns[0])
    part = pixels[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
    return np.ascontiguousarray(part), (left, top)
