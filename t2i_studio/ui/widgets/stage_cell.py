"""One stage of the pipeline ribbon."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from t2i_studio.studio.ribbon import PRIOR, TEXT, StageState, StageView
from t2i_studio.ui.palette import Theme
from t2i_studio.ui.theme import RADIUS, caption_font, current
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import (
    CHIP,
    Chips,
    Left,
    Right,
    VCenter,
    draw_chips,
    draw_picture,
    draw_scores,
    draw_sign,
    draw_split,
    draw_well,
)
from t2i_studio.ui.widgets.stage_texts import stage_text

HEIGHT = 68  # px
PADDING = 10.0  # px
SIGN = 16.0  # px
TILE = 48.0  # px, of a picture
LINE = 18.0  # px, of text
WIDE = 232  # px from which on before and after stand side by side
WORDS = {
    StageState.waiting: "waiting",
    StageState.skipped: "skipped",
    StageState.failed: "failed",
}


class StageCell(QAbstractButton):
    """Title, state, and the stage's own small picture."""

    def __init__(self, view: StageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._chips = Chips()
        self._miniatures = Miniatures()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(stage_text(view.key).what)
        self.show_view(view)

    @property
    def view(self) -> StageView:
        return self._view

    @property
    def caption(self) -> str:
        """What stands beside the title."""
        view = self._view
        if view.state is StageState.running and view.steps > 1:
            steps = f"{view.step}/{view.steps}"
            return f"{steps}, {view.detail}" if view.detail and not self._is_chart else steps
        return WORDS.get(view.state, view.detail)

    def show_view(self, view: StageView) -> None:
        self._view = view
        self.setAccessibleName(f"{view.title}, {view.state.value}")
        step = f"Step {view.step} of {view.steps}. " if view.state is StageState.running else ""
        self.setAccessibleDescription(f"{step}{view.detail}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width() + 48, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        title = QFontMetricsF(self._title_font()).horizontalAdvance(self._view.title)
        tile = 0 if self._is_chart else TILE + 8
        return QSize(round(2 * PADDING + tile + SIGN + 6 + title) + 2, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the ribbon: a button alone would go on like Tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = current()
        self._draw_card(painter, look)
        if self._view.state is StageState.skipped:
            painter.setOpacity(0.7)
        if self._is_chart:
            self._draw_chart(painter, look)
        else:
            self._draw_tile(painter, look)
        painter.setOpacity(1.0)
        self._draw_progress(painter, look)
        painter.end()

    @property
    def _is_chart(self) -> bool:
        """Whether its picture is a strip under the title, not a tile beside it."""
        return self._view.key in (TEXT, PRIOR)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _draw_card(self, painter: QPainter, look: Theme) -> None:
        is_running = self._view.state is StageState.running
        fill = look.hover if self.underMouse() or self.isChecked() else look.panel
        border = look.accent if is_running or self.isChecked() else look.hairline
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(QColor(look.focus if self.hasFocus() else border), width))
        painter.setBrush(QColor(fill))
        inset = width / 2
        card = self.rect().toRectF().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _draw_chart(self, painter: QPainter, look: Theme) -> None:
        """Title and caption on one line, tokens or scores under it."""
        room = QRectF(PADDING, 9, self.width() - 2 * PADDING, LINE)
        end = self._draw_title(painter, room, look)
        painter.setFont(caption_font(self.font()))
        beside = room.adjusted(end - room.x() + 8, 0, 0, 0)
        metrics = QFontMetricsF(painter.font(), self)
        if metrics.horizontalAdvance(self.caption) <= beside.width():
            self._draw_caption(painter, beside, Right, look)
        strip = QRectF(PADDING, 33, self.width() - 2 * PADDING, CHIP + 4)
        if not (self._view.scores or self._view.tokens):
            draw_well(painter, strip)
        elif self._view.key == PRIOR:
            draw_scores(painter, strip, self._view.scores)
        else:
            chips = self._chips.of(self._view.tokens, painter.font(), self, strip.width())
            draw_chips(painter, strip.topLeft() + QPointF(0, 1), chips)

    def _draw_tile(self, painter: QPainter, look: Theme) -> None:
        """Pictures at the left, title and caption beside them."""
        x = PADDING
        before, after = self._view.before, self._view.after
        tile = QRectF(x, (HEIGHT - TILE) / 2, TILE, TILE)
        if before is not None and self.width() >= WIDE:
            draw_picture(painter, tile, before, self._miniatures)
            tile.translate(TILE + 4, 0)
            draw_picture(painter, tile, after, self._miniatures)
        else:
            draw_split(painter, tile, before, after, self._miniatures)
        x = tile.right() + 8
        room = QRectF(x, 15, self.width() - x - PADDING, LINE)
        self._draw_title(painter, room, look)
        painter.setFont(caption_font(self.font()))
        self._draw_caption(painter, room.translated(0, LINE + 2), Left, look)

    def _draw_title(self, painter: QPainter, room: QRectF, look: Theme) -> float:
        """Draw sign and title; return where they end."""
        draw_sign(painter, QRectF(room.x(), room.y() + (LINE - SIGN) / 2, SIGN, SIGN), self._view)
        is_quiet = self._view.state in (StageState.idle, StageState.waiting, StageState.skipped)
        painter.setFont(self._title_font())
        painter.setPen(QColor(look.muted if is_quiet else look.text))
        return (
            SIGN
            + 6
            + _draw_elided(painter, room.adjusted(SIGN + 6, 0, 0, 0), Left, self._view.title)
            + room.x()
        )

    def _draw_caption(
        self, painter: QPainter, room: QRectF, side: Qt.AlignmentFlag, look: Theme
    ) -> None:
        is_failed = self._view.state is StageState.failed
        painter.setPen(QColor(look.danger if is_failed else look.muted))
        _draw_elided(painter, room, side, self.caption)

    def _draw_progress(self, painter: QPainter, look: Theme) -> None:
        if self._view.state is not StageState.running or self._view.steps <= 1:
            return
        track = QRectF(PADDING, HEIGHT - 6, self.width() - 2 * PADDING, 2)
        painter.fillRect(track, QColor(look.hairline))
        track.setWidth(track.width() * self._view.share)
        painter.fillRect(track, QColor(look.accent))


def _draw_elided(painter: QPainter, room: QRectF, side: Qt.AlignmentFlag, text: str) -> float:
    """Draw one line as far as there is room; return how wide it came out."""
    metrics = QFontMetricsF(painter.font(), painter.device())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room.width()))
    if len(shown) > 1 or shown == text:  # a lone ellipsis says nothing
        painter.drawText(room, side | VCenter, shown)
    return metrics.horizontalAdvance(shown)
