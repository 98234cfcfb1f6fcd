"""One stage of the pipeline ribbon."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.stages import INVERSION, PRIOR, TEXT, StageState, StageView
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
from t2i_studio.ui.widgets.stage_texts import STATES, nearness, stage_text

HEIGHT = 68  # px
PADDING = 10.0  # px
SIGN = 16.0  # px
TILE = 48.0  # px, of a picture
LINE = 18.0  # px, of text
CHART = 104.0  # px that tokens or scores need
TILE_ROOM = TILE + 8  # px that a tile takes beside the title
WORDS = {
    StageState.waiting: later("waiting"),
    StageState.skipped: later("skipped"),
    StageState.failed: later("failed"),
}


class StageCell(QAbstractButton):
    """Title, state, and the stage's own small picture."""

    def __init__(self, view: StageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._is_roomy = True
        self._chips = Chips()
        self._miniatures = Miniatures()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{view.title}\n{stage_text(view.key).what}")
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
            return f"{steps}, {view.picture}" if view.picture and not self._is_chart else steps
        if view.state is StageState.running:
            return view.picture or view.detail
        if view.state is StageState.done and not view.detail and view.steps > 1:
            return tr("{steps} steps", steps=view.steps)
        return tr(WORDS[view.state]) if view.state in WORDS else view.detail

    def set_roomy(self, is_roomy: bool) -> None:
        """Take room for more than the title: a tile, tokens or scores; or give it up."""
        if is_roomy != self._is_roomy:
            self._is_roomy = is_roomy
            self.updateGeometry()
            self.update()

    def show_view(self, view: StageView) -> None:
        self._view = view
        self.setAccessibleName(f"{view.title}, {tr(STATES[view.state])}")
        step = ""
        if view.state is StageState.running:
            step = tr("Step {step} of {steps}. ", step=view.step, steps=view.steps)
        said = (view.picture, view.detail, nearness(view))
        self.setAccessibleDescription(step + ", ".join(part for part in said if part))
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.bare_width + (self.extra_width if self._is_roomy else 0), HEIGHT)

    @property
    def bare_width(self) -> int:
        """What the title needs, px."""
        title = QFontMetricsF(self._title_font()).horizontalAdvance(self._view.title)
        return round(2 * PADDING + SIGN + 6 + title) + 2

    @property
    def extra_width(self) -> int:
        """What tokens, scores or a tile need beyond that, px."""
        if self._is_chart:
            return max(0, round(2 * PADDING + CHART) - self.bare_width)
        return round(TILE_ROOM) if self._has_tile else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the ribbon: a button alone would go on like Tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down):
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

    @property
    def _has_tile(self) -> bool:
        """Whether it has a picture or will have one; an inversion may do without."""
        return self._view.key != INVERSION or self._view.after is not None

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
        if self._view.cosines:
            painter.setOpacity(1.0)
            painter.setPen(QColor(look.text))
            cosine = tr("cos {value}", value=f"{self._view.cosines[0].value:.2f}")
            _draw_elided(
                painter, strip, Left, _fitting(painter, strip, nearness(self._view), cosine)
            )
        elif not (self._view.scores or self._view.tokens):
            draw_well(painter, strip)
        elif self._view.key == PRIOR:
            draw_scores(painter, strip, self._view.scores, self._view.chosen)
        else:
            chips = self._chips.of(self._view.tokens, painter.font(), self, strip.width())
            draw_chips(painter, strip.topLeft() + QPointF(0, 1), chips)

    def _draw_tile(self, painter: QPainter, look: Theme) -> None:
        """Pictures at the left where there is room, title and caption beside them."""
        x = PADDING
        if self._has_tile and self._is_roomy:
            x = self._draw_pictures(painter) + 8
        room = QRectF(x, 15, self.width() - x - PADDING, LINE)
        below = room.translated(0, LINE + 2)
        if self.width() >= self.bare_width:
            self._draw_title(painter, room, look)
        else:
            self._draw_name(painter, room, look)
            self._draw_sign(painter, below)
            below.adjust(SIGN + 4, 0, 0, 0)
        painter.setFont(caption_font(self.font()))
        self._draw_caption(painter, below, Left, look)

    def _draw_pictures(self, painter: QPainter) -> float:
        """Draw before and after, as one picture or two; return where they end."""
        before, after = self._view.before, self._view.after
        tile = QRectF(PADDING, (HEIGHT - TILE) / 2, TILE, TILE)
        if before is not None and self.width() >= self.bare_width + TILE_ROOM + TILE + 4:
            draw_picture(painter, tile, before, self._miniatures)
            tile.translate(TILE + 4, 0)
            draw_picture(painter, tile, after, self._miniatures)
        else:
            draw_split(painter, tile, before, after, self._miniatures)
        return tile.right()

    def _draw_title(self, painter: QPainter, room: QRectF, look: Theme) -> float:
        """Draw sign and title; return where they end."""
        self._draw_sign(painter, room)
        place = room.adjusted(SIGN + 6, 0, 0, 0)
        return place.x() + self._draw_name(painter, place, look)

    def _draw_sign(self, painter: QPainter, room: QRectF) -> None:
        draw_sign(painter, QRectF(room.x(), room.y() + (LINE - SIGN) / 2, SIGN, SIGN), self._view)

    def _draw_name(self, painter: QPainter, room: QRectF, look: Theme) -> float:
        """Draw the title, whose ends tell stages apart; return how wide it came out."""
        is_quiet = self._view.state in (StageState.idle, StageState.waiting, StageState.skipped)
        painter.setFont(self._title_font())
        painter.setPen(QColor(look.muted if is_quiet else look.text))
        return _draw_elided(painter, room, Left, self._view.title, Qt.TextElideMode.ElideMiddle)

    def _draw_caption(
        self, painter: QPainter, room: QRectF, side: Qt.AlignmentFlag, look: Theme
    ) -> None:
        is_failed = self._view.state is StageState.failed
        painter.setPen(QColor(look.danger if is_failed else look.muted))
        # The line below tells the steps as well.
        short = self._view.picture if self._view.state is StageState.running else ""
        text = _fitting(painter, room, self.caption, short)
        mode = Qt.TextElideMode.ElideLeft if text == short else Qt.TextElideMode.ElideRight
        _draw_elided(painter, room, side, text, mode)

    def _draw_progress(self, painter: QPainter, look: Theme) -> None:
        if self._view.state is not StageState.running or self._view.steps <= 1:
            return
        track = QRectF(PADDING, HEIGHT - 6, self.width() - 2 * PADDING, 2)
        painter.fillRect(track, QColor(look.hairline))
        track.setWidth(track.width() * self._view.share)
        painter.fillRect(track, QColor(look.accent))


def _fitting(painter: QPainter, room: QRectF, text: str, short: str) -> str:
    """Return the text, or what may stand for it where it has no room."""
    metrics = QFontMetricsF(painter.font(), painter.device())
    return text if not short or metrics.horizontalAdvance(text) <= room.width() else short


def _draw_elided(
    painter: QPainter,
    room: QRectF,
    side: Qt.AlignmentFlag,
    text: str,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """Draw one line as far as there is room; return how wide it came out."""
    metrics = QFontMetricsF(painter.font(), painter.device())
    shown = metrics.elidedText(text, mode, max(0.0, room.width()))
    if len(shown) > 1 or shown == text:  # a lone ellipsis says nothing
        painter.drawText(room, side | VCenter, shown)
    return metrics.horizontalAdvance(shown)
