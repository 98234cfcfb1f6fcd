"""What a pressed button does until it is released: paint, pan, or perhaps open the menu."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QPointF

from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.ui.canvas.camera import Camera

CLICK_REACH: Final = 4.0  # a right click that moves less opens the menu


class Gesture(Protocol):
    """Points are in device pixels; `pressure` is 0 to 1, and 1 for a mouse."""

    pans: bool

    def move(self, at: QPointF, pressure: float) -> None: ...

    def end(self) -> None: ...

    def cancel(self) -> bool:
        """Take everything back; tell whether there was anything."""


class Pan:
    """The picture follows the pointer."""

    pans = True

    def __init__(self, camera: Camera, at: QPointF) -> None:
        self._camera = camera
        self._last = at

    def move(self, at: QPointF, pressure: float) -> None:
        way, self._last = at - self._last, at
        self._camera.pan(way.x(), way.y())

    def end(self) -> None:
        pass

    def cancel(self) -> bool:
        return False


class Paint:
    """A stroke, which shows at once and is kept when it ends."""

    pans = False

    def __init__(self, document: Document, ink: Ink, dab_at: Callable[[QPointF, float], Dab]):
        self._document = document
        self._ink = ink
        self._dab_at = dab_at

    def begin(self, at: QPointF, pressure: float, line_from: Dab | None = None) -> None:
        dab = self._dab_at(at, pressure)
        self._document.begin_stroke(Brush(self._ink), line_from or dab)
        if line_from:
            self._document.extend_stroke(dab)

    def move(self, at: QPointF, pressure: float) -> None:
        self._document.extend_stroke(self._dab_at(at, pressure))

    def end(self) -> None:
        self._document.end_stroke()

    def cancel(self) -> bool:
        was_painting = self._document.is_painting
        self._document.abandon_stroke()
        return was_painting


class ClickOr:
    """A click calls `clicked`; anything longer becomes another gesture, where there is one."""

    pans = False

    def __init__(self, at: QPointF, reach: float, drag: Paint | None, clicked: Callable[[], None]):
        self._start = at
        self._reach = reach
        self._drag = drag
        self._clicked = clicked
        self._has_moved = False

    def move(self, at: QPointF, pressure: float) -> None:
        if not self._has_moved and (at - self._start).manhattanLength() < self._reach:
            return
        if self._drag and not self._has_moved:
            self._drag.begin(self._start, pressure)
        self._has_moved = True
        if self._drag:
            self._drag.move(at, pressure)

    def end(self) -> None:
        if not self._has_moved:
            self._clicked()
        elif self._drag:
            self._drag.end()

    def cancel(self) -> bool:
        return self._drag.cancel() if self._drag else False
