"""Mouse, pen, wheel and keys on the canvas: which tool gets them."""

from typing import Final, TypeVar

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from t2i_studio.studio.cover_work import CoverWork
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.strokes import Ink
from t2i_studio.studio.tools import Tool, ToolOptions
from t2i_studio.ui.canvas.brush_tool import BrushTool
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import Floating, Sketch
from t2i_studio.ui.canvas.crop_tool import CropTool
from t2i_studio.ui.canvas.crosshair import Crosshair
from t2i_studio.ui.canvas.gestures import CLICK_REACH, ClickOr, Gesture, Pan
from t2i_studio.ui.canvas.pixel_tools import EyedropperTool
from t2i_studio.ui.canvas.refusal import Refusal, refusal
from t2i_studio.ui.canvas.text_tool import TextTool
from t2i_studio.ui.canvas.tool import ARROW, Bench, CanvasTool, Cursor
from t2i_studio.ui.canvas.toolbox import toolbox
from t2i_studio.ui.canvas.touch import NO_MODIFIER, Touch

T = TypeVar("T", bound=CanvasTool)
NO_BUTTON: Final = Qt.MouseButton.NoButton
NOTCH: Final = 120  # of a wheel
FAR: Final = 10  # px that Shift+arrow moves the crosshair


class CanvasTools(QObject):
    """The tool in hand. Points are in device pixels."""

    cursor_moved = Signal()  # whatever shows where and how one would paint has changed
    sketched = Signal()  # a tool shows another line or other pixels
    menu_requested = Signal(QPointF)
    refused = Signal(Refusal)

    def __init__(
        self,
        document: Document,
        options: ToolOptions,
        camera: Camera,
        frame: GenerationFrame,
        covers: CoverWork,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._options = options
        self._camera = camera
        bench = Bench(document, options, camera, frame, covers, self.sketched.emit)
        self._tools = toolbox(bench)
        self.brush = _one(self._tools, BrushTool)
        self.text = _one(self._tools, TextTool)
        self.crop = _one(self._tools, CropTool)
        self.eyedropper = _one(self._tools, EyedropperTool)
        self._in_hand = self._tools[options.tool]
        self._gesture: Gesture | None = None
        self._button = NO_BUTTON
        self._is_pen_down = False
        self._wheel_rest = 0
        self._modifiers = NO_MODIFIER
        self._crosshair = Crosshair(camera)
        self.is_editable = False
        self.is_space_held = False
        self.uses = 0  # how often a button was pressed
        self.pointer: QPointF | None = None

    # what is shown -----------------------------------------------------------------------------

    @property
    def tool(self) -> CanvasTool:
        """What the left button uses: another tool while Space or Alt is held."""
        if self.is_space_held:
            return self._tools[Tool.pan]
        return self.eyedropper if self._is_picking else self._in_hand

    @property
    def sketch(self) -> Sketch | None:
        return self._in_hand.sketch

    @property
    def floating(self) -> Floating | None:
        return self._in_hand.floating

    @property
    def is_drawing(self) -> bool:
        """Whether something has been begun that Esc or Return would end."""
        is_begun = self._gesture is not None or self._in_hand.sketch is not None
        return is_begun and self.can_use

    @property
    def shows_crosshair(self) -> bool:
        """Whether the keyboard is used and not the mouse."""
        return self._crosshair.place is not None and self.can_use

    @property
    def aim(self) -> QPointF | None:
        """Where on the view the tool is used: at the crosshair, or else at the pointer."""
        return self._crosshair.at or self.pointer

    @property
    def can_use(self) -> bool:
        """Whether the tool could do anything now."""
        return self._refusal_of(self.tool) is None

    @property
    def brush_at(self) -> QPointF | None:
        """The middle of the brush, where it is to be shown."""
        is_brush = self.tool is self.brush and self.can_use
        return self.aim if is_brush and not self._is_panning else None

    @property
    def swatch(self) -> str | None:
        """The colour that the eyedropper is over."""
        return self.eyedropper.colour if self.tool is self.eyedropper and self.can_use else None

    @property
    def cursor(self) -> Cursor:
        if self._is_panning:
            return Qt.CursorShape.ClosedHandCursor
        if not self.can_use:
            return ARROW
        return self.tool.cursor(self._touch(self.pointer) if self.pointer else None)

    # mouse and pen -----------------------------------------------------------------------------

    def press(
        self,
        button: Qt.MouseButton,
        at: QPointF,
        modifiers: Qt.KeyboardModifier,
        *,
        is_double: bool = False,
    ) -> None:
        """Begin what the button does; two quick clicks mean more to some tools."""
        if self._gesture:
            return
        self.uses += 1
        self._button, self._modifiers = button, modifiers
        self._gesture = self._gesture_of(button, self._touch(at), is_double=is_double)
        self._point(at)

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier, pressure: float = 1.0) -> None:
        self._modifiers = modifiers
        touch = self._touch(at, pressure)
        if self._gesture:
            self._gesture.move(touch)
        elif self.can_use:
            self.tool.hover(touch)
        self._point(at)

    def move_mouse(self, at: QPointF, modifiers: Qt.KeyboardModifier, *, is_held: bool) -> None:
        """Follow the mouse, not while the pen draws; a drag ends whose release went elsewhere."""
        if self._is_pen_down:
            return
        if not is_held and self._gesture:
            self.finish()
        self.move(at, modifiers)

    def release(self, button: Qt.MouseButton, at: QPointF) -> None:
        if button == self._button:
            gesture = self._gesture
            self.finish()
            if isinstance(gesture, ClickOr):
                gesture.click()
        self._point(at)

    def press_pen(
        self, at: QPointF, modifiers: Qt.KeyboardModifier, pressure: float, *, is_eraser: bool
    ) -> bool:
        """Begin a stroke of the pen; tell whether it is one."""
        self._modifiers = modifiers
        is_brush = self.tool is self.brush or is_eraser
        if self._gesture or not is_brush or self._refusal_of(self.brush):
            return False
        ink = Ink.erase if is_eraser else Ink.paint
        self._gesture, self._is_pen_down = self.brush.press(self._touch(at, pressure), ink), True
        self._point(at)
        return True

    def move_pen(self, at: QPointF, modifiers: Qt.KeyboardModifier, pressure: float) -> bool:
        if self._is_pen_down:
            self.move(at, modifiers, pressure)
        return self._is_pen_down

    def release_pen(self, at: QPointF) -> bool:
        was_down = self._is_pen_down
        if was_down:
            self.finish()
            self._point(at)
        return was_down

    def finish(self) -> None:
        """End what a button or the pen has begun, and keep it."""
        gesture, self._gesture = self._gesture, None
        self._button, self._is_pen_down = NO_BUTTON, False
        if gesture:
            gesture.end()
        self.cursor_moved.emit()

    def leave(self) -> None:
        self.pointer = None
        self.cursor_moved.emit()

    def turn_wheel(self, delta: int, at: QPointF) -> None:
        self._camera.turn_wheel(delta, at)

    def turn_wheel_for_size(self, delta: int) -> None:
        """Change the brush size by one step a notch, however finely the wheel turns."""
        notches = int((self._wheel_rest + delta) / NOTCH)
        self._wheel_rest += delta - notches * NOTCH
        for _ in range(abs(notches)):
            self._options.grow() if notches > 0 else self._options.shrink()

    # keys --------------------------------------------------------------------------------------

    def hold_space(self) -> None:
        """Take the hand until the key is let go, but not out of a stroke."""
        self.is_space_held = self.is_space_held or self._gesture is None
        self.cursor_moved.emit()

    def let_go_of_space(self) -> None:
        self.is_space_held = False
        self.cursor_moved.emit()

    def hold(self, modifiers: Qt.KeyboardModifier) -> None:
        """Follow Shift, Ctrl and Alt also while the mouse rests."""
        at, self._modifiers = self.aim, modifiers
        if at and self._gesture and not self._is_pen_down:
            self._gesture.move(self._touch(at))
        elif at and self.can_use:
            self.tool.hover(self._touch(at))
        self.cursor_moved.emit()

    def confirm(self, modifiers: Qt.KeyboardModifier) -> bool:
        """Use the tool at the crosshair; tell whether it can be used."""
        if self._gesture or self._refusal_of(self._in_hand):
            return False
        is_aimed = self._crosshair.place is not None
        place = self._crosshair.place or self._crosshair.first(self.pointer)
        at = QPointF(*self._camera.viewport.to_view(*place.toTuple()))
        was_used = self._in_hand.confirm(Touch(at, place, modifiers, is_aimed=is_aimed))
        if was_used and self._in_hand.has_crosshair:
            self._crosshair.place = place
        self.cursor_moved.emit()
        return was_used

    def step(self, dx: int, dy: int, *, is_far: bool) -> bool:
        """Move the crosshair, or whatever the tool moves; tell whether it did."""
        if self._refusal_of(self._in_hand):
            return False
        if not self._in_hand.has_crosshair:
            return self._in_hand.nudge(dx, dy, is_far=is_far)
        steps = FAR if is_far else 1
        place = self._crosshair.step(steps * dx, steps * dy, self.pointer)
        at = QPointF(*self._camera.viewport.to_view(*place.toTuple()))
        self._in_hand.hover(Touch(at, place, self._modifiers, is_aimed=True))
        self.cursor_moved.emit()
        return True

    def take_back(self) -> bool:
        """Take back the last point of what is being drawn."""
        return self._gesture is None and self._in_hand.take_back()

    def cancel(self) -> bool:
        """Take back what is in progress, if there is anything."""
        if self._gesture:
            return self._gesture.cancel()
        return self._in_hand.cancel()

    # following ---------------------------------------------------------------------------------

    def follow_tool(self) -> None:
        """Take the tool that was chosen; what the one before is doing ends, and is kept."""
        after = self._tools[self._options.tool]
        if after is not self._in_hand:
            if not self._is_panning:
                self.finish()
            before, self._in_hand = self._in_hand, after
            before.put_away()
            self.sketched.emit()
        self.cursor_moved.emit()

    def forget_place(self) -> None:
        """Begin anew on another picture, about which the last place says nothing."""
        if not self._is_panning:
            self._gesture, self._button, self._is_pen_down = None, NO_BUTTON, False
        for tool in self._tools.values():
            tool.forget()
        self._crosshair.forget()
        self.sketched.emit()
        self.cursor_moved.emit()

    # inside ------------------------------------------------------------------------------------

    @property
    def _is_panning(self) -> bool:
        return self._gesture is not None and self._gesture.pans

    @property
    def _is_picking(self) -> bool:
        """Whether Alt makes an eyedropper of the brush: on a layer, where colours matter."""
        is_alt = bool(self._modifiers & Qt.KeyboardModifier.AltModifier)
        is_brush = self._options.tool is Tool.brush and self._document.active_layer is not None
        return is_alt and is_brush and self._gesture is None

    def _refusal_of(self, tool: CanvasTool) -> Refusal | None:
        return refusal(tool.needs, self._document, is_editable=self.is_editable)

    def _gesture_of(
        self, button: Qt.MouseButton, touch: Touch, *, is_double: bool
    ) -> Gesture | None:
        if button == Qt.MouseButton.MiddleButton:
            return Pan(self._camera, touch.at)
        if button == Qt.MouseButton.RightButton:
            return self._menu_or_eraser(touch)
        if button != Qt.MouseButton.LeftButton:
            return None
        if reason := self._refusal_of(self.tool):
            self.refused.emit(reason)
            return None
        press = self.tool.double_click if is_double else self.tool.press
        return press(touch, Ink.paint)

    def _menu_or_eraser(self, touch: Touch) -> ClickOr:
        tool = self.tool

        def erase(start: Touch) -> Gesture | None:
            can_erase = tool.erases and not self._refusal_of(tool)
            return tool.press(start, Ink.erase) if can_erase else None

        reach = CLICK_REACH * self._camera.ratio
        return ClickOr(touch, reach, erase, lambda: self.menu_requested.emit(touch.at))

    def _touch(self, at: QPointF, pressure: float = 1.0) -> Touch:
        place = QPointF(*self._camera.viewport.to_picture(at.x(), at.y()))
        return Touch(at, place, self._modifiers, pressure)

    def _point(self, at: QPointF) -> None:
        self.pointer = at
        self._crosshair.forget()
        self.cursor_moved.emit()


def _one(tools: dict[Tool, CanvasTool], kind: type[T]) -> T:
    return next(tool for tool in tools.values() if isinstance(tool, kind))
