"""Many dots as one picture: painted by numpy, as Qt's painter needs 200 ms for 100,000."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from t2i_studio.core.image import Pixels
from t2i_studio.ui.palette import Theme, mixed
from t2i_studio.ui.qimage import shared
from t2i_studio.ui.widgets.scatter_geometry import Points

# Told apart also by people who do not see all colours (after Okabe and Ito 2008), and at least
# 3:1 against the field. The first is for points without groups.
DARK_COLOURS = ("#6CB2FF", "#F3A93C", "#3FC79A", "#F07CB4", "#F2E05C", "#E8743B", "#B79CFF")
LIGHT_COLOURS = ("#1B63C4", "#A86400", "#00805A", "#B0357A", "#7A6F00", "#C2410C", "#6A3FC0")
SIZES = ((300, 9.0), (3_000, 7.0), (20_000, 5.0))  # up to so many points, px of a dot
SMALLEST = 3.0  # px
RING = 4.0  # px, by which a chosen dot is wider
FADE = 0.6  # of the field in what is not chosen, while something is
LEVELS = 4  # of coverage at the edge of a dot
SAMPLES = 8  # per pixel and direction, that coverage is measured by

Ints = NDArray[np.intp]


def drawn(
    pixels: Points,
    groups: Ints,
    chosen: NDArray[np.bool_],
    size: tuple[int, int],
    ratio: float,
    look: Theme,
) -> QImage:
    """Return all dots as a transparent picture of `size` device pixels; chosen ones on top, ringed.

    `pixels`: (N, 2) middles in device pixels; `groups`: (N,) from 0, more than the colours are
    begin with the first again; `ratio`: device pixels per px.
    """
    colours = DARK_COLOURS if look.is_dark else LIGHT_COLOURS
    faded = [mixed(colour, look.field, FADE) for colour in colours]
    kinds, wide = groups % len(colours), diameter(len(pixels)) * ratio
    others = ~chosen
    others_colours = faded if chosen.any() else colours
    picture = _layer(stamped(pixels[others], kinds[others], others_colours, wide, size))
    if chosen.any():
        painter, ring = QPainter(picture), np.zeros(int(chosen.sum()), np.intp)
        wider = wide + RING * ratio
        painter.drawImage(0, 0, _layer(stamped(pixels[chosen], ring, [look.text], wider, size)))
        painter.drawImage(0, 0, _layer(stamped(pixels[chosen], kinds[chosen], colours, wide, size)))
        painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def diameter(count: int) -> float:
    """Return how wide the dots of so many are, in px."""
    return next((size for most, size in SIZES if count <= most), SMALLEST)


def _layer(pixels: Pixels) -> QImage:
    return shared(pixels, QImage.Format.Format_ARGB32_Premultiplied).copy()


def stamped(
    pixels: Points,
    kinds: Ints,
    colours: Sequence[str],
    wide: float,
    size: tuple[int, int],
) -> Pixels:
    """Return dots as a picture (H, W, 4) uint8, in the bytes of QImage's premultiplied ARGB32.

    `pixels`: (N, 2) middles in device pixels, x and y; `kinds`: (N,) which of the `colours`,
    as #RRGGBB, each has; `wide`: across a dot, in device pixels; `size`: width and height.
    Later dots lie over earlier ones, and the inside of any over the edges of all.
    """
    width, height = size
    reach = int(wide / 2) + 1
    canvas = np.zeros((height + 2 * reach, width + 2 * reach), np.uint32)
    columns, rows = np.floor(pixels.T).astype(np.intp)
    shown = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    # Of the top left pixel that a dot could have: a slice then moves all dots at once.
    base = rows[shown] * canvas.shape[1] + columns[shown]
    flat, seen, paint, painted = canvas.reshape(-1), kinds[shown], np.zeros(0, np.uint32), 0.0
    for down, right, coverage in _disc(round(wide * 2) / 2):
        if coverage != painted:
            paints = [_premultiplied(colour, coverage) for colour in colours]
            paint, painted = np.array(paints, np.uint32)[seen], coverage
        flat[(down + reach) * canvas.shape[1] + right + reach :][base] = paint
    inner = canvas[reach : reach + height, reach : reach + width]
    return np.ascontiguousarray(inner).view(np.uint8).reshape(height, width, 4)


@cache
def _disc(wide: float) -> tuple[tuple[int, int, float], ...]:
    """Return the pixels of a dot as offsets and coverage in (0, 1], the faint ones first."""
    reach = int(wide / 2) + 1
    fine = (np.arange(SAMPLES * (2 * reach + 1)) + 0.5) / SAMPLES - reach - 0.5
    is_in = fine[:, None] ** 2 + fine[None, :] ** 2 <= (wide / 2) ** 2
    cells = is_in.reshape(2 * reach + 1, SAMPLES, 2 * reach + 1, SAMPLES).mean(axis=(1, 3))
    coverage = np.ceil(cells * LEVELS) / LEVELS
    found = [
        (int(row) - reach, int(column) - reach, float(coverage[row, column]))
        for row, column in np.argwhere(cells > 0.5 / LEVELS)
    ]
    return tuple(sorted(found, key=lambda cell: cell[2]))


def _premultiplied(colour: str, alpha: float) -> int:
    red, green, blue = (round(int(colour[i : i + 2], 16) * alpha) for i in (1, 3, 5))
    return round(255 * alpha) << 24 | red << 16 | green << 8 | blue
