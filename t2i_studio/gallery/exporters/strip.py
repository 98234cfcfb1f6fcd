"""A way through the space as an animation, as a strip of pictures, or as a folder of them.

The strip and the folder carry the recipes. Animations are made to be passed on: a GIF tells in its
comment which model, seed and settings made it, but no words; a WebP that a model made it.

A file is written whole or not at all; one of that name is replaced, as when a picture is saved. A
folder must be new or empty.
"""

import io
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageDraw
from PIL.PngImagePlugin import PngInfo

from t2i_studio.core.errors import UserError
from t2i_studio.core.image import MAX_PIXELS, Blobs, Image
from t2i_studio.core.lettering import absent, font
from t2i_studio.core.words import tr
from t2i_studio.gallery import files
from t2i_studio.gallery.exporters.carried import RECIPES, facts, pack_recipes
from t2i_studio.gallery.exporters.frames import Frame, check_some, one_height, one_size
from t2i_studio.gallery.exporters.palette import indexed
from t2i_studio.gallery.metadata import MAX_SIDE, PNG_LEVEL, QUALITY, XMP, encode, xmp_packet

FRAME_MS = (20, 60_000)  # below 20 ms browsers take 100
GIF_MS = 10  # a GIF counts in hundredths of a second
MAX_PLAYS = 1000
GIF_SIDE = 65_535  # px
PAPER, INK = (255, 255, 255), (32, 32, 36)
GAP = 1 / 48  # of the height, between frames
LETTERS = 1 / 14  # of the height; small frames get SMALLEST
SMALLEST = 11.0  # px
LEADING = 1.35  # of the letters' size, from line to line
MAX_LINES = 3
SPELLED = {"θ": "theta", "→": "->", "−": "-", "–": "-", "—": "-"}  # what the font does not have


@dataclass(frozen=True)
class Timing:
    """How long each frame is shown, and how often all are; `plays` 0: without end."""

    frame_ms: int = 120
    plays: int = 0

    def __post_init__(self) -> None:
        lowest, highest = FRAME_MS
        if not lowest <= self.frame_ms <= highest:
            raise UserError(
                tr(
                    "A frame is shown for {lowest} to {highest} ms.",
                    lowest=lowest,
                    highest=f"{highest:,}",
                )
            )
        if not 0 <= self.plays <= MAX_PLAYS:
            raise UserError(
                tr(
                    "An animation plays 1 to {most} times, or 0: without end.",
                    most=f"{MAX_PLAYS:,}",
                )
            )


ENDLESS = Timing()


def save_gif(path: Path, frames: Sequence[Frame], timing: Timing = ENDLESS) -> None:
    """Write an animated GIF with one palette; raises UserError and MachineError."""
    images = one_size(frames)
    _check_side(images[0], "GIF", GIF_SIDE)
    first, *others = indexed(images)
    rounded = round(timing.frame_ms / GIF_MS) * GIF_MS
    loop = {} if timing.plays == 1 else {"loop": max(timing.plays - 1, 0)}  # repeats; 0: no end
    buffer = io.BytesIO()
    first.save(
        buffer, "GIF", save_all=True, append_images=others, duration=rounded, optimize=False,
        comment=facts(frames[0].recipe, len(frames)).encode(), **loop,
    )  # fmt: skip
    save_file(path, buffer.getvalue())


def save_webp(path: Path, frames: Sequence[Frame], timing: Timing = ENDLESS) -> None:
    """Write an animated WebP; raises UserError and MachineError."""
    images = one_size(frames)
    _check_side(images[0], "WEBP", MAX_SIDE["WEBP"])
    first, *others = (image.to_pil() for image in images)
    buffer = io.BytesIO()
    first.save(
        buffer, "WEBP", save_all=True, append_images=others, duration=timing.frame_ms,
        loop=timing.plays, quality=QUALITY, xmp=xmp_packet(frames[0].recipe).encode(),
    )  # fmt: skip
    save_file(path, buffer.getvalue())


def save_strip(path: Path, frames: Sequence[Frame]) -> None:
    """Write a PNG with the frames in a row, captions under them, and all their recipes.

    Frames get the height of the tallest. Raises UserError and MachineError.
    """
    check_some(frames)
    info = PngInfo()
    info.add_text(RECIPES, pack_recipes(frame.recipe for frame in frames), zip=True)
    info.add_itxt(XMP, xmp_packet(frames[0].recipe))
    buffer = io.BytesIO()
    _drawn(frames).save(buffer, "PNG", pnginfo=info, compress_level=PNG_LEVEL)
    save_file(path, buffer.getvalue())


def save_folder(folder: Path, frames: Sequence[Frame], blobs: Blobs | None = None) -> None:
    """Write 001.png, 002.png, ..., each with its recipe, into a new or empty folder.

    The folder gets its name when all are written. `blobs`: as for `gallery.metadata.encode`.
    Raises UserError and MachineError.
    """
    check_some(frames)
    target = _target(folder)
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise UserError(
                tr("{folder}: There is something in it already.", folder=folder),
                tr("Name a new folder."),
            )
        aside = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex}")
        try:
            _number(aside, frames, blobs)
            if target.exists():
                target.rmdir()  # it is empty; Windows does not replace it
            os.rename(aside, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise files.unusable(target.parent, error) from error


def _number(folder: Path, frames: Sequence[Frame], blobs: Blobs | None) -> None:
    digits = max(3, len(str(len(frames))))
    for number, frame in enumerate(frames, start=1):
        data = encode(frame.image, frame.recipe, ".png", blobs)
        files.save_atomic(folder / f"{number:0{digits}}.png", data)


def save_file(path: Path, data: bytes) -> None:
    """Write or replace what a path leads to; raises UserError and MachineError."""
    target = _target(path)
    if target.exists() and not target.is_file():
        raise UserError(tr("{path}: This is a folder or a device.", path=path), tr("Name a file."))
    files.save_atomic(target, data)


def _target(path: Path) -> Path:
    """Return what a link leads to: the link stays."""
    try:
        target = path.resolve()
        target.exists()
    except (OSError, RuntimeError, ValueError) as error:  # too long, a loop of links, NUL in it
        raise UserError(
            tr("{path}: This path cannot be used ({reason}).", path=path, reason=error)
        ) from error
    return target


def _check_side(image: Image, kind: str, most: int) -> None:
    if max(image.pixels.shape) > most:
        raise UserError(
            tr(
                "A {kind} file ends at {most} px a side; this has {size}.",
                kind=kind,
                most=f"{most:,}",
                size=image.extent,
            )
        )


def _drawn(frames: Sequence[Frame]) -> Pillow.Image:
    images = one_height(frames)
    tall = images[0].extent.height
    gap, size = max(2, round(GAP * tall)), max(SMALLEST, LETTERS * tall)
    captions = [
        _lines(frame.caption, image.extent.width, size)
        for frame, image in zip(frames, images, strict=True)
    ]
    lines = max(len(caption) for caption in captions)
    under = round(LEADING * size * (lines + 0.5)) if lines else 0
    wide = sum(image.extent.width for image in images) + gap * (len(images) - 1)
    if wide * (tall + under) > MAX_PIXELS:
        raise UserError(
            tr(
                "A strip of {count} frames would have {width}x{height} pixels.",
                count=len(frames),
                width=wide,
                height=tall + under,
            ),
            tr("Take fewer or smaller frames."),
        )
    strip, x = Pillow.new("RGB", (wide, tall + under), PAPER), 0
    for image, caption in zip(images, captions, strict=True):
        strip.paste(image.to_pil(), (x, 0))
        _write(strip, x + image.extent.width / 2, tall, caption, size)
        x += image.extent.width + gap
    return strip


def _write(strip: Pillow.Image, centre: float, top: int, lines: Sequence[str], size: float) -> None:
    for row, line in enumerate(lines):
        y = top + LEADING * size * (row + 0.8)
        ImageDraw.Draw(strip).text((centre, y), line, INK, font(size), "mm")


def _lines(caption: str, width: int, size: float) -> list[str]:
    """Break a caption into lines of at most `width` px; what is too much ends in an ellipsis."""
    lines: list[str] = []
    for word in spelled(caption).split():
        if lines and font(size).getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], f"{lines[MAX_LINES - 1]}…"]
    return [_cut(line, width, size) for line in lines]


def spelled(caption: str) -> str:
    """Return a caption in the letters that the font has."""
    for sign, word in SPELLED.items():
        caption = caption.replace(sign, word)
    spaced = " ".join(caption.split())
    strange = absent(spaced)
    return "".join("?" if each in strange else each for each in spaced)


def _cut(line: str, width: int, size: float) -> str:
    if font(size).getlength(line) <= width:
        return line
    while line and font(size).getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"
