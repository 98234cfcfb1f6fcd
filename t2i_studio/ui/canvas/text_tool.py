"""The text tool: words that float over the picture until they become a layer."""

from typing import Final

from PySide6.QtCore import QPointF, Qt

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.layers import window
from t2i_studio.core.words import tr
from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.canvas.content import Floating, Sketch, SketchKind
from t2i_studio.ui.canvas.gestures import Drag
from t2i_studio.ui.canvas.refusal import Need
from t2i_studio.ui.canvas.text_pixels import Lettering, letter
from t2i_studio.ui.canvas.tool import Bench, CanvasTool, Cursor, corners
from t2i_studio.ui.canvas.touch import Touch

LONGEST_NAME: Final = 32  # characters
EMPTY: Final = "\u2009"  # as high as a line, and nearly nothing wide


class TextTool(CanvasTool):
    """A click places the text, a drag inside its box moves it."""

    needs = Need.canvas

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.text = ""
        self._at: tuple[int, int] | None = None  # the left upper corner of the box
        self._lettering: Lettering | None = None
        self._floating: Floating | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a text that can be edited."""
        return self._at is not None

    @property
    def box(self) -> Bounds | None:
        """Where the lines stand, in pixels of the picture."""
        if self._at is None or self._lettering is None:
            return None
        inner = self._lettering.box
        return Bounds(*self._at, inner.width, inner.height)

    @property
    def sketch(self) -> Sketch | None:
        if (box := self.box) is None:
            return None
        points = corners(QPointF(box.x, box.y), QPointF(box.right, box.bottom))
        return Sketch(points, is_closed=True, kind=SketchKind.text_box)

    @property
    def floating(self) -> Floating | None:
        return self._floating

    def cursor(self, touch: Touch | None) -> Cursor:
        is_over = touch is not None and self._is_inside(touch)
        return Qt.CursorShape.SizeAllCursor if is_over else Qt.CursorShape.IBeamCursor

    def press(self, touch: Touch, _ink: Ink) -> Drag | None:
        """Move the text that is hit; anywhere else keep it and begin another."""
        if not self._is_inside(touch):
            if self.text.strip():
                self.commit()
            self._open(touch)
        assert self._at is not None
        x, y = self._at

        def follow(_touch: Touch, way: QPointF) -> None:
            self._at = x + round(way.x()), y + round(way.y())
            self._show()

        def put_back() -> bool:
            self._at = x, y
            self._show()
            return True

        return Drag(touch, follow, lambda: None, put_back)

    def confirm(self, touch: Touch) -> bool:
        """Begin there, or make what was written a layer."""
        if self.is_open:
            self.commit()
        else:
            self._open(touch)
        return True

    def cancel(self) -> bool:
        """Throw the text away."""
        was_open = self.is_open
        self.text, self._at, self._lettering = "", None, None
        self._show()
        return was_open

    def put_away(self) -> None:
        """Keep what was written: nobody loses a text by taking another tool."""
        self.commit()

    def forget(self) -> None:
        self.cancel()

    def write(self, text: str) -> None:
        """Let the text be this one."""
        self.text = text
        self.refresh()

    def refresh(self) -> None:
        """Draw it anew: text, font or colour are others."""
        if self.is_open:
            self._lettering = letter(self.text or EMPTY, self.bench.options)
            self._show()

    def commit(self) -> None:
        """Make the text a layer of its own, as one step."""
        text, floating, document = self.text.strip(), self._floating, self.bench.document
        if not text or floating is None or document.extent is None:
            self.cancel()
            return
        pixels = window(floating.pixels, document.bounds.moved(-floating.x, -floating.y))
        step = tr("Add text")
        if self.bench.attempt(lambda: document.add_layer(_name(text), pixels, step=step)):
            self.cancel()

    def _open(self, touch: Touch) -> None:
        self.text = ""
        self._at = round(touch.place.x()), round(touch.place.y() - self.bench.options.text_size / 2)
        self.refresh()

    def _is_inside(self, touch: Touch) -> bool:
        box, x, y = self.box, *touch.place.toTuple()
        return box is not None and box.x <= x <= box.right and box.y <= y <= box.bottom

    def _show(self) -> None:
        if self._at is None or self._lettering is None:
            self._floating = None
        else:
            (x, y), inner = self._at, self._lettering.box
            self._floating = Floating(self._lettering.pixels, x - inner.x, y - inner.y)
        self.bench.changed()


def _name(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"
