"""Write a word on a picture, like a paper label on an apple: a typographic attack on CLIP.

Ramesh et al. 2022, figure 6: CLIP takes the apple for what the label says; unCLIP's decoder, given
that embedding, still paints apples.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Image
from t2i_studio.core.lettering import absent, font
from t2i_studio.core.words import tr

RGB = tuple[int, int, int]
Layer = NDArray[Any]  # (H, W, 3) float, 0-255
Coverage = NDArray[Any]  # (H, W) float, 0 = nothing, 1 = full

INK: RGB = (24, 24, 28)
PAPER: RGB = (252, 251, 247)
MAX_LETTERS = 100
WEIGHT = 0.03  # of the font's size, added around the letters: small ones stay readable
# Of a capital letter's height:
MARGIN_X, MARGIN_Y = 0.55, 0.5
ROUNDING = 0.3
EDGE = 0.05  # width of the paper's edge
EDGE_SHADE = 0.72  # its colour: the paper's, darkened


@dataclass(frozen=True)
class _Line:
    """A line of text in px, from the left of its ink and up and down from the baseline."""

    size: float
    left: float
    right: float
    top: float
    bottom: float
    capital: float  # height of one

    def margins(self, has_paper: bool) -> tuple[float, float]:
        share = 1.0 if has_paper else 0.0
        return share * MARGIN_X * self.capital, share * MARGIN_Y * self.capital

    def extent(self, has_paper: bool) -> tuple[float, float]:
        """Return width and height with the paper around it."""
        x, y = self.margins(has_paper)
        return self.right - self.left + 2 * x, self.bottom - self.top + 2 * y


def inscribe(
    image: Image,
    text: str,
    centre: tuple[float, float] = (0.5, 0.5),
    height: float = 0.12,
    colour: RGB = INK,
    paper: RGB | None = PAPER,
) -> Image:
    """Return the picture with one line of text on it, on rounded `paper` or alone (None).

    `centre`: shares of width and height, 0-1; `height`: of a capital letter, as a share of the
    picture's. What would not fit is made smaller and moved inside. Raises UserError for text that
    is empty, too long or not in the font, and for shares out of range.
    """
    words = _checked(text)
    if not (all(0 <= share <= 1 for share in centre) and 0 < height <= 1):
        raise UserError(tr("Where the text goes and how high it is are shares from 0 to 1."))
    extent, has_paper = image.extent, paper is not None
    line = _fitted(words, height * extent.height, (extent.width, extent.height), has_paper)
    width, tall = (math.ceil(side) for side in line.extent(has_paper))
    x = _inside(centre[0] * extent.width - width / 2, extent.width - width)
    y = _inside(centre[1] * extent.height - tall / 2, extent.height - tall)
    pixels = image.pixels.copy()
    under = pixels[y : y + tall, x : x + width]
    layer = under.astype(np.float32)
    if paper is not None:
        layer = _label(layer, (tall, width), paper, line.capital)
    layer = _over(layer, colour, _ink(words, line, (tall, width), has_paper))
    under[:] = np.rint(layer).astype(np.uint8)
    return Image(pixels)


def _checked(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise UserError(tr("There is no text to write on the picture."), tr("Write a word."))
    if len(words) > MAX_LETTERS:
        raise UserError(
            tr(
                "{count} letters are too many on a picture; {most} fit.",
                count=len(words),
                most=MAX_LETTERS,
            )
        )
    if strange := absent(words):
        named = " ".join(f"{each!r}" for each in strange[:10])
        raise UserError(
            tr("The font has no {named}.", named=named), tr("Use Latin letters without accents.")
        )
    return words


def _fitted(words: str, capital: float, room: tuple[int, int], has_paper: bool) -> _Line:
    """Measure the words with capitals of `capital` px, or smaller, so that they have room."""
    size = capital / _measured(words, 100.0).capital * 100.0
    wide, tall = _measured(words, size).extent(has_paper)
    return _measured(words, size * min(1.0, room[0] / wide, room[1] / tall))


def _measured(words: str, size: float) -> _Line:
    face, weight = font(size), WEIGHT * size
    _, capital, _, _ = face.getbbox("H", anchor="ls", stroke_width=weight)
    left, top, right, bottom = face.getbbox(words, anchor="ls", stroke_width=weight)
    return _Line(size, left, right, min(top, capital), max(bottom, weight), weight - capital)


def _inside(start: float, most: int) -> int:
    return max(0, min(round(start), most))


def _label(layer: Layer, shape: tuple[int, int], paper: RGB, capital: float) -> Layer:
    """Lay paper with a darker edge over the layer."""
    edge = max(1.0, EDGE * capital)
    shade = tuple(round(value * EDGE_SHADE) for value in paper)
    depth = _depth(shape, ROUNDING * capital)[: layer.shape[0], : layer.shape[1]]
    layer = _over(layer, shade, np.clip(depth + 0.5, 0, 1))
    return _over(layer, paper, np.clip(depth - edge + 0.5, 0, 1))


def _depth(shape: tuple[int, int], radius: float) -> Coverage:
    """Return how many px each pixel's centre lies inside a rounded rectangle of this shape."""
    radius = min(radius, min(shape) / 2)
    y, x = (
        np.abs(np.arange(side, dtype=np.float32) + 0.5 - side / 2) - (side / 2 - radius)
        for side in shape
    )
    corner = np.hypot(np.maximum(y, 0)[:, None], np.maximum(x, 0)[None])
    straight = np.minimum(np.maximum(y[:, None], x[None]), 0)
    depth: Coverage = radius - corner - straight
    return depth


def _ink(words: str, line: _Line, shape: tuple[int, int], has_paper: bool) -> Coverage:
    canvas = Pillow.new("L", (shape[1], shape[0]))
    x, y = line.margins(has_paper)
    at = x - line.left, y - line.top
    ImageDraw.Draw(canvas).text(
        at, words, 255, font(line.size), "ls", stroke_width=WEIGHT * line.size
    )
    return np.asarray(canvas, np.float32) / 255


def _over(layer: Layer, colour: tuple[int, ...], share: Coverage) -> Layer:
    """Cover the layer with a colour as far as `share` says; what hangs out is cut off."""
    share = share[: layer.shape[0], : layer.shape[1], None]
    covered: Layer = layer * (1 - share) + np.array(colour, np.float32) * share
    return covered
