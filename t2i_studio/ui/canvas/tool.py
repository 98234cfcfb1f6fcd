"""What all tools of the canvas have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor

from t2i_studio.core.errors import UserError
from t2i_studio.core.mask_tools import Cover
from t2i_studio.core.words import tr
from t2i_studio.studio.cover_work import CoverWork
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.strokes import Ink
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import Floating, Sketch
from t2i_studio.ui.canvas.gestures import Gesture
from t2i_studio.ui.canvas.refusal import Need
from t2i_studio.ui.canvas.touch import Touch

Cursor = QCursor | Qt.CursorShape
ARROW: Final = Qt.CursorShape.ArrowCursor
CROSS: Final = Qt.CursorShape.CrossCursor


@dataclass(frozen=True)
class Bench:
    """What tools work on; `changed` is called when a tool shows something else."""

    document: Document
    options: ToolOptions
    camera: Camera
    frame: GenerationFrame
    covers: CoverWork
    changed: Callable[[], None]

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do what the document may refuse, and say why if it does; tell whether it did not."""
        try:
            do()
        except UserError as error:
            self.covers.failed.emit(error)
            return False
        return True

    def lay(self, cover: Cover, ink: Ink, name: str) -> None:
        """Paint or erase what is covered of the mask or the layer that is worked on."""
        if cover.at.is_empty:
            return
        options = self.options
        opacity = options.brush_opacity if self.document.active_layer else 1.0
        self.document.apply_cover(
            cover.pixels, cover.at, ink, options.rgb, opacity=opacity, name=tr(name)
        )


class CanvasTool:
    """Does nothing at all; each tool says what it does.

    Methods that answer a key tell whether it was for them.
    """

    needs = Need.target
    erases = False  # with the right button, too
    has_crosshair = True  # for the keyboard

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    @property
    def sketch(self) -> Sketch | None:
        return None

    @property
    def floating(self) -> Floating | None:
        return None

    def cursor(self, _touch: Touch | None) -> Cursor:
        return CROSS

    def press(self, _touch: Touch, _ink: Ink) -> Gesture | None:
        """Begin what the button does; None if it is done already."""
        return None

    def double_click(self, touch: Touch, ink: Ink) -> Gesture | None:
        """Two quick clicks are two clicks, for most."""
        return self.press(touch, ink)

    def hover(self, touch: Touch) -> None:
        """Follow the pointer, or the crosshair, while no button is held."""

    def confirm(self, _touch: Touch) -> bool:
        """Answer Return; `touch` is where the crosshair is."""
        return False

    def nudge(self, _dx: int, _dy: int, *, is_far: bool) -> bool:
        """Follow an arrow; only tools without a crosshair are asked."""
        return False

    def take_back(self) -> bool:
        """Answer Backspace."""
        return False

    def cancel(self) -> bool:
        """Answer Esc while no button is held."""
        return False

    def put_away(self) -> None:
        """Another tool is taken: leave nothing half done."""
        self.forget()

    def forget(self) -> None:
        """Another picture is shown: what was begun on this one is of no use."""


def ink_of(touch: Touch, ink: Ink) -> Ink:
    """Return what a tool does while Alt or Ctrl take away instead of adding."""
    return Ink.erase if touch.has_alt or touch.has_control else ink


def corners(a: QPointF, b: QPointF) -> tuple[tuple[float, float], ...]:
    """Return the four points of the rectangle between two."""
    return ((a.x(), a.y()), (b.x(), a.y()), (b.x(), b.y()), (a.x(), b.y()))
