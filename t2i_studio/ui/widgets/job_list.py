"""The list of jobs: two lines and a bar each, moved by dragging or with Alt and an arrow."""

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDropEvent,
    QFontMetrics,
    QHelpEvent,
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
from t2i_studio.ui.icons import icon
from t2i_studio.ui.itemmodels.queue import (
    DETAIL_ROLE,
    FAILED_ROLE,
    HELD_ROLE,
    SHARE_ROLE,
    STATE_ROLE,
)
from t2i_studio.ui.palette import Theme, mixed
from t2i_studio.ui.theme import ICON, caption_font, current

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 44  # px
EDGE: Final = 6  # px beside the text
BAR: Final = 3  # px
BUTTON: Final = 24  # px


class JobList(QListView):
    """Says what is wanted of the rows; whoever made it does it."""

    menu_requested = Signal(QPoint)  # of the screen; for what is selected
    remove_requested = Signal()  # what is selected
    cancel_requested = Signal(QModelIndex)  # by the button of a row
    step_requested = Signal(QModelIndex, int)  # rows up (-1) or down (+1)
    front_requested = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Queue"))
        self.setAccessibleDescription(
            tr("Alt+Up and Alt+Down move a job, Alt+Home brings it to the front, Delete drops it.")
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move rows with Alt, drop them with Delete; the rest is the list's own."""
        key, has_alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if has_alt and key in steps and self.currentIndex().isValid():
            self.step_requested.emit(self.currentIndex(), steps[Qt.Key(key)])
        elif has_alt and key == Qt.Key.Key_Home and self.currentIndex().isValid():
            self.front_requested.emit(self.currentIndex())
        elif key == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu for the row under the mouse, or for the current one by the keyboard."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).bottomLeft()
        else:
            place = event.pos()
        if self.indexAt(event.pos()).isValid() or self.currentIndex().isValid():
            self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the two buttons of a row be pressed without selecting or dragging it."""
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        button = self._delegate.button_at(self.visualRect(index), event.position())
        if not is_left or not index.isValid() or not button:
            super().mousePressEvent(event)
        elif button == "cancel":
            self.cancel_requested.emit(index)
        else:
            self.setCurrentIndex(index)
            self.menu_requested.emit(event.globalPosition().toPoint())

    def dropEvent(self, event: QDropEvent) -> None:
        """Leave it to the model: the list's own way would move the rows one by one."""
        QAbstractItemView.dropEvent(self, event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()


class _Delegate(QStyledItemDelegate):
    """Paints a row; `button_at` tells what is pressed in it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(160, ROW)

    def button_at(self, row: QRect, at: QPointF) -> str:
        """Return "menu", "cancel", or nothing."""
        for name, place in _buttons(row).items():
            if place.contains(at.toPoint()):
                return name
        return ""

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say what the buttons do; elsewhere what the job is."""
        tips = {"menu": tr("More…"), "cancel": tr("Cancel this job (Delete)")}
        button = self.button_at(option.rect, QPointF(event.pos()))
        if button:
            QToolTip.showText(event.globalPos(), tips[button], view)
            return True
        return super().helpEvent(event, view, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_buttons = _draw_back(painter, option, look)
        room = option.rect.adjusted(EDGE, 4, -EDGE, -4)
        if has_buttons:
            buttons = _buttons(option.rect)
            room.setRight(buttons["menu"].left() - 2)
            icon("menu", "muted").paint(painter, _icon_rect(buttons["menu"]))
            icon("close", "muted").paint(painter, _icon_rect(buttons["cancel"]))
        state = "" if has_buttons else str(index.data(STATE_ROLE))
        _draw_words(painter, room, index, state, look)
        share = index.data(SHARE_ROLE)
        if share is not None:
            _draw_bar(painter, option.rect, share, look)
        painter.restore()


def _buttons(row: QRect) -> dict[str, QRect]:
    """Return where the buttons of a row lie."""
    top = row.top() + (row.height() - BUTTON) // 2
    right = row.right() - EDGE + 1
    return {
        "menu": QRect(right - 2 * BUTTON, top, BUTTON, BUTTON),
        "cancel": QRect(right - BUTTON, top, BUTTON, BUTTON),
    }


def _icon_rect(button: QRect) -> QRect:
    inset = (BUTTON - ICON) // 2
    return button.adjusted(inset, inset, -inset, -inset)


def _draw_back(painter: QPainter, option: QStyleOptionViewItem, look: Theme) -> bool:
    """Draw hover, selection and focus; tell whether the row shows its buttons."""
    state = option.state
    is_selected = bool(state & QStyle.StateFlag.State_Selected)
    is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
    card = QRectF(option.rect).adjusted(1, 1, -1, -1)
    if is_selected or is_hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.selected if is_selected else look.hover))
        painter.drawRoundedRect(card, 4, 4)
    if has_focus:
        painter.setPen(QPen(QColor(look.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(card, 4, 4)
    return is_hovered or has_focus


def _draw_words(painter: QPainter, room: QRect, index: Index, state: str, look: Theme) -> None:
    middle = room.center().y()
    upper = QRect(room.left(), room.top(), room.width(), middle - room.top())
    lower = QRect(room.left(), middle, room.width(), room.bottom() - middle)
    is_failed, is_held = index.data(FAILED_ROLE), index.data(HELD_ROLE)
    caption = caption_font(painter.font())
    width = QFontMetrics(caption).horizontalAdvance(state)
    words = upper.adjusted(0, 0, -(width + 8) if state else 0, 0)
    _write(painter, words, str(index.data()), look.muted if is_held else look.text)
    painter.setFont(caption)
    signal = look.danger if is_failed else look.warn if is_held else look.muted
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(signal))
    painter.drawText(upper, right, state)
    _write(painter, lower, str(index.data(DETAIL_ROLE)), look.danger if is_failed else look.muted)


def _write(painter: QPainter, room: QRect, text: str, colour: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.setPen(QColor(colour))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _draw_bar(painter: QPainter, row: QRect, share: float, look: Theme) -> None:
    groove = QRectF(row.left() + EDGE, row.bottom() - BAR, row.width() - 2 * EDGE, BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(mixed(look.panel, look.line, 0.4)))
    painter.drawRoundedRect(groove, BAR / 2, BAR / 2)
    groove.setWidth(groove.width() * min(1.0, share))
    painter.setBrush(QColor(look.accent))
    painter.drawRoundedRect(groove, BAR / 2, BAR / 2)
