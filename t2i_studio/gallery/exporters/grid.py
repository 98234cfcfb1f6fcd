"""A grid of pictures with a title, axes and values, as one PNG that carries all recipes."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw
from PIL.PngImagePlugin import PngInfo

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import MAX_PIXELS, Pixels
from t2i_studio.core.lettering import font
from t2i_studio.core.words import tr
from t2i_studio.gallery.exporters.carried import RECIPES, pack_recipes
from t2i_studio.gallery.exporters.frames import Frame
from t2i_studio.gallery.exporters.strip import GAP, INK, PAPER, save_file, spelled
from t2i_studio.gallery.metadata import PNG_LEVEL, XMP, xmp_packet

LETTERS: Final = 1 / 16  # of a cell's shorter side
SMALLEST: Final = 12.0  # px
LARGEST: Final = 32.0  # px
LEADING: Final = 1.35  # of the letters' size, from line to line
QUIET: Final = (110, 112, 118)  # axes
EMPTY: Final = (236, 237, 239)  # a cell that is not made
MOST_LINES: Final = 4  # of a label
TITLE_LINES: Final = 3
ROW_LABELS: Final = 0.75  # of a cell's width, at most
SIDE: Final = 65_000  # px


class Letters(Protocol):
    """Draws text; who has better fonts than the one that is always there brings them."""

    def width(self, text: str, size: float) -> float:
        """Return how wide a line is, px."""

    def draw(self, text: str, size: float) -> Pixels:
        """Return how much of each pixel a line covers: (H, W) uint8, LEADING * size high."""


class PlainLetters:
    """The font that is always there: Latin letters, digits and a few signs."""

    def width(self, text: str, size: float) -> float:
        return font(size).getlength(spelled(text))

    def draw(self, text: str, size: float) -> Pixels:
        shown = spelled(text)
        wide = max(1, math.ceil(font(size).getlength(shown)))
        line = Pillow.new("L", (wide, math.ceil(LEADING * size)), 0)
        ImageDraw.Draw(line).text((0, line.height / 2), shown, 255, font(size), "lm")
        return np.asarray(line)


PLAIN_LETTERS: Final = PlainLetters()


@dataclass(frozen=True)
class GridSheet:
    """Cells row by row, None where there is no picture; `y_labels` is empty for a single row."""

    title: str
    x_title: str
    x_labels: tuple[str, ...]
    y_title: str
    y_labels: tuple[str, ...]
    cells: tuple[Frame | None, ...]

    @property
    def frames(self) -> list[Frame]:
        """The cells that are made."""
        return [cell for cell in self.cells if cell is not None]


def save_grid(path: Path, sheet: GridSheet, letters: Letters = PLAIN_LETTERS) -> None:
    """Write or replace a PNG; raises UserError without pictures, and MachineError."""
    if not sheet.frames:
        raise UserError(tr("There are no pictures in the grid yet."))
    info = PngInfo()
    info.add_text(RECIPES, pack_recipes(frame.recipe for frame in sheet.frames), zip=True)
    info.add_itxt(XMP, xmp_packet(sheet.frames[0].recipe))
    buffer = io.BytesIO()
    drawn(sheet, letters).save(buffer, "PNG", pnginfo=info, compress_level=PNG_LEVEL)
    save_file(path, buffer.getvalue())


def drawn(sheet: GridSheet, letters: Letters = PLAIN_LETTERS) -> Pillow.Image:
    """Draw it with cells as large as the largest picture, or as fits into a file."""
    layout = _layout(sheet, letters)
    page = Pillow.new("RGB", layout.size, PAPER)
    for place, cell in enumerate(sheet.cells):
        _put(page, cell, layout, *divmod(place, len(sheet.x_labels)))
    for text in layout.texts():
        _write(page, text, layout.letter, letters)
    return page


@dataclass(frozen=True)
class _Text:
    """Lines below one another: `share` of each lies left of `x`."""

    lines: tuple[str, ...]
    x: float
    top: float
    share: float = 0.0
    colour: tuple[int, int, int] = INK


@dataclass(frozen=True)
class _Layout:
    """Where everything stands, px."""

    cell: Extent
    letter: float  # its size
    gap: int
    left: int  # of the first column
    title: tuple[str, ...]
    axes: tuple[str, str]
    columns: tuple[tuple[str, ...], ...]  # lines of the labels
    rows: tuple[tuple[str, ...], ...]

    @property
    def line(self) -> float:
        return LEADING * self.letter

    @property
    def top(self) -> int:
        """Where the first row begins: below title, axes and labels."""
        lines = len(self.title) + 1 + max(len(label) for label in self.columns)
        return round(self.line * (lines + 0.75)) + 2 * self.gap

    @property
    def size(self) -> tuple[int, int]:
        count = len(self.columns), max(1, len(self.rows))
        wide = self.left + count[0] * (self.cell.width + self.gap)
        return wide, self.top + count[1] * (self.cell.height + self.gap)

    def corner(self, row: int, column: int) -> tuple[int, int]:
        x = self.left + column * (self.cell.width + self.gap)
        return x, self.top + row * (self.cell.height + self.gap)

    def texts(self) -> Iterator[_Text]:
        yield _Text(self.title, self.gap, self.gap)
        axes = self.gap + self.line * (len(self.title) + 0.25)
        x_title, y_title = self.axes
        middle = (self.left + self.size[0] - self.gap) / 2
        yield _Text((x_title,), middle, axes, 0.5, QUIET)
        for column, label in enumerate(self.columns):
            x = self.corner(0, column)[0] + self.cell.width / 2
            yield _Text(label, x, self.top - self.gap - self.line * len(label), 0.5)
        if self.rows:
            yield _Text((y_title,), self.gap, self.top - self.gap - self.line, 0.0, QUIET)
        for row, label in enumerate(self.rows):
            middle = self.corner(row, 0)[1] + self.cell.height / 2
            yield _Text(label, self.gap, middle - self.line * len(label) / 2)


def _layout(sheet: GridSheet, letters: Letters) -> _Layout:
    extents = [frame.image.extent for frame in sheet.frames]
    cell = Extent(max(e.width for e in extents), max(e.height for e in extents))
    layout = _with_cells(sheet, cell, letters)
    while layout.size[0] * layout.size[1] > MAX_PIXELS or max(layout.size) > SIDE:
        cell = Extent(max(1, cell.width * 7 // 8), max(1, cell.height * 7 // 8))
        layout = _with_cells(sheet, cell, letters)
    return layout


def _with_cells(sheet: GridSheet, cell: Extent, letters: Letters) -> _Layout:
    size = min(max(LETTERS * min(cell.width, cell.height), SMALLEST), LARGEST)
    gap = max(2, round(GAP * cell.height))

    def broken(text: str, width: float, most: int = MOST_LINES) -> tuple[str, ...]:
        return tuple(_lines(text, width, size, letters, most))

    rows = tuple(broken(label, ROW_LABELS * cell.width) for label in sheet.y_labels)
    written = [line for label in rows for line in label] + [sheet.y_title]
    room = min(max(letters.width(line, size) for line in written), ROW_LABELS * cell.width)
    left = round(room) + 2 * gap + round(size / 2) if rows else gap
    wide = left + len(sheet.x_labels) * (cell.width + gap) - 2 * gap
    return _Layout(
        cell, size, gap, left,
        broken(sheet.title, wide, TITLE_LINES),
        (_cut(sheet.x_title, wide - left, size, letters), _cut(sheet.y_title, room, size, letters)),
        tuple(broken(label, cell.width) for label in sheet.x_labels),
        rows,
    )  # fmt: skip


def _put(page: Pillow.Image, cell: Frame | None, layout: _Layout, row: int, column: int) -> None:
    corner, room = layout.corner(row, column), layout.cell
    if cell is None:
        page.paste(EMPTY, (*corner, corner[0] + room.width, corner[1] + room.height))
        return
    extent = cell.image.extent
    scale = min(room.width / extent.width, room.height / extent.height)
    size = Extent(max(1, round(extent.width * scale)), max(1, round(extent.height * scale)))
    image = cell.image if size == extent else cell.image.resized(size)
    x = corner[0] + (room.width - size.width) // 2
    page.paste(image.to_pil(), (x, corner[1] + (room.height - size.height) // 2))


def _write(page: Pillow.Image, text: _Text, size: float, letters: Letters) -> None:
    for row, line in enumerate(text.lines):
        cover = Pillow.fromarray(letters.draw(line, size))
        x = round(text.x - text.share * cover.width)
        page.paste(text.colour, (x, round(text.top + row * LEADING * size)), cover)


def _lines(text: str, width: float, size: float, letters: Letters, most: int) -> Sequence[str]:
    """Break a text into lines that fit; what is too much ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        if lines and letters.width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [_cut(line, width, size, letters) for line in lines] or [""]


def _cut(line: str, width: float, size: float, letters: Letters) -> str:
    if letters.width(line, size) <= width:
        return line
    while line and letters.width(f"{line}…", size) > width:
        line = line[:-1]
    return f"{line}…"
