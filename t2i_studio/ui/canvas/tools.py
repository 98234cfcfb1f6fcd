"""Mouse, pen, wheel and keys on the canvas: what they mean for the document and the view."""

from typing import Final

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.studio.tools import MIN_SIZE, Tool, ToolOptions
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.gestures import CLICK_REACH, ClickOr, Gesture, Paint, Pan

NOTCH: Final = 120  # of a wheel
SMALLEST_RING: Final = 8.0  # px across; a smaller brush is shown by a cross
INKS: Final = {Tool.brush: Ink.paint, Tool.eraser: Ink.erase}


class CanvasTools(QObject):
    """The tool in hand. Points are in device pixels."""

    cursor_moved = Signal()  # whatever shows where and how one would paint has changed
    menu_requested = Signal(QPointF)

    def __init__(
        self, document: Document, options: ToolOptions, camera: Camera, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._options = options
        self._camera = camera
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._is_pen_down = False
        self._last_dab: Dab | None = None
        self._wheel_rest = 0
        self.is_editable = False
        self.is_space_held = False
        self.pointer: QPointF | None = None
        self.crosshair: QPointF | None = None  # in pixels of the picture, for the keyboard

    @property
    def ink(self) -> Ink | None:
        """What the tool does to the mask; None while it cannot be painted on."""
        can_paint = self.is_editable and not self.is_space_held
        return INKS.get(self._options.tool) if can_paint else None

    @property
    def brush_at(self) -> QPointF | None:
        """The middle of the brush, where it is to be shown."""
        if self.ink is None or (self._gesture and self._gesture.pans):
            return None
        if self.crosshair is not None:
            return QPointF(*self._camera.viewport.to_view(*self.crosshair.toTuple()))
        return self.pointer

    @property
    def brush_radius(self) -> float:
        return self._options.brush_size * self._camera.zoom / 2

    @property
    def cursor(self) -> Qt.CursorShape:
        if self._gesture and self._gesture.pans:
            return Qt.CursorShape.ClosedHandCursor
        if self.is_space_held or self._options.tool is Tool.pan:
            return Qt.CursorShape.OpenHandCursor
        if self.ink is None:
            return Qt.CursorShape.ArrowCursor
        has_ring = 2 * self.brush_radius >= SMALLEST_RING * self._camera.ratio
        return Qt.CursorShape.BlankCursor if has_ring else Qt.CursorShape.CrossCursor

    def press(self, button: Qt.MouseButton, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self._gesture:
            return
        self._button = button
        self._gesture = self._gesture_of(button, at, modifiers)
        self._point(at)

    def press_pen(self, at: QPointF, pressure: float, *, is_eraser: bool) -> bool:
        """Begin a stroke of the pen; tell whether it is one."""
        ink = Ink.erase if is_eraser and self.is_editable else self.ink
        if self._gesture or ink is None:
            return False
        self._gesture, self._is_pen_down = self._painting(ink, at, pressure), True
        self._point(at)
        return True

    def move_pen(self, at: QPointF, pressure: float) -> bool:
        if self._is_pen_down:
            self.move(at, pressure)
        return self._is_pen_down

    def release_pen(self, at: QPointF) -> bool:
        was_down = self._is_pen_down
        if was_down:
            self.finish()
            self._point(at)
        return was_down

    def move(self, at: QPointF, pressure: float = 1.0) -> None:
        if self._gesture:
            self._gesture.move(at, pressure)
        self._point(at)

    def release(self, button: Qt.MouseButton, at: QPointF) -> None:
        if button == self._button:
            self.finish()
        self._point(at)

    def finish(self) -> None:
        """End what a button or the pen has begun, and keep it."""
        gesture, self._gesture = self._gesture, None
        self._button, self._is_pen_down = Qt.MouseButton.NoButton, False
        if gesture:
            gesture.end()
        self.cursor_moved.emit()

    def cancel(self) -> bool:
        """Take back the stroke in progress, if there is one."""
        return bool(self._gesture and self._gesture.cancel())

    def leave(self) -> None:
        self.pointer = None
        self.cursor_moved.emit()

    def hold_space(self) -> None:
        """Take the hand until the key is let go, but not out of a stroke."""
        self.is_space_held = self.is_space_held or self._gesture is None
        self.cursor_moved.emit()

    def let_go_of_space(self) -> None:
        self.is_space_held = False
        self.cursor_moved.emit()

    def turn_wheel(self, delta: int, at: QPointF) -> None:
        self._camera.turn_wheel(delta, at)

    def turn_wheel_for_size(self, delta: int) -> None:
        """Change the brush size by one step a notch, however finely the wheel turns."""
        notches, self._wheel_rest = divmod(abs(self._wheel_rest + delta), NOTCH)
        is_growing = delta > 0
        self._wheel_rest *= 1 if is_growing else -1
        for _ in range(notches):
            self._options.grow() if is_growing else self._options.shrink()

    def move_crosshair(self, dx: int, dy: int) -> None:
        """Step through the picture by keyboard; the first step only shows the crosshair."""
        self.crosshair = self._stepped(dx, dy) if self.crosshair else self._first_crosshair()
        self._camera.bring_into_view(*self.crosshair.toTuple())
        self.cursor_moved.emit()

    def dab(self) -> bool:
        """Paint at the crosshair; tell whether one can paint."""
        return self._stroke_to_crosshair(None)

    def line(self) -> bool:
        """Paint a straight line from the last dab to the crosshair."""
        return self._stroke_to_crosshair(self._last_dab)

    def forget_place(self) -> None:
        """Begin anew on another picture, about which the last place says nothing."""
        self._last_dab = None
        self.crosshair = None
        self.cursor_moved.emit()

    def _gesture_of(
        self, button: Qt.MouseButton, at: QPointF, modifiers: Qt.KeyboardModifier
    ) -> Gesture | None:
        pans = self.is_space_held or self._options.tool is Tool.pan
        if button == Qt.MouseButton.MiddleButton:
            return Pan(self._camera, at)
        if button == Qt.MouseButton.LeftButton and pans:
            return Pan(self._camera, at)
        if button == Qt.MouseButton.LeftButton and self.ink:
            is_line = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            return self._painting(self.ink, at, 1.0, self._last_dab if is_line else None)
        if button == Qt.MouseButton.RightButton:
            return self._menu_or_eraser(at)
        return None

    def _painting(
        self, ink: Ink, at: QPointF, pressure: float, line_from: Dab | None = None
    ) -> Paint:
        paint = Paint(self._document, ink, self._dab_at)
        paint.begin(at, pressure, line_from)
        return paint

    def _menu_or_eraser(self, at: QPointF) -> ClickOr:
        eraser = Paint(self._document, Ink.erase, self._dab_at) if self.ink else None
        reach = CLICK_REACH * self._camera.ratio
        return ClickOr(at, reach, eraser, lambda: self.menu_requested.emit(at))

    def _stroke_to_crosshair(self, line_from: Dab | None) -> bool:
        ink, place = self.ink, self.crosshair or self._first_crosshair()
        if ink is None:
            return False
        dab = Dab(place.x(), place.y(), self._options.brush_size)
        self._document.begin_stroke(Brush(ink), line_from or dab)
        self._document.extend_stroke(dab)
        self._document.end_stroke()
        self._last_dab, self.crosshair = dab, place
        self.cursor_moved.emit()
        return True

    def _dab_at(self, at: QPointF, pressure: float) -> Dab:
        x, y = self._camera.viewport.to_picture(at.x(), at.y())
        self._last_dab = Dab(x, y, max(MIN_SIZE, self._options.brush_size * pressure))
        return self._last_dab

    def _point(self, at: QPointF) -> None:
        self.pointer, self.crosshair = at, None
        self.cursor_moved.emit()

    def _stepped(self, dx: int, dy: int) -> QPointF:
        extent, at = self._camera.extent, self.crosshair or QPointF()
        return QPointF(
            min(max(at.x() + dx, 0.5), extent.width - 0.5),
            min(max(at.y() + dy, 0.5), extent.height - 0.5),
        )

    def _first_crosshair(self) -> QPointF:
        """Begin where the pointer is, or else in the middle; always in the middle of a pixel."""
        size, extent = self._camera.size, self._camera.extent
        start = self.pointer or QPointF(size.width / 2, size.height / 2)
        x, y = self._camera.viewport.to_picture(start.x(), start.y())
        return QPointF(
            min(max(int(x), 0), extent.width - 1) + 0.5,
            min(max(int(y), 0), extent.height - 1) + 0.5,
        )
