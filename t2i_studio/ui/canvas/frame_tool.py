"""The frame tool: draw, move and resize the part of the canvas in which the model works."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.request import MIN_FRAME
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.canvas.gestures import CLICK_REACH, ClickOr, Drag, Gesture
from t2i_studio.ui.canvas.grips import INSIDE, REACH, Grip, between, dragged, grip_at
from t2i_studio.ui.canvas.refusal import Need
from t2i_studio.ui.canvas.tool import CROSS, Bench, CanvasTool, Cursor
from t2i_studio.ui.canvas.touch import Touch


class FrameTool(CanvasTool):
    """Sides snap to the frame's grid, with Ctrl they do not; Shift turns its lock around."""

    needs = Need.picture
    has_crosshair = False

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._held: Grip | None = None  # while it is dragged

    @property
    def frame(self) -> GenerationFrame:
        return self.bench.frame

    def cursor(self, touch: Touch | None) -> Cursor:
        grip = self._held or (self._grip(touch) if touch else None)
        return grip.cursor if grip else CROSS

    def press(self, touch: Touch, _ink: Ink) -> Gesture:
        grip, start = self._grip(touch), self.frame.bounds
        if grip and start:
            return self._dragging(touch, grip, start)
        reach = CLICK_REACH * self.bench.camera.ratio
        return ClickOr(touch, reach, self._drawing, lambda: None)

    def nudge(self, dx: int, dy: int, *, is_far: bool) -> bool:
        """Move it by a pixel, or by a step of its grid."""
        if not (bounds := self.frame.bounds):
            return False
        step = self.frame.snap if is_far else 1
        self.frame.move_to(bounds.x + dx * step, bounds.y + dy * step, snaps=is_far)
        return True

    def forget(self) -> None:
        self._held = None

    def _grip(self, touch: Touch) -> Grip | None:
        bounds, camera = self.frame.bounds, self.bench.camera
        if bounds is None:
            return None
        x, y = camera.viewport.to_view(bounds.x, bounds.y)
        box = QRectF(x, y, bounds.width * camera.zoom, bounds.height * camera.zoom)
        return grip_at(box, touch.at, REACH * camera.ratio)

    def _dragging(self, touch: Touch, grip: Grip, start: Bounds) -> Drag:
        before = replace(self.frame)  # every move begins there, so that nothing adds up
        self._held = grip

        def follow(now: Touch, way: QPointF) -> None:
            scratch, snaps = replace(before), not now.has_control
            after = dragged(start, grip, round(way.x()), round(way.y()), MIN_FRAME)
            if grip == INSIDE:
                scratch.move_to(after.x, after.y, snaps=snaps)
            else:
                is_locked = before.is_locked != now.has_shift
                scratch.resize(after, snaps=snaps, is_locked=is_locked)
            self._put(scratch.bounds)

        return Drag(touch, follow, self._drop, lambda: self._put_back(before))

    def _drawing(self, touch: Touch) -> Drag:
        before, start = replace(self.frame), touch.place
        self._held = Grip(1, 1)

        def follow(now: Touch, way: QPointF) -> None:
            step = 1 if now.has_control else before.snap
            a, b = (_on_grid(place, step) for place in (start, start + way))
            self._put(_at_least(between(a, b, is_square=now.has_shift), a, b))

        return Drag(touch, follow, self._drop, lambda: self._put_back(before))

    def _put(self, bounds: Bounds | None) -> None:
        if bounds is not None:
            self.frame.put(bounds)

    def _drop(self) -> None:
        self._held = None

    def _put_back(self, before: GenerationFrame) -> bool:
        self._held = None
        self.frame.bounds, self.frame.area = before.bounds, before.area
        return True


def _on_grid(place: QPointF, step: int) -> QPointF:
    return QPointF(round(place.x() / step) * step, round(place.y() / step) * step)


def _at_least(box: Bounds, start: QPointF, end: QPointF) -> Bounds:
    """Keep a box that is drawn from being too small, on the side to which it is drawn."""
    width, height = max(box.width, MIN_FRAME), max(box.height, MIN_FRAME)
    x = box.right - width if end.x() < start.x() else box.x
    y = box.bottom - height if end.y() < start.y() else box.y
    return Bounds(x, y, width, height)
