"""A row of pictures that belong together, each with its name and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import CONTROL, GAP, caption_font, set_kind
from t2i_studio.ui.widgets.elided_label import ElidedLabel
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_pictures import draw_picture

LEAST, MOST = 2 * CONTROL, 160  # px, edge of a picture


@dataclass(frozen=True)
class Card:
    """A picture, its title and a line about it; without an image it waits for one."""

    image: Image | None
    title: str
    note: str = ""


class PictureCards(QWidget):
    """All in one row, as large as fits; hidden while there are none."""

    kept = Signal(int)  # which picture is to be saved
    explored = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[CardView, ...] = ()
        self._miniatures = Miniatures()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these in their order."""
        if len(cards) != len(self.cards):
            self._make(len(cards))
        for view, card in zip(self.cards, cards, strict=True):
            view.show_card(card)
        self.setVisible(bool(cards))

    def minimumSizeHint(self) -> QSize:
        count = len(self.cards)
        return QSize(count * (LEAST + GAP) - GAP, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make(self, count: int) -> None:
        for old in self.cards:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = tuple(CardView(self._miniatures) for _ in range(count))
        for place, view in enumerate(self.cards):
            self._row.addWidget(view)
            view.keep.clicked.connect(lambda _=False, place=place: self.kept.emit(place))
            view.explore.clicked.connect(lambda _=False, place=place: self.explored.emit(place))
        self._fit()

    def _fit(self) -> None:
        if count := len(self.cards):
            room = (self.width() + GAP) // count - GAP
            for view in self.cards:
                view.set_edge(max(LEAST, min(MOST, room)))


class CardView(QWidget):
    """One card of the row."""

    def __init__(self, miniatures: Miniatures) -> None:
        super().__init__()
        self.picture = _Picture(miniatures)
        self.title, self.note = ElidedLabel(), ElidedLabel()
        self.keep = tool_button("save", tr("Keep this picture: save it to the gallery and show it"))
        self.explore = tool_button("explore", tr("Explore this picture: start from its embedding"))
        for label in (self.title, self.note):
            label.setFont(caption_font(self.font()))
        set_kind(self.note, "muted")
        self._lay_out()

    def show_card(self, card: Card) -> None:
        self.picture.show_image(card.image)
        for label, text in ((self.title, card.title), (self.note, card.note)):
            label.setText(text)
            label.setToolTip(text)
            label.setVisible(bool(text))
        for button, verb in ((self.keep, tr("Keep")), (self.explore, tr("Explore"))):
            button.setEnabled(card.image is not None)
            button.setAccessibleName(f"{verb} {card.title}")
        waits = "" if card.image else tr("no picture yet")
        self.setAccessibleName(", ".join(filter(None, (card.title, card.note, waits))))

    def set_edge(self, edge: int) -> None:
        self.setFixedWidth(edge)
        self.picture.setFixedHeight(edge)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.explore)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.picture, self.title, self.note):
            column.addWidget(widget)
        column.addLayout(buttons)


class _Picture(QWidget):
    def __init__(self, miniatures: Miniatures) -> None:
        super().__init__()
        self._image: Image | None = None
        self._miniatures = miniatures

    def show_image(self, image: Image | None) -> None:
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_picture(painter, self.rect().toRectF(), self._image, self._miniatures)
        painter.end()
