"""One corner of the mix board: a picture, a prompt, or the place for one."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import later, tr
from t2i_studio.ui.icons import icon
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import ICON, RADIUS, caption_font, current
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import draw_picture

PADDING = 6.0  # px around the text of a prompt
INVITATION = later("Add a picture or a prompt to mix in: click to choose one, or drop it here.")
EXCHANGE = later("Click to choose another, or drop one here.")


@dataclass(frozen=True)
class Corner:
    """What is mixed: a picture with its title, or a prompt, which is its own title."""

    title: str
    image: Image | None = None


class CornerCard(QAbstractButton):
    """Enter, Space or a click asks for another content."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._corner: Corner | None = None
        self._is_target = False
        self._miniatures = Miniatures()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def corner(self) -> Corner | None:
        return self._corner

    def show_corner(self, corner: Corner | None, name: str) -> None:
        """Show a picture, a prompt or the place for one; `name` is what it is called aloud."""
        self._corner = corner
        self.setAccessibleName(name)
        self.setToolTip(f"{corner.title}\n{tr(EXCHANGE)}" if corner else tr(INVITATION))
        self.update()

    @property
    def is_target(self) -> bool:
        """Whether what is dragged would fall here."""
        return self._is_target

    def set_target(self, *, is_target: bool) -> None:
        if is_target != self._is_target:
            self._is_target = is_target
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts like Space; the arrows are left alone, for they would go on like Tab."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), current()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self._draw_card(painter, look)
        if self._corner is None:
            sign = QRectF(0, 0, ICON, ICON)
            sign.moveCenter(self.rect().toRectF().center())
            is_lit = self._is_target or self.underMouse() or self.hasFocus()
            icon("plus", "accent" if is_lit else "muted").paint(painter, sign.toRect())
        elif self._corner.image is not None:
            room = self.rect().toRectF().adjusted(3, 3, -3, -3)
            draw_picture(painter, room, self._corner.image, self._miniatures)
        else:
            self._draw_prompt(painter, self._corner.title, look)
        painter.end()

    def _draw_card(self, painter: QPainter, look: Theme) -> None:
        is_lit = self._is_target or self.underMouse()
        colour = look.focus if self.hasFocus() else look.accent if is_lit else look.line
        width = 2.0 if self.hasFocus() or self._is_target else 1.0
        style = Qt.PenStyle.SolidLine if self._corner else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(colour), width, style))
        painter.setBrush(QColor(look.raised if self._corner else look.canvas))
        inset = width / 2
        card = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _draw_prompt(self, painter: QPainter, text: str, look: Theme) -> None:
        room = self.rect().toRectF().adjusted(PADDING, PADDING, -PADDING, -PADDING)
        font = caption_font(self.font())
        metrics = QFontMetricsF(font, self)
        lines = wrapped(text, font, room.width(), int(room.height() // metrics.lineSpacing()))
        painter.setFont(font)
        painter.setPen(QColor(look.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))


def wrapped(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Break a text into at most `most` lines; the last one ends in an ellipsis if more follow."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    metrics = QFontMetricsF(font)
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        is_last = len(lines) == most - 1
        end = len(text) if is_last else line.textStart() + line.textLength()
        rest = text[line.textStart() : end].strip()
        lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    layout.endLayout()
    return lines
