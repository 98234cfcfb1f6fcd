"""A sign on a post that carries a word."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

_BOARD = (0.01, 0.03, 0.99, 0.6)  # left, top, right, bottom, as fractions of the side
_WORD = (0.065, 0.09, 0.935, 0.54)
_POST = (0.45, 0.55, 0.55, 1.0)
_SIDE = 864  # px it is drawn at, whatever it is reduced to
_TALLEST = 1.7  # times its natural height a word may be stretched to, to fill the board
_LETTER = 200  # px
_GAP = 0.13  # of a letter's height, between letters
_BOLD = 9  # px added around letters


@lru_cache(maxsize=256)
def draw_sign(word: str, side: int) -> np.ndarray:
    """Draw a board with a word of 1 to 5 characters, in upper case and as large as it fits.

    Returns (side, side, 4) uint8, red, green, blue and opacity, read-only. Raises ValueError for
    words that are empty.
    """
    if not word.strip():
        raise ValueError("A sign needs a word.")
    drawn = _blank_sign()
    letters = _fitted(_letters(word.strip().upper()))
    left, top, right, bottom = _scaled(_WORD)
    at = ((left + right - letters.width) // 2, (top + bottom - letters.height) // 2)
    drawn.paste((16, 16, 20), at, letters)
    # Pillow reduces colours weighted with their opacity, so that no dark rim is left.
    pixels = np.asarray(drawn.resize((side, side), Image.Resampling.BOX)).copy()
    pixels.flags.writeable = False
    return pixels


def _blank_sign() -> Image.Image:
    image = Image.new("RGBA", (_SIDE, _SIDE))
    draw = ImageDraw.Draw(image)
    draw.rectangle(_scaled(_POST), fill=(140, 92, 54))
    draw.rectangle(_scaled((0.45, 0.55, 0.48, 1.0)), fill=(168, 116, 72))
    draw.rounded_rectangle(
        _scaled(_BOARD), radius=_SIDE * 0.05, fill=(250, 248, 240), outline=(70, 46, 30), width=24
    )
    return image


def _letters(word: str) -> Image.Image:
    """Draw a word, letter by letter with even gaps; opacity, as small as it fits."""
    font = ImageFont.load_default(size=_LETTER)
    strip = Image.new("L", (_LETTER * 2 * len(word), _LETTER * 2))
    draw = ImageDraw.Draw(strip)
    x = float(_LETTER // 4)
    for letter in word:
        left, _, right, _ = draw.textbbox((0, 0), letter, font, stroke_width=_BOLD)
        draw.text((x - left, _LETTER // 4), letter, 255, font, stroke_width=_BOLD)
        x += right - left + _GAP * _LETTER
    return strip.crop(strip.getbbox())


def _fitted(letters: Image.Image) -> Image.Image:
    """Scale to the room on the board: the width first, then as tall as letters may be."""
    left, top, right, bottom = _scaled(_WORD)
    scale = min((right - left) / letters.width, (bottom - top) / letters.height)
    width = round(scale * letters.width)
    height = min(bottom - top, round(scale * _TALLEST * letters.height))
    return letters.resize((width, height), Image.Resampling.LANCZOS)


def _scaled(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(_SIDE * edge) for edge in box)
    return left, top, right, bottom
