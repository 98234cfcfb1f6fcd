"""What a pressed button does until it is released: paint, pan, or perhaps open the menu."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from PySide6.QtCore import QPointF

from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.touch import Touch

CLICK_REACH: Final = 4.0  # px; what moves less is a click


class Gesture(Protocol):
    """From a press, which made it, to the release."""

    pans: bool

    def move(self, touch: Touch) -> None: ...

    def end(self) -> None: ...

    def cancel(self) -> bool:
        """Take everything back; tell whether there was anything."""


class Pan:
    """The picture follows the pointer."""

    pans = True

    def __init__(self, camera: Camera, at: QPointF) -> None:
        self._camera = camera
        self._last = at

    def move(self, touch: Touch) -> None:
        way, self._last = touch.at - self._last, touch.at
        self._camera.pan(way.x(), way.y())

    def end(self) -> None:
        pass

    def cancel(self) -> bool:
        return False


class Paint:
    """A stroke, which shows at once and is kept when it ends.

    Some tablets tell the pressure one event late, and some never: a stroke that begins with none
    waits for the next event, and has full pressure if that tells none either.
    """

    pans = False

    def __init__(
        self,
        document: Document,
        brush: Brush,
        dab_at: Callable[[Touch], Dab],
        touch: Touch,
        line_from: tuple[float, float] | None = None,
    ) -> None:
        self._document = document
        self._brush = brush
        self._dab_at = dab_at
        self._line_from = line_from
        self._waiting: Touch | None = None
        self._is_mute = False
        if touch.pressure > 0:
            self._begin(touch)
        else:
            self._waiting = touch

    def move(self, touch: Touch) -> None:
        self._begin_late(touch.pressure)
        self._document.extend_stroke(self._dab_at(self._heard(touch)))

    def end(self) -> None:
        self._begin_late(0.0)
        self._document.end_stroke()

    def cancel(self) -> bool:
        was_painting = self._document.is_painting or self._waiting is not None
        self._waiting = None
        self._document.abandon_stroke()
        return was_painting

    def _begin(self, touch: Touch) -> None:
        dab = self._dab_at(touch)
        x, y = self._line_from or (dab.x, dab.y)
        self._document.begin_stroke(self._brush, replace(dab, x=x, y=y))
        if self._line_from:
            self._document.extend_stroke(dab)

    def _begin_late(self, pressure: float) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._is_mute = pressure <= 0
            self._begin(self._heard(replace(waiting, pressure=pressure)))

    def _heard(self, touch: Touch) -> Touch:
        return replace(touch, pressure=1.0) if self._is_mute else touch


class ClickOr:
    """A click calls `clicked`; anything longer becomes another gesture, where there is one."""

    pans = False

    def __init__(
        self,
        touch: Touch,
        reach: float,
        drag: Callable[[Touch], Gesture | None],
        clicked: Callable[[], None],
    ) -> None:
        self._start = touch
        self._reach = reach
        self._begin = drag
        self._drag: Gesture | None = None
        self._clicked = clicked
        self._has_moved = False

    def move(self, touch: Touch) -> None:
        if not self._has_moved and (touch.at - self._start.at).manhattanLength() < self._reach:
            return
        if not self._has_moved:
            self._has_moved = True
            self._drag = self._begin(self._start)
        if self._drag:
            self._drag.move(touch)

    def end(self) -> None:
        if self._drag:
            self._drag.end()

    def click(self) -> None:
        """Answer the release: whatever else ends it makes no click."""
        if not self._has_moved:
            self._clicked()

    def cancel(self) -> bool:
        self._has_moved = True  # a release makes no click any more
        return self._drag.cancel() if self._drag else False


class Drag:
    """Something follows the pointer, and is dropped or put back.

    `follow` gets the touch and the way from the press, in pixels of the picture.
    """

    pans = False

    def __init__(
        self,
        touch: Touch,
        follow: Callable[[Touch, QPointF], None],
        drop: Callable[[], None],
        put_back: Callable[[], bool],
    ) -> None:
        self._start = touch.place
        self._follow = follow
        self._drop = drop
        self._put_back = put_back
        self._is_over = False

    def move(self, touch: Touch) -> None:
        if not self._is_over:
            self._follow(touch, touch.place - self._start)

    def end(self) -> None:
        if not self._is_over:
            self._drop()

    def cancel(self) -> bool:
        was_over, self._is_over = self._is_over, True
        return not was_over and self._put_back()
