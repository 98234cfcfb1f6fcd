"""One candidate: its picture, what it is called, its score, and whether it is pinned."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.ui.icons import icon
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import RADIUS, caption_font, current
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.pill import INSET, draw_pill
from t2i_studio.ui.widgets.stage_pictures import Left, Right, VCenter, draw_picture

FRAME = 4  # px around everything in a tile
BADGE = 22  # px, of the pin
BAR = 3  # px, height of the score's bar
LINE_GAP = 2  # px between lines
MOST_LINES = 2  # of a title


@dataclass(frozen=True)
class Tile:
    """What a tile shows; without an image it waits for one, without a score it has no rank."""

    image: Image | None
    title: str
    score: float | None
    tooltip: str


@dataclass(frozen=True)
class Place:
    """Where a tile stands among the others: `rank` from 1, `share` of the bar in 0 to 1."""

    index: int
    count: int
    rank: int | None = None
    share: float = 0.0


@dataclass(frozen=True)
class Shape:
    """How large all tiles are: the picture's edge in px, and which lines stand below it."""

    edge: int
    title_lines: int
    has_scores: bool
    line: int  # px, height of a line

    @property
    def width(self) -> int:
        return self.edge + 2 * FRAME

    @property
    def height(self) -> int:
        titles = self.title_lines * self.line
        scores = self.line + BAR + LINE_GAP if self.has_scores else 0
        return self.edge + 2 * FRAME + (LINE_GAP if titles or scores else 0) + titles + scores


class CandidateTile(QAbstractButton):
    """A click selects it, one on its pin pins it, a double click activates it."""

    pin_clicked = Signal()
    activated = Signal()

    def __init__(self, tile: Tile, place: Place, miniatures: Miniatures, parent: QWidget) -> None:
        super().__init__(parent)
        self.tile, self.place = tile, place
        self._miniatures = miniatures
        self._shape = Shape(64, 0, False, 0)
        self._is_pinned = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_tile(tile, place)

    def show_tile(self, tile: Tile, place: Place) -> None:
        self.tile, self.place = tile, place
        self.setToolTip(tile.tooltip)
        self._describe()

    def set_shape(self, shape: Shape) -> None:
        self._shape = shape
        self.resize(shape.width, shape.height)
        self.update()

    def set_pinned(self, is_pinned: bool) -> None:
        self._is_pinned = is_pinned
        self._describe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the grid: a button alone would take Space and the arrows."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self.badge.contains(event.position()):
            self.pin_clicked.emit()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the release too: after a press on the pin a button would pass it on."""
        super().mouseReleaseEvent(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mouseDoubleClickEvent(event)
        elif self.badge.contains(event.position()):
            self.pin_clicked.emit()
        else:
            self.activated.emit()

    @property
    def badge(self) -> QRectF:
        """Where the pin is."""
        picture = self._picture()
        return QRectF(picture.right() - BADGE - INSET, picture.y() + INSET, BADGE, BADGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._draw_card(painter, look)
        picture = self._picture()
        if self.tile.image is None:
            self._draw_skeleton(painter, picture, look)
        else:
            draw_picture(painter, picture, self.tile.image, self._miniatures)
        if self.place.rank is not None:
            draw_pill(painter, picture, str(self.place.rank), Left | Qt.AlignmentFlag.AlignTop)
        self._draw_pin(painter)
        painter.setFont(caption_font(self.font()))
        self._draw_words(painter, picture.bottom() + LINE_GAP, look)
        painter.end()

    def _describe(self) -> None:
        tile, place = self.tile, self.place
        rank = "" if place.rank is None else tr("rank {rank}", rank=place.rank)
        name = ", ".join(part for part in (tile.title, rank) if part)
        self.setAccessibleName(
            name or tr("{done} of {total}", done=place.index + 1, total=place.count)
        )
        score = "" if tile.score is None else tr("score {score}", score=f"{tile.score:.3f}")
        waits = "" if tile.image is not None else tr("no picture yet")
        pinned = tr("pinned") if self._is_pinned else ""
        self.setAccessibleDescription(", ".join(part for part in (score, waits, pinned) if part))
        self.update()

    def _picture(self) -> QRectF:
        return QRectF(FRAME, FRAME, self._shape.edge, self._shape.edge)

    def _draw_card(self, painter: QPainter, look: Theme) -> None:
        is_hovered = self.underMouse() and self.isEnabled()
        if not (self.isChecked() or self.hasFocus() or is_hovered):
            return
        width = 2 if self.hasFocus() else 1
        edge = look.focus if self.hasFocus() else look.accent if self.isChecked() else look.hairline
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(look.selected if self.isChecked() else look.hover))
        inset = width / 2
        card = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _draw_skeleton(self, painter: QPainter, picture: QRectF, look: Theme) -> None:
        """Draw where the picture will be."""
        painter.setPen(QPen(QColor(look.line), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(look.control))
        painter.drawRoundedRect(picture.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 2, RADIUS - 2)
        sign = QRectF(0, 0, 24, 24)
        sign.moveCenter(picture.center())
        icon("picture", "muted").paint(painter, sign.toRect())

    def _draw_pin(self, painter: QPainter) -> None:
        """Draw the pin, or where to pin while one points here."""
        is_offered = self.isEnabled() and (self.underMouse() or self.hasFocus())
        if not (self._is_pinned or is_offered):
            return
        look, badge = current(), self.badge
        painter.setPen(QPen(QColor(look.line), 1))
        painter.setBrush(QColor(look.accent if self._is_pinned else look.raised))
        painter.drawEllipse(badge.adjusted(0.5, 0.5, -0.5, -0.5))
        sign = icon("pin_on", "on_accent") if self._is_pinned else icon("pin")
        sign.paint(painter, badge.adjusted(4, 4, -4, -4).toRect())

    def _draw_words(self, painter: QPainter, y: float, look: Theme) -> None:
        shape, edge = self._shape, self._shape.edge
        painter.setPen(QColor(look.text))
        for line in wrapped(self.tile.title, painter.fontMetrics(), edge):
            painter.drawText(QRectF(FRAME, y, edge, shape.line), Qt.AlignmentFlag.AlignCenter, line)
            y += shape.line
        if not shape.has_scores:
            return
        y = FRAME + edge + LINE_GAP + shape.title_lines * shape.line
        row = QRectF(FRAME, y, edge, shape.line)
        self._draw_score(painter, row, look)

    def _draw_score(self, painter: QPainter, row: QRectF, look: Theme) -> None:
        """Draw the score and, below it, how it stands among the others."""
        track = QRectF(row.x(), row.bottom(), row.width(), BAR)
        painter.setPen(QColor(look.muted))
        if self.tile.score is not None:
            painter.drawText(row, Right | VCenter, f"{self.tile.score:.3f}")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.hairline))
        painter.drawRoundedRect(track, BAR / 2, BAR / 2)
        if self.tile.score is not None:
            painter.setBrush(QColor(look.accent if self.place.rank == 1 else look.quiet_bar))
            track.setWidth(track.width() * self.place.share)
            painter.drawRoundedRect(track, BAR / 2, BAR / 2)


def wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break a title into lines, the last of which ends in an ellipsis if it must."""
    words, lines = text.split(), list[list[str]]()
    while words and len(lines) < MOST_LINES - 1:
        fitting = 1
        while fitting < len(words) and _fits(words[: fitting + 1], metrics, width):
            fitting += 1
        lines.append(words[:fitting])
        words = words[fitting:]
    lines += [words] if words else []
    elide = Qt.TextElideMode.ElideRight
    return [metrics.elidedText(" ".join(line), elide, width) for line in lines]


def _fits(words: list[str], metrics: QFontMetrics, width: int) -> bool:
    return metrics.horizontalAdvance(" ".join(words)) <= width
