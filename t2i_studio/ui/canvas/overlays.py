"""What is drawn over and under the picture. Everything is in device pixels."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.ui.canvas.pyramid import Pyramid, level_for
from t2i_studio.ui.qimage import shared

CRISP_ABOVE: Final = 2.0  # zoom beyond which pixels are squares
CHECK: Final = 12  # px, side of a square
DASH: Final = 6  # px of the mask's outline
CROSS: Final = 9  # px, arm of the crosshair
HALF: Final = 128  # a mask value that counts as inside
BLACK_DASH, WHITE_DASH = 254, 255  # in the table of a mask's colours
FAINTEST: Final = 2  # of a mask's values: those up to it look like 0, which frees two for dashes

LIGHT: Final = QColor(255, 255, 255)
DARK: Final = QColor(0, 0, 0)


@dataclass(frozen=True)
class Tint:
    """How a mask looks."""

    colour: str
    opacity: float
    has_outline: bool = True


def draw_raster(
    painter: QPainter,
    pyramid: Pyramid,
    target: QRectF,
    crisp_above: float,
    draw_ground: Callable[[QRectF], None] | None = None,
) -> None:
    """Draw a picture scaled into `target`; the ground first where one can see through it."""
    level = level_for(target.width() / pyramid.shape[1])
    pixels, form = pyramid.look(level)
    painter.save()
    painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
    part = _seen(pyramid, level, target, painter.clipBoundingRect().toAlignedRect())
    if draw_ground and not pyramid.is_covering(level, part):
        draw_ground(target)
    _look_at(painter, target, pyramid, level, crisp_above)
    painter.drawImage(0, 0, shared(pixels, form))
    painter.restore()


def draw_checkerboard(
    painter: QPainter, place: QRectF, colours: tuple[str, str], side: int, origin: QPointF
) -> None:
    """Draw the ground under what is transparent; its squares begin at `origin`."""
    painter.setBrushOrigin(origin)
    painter.fillRect(place, QBrush(_checkerboard(*colours, side)))


def draw_mask(
    painter: QPainter, mask: Pyramid, target: QRectF, exposed: QRect, tint: Tint, ratio: float
) -> None:
    """Draw the mask of the picture in `target`, as far as it is `exposed`."""
    width = max(1, round(ratio))
    part = exposed.intersected(_inhabited(mask, target, exposed))
    if part.isEmpty():
        return
    coverage = _coverage(mask, target, part.adjusted(-width, -width, width, width), ratio)
    shades = np.maximum(coverage[width:-width, width:-width], FAINTEST)
    shades -= FAINTEST
    if tint.has_outline:
        start = part.topLeft() - target.topLeft().toPoint()
        _outline(shades, coverage, (start.x(), start.y()), width)
    image = shared(shades, QImage.Format.Format_Indexed8)
    image.setColorTable(_shades(tint))
    # Drawn from a table it would take twice as long.
    form = QImage.Format.Format_ARGB32_Premultiplied
    painter.drawImage(part.topLeft(), image.convertToFormat(form))


def draw_ring(painter: QPainter, at: QPointF, radius: float, ratio: float) -> None:
    """Draw the brush: a light ring in a dark one can be seen on any ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, offset in ((DARK, 0.5), (LIGHT, -0.5)):
        painter.setPen(QPen(colour, ratio))
        reach = max(0.5, radius + offset * ratio)
        painter.drawEllipse(at, reach, reach)
    painter.restore()


def draw_crosshair(painter: QPainter, at: QPointF, ratio: float) -> None:
    painter.save()
    arm = CROSS * ratio
    for colour, width in ((DARK, 3 * ratio), (LIGHT, ratio)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0))
        painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm))
    painter.restore()


def _look_at(
    painter: QPainter, target: QRectF, pyramid: Pyramid, level: int, crisp_above: float
) -> None:
    """Set the painter up so that the level drawn at (0, 0) fills `target`."""
    across, down = target.width() / pyramid.shape[1], target.height() / pyramid.shape[0]
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, across <= crisp_above)
    painter.translate(target.topLeft())
    painter.scale(across * 2**level, down * 2**level)


def _seen(pyramid: Pyramid, level: int, target: QRectF, part: QRect) -> Bounds:
    """Return which pixels of a level are seen in `part` of the view, with their neighbours."""
    scale = target.width() / pyramid.shape[1] * 2**level
    height, width = (-(-side // 2**level) for side in pyramid.shape[:2])
    x, y = (part.x() - target.x()) / scale, (part.y() - target.y()) / scale
    right, bottom = x + part.width() / scale, y + part.height() / scale
    bounds = Bounds(
        math.floor(x) - 1,
        math.floor(y) - 1,
        math.ceil(right) - math.floor(x) + 2,
        math.ceil(bottom) - math.floor(y) + 2,
    )
    return bounds.intersection(Bounds(0, 0, width, height))


def _inhabited(mask: Pyramid, target: QRectF, exposed: QRect) -> QRect:
    """Return the part of the view outside which the mask is surely empty, where it is seen."""
    found = mask.occupied(_seen(mask, 0, target, exposed))
    if found.is_empty:
        return QRect()
    scale = target.width() / mask.shape[1]
    reach = 2 ** (level_for(scale) + 1)  # averages reach further
    near = found.padded(reach)
    place = QRectF(near.x * scale, near.y * scale, near.width * scale, near.height * scale)
    return place.translated(target.topLeft()).toAlignedRect()


def _coverage(mask: Pyramid, target: QRectF, part: QRect, ratio: float) -> Pixels:
    """Return the mask as seen in `part` of the view: (H, W) uint8."""
    scale = target.width() / mask.shape[1]
    level = level_for(scale)
    pixels, form = mask.look(level)
    if scale <= 1:
        return _nearest(pixels, scale * 2**level, target, part)
    result = np.zeros((part.height(), part.width()), np.uint8)
    painter = QPainter(canvas := shared(result, form))
    painter.translate(-part.topLeft())
    painter.setClipRect(target)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    _look_at(painter, target, mask, level, CRISP_ABOVE * ratio)
    painter.drawImage(0, 0, shared(pixels, form))
    painter.end()
    del canvas
    return result


def _nearest(pixels: Pixels, scale: float, target: QRectF, part: QRect) -> Pixels:
    """Sample a level, which is an average already, where the view's pixels have their middles.

    A third of the time of Qt's smoothing, which cannot be seen under the outline.
    """
    result = np.zeros((part.height(), part.width()), np.uint8)
    rows, down = _sampled(part.y() - target.y(), part.height(), scale, pixels.shape[0])
    columns, across = _sampled(part.x() - target.x(), part.width(), scale, pixels.shape[1])
    if rows.size and columns.size:
        strip = pixels[:, columns[0] : columns[-1] + 1]
        sampled = strip.take(rows, axis=0).take(columns - columns[0], axis=1)
        result[down : down + rows.size, across : across + columns.size] = sampled
    return result


def _sampled(
    start: float, length: int, scale: float, end: int
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.intp]], int]:
    """Return which pixels of a level are seen along one side, and where the first of them is."""
    places = np.floor((start + np.arange(length) + 0.5) / scale).astype(np.intp)
    first, last = np.searchsorted(places, (0, end))
    return places[first:last], int(first)


@lru_cache(maxsize=8)
def _shades(tint: Tint) -> list[int]:
    """Return ARGB for each value of a mask less FAINTEST, and for the dashes of its outline."""
    rgb = QColor(tint.colour).rgb() & 0xFFFFFF
    alphas = [0, *(value + FAINTEST for value in range(1, BLACK_DASH))]
    colours = [round(alpha * tint.opacity) << 24 | rgb for alpha in alphas]
    return [*colours, 0xFF000000, 0xFFFFFFFF]


def _outline(shades: Pixels, coverage: Pixels, start: tuple[int, int], width: int) -> None:
    """Draw dashes of black and white along the inside of the mask's border.

    `coverage` is wider on all sides. `start` is where `shades` begin, from the corner of the
    picture, with which the dashes move.
    """
    inside = coverage >= HALF
    core = inside
    for _ in range(width):
        core = _eroded(core)
    edge = (inside & ~core)[width:-width, width:-width]
    rows, columns = np.divmod(np.flatnonzero(edge), edge.shape[1])
    # Slanted by 1:2, so that lines across, down and at 45 degrees are all dashed.
    dash = (2 * (rows + start[1]) + columns + start[0]) // (DASH * width) % 2
    shades[rows, columns] = np.where(dash, np.uint8(WHITE_DASH), np.uint8(BLACK_DASH))


def _eroded(
    inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    core = inside.copy()
    core[1:] &= inside[:-1]
    core[:-1] &= inside[1:]
    core[:, 1:] &= inside[:, :-1]
    core[:, :-1] &= inside[:, 1:]
    return core


@lru_cache(maxsize=8)
def _checkerboard(first: str, second: str, side: int) -> QImage:
    image = QImage(2 * side, 2 * side, QImage.Format.Format_RGB32)
    image.fill(QColor(first))
    painter = QPainter(image)
    painter.fillRect(0, 0, side, side, QColor(second))
    painter.fillRect(side, side, side, side, QColor(second))
    painter.end()
    return image
