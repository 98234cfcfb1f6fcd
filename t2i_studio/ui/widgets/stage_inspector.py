"""A stage seen larger: what it made, what it does, and where that comes from."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from t2i_studio.core.image import Image
from t2i_studio.studio.ribbon import StageState, StageView
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import MARGIN, RADIUS, caption_font, current, heading_font, set_kind
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import (
    CHIP,
    ROW,
    Chip,
    Chips,
    draw_chips,
    draw_picture,
    draw_score_rows,
)
from t2i_studio.ui.widgets.stage_texts import stage_text

WIDTH = 424  # px
INNER = WIDTH - 2 * MARGIN - 8
MOST_SCORES = 12
MOST_ROWS = 12  # of tokens
EDGE = 256  # px of a picture that stands alone
CAPTION = 18  # px under a picture


class StageInspector(QFrame):
    """Lies over its window and follows the run; not modal, Esc or x closes it."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._column = QVBoxLayout(self)
        self.key = ""
        self.title = _label()
        self.title.setFont(heading_font(self.font()))
        self.state = _label("muted")
        self.close_button = tool_button("close", "Close (Esc)")
        self.close_button.setAccessibleName("Close inspector")
        self.picture = StagePicture()
        self.what = _label()
        self.source = _label("muted")
        self.source.setFont(caption_font(self.font()))
        self.close_button.clicked.connect(self.closed)
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.hide()

    def open_at(self, view: StageView, corner: QPoint) -> None:
        """Show a stage under `corner` of its cell, inside the window."""
        self.show_view(view)
        right = self._window.width() - self.width() - MARGIN
        self.move(max(0, min(corner.x(), right)), corner.y() + 6)
        self.show()
        self.raise_()

    def show_view(self, view: StageView) -> None:
        text = stage_text(view.key)
        self.key = view.key
        self.title.setText(view.title)
        self.state.setText(_state(view))
        self.what.setText(text.what)
        self.source.setText(text.source)
        self.source.setVisible(bool(text.source))
        self.setAccessibleName(f"{view.title}: {text.what}")
        self.picture.show_view(view)
        self._column.activate()
        self.resize(WIDTH, self._column.heightForWidth(WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(look.line))
        painter.setBrush(QColor(look.raised))
        card = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, RADIUS, RADIUS)
        painter.end()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.state, 1)
        head.addWidget(self.close_button)
        column = self._column
        column.setContentsMargins(MARGIN + 4, 8, MARGIN - 4, MARGIN)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.picture)
        column.addWidget(self.what)
        column.addWidget(self.source)


class StagePicture(QWidget):
    """The thing of a stage: tokens, scores, or pictures; hidden without one."""

    def __init__(self) -> None:
        super().__init__()
        self._view = StageView("", "")
        self._chips = Chips(MOST_ROWS, lead="… ")
        self._miniatures = Miniatures()

    def show_view(self, view: StageView) -> None:
        self._view = view
        self.setFixedHeight(self._height())
        self.setVisible(self._height() > 0)
        self.setAccessibleName(_description(view))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(INNER, self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self._view
        if view.tokens:
            draw_chips(painter, QPointF(0, 0), self._rows())
        elif view.scores:
            room = QRectF(0, 0, INNER, self.height())
            draw_score_rows(painter, room, view.scores[:MOST_SCORES])
        elif view.before is not None:
            half = (INNER - 8) / 2
            self._draw(painter, QRectF(0, 0, half, half), view.before, "before")
            self._draw(painter, QRectF(half + 8, 0, half, half), view.after, "after")
        elif view.after is not None:
            self._draw(painter, QRectF(0, 0, INNER, EDGE), view.after, "")
        painter.end()

    def _height(self) -> int:
        view = self._view
        if view.tokens:
            return round(self._rows()[-1].rect.y() + CHIP)
        if view.scores:
            return round(ROW * min(len(view.scores), MOST_SCORES))
        if view.before is not None:
            return (INNER - 8) // 2 + CAPTION
        return EDGE + CAPTION if view.after is not None else 0

    def _rows(self) -> list[Chip]:
        return self._chips.of(self._view.tokens, self.font(), self, INNER)

    def _draw(self, painter: QPainter, room: QRectF, image: Image | None, word: str) -> None:
        draw_picture(painter, room, image, self._miniatures)
        size = f"{image.extent.width} × {image.extent.height} px" if image else ""
        painter.setFont(caption_font(self.font()))
        painter.setPen(QColor(current().muted))
        caption = QRectF(room.x(), room.bottom(), room.width(), CAPTION)
        words = ", ".join(part for part in (word, size) if part)
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, words)


def _label(kind: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_kind(label, kind)
    return label


def _state(view: StageView) -> str:
    """Describe the state in words; figures are tabular, so running numbers stand still."""
    parts = [view.state.value]
    if view.steps > 1:
        is_running = view.state is StageState.running
        parts.append(f"step {view.step} of {view.steps}" if is_running else f"{view.steps} steps")
    if view.detail:
        parts.append(view.detail)
    return ", ".join(parts)


def _description(view: StageView) -> str:
    """Say the picture for those who do not see it."""
    if view.tokens:
        return "Tokens: " + ", ".join(
            token.text if token.is_kept else f"{token.text} (cut)" for token in view.tokens
        )
    if view.scores:
        return "Cosines, best first: " + ", ".join(f"{score:.4f}" for score in view.scores)
    return "" if view.after is None else f"Picture of {view.title}"
