"""The hand: moves the view."""

from typing import Final

from PySide6.QtCore import Qt

from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.canvas.gestures import Pan
from t2i_studio.ui.canvas.refusal import Need
from t2i_studio.ui.canvas.tool import CanvasTool, Cursor
from t2i_studio.ui.canvas.touch import Touch

STEP: Final = 32  # device px that an arrow moves the view
FAR: Final = 10  # steps


class PanTool(CanvasTool):
    """Works always."""

    needs = Need.nothing
    has_crosshair = False

    def cursor(self, _touch: Touch | None) -> Cursor:
        return Qt.CursorShape.OpenHandCursor

    def press(self, touch: Touch, _ink: Ink) -> Pan:
        return Pan(self.bench.camera, touch.at)

    def nudge(self, dx: int, dy: int, *, is_far: bool) -> bool:
        step = STEP * FAR if is_far else STEP
        self.bench.camera.pan(-dx * step, -dy * step)
        return True
