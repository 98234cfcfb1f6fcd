"""The keys of the canvas, while it has the focus."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from t2i_studio.studio.tools import Tool, ToolOptions
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.tools import CanvasTools
from t2i_studio.ui.widgets.arrows import ARROWS

FAR: Final = 10  # px that Shift+arrow moves the crosshair
PAN_STEP: Final = 32  # device px that an arrow moves the view with the hand in hand
TOOLS: Final = {Qt.Key.Key_B: Tool.brush, Qt.Key.Key_E: Tool.eraser, Qt.Key.Key_H: Tool.pan}
ZOOMS: Final = {
    Qt.Key.Key_1: 1.0,
    Qt.Key.Key_2: 2.0,
    Qt.Key.Key_3: 4.0,
    Qt.Key.Key_4: 8.0,
}
RETURNS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
CONTROL: Final = Qt.KeyboardModifier.ControlModifier
OTHERS: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class CanvasKeys:
    """Each method tells whether the key was for the canvas."""

    def __init__(self, tools: CanvasTools, options: ToolOptions, camera: Camera) -> None:
        self._tools = tools
        self._options = options
        self._camera = camera
        self._anywhere: dict[Qt.Key, Callable[[], None]] = {
            # With any modifiers: on many keyboards these are not keys of their own.
            Qt.Key.Key_BracketLeft: options.shrink,
            Qt.Key.Key_BracketRight: options.grow,
            Qt.Key.Key_Plus: camera.zoom_in,
            Qt.Key.Key_Equal: camera.zoom_in,
            Qt.Key.Key_Minus: camera.zoom_out,
        }

    def press(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in self._anywhere:
            self._anywhere[key]()
            return True
        if modifiers & OTHERS:
            return False
        if modifiers & CONTROL:
            return self._zoom(key)
        if modifiers & SHIFT:
            return self._shifted(key)
        return self._plain(key, event)

    def release(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._tools.let_go_of_space()
        return True

    def _zoom(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_0:
            self._camera.fit()
        elif key in ZOOMS:
            self._camera.set_zoom(ZOOMS[key])
        else:
            return False
        return True

    def _shifted(self, key: Qt.Key) -> bool:
        if key in ARROWS:
            return self._arrow(key, FAR)
        return key in RETURNS and self._tools.line()

    def _plain(self, key: Qt.Key, event: QKeyEvent) -> bool:
        if key in TOOLS:
            self._options.tool = TOOLS[key]
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._tools.hold_space()
        elif key == Qt.Key.Key_Escape:
            return self._tools.cancel()
        elif key in RETURNS:
            return self._tools.dab()
        else:
            return self._arrow(key, 1)
        return True

    def _arrow(self, key: Qt.Key, steps: int) -> bool:
        if key not in ARROWS:
            return False
        dx, dy = (steps * step for step in ARROWS[key])
        if self._options.tool is Tool.pan:
            self._camera.pan(-dx * PAN_STEP, -dy * PAN_STEP)
        elif self._tools.ink:
            self._tools.move_crosshair(dx, dy)
        else:
            return False
        return True
