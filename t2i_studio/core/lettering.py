"""The font that is always there: the one in Pillow, with Latin letters, digits and a few signs."""

from functools import lru_cache

from PIL import ImageFont

NO_CHARACTER = "\U0010ffff"  # that no font has
SIZE = 16.0  # px at which glyphs are compared


def font(size: float) -> ImageFont.FreeTypeFont:
    """Return it at `size` px; simple layout, which is the same on every machine."""
    found = ImageFont.load_default(max(size, 1.0))
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


def absent(text: str) -> str:
    """Return the characters of `text` that the font does not have, each once, in order."""
    return "".join(dict.fromkeys(each for each in text if not _has(each)))


@lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    return character == " " or _glyph(character) != _glyph(NO_CHARACTER)


def _glyph(character: str) -> tuple[tuple[int, int], bytes]:
    mask = font(SIZE).getmask(character)
    return mask.size, bytes(mask)
