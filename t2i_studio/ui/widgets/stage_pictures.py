"""How the things of a stage are drawn: tokens, scores, pictures; small in a cell or large."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
)

from t2i_studio.core.image import Image
from t2i_studio.studio.ribbon import StageState, StageView, Token
from t2i_studio.ui.icons import icon
from t2i_studio.ui.palette import Theme, mixed
from t2i_studio.ui.qimage import to_qimage
from t2i_studio.ui.theme import current

CHIP = 20.0  # px, height of a token
CHIP_PADDING = 5.0  # px
CHIP_GAP = 4.0  # px
ROW = 22.0  # px of a score in the large picture
TILE_RADIUS = 4.0  # px
SIGNS = {
    StageState.done: ("ok", "ok"),
    StageState.failed: ("danger", "danger"),
    StageState.skipped: ("minus", "muted"),
}

Left, Right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
VCenter = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Chip:
    """A token, or in one row also what had no room, at its place."""

    rect: QRectF
    text: str
    is_kept: bool = True
    is_rest: bool = False


def one_row(tokens: Sequence[Token], metrics: QFontMetricsF, width: float) -> list[Chip]:
    """Lay out as many tokens as fit, and say how many more there are and were cut."""
    for shown in range(len(tokens), -1, -1):
        hidden = tokens[shown:]
        kept = sum(token.is_kept for token in hidden)
        rest = [f"+{kept}"] if kept else []
        rest += [f"{len(hidden) - kept} cut"] if len(hidden) > kept else []
        chips = list(_flow(tokens[:shown], rest, metrics, float("inf")))
        if not chips or chips[-1].rect.right() <= width:
            return chips
    return []


def rows(tokens: Sequence[Token], metrics: QFontMetricsF, width: float) -> list[Chip]:
    """Lay out all tokens in rows."""
    return list(_flow(tokens, [], metrics, width))


def _flow(
    tokens: Sequence[Token], rest: Sequence[str], metrics: QFontMetricsF, width: float
) -> Iterator[Chip]:
    x = y = 0.0
    words = [(token.text, token.is_kept, False) for token in tokens]
    words += [(text, "cut" not in text, True) for text in rest]
    for text, is_kept, is_rest in words:
        wide = max(CHIP, metrics.horizontalAdvance(text) + 2 * CHIP_PADDING)
        if x and x + wide > width:
            x, y = 0.0, y + CHIP + CHIP_GAP
        yield Chip(QRectF(x, y, wide, CHIP), text, is_kept, is_rest)
        x += wide + CHIP_GAP


def draw_chips(painter: QPainter, corner: QPointF, chips: Sequence[Chip]) -> None:
    """Kept ones in a tint of the accent, cut ones dashed and greyed."""
    look = current()
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
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, chip.text)


def draw_scores(painter: QPainter, room: QRectF, scores: Sequence[float]) -> None:
    """Bars from zero, best first and in the accent, and the best cosine as a number."""
    if not scores:
        return
    look, best = current(), f"{scores[0]:.3f}"
    number = painter.fontMetrics().horizontalAdvance(best)
    bars = room.adjusted(0, 0, -number - 8, 0)
    pitch = min(14.0, max(4.0, bars.width() / len(scores)))
    highest = max(max(scores), 1e-6)
    painter.setPen(Qt.PenStyle.NoPen)
    for place, score in enumerate(scores[: int(bars.width() // pitch)]):
        height = max(2.0, bars.height() * max(score, 0.0) / highest)
        painter.setBrush(QColor(look.accent if place == 0 else _quiet(look)))
        x = bars.x() + place * pitch
        painter.drawRoundedRect(QRectF(x, bars.bottom() - height, pitch - 3, height), 1.5, 1.5)
    painter.setPen(QColor(look.text))
    painter.drawText(room, Right | Qt.AlignmentFlag.AlignBottom, best)


def draw_score_rows(painter: QPainter, room: QRectF, scores: Sequence[float]) -> None:
    """One row for each candidate: rank, bar from zero, cosine."""
    look, highest = current(), max((*scores, 1e-6))
    rank = painter.fontMetrics().horizontalAdvance("000")
    number = painter.fontMetrics().horizontalAdvance("-0.0000")
    for place, score in enumerate(scores):
        row = QRectF(room.x(), room.y() + place * ROW, room.width(), ROW)
        painter.setPen(QColor(look.muted))
        painter.drawText(row, Left | VCenter, f"{place + 1}")
        painter.setPen(QColor(look.text))
        painter.drawText(row, Right | VCenter, f"{score:.4f}")
        bar = row.adjusted(rank, 6, -number - 8, -6)
        bar.setWidth(max(2.0, bar.width() * max(score, 0.0) / highest))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent if place == 0 else _quiet(look)))
        painter.drawRoundedRect(bar, 2, 2)


def draw_picture(painter: QPainter, room: QRectF, image: Image | None) -> None:
    """Draw it as large as fits; an empty tile while there is none."""
    if image is None:
        side = min(room.width(), room.height())
        tile = QRectF(0, 0, side, side)
        tile.moveCenter(room.center())
        draw_well(painter, tile)
        return
    target = fitted(image, room)
    _fill(painter, target, target, scaled(image, target, painter))


def draw_split(painter: QPainter, room: QRectF, before: Image | None, after: Image | None) -> None:
    """Draw both as one picture: the left half before, the right half after."""
    if before is None or after is None:
        draw_picture(painter, room, after or before)
        return
    target = fitted(after, room)
    left = QRectF(target.x(), target.y(), target.width() / 2, target.height())
    right = left.translated(left.width(), 0)
    for half, image in ((left, before), (right, after)):
        painter.save()
        painter.setClipRect(half)
        _fill(painter, target, target, scaled(image, target, painter))
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


def scaled(image: Image, target: QRectF, painter: QPainter) -> QImage:
    """Scale to the pixels of the screen: painters only interpolate, which aliases."""
    ratio = painter.device().devicePixelRatioF()
    size = QSize(round(target.width() * ratio), round(target.height() * ratio))
    smooth = Qt.TransformationMode.SmoothTransformation
    return to_qimage(image).scaled(
        size.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.IgnoreAspectRatio, smooth
    )


def _fill(painter: QPainter, shape: QRectF, target: QRectF, picture: QImage) -> None:
    path = QPainterPath()
    path.addRoundedRect(shape, TILE_RADIUS, TILE_RADIUS)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.drawImage(target, picture)
    painter.restore()


def _quiet(look: Theme) -> str:
    return mixed(look.line, look.accent, 0.25)
