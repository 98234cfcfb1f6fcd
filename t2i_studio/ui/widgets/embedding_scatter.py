"""A map of pictures: each embedding as a dot in two principal components."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import current
from t2i_studio.ui.widgets.arrows import ARROWS
from t2i_studio.ui.widgets.lasso import Lasso
from t2i_studio.ui.widgets.scatter_dots import diameter, drawn
from t2i_studio.ui.widgets.scatter_drawing import (
    LABEL,
    draw_axes,
    draw_card,
    draw_field,
    draw_loop,
    draw_ring,
    draw_thumbnail,
    draw_words,
)
from t2i_studio.ui.widgets.scatter_geometry import FEW, Points, Room
from t2i_studio.ui.widgets.scatter_map import PointMap

LARGEST_PICTURE, SMALLEST_PICTURE = 56.0, 24.0  # px
CROWDING = 0.7  # of the mean distance of pictures, that each is wide
REACH = 12.0  # px from a dot to the mouse that means it
ZOOM_PER_NOTCH = 1.25
NOTCH = 120.0  # eighths of a degree, as mice turn
ENTER = Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space
IN, OUT = ZOOM_PER_NOTCH, 1 / ZOOM_PER_NOTCH
ZOOMS = {Qt.Key.Key_Plus: IN, Qt.Key.Key_Equal: IN, Qt.Key.Key_Minus: OUT}
TIP = later(
    "Pictures that lie close mean something alike. Click one, or draw a loop around several; with "
    "Shift more are added. Wheel zooms, middle button moves, double click shows all.\n"
    "Principal components of CLIP image embeddings, Ramesh et al. 2022, section 4."
)

Thumbnail = Callable[[int], QImage | None]


class EmbeddingScatter(QWidget):
    """Points by their index; arrows walk, Enter chooses, Escape lets go, plus and minus zoom.

    Painted by numpy: pyqtgraph 0.14 holds up the window for 270 ms when it takes 100,000 points.
    """

    activated = Signal(int)  # index that was clicked, or entered
    selected = Signal(object)  # tuple[int, ...], sorted: all that are chosen now; by the user only
    pictures_wanted = Signal(object)  # tuple[int, ...]: few are in view; `show_pictures` shows them

    def __init__(
        self,
        thumbnail: Thumbnail = lambda _: None,
        empty_text: str = tr("No pictures to map yet."),
        parent: QWidget | None = None,
    ) -> None:
        """`thumbnail` is asked for the picture of the current point only, once each time."""
        super().__init__(parent)
        self._thumbnail, self._empty_text = thumbnail, empty_text
        self._titles: Sequence[str] = ()
        self._axes = "", ""
        self._pictures: Mapping[int, QImage] = {}
        self._wanted: tuple[int, ...] = ()  # few enough in view to be shown as pictures
        self._current: int | None = None
        self._current_picture: QImage | None = None
        self._lasso = Lasso()
        self._grip: QPointF | None = None  # of the middle button
        self._dots: QImage | None = None  # drawn for what is shown now
        self._map = PointMap(np.zeros((0, 2)), None, self._room)
        self._set_up()

    @property
    def selection(self) -> tuple[int, ...]:
        """Return what is chosen, sorted."""
        return self._map.selection

    @property
    def current(self) -> int | None:
        """The point under the mouse, or where the arrows are."""
        return self._current

    def place(self, index: int) -> QPointF:
        """Return where in the widget a point lies."""
        return QPointF(*self._map.pixels[index].tolist())

    def show_points(
        self, points: Points, groups: Sequence[int] | None = None, titles: Sequence[str] = ()
    ) -> None:
        """Show (N, 2) finite points, in colours by group, and nothing chosen.

        `groups`: N numbers from 0, `titles`: N, or none.
        """
        self._map = PointMap(points, groups, self._room)
        self._titles = titles
        self._pictures, self._wanted = {}, ()
        self._current = self._current_picture = None
        self._refresh()

    def show_axes(self, across: str, up: str) -> None:
        """Name the axes, like "1: snow / grass, 23 %"."""
        self._axes = across, up
        self.update()

    def show_pictures(self, pictures: Mapping[int, QImage]) -> None:
        """Draw these instead of dots while few points are in view."""
        self._pictures = pictures
        self.update()

    def select(self, indices: Iterable[int]) -> None:
        """Choose points without telling anybody."""
        self._map.select(indices)
        self._refresh()

    def fit(self) -> None:
        """Show all points."""
        self._map.fit()
        self._refresh()

    # what is shown --------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip(tr(TIP))
        self.setAccessibleName(tr("Map of pictures"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    @property
    def _room(self) -> Room:
        """Where points can be: above and right of the names of the axes."""
        return LABEL, 1.0, max(1.0, self.width() - LABEL - 1), max(1.0, self.height() - LABEL - 1)

    def _refresh(self) -> None:
        """Draw all dots anew, and say what is shown."""
        self._dots = None
        sums = {"count": len(self._map), "chosen": int(self._map.chosen.sum())}
        self.setAccessibleDescription(tr("{count} pictures, {chosen} selected", **sums))
        self._ask_for_pictures()
        self.update()

    def _ask_for_pictures(self) -> None:
        seen = self._map.in_view
        wanted = tuple(seen.tolist()) if len(seen) <= FEW else ()
        is_new, self._wanted = wanted != self._wanted, wanted
        if is_new and wanted:
            self.pictures_wanted.emit(wanted)

    def _stand_on(self, index: int | None) -> None:
        """Make a point the current one."""
        if index != self._current:
            self._current = index
            self._current_picture = None if index is None else self._thumbnail(index)
            self.update()

    def _choose(self, indices: Iterable[int], *, is_added: bool) -> None:
        self.select((*(self.selection if is_added else ()), *indices))
        self.selected.emit(self.selection)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._map.resize(self._room)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dots = None
        super().changeEvent(event)

    # mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._lasso.press(event.position())
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._grip is not None:
            way, self._grip = at - self._grip, at
            self._map.move(way.x(), way.y())
            self._refresh()
        elif self._lasso.draw_on(at):
            self._stand_on(None)
            self.update()
        elif not self._lasso.is_held:
            self._stand_on(self._map.pick(at.x(), at.y(), self._reach))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._grip = None
        elif event.button() == Qt.MouseButton.LeftButton and self._lasso.is_held:
            self._end(event.position(), is_added=_is_adding(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = ZOOM_PER_NOTCH ** (event.angleDelta().y() / NOTCH)
        self._zoom(factor, *event.position().toTuple())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._stand_on(None)
        super().leaveEvent(event)

    def _end(self, at: QPointF, *, is_added: bool) -> None:
        """Choose what lies in the loop, or what was clicked."""
        loop = self._lasso.take()
        if len(loop):
            self._choose(self._map.inside(loop), is_added=is_added)
        elif (index := self._map.pick(at.x(), at.y(), self._reach)) is not None:
            self._enter(index, is_added=is_added)

    def _enter(self, index: int, *, is_added: bool) -> None:
        self._choose([index], is_added=is_added)
        self.activated.emit(index)

    # keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self._walk(*ARROWS[key])
        elif key in ENTER and self._current is not None:
            self._enter(self._current, is_added=_is_adding(event))
        elif key in ZOOMS:
            self._zoom(ZOOMS[key], *self._map.middle)
        elif key == Qt.Key.Key_Home:
            self.fit()
        elif key != Qt.Key.Key_Escape or not self._let_go():
            event.ignore()

    def _walk(self, dx: int, dy: int) -> None:
        index = self._map.step(self._current, dx, dy)
        if index is not None:
            self._stand_on(index)
            self._map.bring_into_view(index)
            self._refresh()

    def _zoom(self, factor: float, x: float, y: float) -> None:
        self._map.zoom(factor, x, y)
        self._refresh()

    def _let_go(self) -> bool:
        """Forget the loop, or else what is chosen; tell whether there was any."""
        if len(self._lasso.take()):
            self.update()
            return True
        if not self.selection:
            return False
        self._choose((), is_added=False)
        return True

    # drawing --------------------------------------------------------------------------------

    @property
    def _shows_pictures(self) -> bool:
        return bool(self._wanted and self._pictures)

    @property
    def _reach(self) -> float:
        """How far from a point the mouse still means it, in px."""
        return self._edge / 2 if self._shows_pictures else REACH

    @property
    def _edge(self) -> float:
        """How large pictures are drawn, in px, so that few lie over others."""
        _, _, width, height = self._map.view.room
        edge = CROWDING * math.sqrt(width * height / max(1, len(self._wanted)))
        return min(LARGEST_PICTURE, max(SMALLEST_PICTURE, edge))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), current()
        smooth = QPainter.RenderHint.SmoothPixmapTransform
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | smooth)
        plot = QRectF(*self._map.view.room)
        draw_field(painter, plot, has_focus=self.hasFocus())
        if len(self._map):
            draw_axes(painter, plot, self._axes)
            painter.setClipRect(plot)
            self._draw_points(painter, plot, look)
            draw_loop(painter, self._lasso.corners)
            painter.setClipping(False)
            self._draw_current(painter, plot)
        else:
            draw_words(painter, plot, self._empty_text)
        painter.end()

    def _draw_points(self, painter: QPainter, plot: QRectF, look: Theme) -> None:
        if self._shows_pictures:
            for index in self._wanted:
                self._draw_picture(painter, index)
            return
        ratio = self.devicePixelRatioF()
        if self._dots is None or self._dots.devicePixelRatio() != ratio:
            size = round(plot.width() * ratio), round(plot.height() * ratio)
            pixels = (self._map.pixels - (plot.x(), plot.y())) * ratio
            self._dots = drawn(pixels, self._map.groups, self._map.chosen, size, ratio, look)
        painter.drawImage(plot.topLeft(), self._dots)

    def _draw_picture(self, painter: QPainter, index: int) -> None:
        room, is_chosen = self._place_of_picture(index), bool(self._map.chosen[index])
        draw_thumbnail(painter, room, self._pictures.get(index), is_chosen=is_chosen)

    def _place_of_picture(self, index: int) -> QRectF:
        room = QRectF(0, 0, self._edge, self._edge)
        room.moveCenter(self.place(index))
        return room

    def _draw_current(self, painter: QPainter, plot: QRectF) -> None:
        """Ring the current point, on top of the others, and show its picture beside it."""
        index = self._current
        if index is None:
            return
        if self._shows_pictures:
            self._draw_picture(painter, index)
        half = diameter(len(self._map)) / 2
        dot = QRectF(self.place(index), self.place(index)).adjusted(-half, -half, half, half)
        draw_ring(painter, self._place_of_picture(index) if self._shows_pictures else dot)
        title = self._titles[index] if index < len(self._titles) else ""
        picture = self._current_picture or self._pictures.get(index)
        draw_card(painter, self.place(index), plot, picture, title)


def _is_adding(event: QMouseEvent | QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
