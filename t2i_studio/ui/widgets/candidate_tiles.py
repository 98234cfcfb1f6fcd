"""Candidates side by side: choose one, pin one before the costly stages run."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.theme import GAP, caption_font
from t2i_studio.ui.widgets.candidate_tile import (
    FRAME,
    CandidateTile,
    Place,
    Shape,
    Tile,
    wrapped,
)
from t2i_studio.ui.widgets.miniatures import Miniatures

__all__ = ["CandidateTiles", "Tile"]

SMALLEST, LARGEST = 64, 96  # px, edge of a picture
SLACK = LARGEST - SMALLEST
SPACING = GAP - FRAME  # px between tiles, which have a frame of their own
SHORTEST = 0.12  # share of the bar of the lowest score: none would look like no score
NOTHING = -1


class CandidateTiles(QWidget):
    """A grid in the given order; the rank follows the scores.

    A click or the arrows select, Enter or a double click activate; Space, P or a click on the
    pin pin a tile, and again unpin it.
    """

    pinned = Signal(int)  # index of a tile, or -1; only by the user
    activated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[CandidateTile] = []
        self._pinned = self._selected = NOTHING
        self._columns = 1
        self._miniatures = Miniatures()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Candidates"))

    @property
    def tiles(self) -> tuple[CandidateTile, ...]:
        return tuple(self._tiles)

    @property
    def selected(self) -> int:
        """Index of the selected tile, -1 without one."""
        return self._selected

    def show_candidates(self, tiles: tuple[Tile, ...]) -> None:
        """Show these; selection and pin stay where they are while there are as many."""
        if len(tiles) != len(self._tiles):
            self._make(tiles)
        for shown, tile, place in zip(self._tiles, tiles, _places(tiles), strict=True):
            shown.show_tile(tile, place)
        self._place()
        self.updateGeometry()

    def set_pinned(self, index: int) -> None:
        """Pin a tile, or none with -1, without telling anybody."""
        self._pinned = index
        for place, tile in enumerate(self._tiles):
            tile.set_pinned(place == index)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._tiles:
            return 0
        columns, shape = self._shape(width)
        rows = -(-len(self._tiles) // columns)
        return rows * (shape.height + SPACING) - SPACING

    def sizeHint(self) -> QSize:
        width = 3 * (LARGEST + 2 * FRAME + SPACING) - SPACING
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST + 2 * FRAME, self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now, key = max(0, self._selected), event.key()  # without one, the first has the focus
        places = {
            Qt.Key.Key_Left: now - 1,
            Qt.Key.Key_Right: now + 1,
            Qt.Key.Key_Up: now - self._columns,
            Qt.Key.Key_Down: now + self._columns,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._tiles) - 1,
        }
        if not self._tiles:
            super().keyPressEvent(event)
        elif key in places:
            self._select(places[Qt.Key(key)], Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(now)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_P):
            self._toggle_pin(now)
        else:
            super().keyPressEvent(event)

    def _make(self, tiles: Sequence[Tile]) -> None:
        """Make as many tiles as are needed and forget what was chosen among the others."""
        for old in self._tiles:
            old.hide()
            old.deleteLater()
        self._tiles = [
            CandidateTile(tile, Place(index, len(tiles)), self._miniatures, self)
            for index, tile in enumerate(tiles)
        ]
        for index, tile in enumerate(self._tiles):
            tile.clicked.connect(lambda _=False, index=index: self._select(index))
            tile.pin_clicked.connect(lambda index=index: self._toggle_pin(index))
            tile.activated.connect(lambda index=index: self.activated.emit(index))
            tile.show()
        self._pinned = self._selected = NOTHING
        self._offer_focus()

    def _select(self, index: int, reason: Qt.FocusReason = Qt.FocusReason.MouseFocusReason) -> None:
        if not 0 <= index < len(self._tiles):
            return
        self._selected = index
        for place, tile in enumerate(self._tiles):
            tile.setChecked(place == index)
        self._offer_focus()
        self._tiles[index].setFocus(reason)

    def _offer_focus(self) -> None:
        """Let Tab come to one tile only: the arrows go on from there."""
        entry = max(0, self._selected)
        for place, tile in enumerate(self._tiles):
            strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            tile.setFocusPolicy(strong if place == entry else click)

    def _toggle_pin(self, index: int) -> None:
        self.set_pinned(NOTHING if index == self._pinned else index)
        self.pinned.emit(self._pinned)

    def _place(self) -> None:
        """Lay out the tiles in rows."""
        self._columns, shape = self._shape(self.width())
        for index, tile in enumerate(self._tiles):
            row, column = divmod(index, self._columns)
            tile.set_shape(shape)
            tile.move(column * (shape.width + SPACING), row * (shape.height + SPACING))

    def _shape(self, width: int) -> tuple[int, Shape]:
        """Return as few columns as fill the width, and how large a tile is then."""
        pitch = LARGEST + 2 * FRAME + SPACING
        fewest, most = -(-(width + SPACING) // pitch), (width + SPACING) // (pitch - SLACK)
        columns = max(1, min(fewest, most, len(self._tiles)))
        room = (width + SPACING) // columns - SPACING - 2 * FRAME
        edge = min(LARGEST, max(SMALLEST, room))
        metrics = QFontMetrics(caption_font(self.font()), self)
        tiles = [shown.tile for shown in self._tiles]
        lines = max((len(wrapped(tile.title, metrics, edge)) for tile in tiles), default=0)
        has_scores = any(tile.score is not None for tile in tiles)
        return columns, Shape(edge, lines, has_scores, metrics.height() + 1)


def _places(tiles: Sequence[Tile]) -> list[Place]:
    """Compare the scores: the bars span from the lowest to the highest of them."""
    scores = [tile.score for tile in tiles if tile.score is not None]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [
        _place_of(tile, index, len(tiles), scores, low, high) for index, tile in enumerate(tiles)
    ]


def _place_of(
    tile: Tile, index: int, count: int, scores: Sequence[float], low: float, high: float
) -> Place:
    if tile.score is None:
        return Place(index, count)
    share = (tile.score - low) / (high - low) if high > low else 1.0
    rank = 1 + sum(score > tile.score for score in scores)
    return Place(index, count, rank, SHORTEST + (1 - SHORTEST) * share)
