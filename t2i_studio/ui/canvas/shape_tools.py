"""Rectangle and lasso: areas that are drawn around, and then painted or erased at once."""

import math

from PySide6.QtCore import QPointF

from t2i_studio.core.mask_tools import polygon, rectangle
from t2i_studio.core.words import later
from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.canvas.content import Sketch, SketchKind
from t2i_studio.ui.canvas.gestures import CLICK_REACH, Drag
from t2i_studio.ui.canvas.tool import Bench, CanvasTool, corners, ink_of
from t2i_studio.ui.canvas.touch import Touch

Point = tuple[float, float]


class RectangleTool(CanvasTool):
    """From corner to corner: by a drag, or by Return at both."""

    erases = True

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._start: QPointF | None = None
        self._end = QPointF()
        self._button_ink = self._ink = Ink.paint

    @property
    def sketch(self) -> Sketch | None:
        if self._start is None:
            return None
        return Sketch(corners(self._start, self._end), is_closed=True, kind=SketchKind.rectangle)

    def press(self, touch: Touch, ink: Ink) -> Drag:
        self._begin(touch, ink)
        return Drag(touch, lambda now, _: self.hover(now), self.finish, self.cancel)

    def hover(self, touch: Touch) -> None:
        if self._start is None:
            return
        end = _whole(touch.place)
        self._end = _square(self._start, end) if touch.has_shift else end
        self._ink = ink_of(touch, self._button_ink)
        self.bench.changed()

    def confirm(self, touch: Touch) -> bool:
        if self._start is None:
            self._begin(touch, Ink.paint)
        else:
            self.hover(touch)
            self.finish()
        return True

    def cancel(self) -> bool:
        was_drawing, self._start = self._start is not None, None
        self.bench.changed()
        return was_drawing

    def forget(self) -> None:
        self.cancel()

    def finish(self) -> None:
        """Lay the rectangle onto mask or layer, as one step."""
        start, self._start = self._start, None
        extent = self.bench.document.extent
        if start is not None and extent is not None:
            cover = rectangle(extent, *start.toTuple(), *self._end.toTuple())
            self.bench.lay(cover, self._ink, self._name())
        self.bench.changed()

    def _begin(self, touch: Touch, ink: Ink) -> None:
        self._start = self._end = _whole(touch.place)
        self._button_ink, self._ink = ink, ink_of(touch, ink)
        self.bench.changed()

    def _name(self) -> str:
        if self._ink is Ink.erase:
            return later("Erase rectangle")
        return later("Rectangle") if self.bench.document.active_layer else later("Mask rectangle")


class LassoTool(CanvasTool):
    """Around by a drag, or from corner to corner by clicks; both can be mixed."""

    erases = True

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._points: list[Point] = []
        self._hover: Point | None = None
        self._ink = Ink.paint

    @property
    def sketch(self) -> Sketch | None:
        if not self._points:
            return None
        loose = [self._hover] if self._hover else []
        return Sketch((*self._points, *loose), kind=SketchKind.lasso)

    @property
    def is_open(self) -> bool:
        """Whether corners have been set and more are to come."""
        return bool(self._points)

    def press(self, touch: Touch, ink: Ink) -> "_Lassoing | None":
        if self.is_open and self._is_at_start(touch):
            self.finish()
            return None
        was_open = self.is_open
        if not was_open:
            self._ink = ink_of(touch, ink)
        self.add(touch)
        return _Lassoing(self, touch, is_polygon=was_open, reach=self._reach)

    def double_click(self, touch: Touch, ink: Ink) -> "_Lassoing | None":
        if not self.is_open:
            return self.press(touch, ink)
        self.finish()
        return None

    def hover(self, touch: Touch) -> None:
        if self.is_open:
            self._hover = _point(touch)
            self.bench.changed()

    def confirm(self, touch: Touch) -> bool:
        """Set a corner at the crosshair; there a second time, or with the mouse, close the line."""
        if not self.is_open:
            self._ink = ink_of(touch, Ink.paint)
        is_new = not self.is_open or (touch.is_aimed and _point(touch) != self._points[-1])
        if is_new and not touch.has_shift:
            self.add(touch)
        else:
            self.finish()
        return True

    def take_back(self) -> bool:
        if not self.is_open:
            return False
        self._points.pop()
        self.bench.changed()
        return True

    def cancel(self) -> bool:
        was_open, self._points, self._hover = self.is_open, [], None
        self.bench.changed()
        return was_open

    def forget(self) -> None:
        self.cancel()

    def add(self, touch: Touch) -> None:
        point = _point(touch)
        self._hover = None
        if not self._points or self._points[-1] != point:
            self._points.append(point)
        self.bench.changed()

    def finish(self) -> None:
        """Close the line and lay what is inside onto mask or layer, as one step."""
        points, extent = self._points, self.bench.document.extent
        self._points, self._hover = [], None
        if extent is not None:
            self.bench.lay(polygon(extent, points), self._ink, self._name())
        self.bench.changed()

    @property
    def _reach(self) -> float:
        return CLICK_REACH * self.bench.camera.ratio

    def _is_at_start(self, touch: Touch) -> bool:
        x, y = self.bench.camera.viewport.to_view(*self._points[0])
        off = touch.at - QPointF(x, y)
        return len(self._points) > 2 and math.hypot(*off.toTuple()) <= 2 * self._reach

    def _name(self) -> str:
        if self._ink is Ink.erase:
            return later("Erase lasso")
        return later("Lasso") if self.bench.document.active_layer else later("Mask lasso")


class _Lassoing:
    """A lasso while its button is held: a click sets a corner, a drag draws the line."""

    pans = False

    def __init__(self, tool: LassoTool, touch: Touch, *, is_polygon: bool, reach: float) -> None:
        self._tool = tool
        self._start = touch.at
        self._is_polygon = is_polygon
        self._reach = reach
        self._is_free = False

    def move(self, touch: Touch) -> None:
        self._is_free |= (touch.at - self._start).manhattanLength() >= self._reach
        if self._is_free:
            self._tool.add(touch)

    def end(self) -> None:
        if self._is_free and not self._is_polygon:
            self._tool.finish()

    def cancel(self) -> bool:
        return self._tool.cancel()


def _whole(place: QPointF) -> QPointF:
    """Return the nearest corner of a pixel: edges that are sharp."""
    return QPointF(round(place.x()), round(place.y()))


def _square(start: QPointF, end: QPointF) -> QPointF:
    way = end - start
    side = max(abs(way.x()), abs(way.y()))
    return start + QPointF(math.copysign(side, way.x()), math.copysign(side, way.y()))


def _point(touch: Touch) -> Point:
    return touch.place.x(), touch.place.y()
