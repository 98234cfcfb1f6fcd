"""Handles of a box on the canvas: which one is under the pointer, and what dragging it does."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt

from t2i_studio.core.geometry import Bounds

REACH: Final = 8.0  # px around a handle

_SLANTED_DOWN = Qt.CursorShape.SizeFDiagCursor
_SLANTED_UP = Qt.CursorShape.SizeBDiagCursor


@dataclass(frozen=True)
class Grip:
    """Which sides move: -1 left or top, 1 right or bottom, 0 neither; (0, 0) is all of it."""

    across: int
    down: int

    @property
    def cursor(self) -> Qt.CursorShape:
        if self == INSIDE:
            return Qt.CursorShape.SizeAllCursor
        if not self.across:
            return Qt.CursorShape.SizeVerCursor
        if not self.down:
            return Qt.CursorShape.SizeHorCursor
        return _SLANTED_DOWN if self.across == self.down else _SLANTED_UP


INSIDE: Final = Grip(0, 0)
# Corners first: where a box is small they are what one wants.
GRIPS: Final = tuple(
    sorted(
        (Grip(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y),
        key=lambda grip: not (grip.across and grip.down),
    )
)


def grip_at(box: QRectF, at: QPointF, reach: float) -> Grip | None:
    """Return what is under a point: corners and sides reach outwards and inwards, then inside."""
    for grip in GRIPS:
        if _place(box, grip, reach).contains(at):
            return grip
    return INSIDE if box.contains(at) else None


def dragged(box: Bounds, grip: Grip, dx: int, dy: int, least: int = 1) -> Bounds:
    """Move the sides that the grip holds; no side crosses the other one."""
    if grip == INSIDE:
        return box.moved(dx, dy)
    x, right = _moved(box.x, box.right, grip.across, dx, least)
    y, bottom = _moved(box.y, box.bottom, grip.down, dy, least)
    return Bounds(x, y, right - x, bottom - y)


def in_shape(box: Bounds, grip: Grip, shape: Bounds) -> Bounds:
    """Give a box that was dragged at `grip` the shape of another; what was held still stays."""
    across, down = box.width / shape.width, box.height / shape.height
    factor = across if abs(across - 1) >= abs(down - 1) else down  # the one that changed more
    width, height = max(1, round(shape.width * factor)), max(1, round(shape.height * factor))
    x = box.right - width if grip.across < 0 else box.x
    y = box.bottom - height if grip.down < 0 else box.y
    return Bounds(x, y, width, height)


def between(a: QPointF, b: QPointF, *, is_square: bool = False) -> Bounds:
    """Return the whole pixels between two points, which are rounded; maybe of equal sides."""
    x, y = round(a.x()), round(a.y())
    width, height = round(b.x()) - x, round(b.y()) - y
    if is_square:
        side = max(abs(width), abs(height))
        width, height = (side if each >= 0 else -side for each in (width, height))
    return Bounds(min(x, x + width), min(y, y + height), abs(width), abs(height))


def _place(box: QRectF, grip: Grip, reach: float) -> QRectF:
    x, width = _span(box.left(), box.right(), grip.across, reach)
    y, height = _span(box.top(), box.bottom(), grip.down, reach)
    return QRectF(x, y, width, height)


def _span(low: float, high: float, side: int, reach: float) -> tuple[float, float]:
    """Return where along one axis a handle is; in a small box it keeps to its outer half."""
    inwards = min(reach, (high - low) / 4)
    if side < 0:
        return low - reach, reach + inwards
    if side > 0:
        return high - inwards, inwards + reach
    return low + inwards, high - low - 2 * inwards


def _moved(low: int, high: int, side: int, by: int, least: int) -> tuple[int, int]:
    if side < 0:
        return min(low + by, high - least), high
    if side > 0:
        return low, max(high + by, low + least)
    return low, high
