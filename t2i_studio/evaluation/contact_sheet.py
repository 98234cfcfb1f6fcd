"""Contact sheets: what was asked, what came, and what the judge says of it."""

import textwrap
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from t2i_studio.core.errors import MachineError
from t2i_studio.evaluation.scorecard import Sheet

_HEIGHT = 128  # px of a picture
_TEXT = 46  # px below it
_GAP = 8  # px
_COLUMNS_PX = 1200  # width that is filled
_LETTER = 11  # px
_TICK = (((2, 9), (7, 14), (16, 3)),)  # strokes in a square of 18 px
_CROSS = (((3, 3), (15, 15)), ((15, 3), (3, 15)))


def write_sheet(folder: Path, sheet: Sheet) -> None:
    """Write `folder`/<question>.png; raises MachineError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draw_sheet(sheet).save(folder / f"{sheet.name.replace(' ', '-').lower()}.png")
    except OSError as error:
        why = error.strerror or error
        raise MachineError(f"{folder}: The grids cannot be written ({why}).") from error


def draw_sheet(sheet: Sheet) -> Image.Image:
    """Draw every picture with its caption, green where it is right and red where it is not."""
    tiles = [
        _tile(*each) for each in zip(sheet.pixels, sheet.captions, sheet.is_right, strict=True)
    ]
    width, height = tiles[0].width + _GAP, tiles[0].height + _GAP
    columns = max(1, _COLUMNS_PX // width)
    rows = -(-len(tiles) // columns)
    canvas = Image.new("RGB", (min(columns, len(tiles)) * width, rows * height), "white")
    for number, tile in enumerate(tiles):
        canvas.paste(tile, (number % columns * width, number // columns * height))
    return canvas


def _tile(pixels: Tensor, caption: str, is_right: bool) -> Image.Image:
    """pixels: (3, S, W) in [-1, 1]."""
    levels = ((pixels.clamp(-1, 1) + 1) * 127.5).round().permute(1, 2, 0).numpy()
    picture = Image.fromarray(levels.astype(np.uint8))
    width = max(_HEIGHT, picture.width * _HEIGHT // picture.height)
    tile = Image.new("RGB", (width, _HEIGHT + _TEXT), "white")
    tile.paste(picture.resize((width, _HEIGHT), Image.Resampling.NEAREST), (0, 0))
    lines = textwrap.wrap(caption, width // (_LETTER // 2 + 1))[:3]
    draw = ImageDraw.Draw(tile)
    draw.multiline_text(
        (2, _HEIGHT + 2), "\n".join(lines), "black", ImageFont.load_default(_LETTER), spacing=1
    )
    strokes, colour = (_TICK, "limegreen") if is_right else (_CROSS, "red")
    for stroke in strokes:
        draw.line([(width - 20 + x, _HEIGHT - 20 + y) for x, y in stroke], colour, 4)
    return tile
