"""How the things of a stage are drawn: tokens, scores, pictures; small in a cell or large."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPaintDevice,
    QPainter,
    QPainterPath,
    QPen,
)

from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.studio.pinned_draw import candidate_title
from t2i_studio.studio.stages import StageState, StageView, Token
from t2i_studio.ui.icons import icon
from t2i_studio.ui.theme import current
from t2i_studio.ui.widgets.miniatures import Miniatures

CHIP = 20.0  # px, height of a token
CHIP_PADDING = 5.0  # px
CHIP_GAP = 4.0  # px
ROW = 22.0  # px of a score in the large picture
TILE_RADIUS = 4.0  # px
ORIGIN = QPointF()
SIGNS = {
    StageState.done: ("ok", "ok"),
    StageState.failed: ("danger", "danger"),
    StageState.skipped: ("minus", "muted"),
}

Left, Right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
VCenter = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Chip:
    """A token, or what of them had no room, at its place."""

    rect: QRectF
    text: str
    is_kept: bool = True
    is_rest: bool = False


class Chips:
    """The tokens of one widget in rows, laid out once for each change of tokens, font or width."""

    def __init__(self, most: int = 1, lead: str = "") -> None:
        self._most, self._lead = most, lead
        self._laid_for: tuple[object, ...] = ()
        self._chips: list[Chip] = []

    def of(
        self, tokens: Sequence[Token], font: QFont, device: QPaintDevice, width: float
    ) -> list[Chip]:
        """Lay out as for `rows`; `device` is what they are drawn on."""
        wanted = (tokens, font, device.logicalDpiY(), width)
        if wanted != self._laid_for:
            self._laid_for = wanted
            self._chips = rows(tokens, QFontMetricsF(font, device), width, self._most, self._lead)
        return self._chips


def rows(
    tokens: Sequence[Token], metrics: QFontMetricsF, width: float, most: int = 1, lead: str = ""
) -> list[Chip]:
    """Lay out as many tokens as fit into `most` rows, and say how many more are kept and cut.

    Measures what is shown and no more: a prompt may have thousands of tokens. `lead` stands
    before what is said of the rest.
    """
    end = (most - 1) * (CHIP + CHIP_GAP)
    flow = _flow([(token.text, token.is_kept) for token in tokens], metrics, width)
    shown = list(takewhile(lambda chip: _fits(chip, width, end), flow))
    if len(shown) == len(tokens):
        return shown
    kept = sum(token.is_kept for token in tokens[len(shown) :])
    cut = len(tokens) - len(shown) - kept
    while True:
        rest = list(_rest(kept, cut, lead, metrics, width, shown))
        if _fits(rest[-1], width, end):
            return [*shown, *rest]
        if not shown:
            return []
        last = shown.pop()
        kept, cut = kept + last.is_kept, cut + (not last.is_kept)


def _fits(chip: Chip, width: float, end: float) -> bool:
    return chip.rect.y() <= end and chip.rect.right() <= width


def _rest(
    kept: int, cut: int, lead: str, metrics: QFontMetricsF, width: float, shown: Sequence[Chip]
) -> Iterator[Chip]:
    """Say what is not shown, behind what is."""
    words = [(f"+{kept}", True)] if kept else []
    words += [(tr("{count} cut", count=cut), False)] if cut else []
    words[0] = (lead + words[0][0], words[0][1])
    corner = shown[-1].rect.topRight() + QPointF(CHIP_GAP, 0) if shown else QPointF()
    for chip in _flow(words, metrics, width, corner):
        yield replace(chip, is_rest=True)


def _flow(
    words: Iterable[tuple[str, bool]],
    metrics: QFontMetricsF,
    width: float,
    corner: QPointF = ORIGIN,
) -> Iterator[Chip]:
    """Place one after the other from `corner`, in rows of `width`."""
    x, y = corner.toTuple()
    for text, is_kept in words:
        wide = max(CHIP, metrics.horizontalAdvance(text) + 2 * CHIP_PADDING)
        if x and x + wide > width:
            x, y = 0.0, y + CHIP + CHIP_GAP
        yield Chip(QRectF(x, y, wide, CHIP), text, is_kept)
        x += wide + CHIP_GAP


def draw_chips(painter: QPainter, corner: QPointF, chips: Sequence[Chip]) -> None:
    """Kept ones in a tint of the accent, cut ones dashed, greyed and struck out."""
    look, plain = current(), painter.font()
    struck = QFont(plain)
    struck.setStrikeOut(True)
    for chip in chips:
        rect = chip.rect.translated(corner)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen)
        if not chip.is_kept:
            painter.setPen(QPen(QColor(look.line), 1, Qt.PenStyle.DashLine))
        elif not chip.is_rest:
            painter.setBrush(QColor(look.selected))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), TILE_RADIUS, TILE_RADIUS)
        is_plain = chip.is_kept and not chip.is_rest
        painter.setPen(QColor(look.text if is_plain else look.muted))
        painter.setFont(plain if chip.is_kept or chip.is_rest else struck)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chip.text)
    painter.setFont(plain)


@dataclass(frozen=True)
class ScoreRow:
    """A candidate: its rank from 1, its cosine, what it is called."""

    rank: int
    score: float
    name: str = ""
    is_decoded: bool = False


def score_rows(view: StageView, most: int) -> list[ScoreRow]:
    """Return the best candidates, and the decoded one even if it is not among them."""
    ranks = list(range(min(most, len(view.scores))))
    if ranks and view.chosen not in ranks:
        ranks[-1] = view.chosen
    names = [candidate_title(draw) for draw in view.draws] or [""] * len(view.scores)
    return [ScoreRow(at + 1, view.scores[at], names[at], at == view.chosen) for at in ranks]


def draw_scores(painter: QPainter, room: QRectF, scores: Sequence[float], chosen: int = 0) -> None:
    """Bars from zero, best first, the decoded one in the accent and with its cosine."""
    if not scores:
        return
    look, decoded = current(), f"{scores[chosen]:.3f}"
    number = painter.fontMetrics().horizontalAdvance(decoded)
    bars = room.adjusted(0, 0, -number - 8, 0)
    pitch = min(14.0, max(4.0, bars.width() / len(scores)))
    highest = max(max(scores), 1e-6)
    painter.setPen(Qt.PenStyle.NoPen)
    for place, score in enumerate(scores[: int(bars.width() // pitch)]):
        height = max(2.0, bars.height() * max(score, 0.0) / highest)
        painter.setBrush(QColor(look.accent if place == chosen else look.quiet_bar))
        x = bars.x() + place * pitch
        painter.drawRoundedRect(QRectF(x, bars.bottom() - height, pitch - 3, height), 1.5, 1.5)
    painter.setPen(QColor(look.text))
    painter.drawText(room, Right | Qt.AlignmentFlag.AlignBottom, decoded)


def draw_score_rows(painter: QPainter, room: QRectF, rows: Sequence[ScoreRow]) -> None:
    """One row for each candidate: rank, name, bar from zero, cosine."""
    look, highest = current(), max((*(row.score for row in rows), 1e-6))
    metrics = painter.fontMetrics()
    rank, number = metrics.horizontalAdvance("000"), metrics.horizontalAdvance("-0.0000")
    named = max((metrics.horizontalAdvance(row.name) + 8 for row in rows if row.name), default=0)
    for place, row in enumerate(rows):
        line = QRectF(room.x(), room.y() + place * ROW, room.width(), ROW)
        painter.setPen(QColor(look.text if row.is_decoded else look.muted))
        painter.drawText(line, Left | VCenter, f"{row.rank}")
        painter.drawText(line.adjusted(rank, 0, 0, 0), Left | VCenter, row.name)
        painter.setPen(QColor(look.text))
        painter.drawText(line, Right | VCenter, f"{row.score:.4f}")
        bar = line.adjusted(rank + named, 6, -number - 8, -6)
        bar.setWidth(max(2.0, bar.width() * max(row.score, 0.0) / highest))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent if row.is_decoded else look.quiet_bar))
        painter.drawRoundedRect(bar, 2, 2)


def draw_picture(
    painter: QPainter, room: QRectF, image: Image | None, miniatures: Miniatures
) -> None:
    """Draw it as large as fits; an empty tile while there is none."""
    if image is None:
        side = min(room.width(), room.height())
        tile = QRectF(0, 0, side, side)
        tile.moveCenter(room.center())
        draw_well(painter, tile)
        return
    target = fitted(image, room)
    _fill(painter, target, miniatures.scaled(image, _pixels(target, painter)))


def draw_split(
    painter: QPainter,
    room: QRectF,
    before: Image | None,
    after: Image | None,
    miniatures: Miniatures,
) -> None:
    """Draw both as one picture: the left half before, the right half after."""
    if before is None or after is None:
        draw_picture(painter, room, after or before, miniatures)
        return
    target = fitted(after, room)
    left = QRectF(target.x(), target.y(), target.width() / 2, target.height())
    right = left.translated(left.width(), 0)
    for half, image in ((left, before), (right, after)):
        painter.save()
        painter.setClipRect(half)
        _fill(painter, target, miniatures.scaled(image, _pixels(target, painter)))
        painter.restore()
    painter.fillRect(QRectF(right.x() - 0.5, right.y(), 1, right.height()), Qt.GlobalColor.white)


def draw_well(painter: QPainter, room: QRectF) -> None:
    """Draw where something will be."""
    look = current()
    painter.setPen(QPen(QColor(look.hairline), 1))
    painter.setBrush(QColor(look.window))
    painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), TILE_RADIUS, TILE_RADIUS)


def draw_sign(painter: QPainter, room: QRectF, view: StageView) -> None:
    """Draw the state as a shape, so that nobody has to tell colours apart."""
    if view.state in SIGNS:
        icon(*SIGNS[view.state]).paint(painter, room.toAlignedRect())
        return
    look = current()
    is_open = view.state in (StageState.running, StageState.waiting)
    ring = room.adjusted(2, 2, -2, -2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(look.accent if is_open else look.line), 1.5))
    painter.drawEllipse(ring)
    if view.state is StageState.running:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        painter.drawPie(ring, 90 * 16, -round(360 * 16 * max(0.08, view.share)))


def fitted(image: Image, room: QRectF) -> QRectF:
    """Return the largest place of the picture's shape in the middle of the room."""
    extent = image.extent
    factor = min(room.width() / extent.width, room.height() / extent.height)
    target = QRectF(0, 0, max(1.0, extent.width * factor), max(1.0, extent.height * factor))
    target.moveCenter(room.center())
    return target


def _pixels(target: QRectF, painter: QPainter) -> QSize:
    """Return how many pixels of the screen the place has."""
    ratio = painter.device().devicePixelRatioF()
    size = QSize(round(target.width() * ratio), round(target.height() * ratio))
    return size.expandedTo(QSize(1, 1))


def _fill(painter: QPainter, target: QRectF, picture: QImage) -> None:
    path = QPainterPath()
    path.addRoundedRect(target, TILE_RADIUS, TILE_RADIUS)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.drawImage(target, picture)
    painter.restore()
