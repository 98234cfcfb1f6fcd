"""A stage seen larger: what it made, what it does, and where that comes from."""

from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.studio.stages import PRIOR, StageView
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.theme import MARGIN, RADIUS, caption_font, current, heading_font, set_kind
from t2i_studio.ui.widgets.film_strip import FilmStrip
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import (
    CHIP,
    ROW,
    Chip,
    Chips,
    draw_chips,
    draw_picture,
    draw_score_rows,
    score_rows,
)
from t2i_studio.ui.widgets.stage_texts import description, notes, stage_text, state_text
from t2i_studio.ui.widgets.wipe_view import WipeView

WIDTH = 424  # px
INNER = WIDTH - 2 * MARGIN - 8
MOST_SCORES = 12
MOST_ROWS = 12  # of tokens
EDGE = 256  # px of a picture that stands alone
WIPE = 320  # px of before and after
CAPTION = 18  # px under a picture


class StageInspector(QFrame):
    """Lies over its window and follows the run; not modal, Esc or x closes it."""

    closed = Signal()
    explore_requested = Signal(str)  # the key of the stage

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._column = QVBoxLayout(self)
        self._view = StageView("", "")
        self.title = _label()
        self.title.setFont(heading_font(self.font()))
        self.state = _label("muted")
        self.close_button = tool_button("close", tr("Close (Esc)"))
        self.close_button.setAccessibleName(tr("Close inspector"))
        self.picture = StagePicture()
        self.strip = FilmStrip()
        self.wipe = WipeView()
        self.note = _label()
        self.what = _label("muted")
        self.source = _label("muted")
        self.source.setFont(caption_font(self.font()))
        self.explore_button = QPushButton(icon("explore"), tr("Explore the prior"))
        self.explore_button.setToolTip(tr("See every candidate as a picture and pick one"))
        self.close_button.clicked.connect(self.closed)
        self.strip.scrubbed.connect(self._show_frame)
        self.explore_button.clicked.connect(lambda: self.explore_requested.emit(self.key))
        self.setFixedWidth(WIDTH)
        self._lay_out()
        self.hide()

    @property
    def key(self) -> str:
        return self._view.key

    def open_at(self, view: StageView, corner: QPoint) -> None:
        """Show a stage under `corner` of its cell, inside the window."""
        self.show_view(view)
        right = self._window.width() - self.width() - MARGIN
        self.move(max(0, min(corner.x(), right)), corner.y() + 6)
        self.show()
        self.raise_()

    def come_after(self, cell: QWidget) -> None:
        """Let Tab go from a cell into the inspector."""
        for before, after in pairwise((cell, *self._stops)):
            QWidget.setTabOrder(before, after)

    def enter(self) -> None:
        """Give the focus to the first thing in it that takes it."""
        shown = (stop for stop in self._stops if not stop.isHidden())
        next(shown).setFocus(Qt.FocusReason.TabFocusReason)

    def show_view(self, view: StageView) -> None:
        text = stage_text(view.key)
        self._view = view
        self.title.setText(view.title)
        self.state.setText(state_text(view))
        self.what.setText(text.what)
        self.source.setText(text.source)
        self.source.setVisible(bool(text.source))
        self.setAccessibleName(f"{view.title}: {text.what}")
        self.explore_button.setVisible(view.key == PRIOR)
        self.note.setText(notes(view))
        self.note.setVisible(bool(notes(view)))
        self._show_pictures(view)
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

    @property
    def _stops(self) -> tuple[QWidget, ...]:
        """What takes the focus, in order."""
        return self.wipe, self.strip, self.explore_button, self.close_button

    def _show_pictures(self, view: StageView) -> None:
        self.wipe.setVisible(view.before is not None)
        self.wipe.show_pictures(view.before, view.after)
        captions = tuple(
            tr("step {step} of {steps}", step=frame.step, steps=view.steps) for frame in view.frames
        )
        images = tuple(frame.image for frame in view.frames)
        self.strip.setVisible(len(images) > 1 or bool(images and view.steps > 1))
        self.strip.show_frames(images, captions, view.steps if images else 0)
        self._show_frame()

    def _show_frame(self) -> None:
        """Show what is under the scrub, or what else the stage has."""
        view = self._view
        if view.before is not None:
            self.picture.hide()
        elif view.frames:
            words = (self.strip.caption, view.picture)
            caption = ", ".join(word for word in words if word)
            self.picture.show_view(view, view.frames[self.strip.current].image, caption)
        else:
            self.picture.show_view(view, caption=view.picture)

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
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(8)
        self.wipe.setFixedSize(INNER, WIPE)
        for widget in (self.wipe, self.picture, self.strip, self.note, self.what, self.source):
            body.addWidget(widget)
        body.addWidget(self.explore_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(body)


class StagePicture(QWidget):
    """The thing of a stage: tokens, scores, or a picture with its caption; hidden without one."""

    def __init__(self) -> None:
        super().__init__()
        self._view = StageView("", "")
        self._image: Image | None = None
        self._caption = ""
        self._chips = Chips(MOST_ROWS, lead="… ")
        self._miniatures = Miniatures()

    def show_view(self, view: StageView, image: Image | None = None, caption: str = "") -> None:
        """Show a stage; `image` stands for what it made, `caption` below it with its size."""
        self._view, self._image, self._caption = view, image or view.after, caption
        self.setFixedHeight(self._height())
        self.setVisible(self._height() > 0)
        self.setAccessibleName(caption or description(view))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(INNER, self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view.tokens:
            draw_chips(painter, QPointF(0, 0), self._rows())
        elif self._view.scores:
            room = QRectF(0, 0, INNER, self.height())
            draw_score_rows(painter, room, score_rows(self._view, MOST_SCORES))
        elif self._image is not None:
            self._draw(painter, self._image)
        painter.end()

    def _height(self) -> int:
        if self._view.tokens:
            return round(self._rows()[-1].rect.y() + CHIP)
        if self._view.scores:
            return round(ROW * min(len(self._view.scores), MOST_SCORES))
        return 0 if self._image is None else EDGE + CAPTION

    def _rows(self) -> list[Chip]:
        return self._chips.of(self._view.tokens, self.font(), self, INNER)

    def _draw(self, painter: QPainter, image: Image) -> None:
        draw_picture(painter, QRectF(0, 0, INNER, EDGE), image, self._miniatures)
        size = f"{image.extent.width} × {image.extent.height} px"
        painter.setFont(caption_font(self.font()))
        painter.setPen(QColor(current().muted))
        words = ", ".join(part for part in (self._caption, size) if part)
        below = QRectF(0, EDGE, INNER, CAPTION)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def _label(kind: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_kind(label, kind)
    return label
