"""A line of the command palette: sign, title with what was asked for, menu, keys."""

from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from t2i_studio.ui.icons import icon
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import GAP, ICON, RADIUS, caption_font, current

if TYPE_CHECKING:
    from t2i_studio.ui.command_palette import Item, PaletteModel

ROW: Final = 32  # px
KEY_ROOM: Final = 6  # px beside the text of a key


class PaletteRow(QStyledItemDelegate):
    """Draws with the colours of the theme."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model: PaletteModel = index.model()  # type: ignore[assignment]  # the only one there is
        item, look = model.item(index), current()
        assert item is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, look)
        rect = option.rect.adjusted(GAP, 0, -GAP, 0)
        rect = self._draw_icon(painter, rect, item)
        rect.setRight(self._draw_keys(painter, rect, item, look, option.font))
        self._draw_title(painter, rect, item, model.places(index), look, option.font)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, look: Theme) -> None:
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_chosen or is_under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.selected if is_chosen else look.hover))
            painter.drawRoundedRect(option.rect, RADIUS, RADIUS)

    def _draw_icon(self, painter: QPainter, rect: QRect, item: "Item") -> QRect:
        if item.icon:
            place = QRect(rect.left(), rect.top() + (ROW - ICON) // 2, ICON, ICON)
            icon(item.icon, "muted").paint(painter, place)
        return rect.adjusted(ICON + GAP, 0, 0, 0)

    def _draw_keys(
        self, painter: QPainter, rect: QRect, item: "Item", look: Theme, font: QFont
    ) -> int:
        """Draw the keys as what they are; return where the room left of them ends."""
        small = caption_font(font)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        right = rect.right()
        for key in reversed(item.keys.split(", ") if item.keys else []):
            width = metrics.horizontalAdvance(key) + 2 * KEY_ROOM
            height = metrics.height() + 4
            chip = QRect(right - width, rect.top() + (ROW - height) // 2, width, height)
            painter.setPen(QColor(look.hairline))
            painter.setBrush(QColor(look.control))
            painter.drawRoundedRect(chip.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(QColor(look.muted))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, key)
            right -= width + 4
        return right - GAP

    def _draw_title(
        self,
        painter: QPainter,
        rect: QRect,
        item: "Item",
        places: tuple[int, ...],
        look: Theme,
        font: QFont,
    ) -> None:
        """Draw the title, what was asked for in the accent, and the menu where there is room."""
        heavy = QFont(font)
        heavy.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        baseline = rect.top() + (ROW + metrics.ascent() - metrics.descent()) // 2
        x = rect.left()
        painter.setClipRect(rect)
        for is_asked, letters in groupby(enumerate(item.title), lambda pair: pair[0] in places):
            run = "".join(letter for _, letter in letters)
            painter.setFont(heavy if is_asked else font)
            painter.setPen(QColor(_colour(item, look, is_asked=is_asked)))
            painter.drawText(x, baseline, run)
            x += painter.fontMetrics().horizontalAdvance(run)
        path = metrics.elidedText(item.path, Qt.TextElideMode.ElideRight, rect.right() - x - 12)
        painter.setFont(font)
        painter.setPen(QColor(look.muted if item.is_enabled else look.disabled))
        painter.drawText(x + 12, baseline, path)


def _colour(item: "Item", look: Theme, *, is_asked: bool) -> str:
    if not item.is_enabled:
        return look.disabled
    return look.accent if is_asked else look.text
