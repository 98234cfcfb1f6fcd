"""The crop tool: a box with handles that becomes the whole canvas when it is applied."""

from PySide6.QtCore import QPointF, QRectF

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.words import tr
from t2i_studio.studio.frame import MAX_SIDE
from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.canvas.content import Sketch, SketchKind
from t2i_studio.ui.canvas.gestures import CLICK_REACH, ClickOr, Drag, Gesture
from t2i_studio.ui.canvas.grips import INSIDE, REACH, Grip, between, dragged, grip_at, in_shape
from t2i_studio.ui.canvas.refusal import Need
from t2i_studio.ui.canvas.tool import CROSS, Bench, CanvasTool, Cursor, corners
from t2i_studio.ui.canvas.touch import Touch


class CropTool(CanvasTool):
    """The box may stick out: the canvas then grows there. Shift keeps its shape."""

    needs = Need.canvas
    has_crosshair = False

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.box: Bounds | None = None
        self._held: Grip | None = None

    @property
    def sketch(self) -> Sketch | None:
        if self.box is None:
            return None
        start = QPointF(self.box.x, self.box.y)
        points = corners(start, QPointF(self.box.right, self.box.bottom))
        return Sketch(points, is_closed=True, kind=SketchKind.crop, has_handles=True)

    def cursor(self, touch: Touch | None) -> Cursor:
        grip = self._held or (self._grip(touch) if touch else None)
        return grip.cursor if grip else CROSS

    def press(self, touch: Touch, _ink: Ink) -> Gesture:
        grip, start = self._grip(touch), self.box
        if grip and start:
            return self._dragging(touch, grip, start)
        reach = CLICK_REACH * self.bench.camera.ratio
        return ClickOr(touch, reach, self._drawing, lambda: None)

    def confirm(self, _touch: Touch) -> bool:
        """Make the box the canvas; without one, begin with all of the picture."""
        if self.box is None:
            self.show(self.bench.document.bounds)
        else:
            self.apply()
        return True

    def nudge(self, dx: int, dy: int, *, is_far: bool) -> bool:
        if self.box is None:
            return False
        step = 10 if is_far else 1
        self.show(self.box.moved(dx * step, dy * step))
        return True

    def cancel(self) -> bool:
        had_box = self.box is not None
        self.show(None)
        return had_box

    def forget(self) -> None:
        self.cancel()

    def show(self, box: Bounds | None) -> None:
        """Set the box, within what a canvas can be."""
        self.box = None if box is None or box.is_empty else _possible(box)
        self.bench.changed()

    def apply(self) -> None:
        """Cut the picture, the mask and all layers to the box, as one step."""
        box, document = self.box, self.bench.document
        if box and self.bench.attempt(lambda: document.recanvas(box, name=tr("Crop"))):
            self.show(None)

    def _grip(self, touch: Touch) -> Grip | None:
        camera = self.bench.camera
        if self.box is None:
            return None
        x, y = camera.viewport.to_view(self.box.x, self.box.y)
        place = QRectF(x, y, self.box.width * camera.zoom, self.box.height * camera.zoom)
        return grip_at(place, touch.at, REACH * camera.ratio)

    def _dragging(self, touch: Touch, grip: Grip, start: Bounds) -> Drag:
        self._held = grip

        def follow(now: Touch, way: QPointF) -> None:
            box = dragged(start, grip, round(way.x()), round(way.y()))
            keeps_shape = now.has_shift and grip != INSIDE
            self.show(in_shape(box, grip, start) if keeps_shape else box)

        return Drag(touch, follow, self._drop, lambda: self._put_back(start))

    def _drawing(self, touch: Touch) -> Drag:
        before = self.box
        self._held = Grip(1, 1)

        def follow(now: Touch, way: QPointF) -> None:
            self.show(between(touch.place, touch.place + way, is_square=now.has_shift))

        return Drag(touch, follow, self._drop, lambda: self._put_back(before))

    def _drop(self) -> None:
        self._held = None

    def _put_back(self, before: Bounds | None) -> bool:
        self._held = None
        self.show(before)
        return True


def _possible(box: Bounds) -> Bounds:
    return Bounds(box.x, box.y, min(box.width, MAX_SIDE), min(box.height, MAX_SIDE))
