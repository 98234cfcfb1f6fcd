"""A row of pictures that scrolls sideways: results, gallery."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from t2i_studio.ui.palette import DARK, Theme
from t2i_studio.ui.theme import RADIUS, caption_font, current, set_kind
from t2i_studio.ui.widgets.pill import draw_pill

Index = QModelIndex | QPersistentModelIndex
FRAME = 4  # px around a picture, for the selection
GAP = 4  # px between items
SCROLLBAR = 10  # px
CAPTION_HEIGHT = 16  # px
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
TOP, BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom

CAPTION = Qt.ItemDataRole.UserRole + 1  # str, under the picture
BADGE = Qt.ItemDataRole.UserRole + 2  # str, at the right bottom of the picture
MARK = Qt.ItemDataRole.UserRole + 3  # str, over the picture, what one should know


class ThumbnailStrip(QListView):
    """Draws the model's DecorationRole (QImage or QPixmap), and its DisplayRole as a badge.

    What the model says to BADGE and MARK stands on the picture, too, and to CAPTION under it, for
    which `caption` px are kept.
    """

    def __init__(
        self, edge: int, empty_text: str = "", parent: QWidget | None = None, *, caption: int = 0
    ) -> None:
        super().__init__(parent)
        self._edge, self._empty_text, self._caption = edge, empty_text, caption
        self.setItemDelegate(_Delegate(edge, caption, self))
        set_kind(self, "strip")  # lies on whatever is below it
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.horizontalScrollBar().setSingleStep(edge // 2)

    def width_of(self, count: int) -> int:
        """Return how wide it has to be to show so many pictures at once."""
        return count * (self._edge + 2 * FRAME + GAP)

    def sizeHint(self) -> QSize:
        has_bar = self.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        height = self.width_of(1) + self._caption + (SCROLLBAR if has_bar else 0)
        return QSize(self.width_of(4), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width_of(1), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways with either wheel."""
        bar = self.horizontalScrollBar()
        pixels, angle = event.pixelDelta(), event.angleDelta()
        moved = pixels if not pixels.isNull() else angle
        by = moved.x() if abs(moved.x()) > abs(moved.y()) else moved.y()
        bar.setValue(bar.value() - by)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is selected in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty_text and (self.model() is None or self.model().rowCount() == 0):
            painter = QPainter(self.viewport())
            painter.setPen(QColor(current().muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(
                self.viewport().rect().adjusted(12, 0, -12, 0), flags, self._empty_text
            )
            painter.end()


class _Delegate(QStyledItemDelegate):
    def __init__(self, edge: int, caption: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._edge, self._caption = edge, caption

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        side = self._edge + 2 * FRAME
        return QSize(side + GAP, side + self._caption)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, corner = current(), option.rect.topLeft()
        inner = QRect(corner.x() + FRAME, corner.y() + FRAME, self._edge, self._edge)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        shown = _draw_picture(painter, inner, index.data(Qt.ItemDataRole.DecorationRole), look)
        _draw_frame(painter, shown, option.state, look)
        _draw_words(painter, shown, index)
        if self._caption and (caption := index.data(CAPTION)):
            room = QRect(
                corner.x(), inner.bottom() + FRAME, inner.width() + 2 * FRAME, self._caption
            )
            _draw_caption(painter, room, str(caption), look)
        painter.restore()


def _draw_picture(
    painter: QPainter, room: QRect, picture: QImage | QPixmap | None, look: Theme
) -> QRectF:
    """Draw it as large as fits, rounded; an empty tile while there is none. Return where."""
    if picture is None or picture.isNull():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.control))
        painter.drawRoundedRect(room, RADIUS, RADIUS)
        return room.toRectF()
    size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
    target.moveCenter(QPointF(room.x() + room.width() / 2, room.y() + room.height() / 2))
    clip = QPainterPath()
    clip.addRoundedRect(target, RADIUS - 2, RADIUS - 2)
    painter.save()
    painter.setClipPath(clip)
    if isinstance(picture, QPixmap):
        painter.drawPixmap(target.toRect(), picture)
    else:
        painter.drawImage(target, picture)
    painter.restore()
    return target


def _draw_words(painter: QPainter, shown: QRectF, index: Index) -> None:
    for role, corner, colour in (
        (Qt.ItemDataRole.DisplayRole, LEFT | BOTTOM, DARK.text),
        (BADGE, RIGHT | BOTTOM, DARK.text),
        (MARK, LEFT | TOP, DARK.warn),
    ):
        if words := index.data(role):
            draw_pill(painter, shown, str(words), corner, inset=2, colour=colour)


def _draw_caption(painter: QPainter, room: QRect, words: str, look: Theme) -> None:
    painter.setFont(caption_font(painter.font()))
    painter.setPen(QColor(look.muted))
    middle = Qt.TextElideMode.ElideMiddle
    shown = painter.fontMetrics().elidedText(words, middle, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)


def _draw_frame(painter: QPainter, shown: QRectF, state: QStyle.StateFlag, look: Theme) -> None:
    """Frame what is selected in the accent, what is under the mouse in a line."""
    if state & QStyle.StateFlag.State_Selected:
        pen = QPen(QColor(look.accent), 2)
    elif state & QStyle.StateFlag.State_MouseOver:
        pen = QPen(QColor(look.line), 1)
    else:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(shown.adjusted(-2.5, -2.5, 2.5, 2.5), RADIUS, RADIUS)
