"""Frames side by side that can be scrubbed: steps of a sampler, frames of an interpolation."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.ui.theme import RADIUS, current
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import draw_picture, draw_well

LEAST = 20  # px, the edge of a frame below which not all of them are shown
GAP = 4  # px between frames
RIM = 6  # px around the row, for the mark of the current frame and the focus ring
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
NOTCH = 120  # eighths of a degree that a mouse wheel turns at once


class FilmStrip(QWidget):
    """Hover, drag, arrows and wheel move the current frame; frames beyond what fits are sampled.

    The current frame is always shown, at the place where the mouse finds it.
    """

    scrubbed = Signal(int)  # by the user only
    activated = Signal(int)  # the frame that was clicked, or entered

    def __init__(self, edge: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edge = edge
        self._frames: tuple[Image, ...] = ()
        self._captions: tuple[str, ...] = ()
        self._expected = 0
        self._current = 0
        self._turned = 0
        self._miniatures = Miniatures()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._say()

    @property
    def frames(self) -> tuple[Image, ...]:
        return self._frames

    @property
    def current(self) -> int:
        return self._current

    @property
    def caption(self) -> str:
        """What the current frame is."""
        if not self._frames:
            return tr("no frames")
        if self._current < len(self._captions):
            return self._captions[self._current]
        number, count = self._current + 1, len(self._frames)
        return tr("frame {number} of {count}", number=number, count=count)

    def show_frames(
        self, frames: tuple[Image, ...], captions: tuple[str, ...] = (), expected: int = 0
    ) -> None:
        """Show frames; while they grow towards `expected`, the last one stays the current one."""
        is_at_end = self._current >= len(self._frames) - 1
        has_new_shape = self._count != max(len(frames), expected)
        self._frames, self._captions, self._expected = frames, captions, expected
        last = max(0, len(frames) - 1)
        self._current = last if is_at_end else min(self._current, last)
        if has_new_shape:
            self.updateGeometry()
        self._say()

    def set_current(self, index: int) -> None:
        """Choose a frame; beyond the ends it is the first or the last."""
        self._current = max(0, min(index, len(self._frames) - 1))
        self._say()

    def shown(self) -> list[int]:
        """Return which frame each place shows, from left to right; -1 for one still to come."""
        count, places = self._count, self._places()
        if places < count:
            taken = [place * (count - 1) // max(1, places - 1) for place in range(places)]
        else:
            taken = list(range(count))
        if self._frames:
            taken[(2 * self._current + 1) * places // (2 * count)] = self._current
        return [index if index < len(self._frames) else -1 for index in taken]

    def sizeHint(self) -> QSize:
        width = self._count * (self._edge + GAP) + 2 * RIM
        return QSize(min(width, 400), self._edge + 2 * RIM)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * (LEAST + GAP) + 2 * RIM, LEAST + 2 * RIM)

    def heightForWidth(self, width: int) -> int:
        return round(self._pitch(width)) - GAP + 2 * RIM

    def keyPressEvent(self, event: QKeyEvent) -> None:
        goals = {
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._frames) - 1,
        }
        if event.key() in goals:
            self._scrub(goals[Qt.Key(event.key())])
        elif event.key() in ENTER:
            self._activate()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go frame by frame if it has the focus; else what is around it scrolls."""
        if not self.hasFocus():
            event.ignore()
            return
        angle = event.angleDelta()
        self._turned -= angle.x() if abs(angle.x()) > abs(angle.y()) else angle.y()
        steps = int(self._turned / NOTCH)
        self._turned -= steps * NOTCH
        self._scrub(self._current + steps)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._scrub_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._scrub_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._activate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._turned = 0
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, index in enumerate(self.shown()):
            room = self._room(place)
            if index < 0:
                draw_well(painter, room)
                continue
            draw_picture(painter, room, self._frames[index], self._miniatures)
            if index == self._current:
                self._outline(painter, room.adjusted(-2, -2, 2, 2), current().accent)
        if self.hasFocus():
            self._outline(painter, self.rect().toRectF().adjusted(1, 1, -1, -1), current().focus)
        painter.end()

    @property
    def _count(self) -> int:
        """How many frames there are or will be."""
        return max(len(self._frames), self._expected)

    def _pitch(self, width: int) -> float:
        """Return the distance from frame to frame, px."""
        room = (width - 2 * RIM + GAP) / max(1, self._count)
        return min(float(self._edge + GAP), max(float(LEAST + GAP), room))

    def _places(self) -> int:
        fitting = int((self.width() - 2 * RIM + GAP) / self._pitch(self.width()) + 1e-6)
        return max(1, min(self._count, fitting)) if self._count else 0

    def _room(self, place: int) -> QRectF:
        pitch = self._pitch(self.width())
        return QRectF(RIM + place * pitch, RIM, pitch - GAP, pitch - GAP)

    def _outline(self, painter: QPainter, room: QRectF, colour: str) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 2))
        painter.drawRoundedRect(room, RADIUS, RADIUS)

    def _scrub_to(self, x: float) -> None:
        """Find the frame under `x`; with more frames than places, those between as well."""
        if self._frames:
            width = self._places() * self._pitch(self.width())
            self._scrub(int((x - RIM + GAP / 2) * self._count // width))

    def _scrub(self, index: int) -> None:
        before = self._current
        self.set_current(index)
        if self._current != before:
            self.scrubbed.emit(self._current)

    def _activate(self) -> None:
        if self._frames:
            self.activated.emit(self._current)

    def _say(self) -> None:
        self.setAccessibleName(self.caption)
        self.update()
