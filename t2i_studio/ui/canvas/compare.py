"""Original and result on one canvas: parted by a line that can be dragged, or one at a time."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import current
from t2i_studio.ui.widgets.pill import draw_pill

if TYPE_CHECKING:
    from t2i_studio.ui.canvas.view import CanvasView

MIDDLE: Final = 0.5
STEP, LEAP = 0.02, 0.10  # shares of what is seen: arrow keys, with Shift
WIDTH: Final = 32  # px that take the mouse
HANDLE: Final = 26  # px across
CHIPS: Final = 28  # px, height of the strip with the names
INSET: Final = 6  # px from the edges of the picture
LEFT, RIGHT, TOP = (
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignTop,
)


class Comparison(QObject):
    """Says what of the original the canvas shows while a result lies over it."""

    changed = Signal()  # whether it can be compared, and how it is

    def __init__(self, view: "CanvasView") -> None:
        super().__init__(view)
        self._view = view
        self._is_wiping = False
        self._could = False
        self.divider = WipeDivider(self, view)
        self.chips = Chips(view)
        view.scene.changed.connect(self._follow)
        view.camera.moved.connect(self._place)
        self._place()

    @property
    def can_compare(self) -> bool:
        """Whether there are two pictures: an original, and something over it."""
        return self._view.scene.can_compare

    @property
    def is_wiping(self) -> bool:
        return self._is_wiping

    @property
    def is_held(self) -> bool:
        """Whether the whole original is shown."""
        return self._view.scene.is_held

    @property
    def share(self) -> float:
        """Where the divider is, from the left (0) to the right (1) edge of the result."""
        share = self._view.scene.divider
        return MIDDLE if share is None else share

    def name_result(self, name: str) -> None:
        """Say what stands to the right of the divider."""
        self.chips.name_result(name)

    def wipe(self, is_wiping: bool) -> None:
        """Put the divider into the middle of what is seen, or take it away."""
        if is_wiping == self._is_wiping:
            return
        self._is_wiping = is_wiping
        self._view.scene.divider = self._middle() if is_wiping else None
        self._place()
        self.changed.emit()

    def toggle(self) -> None:
        self.wipe(not self._is_wiping)
        if self._is_wiping and self.can_compare:
            self.divider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hold(self, is_held: bool) -> None:
        """Show the whole original for as long as something is held."""
        if is_held == self.is_held or (is_held and not self.can_compare):
            return
        self._view.scene.is_held = is_held
        self._place()
        self.divider.update()
        self.changed.emit()

    def move_to(self, share: float) -> None:
        """Put the divider somewhere on the result."""
        self._view.scene.divider = min(max(share, 0.0), 1.0)
        self._place()

    def wipe_to(self, x: float) -> None:
        """Put the divider at a place of the view."""
        whole = self._whole()
        self.move_to((x - whole.x()) / max(1.0, whole.width()))

    def step(self, by: float) -> None:
        """Move it by a share of what is seen of the result."""
        whole, seen = self._whole(), self._seen()
        self.move_to(self.share + by * seen.width() / max(1.0, whole.width()))

    def _whole(self) -> QRectF:
        """Return where the result lies in the view."""
        bounds = self._view.scene.overlay_bounds
        if bounds is None:
            return QRectF()
        corners = (QPointF(bounds.x, bounds.y), QPointF(bounds.right, bounds.bottom))
        return QRectF(*(self._view.from_picture(corner) for corner in corners))

    def _seen(self) -> QRectF:
        return self._whole().intersected(QRectF(self._view.rect()))

    def _middle(self) -> float:
        whole, seen = self._whole(), self._seen()
        if seen.isEmpty():
            return MIDDLE
        return (seen.center().x() - whole.x()) / whole.width()

    def _follow(self, _bounds: object) -> None:
        if self.can_compare != self._could:
            self._could = self.can_compare
            if not self._could:
                self._view.scene.is_held = False
            self.changed.emit()
        self._place()

    def _place(self) -> None:
        seen, whole = self._seen().toAlignedRect(), self._whole()
        is_shown = self._is_wiping and self.can_compare and not seen.isEmpty()
        x = whole.x() + self.share * whole.width()
        self.divider.show_at(x, seen, is_shown=is_shown)
        self.chips.show_at(seen.right() + 1 if self.is_held else x, seen, is_shown=is_shown)


class WipeDivider(QWidget):
    """The line; it is dragged with the mouse or moved by keys."""

    def __init__(self, comparison: Comparison, view: "CanvasView") -> None:
        super().__init__(view)
        self._comparison = comparison
        self._view = view
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAccessibleName(tr("Divider between original and result"))
        self.setToolTip(
            tr(
                "Drag to wipe between original and result.\n"
                "Arrow keys move the divider, Space shows the whole original, a double click "
                "centres it, Esc takes it away."
            )
        )
        self.hide()

    def show_at(self, x: float, seen: QRect, *, is_shown: bool) -> None:
        """Stand at `x` of the view, as high as what is seen of the result."""
        had_focus = self.hasFocus()
        self.setVisible(is_shown and seen.left() - 1 <= x <= seen.right() + 2)
        if self.isVisible():
            self.setGeometry(round(x) - WIDTH // 2, seen.y(), WIDTH, seen.height())
            self._describe()
        elif had_focus:
            self._view.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._comparison.wipe_to(self.mapToParent(event.position()).x())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._comparison.move_to(MIDDLE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        key, comparison = event.key(), self._comparison
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            comparison.step(-by if key == Qt.Key.Key_Left else by)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            comparison.move_to(0.0 if key == Qt.Key.Key_Home else 1.0)
        elif key == Qt.Key.Key_Space:
            comparison.hold(True)
        elif key == Qt.Key.Key_Escape:
            comparison.wipe(False)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._comparison.hold(False)
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._comparison.hold(False)  # the release of the key goes elsewhere
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._comparison.is_held:
            return  # still there, to hear when the key is let go
        look, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = WIDTH // 2
        painter.fillRect(QRectF(x - 1, 0, 3, self.height()), QColor(look.raised))
        painter.fillRect(QRectF(x, 0, 1, self.height()), QColor(look.text))
        handle = QRectF(0, 0, HANDLE, HANDLE)
        handle.moveCenter(QPointF(x + 0.5, self.height() / 2))
        _draw_handle(painter, handle, look, has_focus=self.hasFocus())
        painter.end()

    def _describe(self) -> None:
        share = f"{self._comparison.share:.0%}"
        self.setAccessibleDescription(
            tr("At {share}: original on its left, result on its right", share=share)
        )


class Chips(QWidget):
    """The names of the two sides; the mouse goes through them."""

    def __init__(self, view: "CanvasView") -> None:
        super().__init__(view)
        self._x = 0.0
        self._result = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def name_result(self, name: str) -> None:
        self._result = name
        self.update()

    def show_at(self, x: float, seen: QRect, *, is_shown: bool) -> None:
        self.setVisible(is_shown)
        if is_shown:
            self._x = x - seen.x()
            self.setGeometry(seen.x(), seen.y(), seen.width(), min(CHIPS, seen.height()))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, room = self._x, QRectF(self.rect())
        left = QRectF(0, 0, x, room.height())
        right = QRectF(x, 0, room.width() - x, room.height())
        for side, words, corner in ((left, tr("Original"), LEFT), (right, self._result, RIGHT)):
            if words and side.width() > 2 * INSET:
                painter.save()
                painter.setClipRect(side)
                draw_pill(painter, side, words, corner | TOP, INSET)
                painter.restore()
        painter.end()


def _draw_handle(painter: QPainter, handle: QRectF, look: Theme, *, has_focus: bool) -> None:
    """Draw a disc with an arrow to either side."""
    pen = QPen(QColor(look.focus), 2) if has_focus else QPen(QColor(look.line), 1)
    painter.setPen(pen)
    painter.setBrush(QColor(look.raised))
    painter.drawEllipse(handle.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.text))
    for way in (-1, 1):
        tip = handle.center() + QPointF(9.0 * way, 0)
        base = QPointF(-5.0 * way, 4.5), QPointF(-5.0 * way, -4.5)
        painter.drawPolygon(QPolygonF([tip, tip + base[0], tip + base[1]]))
