"""The layers as rows: an eye, a thumbnail, a name that can be changed, and how it shows."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.ui.canvas.overlays import draw_checkerboard
from t2i_studio.ui.icons import icon
from t2i_studio.ui.itemmodels.layers import DETAIL, IS_ACTIVE
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import GAP, ICON, RADIUS, caption_font, current

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 44  # px
EYE: Final = 28  # px, what can be pressed
THUMBNAIL: Final = 32  # px
CHIP: Final = 20  # px
CHECK: Final = 4  # px of the checkerboard behind a thumbnail
BAR: Final = 3  # px, beside what one paints on
CHECKED: Final = Qt.CheckState.Checked
NO_KEY: Final = Qt.KeyboardModifier.NoModifier
CONTROL: Final = Qt.KeyboardModifier.ControlModifier
ALT: Final = Qt.KeyboardModifier.AltModifier


class LayerList(QListView):
    """Rows can be dragged; the eye is pressed without the row becoming the current one."""

    added = Signal()  # another layer is wanted
    duplicated = Signal()  # one like the current one is
    removed = Signal()  # the current one is to go
    moved = Signal(int)  # it is to go up (+1) or down (-1)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Layers"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts: dict[tuple[Qt.KeyboardModifier, int], Callable[[], None]] = {
            (NO_KEY, Qt.Key.Key_Space): lambda: self._toggle(self.currentIndex()),
            (NO_KEY, Qt.Key.Key_Insert): self.added.emit,
            (NO_KEY, Qt.Key.Key_Delete): self.removed.emit,
            (NO_KEY, Qt.Key.Key_Backspace): self.removed.emit,
            (CONTROL, Qt.Key.Key_J): self.duplicated.emit,
            (ALT, Qt.Key.Key_Up): lambda: self.moved.emit(+1),
            (ALT, Qt.Key.Key_Down): lambda: self.moved.emit(-1),
        }
        if act := acts.get((modifiers, event.key())):
            act()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_eye(index, event):
            self._toggle(index)
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._is_on_eye(index, event):
            self.mousePressEvent(event)  # two quick presses are two
        else:
            super().mouseDoubleClickEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if index.isValid() and eye_of(self.visualRect(index)).contains(event.pos()):
                QToolTip.showText(event.globalPos(), tr("Show or hide (Space)"), self)
                return True
        return super().viewportEvent(event)

    def _is_on_eye(self, index: QModelIndex, event: QMouseEvent) -> bool:
        eye = eye_of(self.visualRect(index))
        return index.isValid() and eye.contains(event.position().toPoint())

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            role = Qt.ItemDataRole.CheckStateRole
            is_visible = index.data(role) == CHECKED
            state = Qt.CheckState.Unchecked if is_visible else CHECKED
            self.model().setData(index, state, role)


def eye_of(row: QRect) -> QRect:
    """Return what of a row shows and hides it."""
    return QRect(row.x() + GAP, row.y() + (row.height() - EYE) // 2, EYE, EYE)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = current(), option.rect
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        _draw_ground(painter, row, option.state, look, is_active=bool(index.data(IS_ACTIVE)))
        is_visible = index.data(Qt.ItemDataRole.CheckStateRole) == CHECKED
        eye = QRect(0, 0, ICON, ICON)
        eye.moveCenter(eye_of(row).center())
        name, tint = ("eye", "text") if is_visible else ("eye_off", "muted")
        icon(name, tint).paint(painter, eye)
        painter.setOpacity(1.0 if is_visible else 0.5)
        _draw_sample(painter, _sample_of(row), index.data(Qt.ItemDataRole.DecorationRole), look)
        painter.setOpacity(1.0)
        _draw_words(painter, option, index, look, is_visible=is_visible)
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        room = _words_of(option.rect)
        editor.setGeometry(QRect(room.x() - GAP, room.y(), room.width() + GAP, room.height()))


def _sample_of(row: QRect) -> QRect:
    x = eye_of(row).right() + 1 + 4
    return QRect(x, row.y() + (row.height() - THUMBNAIL) // 2, THUMBNAIL, THUMBNAIL)


def _words_of(row: QRect) -> QRect:
    x = _sample_of(row).right() + 1 + GAP
    return QRect(x, row.y() + 4, row.right() - GAP - x, row.height() - 8)


def _draw_ground(
    painter: QPainter, row: QRect, state: QStyle.StateFlag, look: Theme, *, is_active: bool
) -> None:
    """Tint the row that is worked on, with a bar beside it, and the one under the mouse."""
    place = QRectF(row).adjusted(2, 1, -2, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    if is_active:
        painter.setBrush(QColor(look.selected))
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        painter.setBrush(QColor(look.accent))
        painter.drawRoundedRect(
            QRectF(place.x(), place.y() + 8, BAR, place.height() - 16), 1.5, 1.5
        )
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(look.hover))
        painter.drawRoundedRect(place, RADIUS, RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.focus), 2))
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _draw_sample(painter: QPainter, room: QRect, sample: object, look: Theme) -> None:
    """Draw a thumbnail over a checkerboard, or a chip of the mask's colour."""
    if isinstance(sample, QImage) and not sample.isNull():
        size = sample.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
        place.moveCenter(QRectF(room).center())
        colours = look.canvas, look.checker
        draw_checkerboard(painter, place, colours, CHECK, place.topLeft())
        painter.drawImage(place, sample)
    elif isinstance(sample, str):
        chip = QRectF(0, 0, CHIP, CHIP)
        chip.moveCenter(QRectF(room).center())
        painter.setPen(QPen(QColor(look.line), 1))
        painter.setBrush(QColor(sample))
        painter.drawEllipse(chip.adjusted(0.5, 0.5, -0.5, -0.5))


def _draw_words(
    painter: QPainter,
    option: QStyleOptionViewItem,
    index: Index,
    look: Theme,
    *,
    is_visible: bool,
) -> None:
    """Write the name, and below it in small what else there is to say."""
    room = _words_of(option.rect)
    half = room.height() // 2
    upper = QRect(room.x(), room.y(), room.width(), half)
    lower = upper.translated(0, half)
    painter.setFont(option.font)
    painter.setPen(QColor(look.text if is_visible else look.muted))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    name = str(index.data(Qt.ItemDataRole.DisplayRole))
    middle = Qt.TextElideMode.ElideMiddle
    painter.drawText(upper, flags, option.fontMetrics.elidedText(name, middle, room.width()))
    painter.setFont(caption_font(option.font))
    painter.setPen(QColor(look.muted))
    detail = index.data(DETAIL) if is_visible else tr("hidden")
    painter.drawText(lower, flags, str(detail))
