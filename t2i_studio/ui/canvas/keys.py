"""The keys of the canvas, while it has the focus."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from psygnal import Signal
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from t2i_studio.core.words import later
from t2i_studio.studio.tools import Tool, ToolOptions
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.tools import CanvasTools
from t2i_studio.ui.widgets.arrows import ARROWS

Keys = tuple[str, ...]


@dataclass(frozen=True)
class CanvasKey:
    """Something that keys do here; `default` are the keys at first, in Qt's portable text."""

    id: str
    title: str  # to be translated
    default: Keys


CANVAS_KEYS: Final = (
    CanvasKey("canvas.brush", later("Brush"), ("B",)),
    CanvasKey("canvas.eraser", later("Eraser"), ("E",)),
    CanvasKey("canvas.rectangle", later("Rectangle"), ("U",)),
    CanvasKey("canvas.lasso", later("Lasso"), ("L",)),
    CanvasKey("canvas.fill", later("Fill"), ("G",)),
    CanvasKey("canvas.colour_select", later("Select by colour"), ("W",)),
    CanvasKey("canvas.text", later("Text"), ("T",)),
    CanvasKey("canvas.eyedropper", later("Eyedropper"), ("I",)),
    CanvasKey("canvas.move", later("Move"), ("V",)),
    CanvasKey("canvas.frame", later("Frame (hold: for one drag)"), ("C",)),
    CanvasKey("canvas.crop", later("Crop"), ("K",)),
    CanvasKey("canvas.pan", later("Hand"), ("H",)),
    CanvasKey("canvas.quick_switch", later("The tool before"), ("Q",)),
    CanvasKey("canvas.swap_colours", later("Swap the colours"), ("X",)),
    CanvasKey("canvas.reset_colours", later("Colours black and white"), ("D",)),
    CanvasKey("canvas.smaller", later("Smaller brush"), ("[",)),
    CanvasKey("canvas.larger", later("Larger brush"), ("]",)),
    CanvasKey("canvas.softer", later("Softer brush"), ("{",)),
    CanvasKey("canvas.harder", later("Harder brush"), ("}",)),
    CanvasKey("canvas.thinner", later("Less opaque brush"), ("<",)),
    CanvasKey("canvas.thicker", later("More opaque brush"), (">",)),
    CanvasKey("canvas.zoom_in", later("Zoom in"), ("+", "=")),
    CanvasKey("canvas.zoom_out", later("Zoom out"), ("-",)),
)
# What cannot be changed, to be listed with the others.
FIXED_KEYS: Final = (
    CanvasKey("canvas.arrows", later("Move the crosshair, or what the tool moves"), ("Left",)),
    CanvasKey("canvas.far_arrows", later("The same by ten pixels"), ("Shift+Left",)),
    CanvasKey("canvas.confirm", later("Use the tool at the crosshair; close, apply"), ("Return",)),
    CanvasKey("canvas.line", later("Paint a line from the last point"), ("Shift+Return",)),
    CanvasKey("canvas.take_back", later("Take back the last point"), ("Backspace",)),
    CanvasKey("canvas.cancel", later("Leave what was begun"), ("Esc",)),
    CanvasKey("canvas.hand", later("The hand, while it is held"), ("Space",)),
)

RETURNS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
HELD: Final = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
OTHERS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
WINDOW: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
PREFIX: Final = "canvas."


class CanvasKeys:
    """Methods that get an event tell whether the key was for the canvas."""

    rebound = Signal()

    def __init__(self, tools: CanvasTools, options: ToolOptions, camera: Camera) -> None:
        self._tools = tools
        self._options = options
        self._acts: dict[str, Callable[[], None]] = {
            "canvas.quick_switch": options.switch_back,
            "canvas.swap_colours": options.swap_colours,
            "canvas.reset_colours": options.reset_colours,
            "canvas.smaller": options.shrink,
            "canvas.larger": options.grow,
            "canvas.softer": options.soften,
            "canvas.harder": options.harden,
            "canvas.thinner": options.thin,
            "canvas.thicker": options.thicken,
            "canvas.zoom_in": camera.zoom_in,
            "canvas.zoom_out": camera.zoom_out,
        }
        self._ids: dict[str, str] = {}
        self._hold: _Hold | None = None
        self.rebind({})

    def rebind(self, mapping: Mapping[str, Iterable[str]]) -> None:
        """Give things other keys, by their ids; what is not named has those of the beginning."""
        self._ids = {
            key: each.id for each in CANVAS_KEYS for key in mapping.get(each.id, each.default)
        }
        self.rebound.emit()

    def key_of(self, name: str) -> str:
        """Return the first key of an id as people read it; empty if it has none."""
        key = next((key for key, owner in self._ids.items() if owner == name), "")
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

    def press(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~KEYPAD
        if key in HELD:
            self._tools.hold(modifiers | HELD[key])
            return False
        if self._hold and self._hold.key == key and event.isAutoRepeat():
            self._hold = replace(self._hold, is_long=True)
            return True
        if name := self._found(key, modifiers):
            self._act(name, key)
            return True
        return self._fixed(key, modifiers, event)

    def release(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in HELD:
            self._tools.hold(event.modifiers() & ~HELD[key])
            return False
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._tools.let_go_of_space()
            return True
        if self._hold and self._hold.key == key and not event.isAutoRepeat():
            self._let_go()
        return False

    def let_go(self) -> None:
        """Hold nothing any more: the focus has gone."""
        self._tools.let_go_of_space()
        self._tools.hold(Qt.KeyboardModifier.NoModifier)
        self._let_go()

    def _found(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str | None:
        """Return what the key does; signs count with any modifiers.

        On many keyboards a bracket is no key of its own.
        """
        exact = QKeySequence(QKeyCombination(modifiers, key)).toString()
        return self._ids.get(exact) or (self._ids.get(chr(key)) if _is_sign(key) else None)

    def _act(self, name: str, key: Qt.Key) -> None:
        if name in self._acts:
            self._acts[name]()
            return
        self._hold = None
        tool, before = Tool(name.removeprefix(PREFIX)), self._options.tool
        if tool is Tool.frame and before is not Tool.frame:
            self._hold = _Hold(key, before, self._tools.uses)
        self._options.tool = tool

    def _let_go(self) -> None:
        """Give back the tool that was in hand, if the frame's key was held and not just pressed."""
        hold, self._hold = self._hold, None
        if hold and (hold.is_long or self._tools.uses > hold.uses):
            self._options.tool = hold.before

    def _fixed(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, event: QKeyEvent) -> bool:
        if key in RETURNS and not modifiers & WINDOW:
            return self._tools.confirm(modifiers)
        if modifiers & OTHERS:
            return False
        if key in ARROWS:
            return self._tools.step(*ARROWS[key], is_far=bool(modifiers & SHIFT))
        if key == Qt.Key.Key_Space and not modifiers:
            if not event.isAutoRepeat():
                self._tools.hold_space()
            return True
        acts = {Qt.Key.Key_Escape: self._tools.cancel, Qt.Key.Key_Backspace: self._tools.take_back}
        return not modifiers and key in acts and acts[key]()


@dataclass(frozen=True)
class _Hold:
    """The key of the frame is down: `uses` counts presses of the mouse before it was."""

    key: Qt.Key
    before: Tool
    uses: int
    is_long: bool = False


def _is_sign(key: Qt.Key) -> bool:
    return 0x20 < key < 0x7F and not chr(key).isalnum()
