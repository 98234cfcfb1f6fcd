"""What is drawn over and under the picture. Everything is in device pixels."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from t2i_studio.core.image import Pixels
from t2i_studio.ui.canvas.pyramid import Pyramid, level_for
from t2i_studio.ui.qimage import shared

CRISP_ABOVE: Final = 2.0  # zoom beyond which pixels are squares
CHECK: Final = 12  # px, side of a square
DASH: Final = 6  # px of the mask's outline
CROSS: Final = 9  # px, arm of the crosshair
HALF: Final = 128  # a mask value that counts as inside

LIGHT: Final = QColor(255, 255, 255)
DARK: Final = QColor(0, 0, 0)


@dataclass(frozen=True)
class Tint:
    """How a mask looks."""

    colour: str
    opacity: float


def draw_raster(painter: QPainter, pyramid: Pyramid, target: QRectF, crisp_above: float) -> None:
    """Draw a picture scaled into `target`."""
    scale = target.width() / pyramid.shape[1]
    level = level_for(scale)
    pixels = pyramid.level(level)
    painter.save()
    painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
    _look_at(painter, target, pyramid, level, crisp_above)
    painter.drawImage(0, 0, shared(pixels))
    painter.restore()


def draw_checkerboard(
    painter: QPainter, target: QRectF, colours: tuple[str, str], side: int
) -> None:
    brush = QBrush(_checkerboard(*colours, side))
    painter.setBrushOrigin(target.topLeft())
    painter.fillRect(target, brush)


def draw_mask(
    painter: QPainter, mask: Pyramid, target: QRectF, exposed: QRect, tint: Tint, ratio: float
) -> None:
    """Draw the mask of the picture in `target`, as far as it is `exposed`."""
    width = max(1, round(ratio))
    coverage = _coverage(mask, target, exposed.adjusted(-width, -width, width, width), ratio)
    if not coverage.any():
        return
    colours = _tinted(coverage, tint)
    _outline(colours, coverage, exposed, width)
    inner = np.ascontiguousarray(colours[width:-width, width:-width])
    pixels = inner.view(np.uint8).reshape(*inner.shape, 4)
    painter.drawImage(exposed.topLeft(), shared(pixels, QImage.Format.Format_ARGB32_Premultiplied))


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


def _coverage(mask: Pyramid, target: QRectF, part: QRect, ratio: float) -> Pixels:
    """Return the mask as seen in `part` of the view: (H, W) uint8."""
    result = np.zeros((part.height(), part.width()), np.uint8)
    scale = target.width() / mask.shape[1]
    level = level_for(scale)
    pixels = mask.level(level)
    painter = QPainter(canvas := shared(result, QImage.Format.Format_Alpha8))
    painter.translate(-part.topLeft())
    painter.setClipRect(target)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    _look_at(painter, target, mask, level, CRISP_ABOVE * ratio)
    painter.drawImage(0, 0, shared(pixels, QImage.Format.Format_Alpha8))
    painter.end()
    del canvas
    return result


def _tinted(coverage: Pixels, tint: Tint) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    """Return premultiplied ARGB."""
    colour = QColor(tint.colour)
    alpha = np.arange(256) * tint.opacity
    channels = [
        np.rint(alpha * part / 255).astype(np.uint32)
        for part in (255, colour.red(), colour.green(), colour.blue())
    ]
    table = channels[0] << 24 | channels[1] << 16 | channels[2] << 8 | channels[3]
    return np.asarray(table[coverage])


def _outline(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint32]],
    coverage: Pixels,
    exposed: QRect,
    width: int,
) -> None:
    """Draw dashes of black and white along the inside of the mask's border."""
    inside = coverage >= HALF
    core = inside
    for _ in range(width):
        core = _eroded(core)
    rows, columns = np.nonzero(inside & ~core)
    # Slanted by 1:2, so that lines across, down and at 45 degrees are all dashed.
    dash = (2 * (rows + exposed.y()) + columns + exposed.x()) // (DASH * width) % 2
    pixels[rows, columns] = np.where(dash, np.uint32(0xFFFFFFFF), np.uint32(0xFF000000))


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
