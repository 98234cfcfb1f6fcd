"""A sign on a post that carries a word."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from t2i_studio.training.scenes.vocabulary import RGB

Box = tuple[float, float, float, float]

_BOARD = (0.01, 0.03, 0.99, 0.6)  # left, top, right, bottom, as fractions of the side
_WORD = (0.065, 0.09, 0.935, 0.54)
_POST = (0.45, 0.55, 0.55, 1.0)
_POST_LIGHT = (0.45, 0.55, 0.48, 1.0)
_BORDER = 0.028  # of the side
_FINENESS = 4  # the board is drawn so many times larger, then reduced
_INK: RGB = (16, 16, 20)

_TALLEST = 1.7  # times its natural height a word may be stretched to, to fill the board
_SMALLEST_FONT = 128  # px
_FONT = 1.5  # of the side: even the largest letters are reduced, never enlarged
_GAP = 0.19  # of the font's size, between letters
_BOLD = 0.045  # of the font's size, added around letters


def draw_sign(word: str, side: int) -> np.ndarray:
    """Draw a board with a word of 1 to 5 ASCII characters, in upper case and as large as it fits.

    Returns (side, side, 4) uint8: red, green, blue and opacity. Raises ValueError if the word is
    empty.
    """
    if not word.strip():
        raise ValueError("A sign needs a word.")
    left, top, right, bottom = (round(side * edge) for edge in _WORD)
    letters = _letters(word.strip().upper(), max(_SMALLEST_FONT, round(_FONT * side)))
    sign = _blank_sign(side).copy()
    sign.paste(_INK, (left, top), _fitted(letters, right - left, bottom - top))
    return np.array(sign)


@lru_cache(maxsize=8)
def _blank_sign(side: int) -> Image.Image:
    fine = side * _FINENESS
    image = Image.new("RGBA", (fine, fine))
    draw = ImageDraw.Draw(image)
    draw.rectangle(_scaled(_POST, fine), (140, 92, 54))
    draw.rectangle(_scaled(_POST_LIGHT, fine), (168, 116, 72))
    draw.rounded_rectangle(
        _scaled(_BOARD, fine), 0.05 * fine, (250, 248, 240), (70, 46, 30), round(_BORDER * fine)
    )
    # Pillow weights colours by opacity when it reduces: no dark rim is left.
    return image.resize((side, side), Image.Resampling.BOX)


def _letters(word: str, font_size: int) -> Image.Image:
    """Set a word letter by letter, with even gaps, as small as it fits; "L", the ink's opacity."""
    glyphs = [_glyph(letter, font_size) for letter in word]
    gap = round(_GAP * font_size)
    width = sum(glyph.width for glyph in glyphs) + gap * (len(glyphs) - 1)
    strip = Image.new("L", (width, glyphs[0].height))
    x = 0
    for glyph in glyphs:
        strip.paste(glyph, (x, 0))
        x += glyph.width + gap
    return strip.crop((0, *_rows(strip)))


@lru_cache(maxsize=64)
def _glyph(letter: str, font_size: int) -> Image.Image:
    """Draw a bold letter, cropped at its sides only: all stand on one line."""
    font = ImageFont.load_default(font_size)
    bold = _BOLD * font_size
    image = Image.new("L", (2 * font_size, round(1.5 * font_size)))
    ImageDraw.Draw(image).text((font_size / 2, bold), letter, 255, font, stroke_width=bold)
    left, _, right, _ = image.getbbox() or (0, 0, font_size // 3, 0)  # a space has no ink
    return image.crop((left, 0, right, image.height))


def _rows(strip: Image.Image) -> tuple[int, int, int]:
    """Return the first inked row, the width and the row after the last, for cropping."""
    box = strip.getbbox() or (0, 0, *strip.size)
    return box[1], strip.width, box[3]


def _fitted(letters: Image.Image, width: int, height: int) -> Image.Image:
    """Scale into the middle of a (height, width) room: to its width, then as tall as may be."""
    scale = min(width / letters.width, height / letters.height)
    tall = min(height / letters.height, scale * _TALLEST)
    room = Image.new("L", (round(width / scale), round(height / tall)))
    room.paste(letters, ((room.width - letters.width) // 2, (room.height - letters.height) // 2))
    return room.resize((width, height), Image.Resampling.BOX)


def _scaled(box: Box, side: int) -> Box:
    left, top, right, bottom = (side * edge for edge in box)
    return left, top, right, bottom
