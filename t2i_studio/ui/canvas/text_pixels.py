"""Text as pixels, with any font that the system has."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

import numpy as np
from PySide6.QtCore import QByteArray, QPointF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
)

from t2i_studio.core import lettering
from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.tools import TextAlign, ToolOptions

OVERHANG: Final = 0.3  # of the size: what slanted and swashed letters reach beyond their box
MAX_SIDE: Final = 16_384  # px
MOST_PIXELS: Final = 2**25
SHARES: Final = {TextAlign.left: 0.0, TextAlign.centre: 0.5, TextAlign.right: 1.0}


@dataclass(frozen=True, eq=False)
class Lettering:
    """`pixels`: (H, W, 4) RGBA, straight alpha; `box` is where in them the lines stand."""

    pixels: Pixels
    box: Bounds


def letter(text: str, options: ToolOptions) -> Lettering:
    """Draw lines of text in the options' font, size, colour and alignment.

    What no picture has room for is cut off.
    """
    font = font_of(options)
    metrics = QFontMetricsF(font)
    lines = text.split("\n")
    widths = [metrics.horizontalAdvance(line) for line in lines]
    width = min(max(1, round(max(widths))), MAX_SIDE)
    height = min(max(1, round(metrics.height() * len(lines))), MOST_PIXELS // width)
    pad = round(OVERHANG * options.text_size) + 1
    image = QImage(width + 2 * pad, height + 2 * pad, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(options.colour))
    for row, (line, advance) in enumerate(zip(lines, widths, strict=True)):
        x = pad + SHARES[options.text_align] * (width - advance)
        painter.drawText(QPointF(x, pad + metrics.ascent() + row * metrics.height()), line)
    painter.end()
    return Lettering(_rgba(image), Bounds(pad, pad, width, height))


def font_of(options: ToolOptions) -> QFont:
    """Return the font; the system's own where the one that was chosen is not there."""
    # Its own name may be no more than "Sans Serif".
    family = options.text_font or QFontInfo(QGuiApplication.font()).family()
    font = QFont([family, always_there()])
    font.setPixelSize(options.text_size)
    font.setBold(options.text_bold)
    font.setItalic(options.text_italic)
    # Not for one screen's pixels: the picture is looked at anywhere and at any scale.
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def always_there() -> str:
    """Return the family of the font that comes with the program; Qt knows it from then on."""
    source = lettering.font(lettering.SIZE).path
    assert isinstance(source, BytesIO)
    number = QFontDatabase.addApplicationFontFromData(QByteArray(source.getvalue()))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _rgba(image: QImage) -> Pixels:
    straight = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(straight.constBits(), np.uint8).reshape(straight.height(), -1, 4)
    return rows[:, : straight.width()].copy()
