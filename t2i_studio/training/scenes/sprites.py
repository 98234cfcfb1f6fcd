"""Every object in every art and colour as a picture with alpha, made once and kept on disk.

    <cache folder>/sprites-<key>.npz               all sprites at STORED px, and the icons' SVG
    <cache folder>/sprites-<key>/<sprite>.png      those of them that were asked for at LARGE px

The key tells versions, sizes and this code: what another version made is never read.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.gallery.files import save_atomic
from t2i_studio.training.scenes import icons, primitives
from t2i_studio.training.scenes.bounded import BoundedCache
from t2i_studio.training.scenes.vocabulary import ARTS, COLOURS, NOUNS, PRIMITIVES

Pixels = npt.NDArray[np.uint8]

STORED = 224  # px, the side that is kept of every sprite: enough for pictures of 256 px
LARGE = 896  # px, for pictures of up to 1024 px
_MARGIN = 8 / 7  # of an icon's canvas around what is drawn on it
_FAINT = 20  # alpha up to which a pixel is not part of the object
_MEMORY = 256 * 2**20  # bytes of large sprites


@dataclass(frozen=True, slots=True)
class Sprite:
    """Which picture: an object, the colour of a primitive, and the art."""

    name: str  # of vocabulary.OBJECTS
    colour: str | None  # of vocabulary.COLOURS for primitives
    art: str  # of vocabulary.ARTS

    def __str__(self) -> str:
        return " ".join(part for part in (self.art, self.colour, self.name) if part)


ALL_SPRITES = (
    *(Sprite(noun, None, art) for art in ARTS for noun in NOUNS),
    *(Sprite(name, colour, art) for art in ARTS for name in PRIMITIVES for colour in COLOURS),
)


class Sprites:
    """Square RGBA pictures of objects, which stand on the lower edge, in the middle."""

    def __init__(self, stored: Pixels, documents: Mapping[str, str], folder: Path) -> None:
        self._stored = dict(zip(ALL_SPRITES, map(Image.fromarray, stored), strict=True))
        self._halved: dict[Sprite, Image.Image] = {}
        self._large = BoundedCache[Image.Image](_MEMORY, lambda image: 4 * LARGE * LARGE)
        self._documents = documents  # SVG by art and noun
        self._folder = folder  # of large sprites

    @classmethod
    def load(cls, cache_folder: Path, icon_folder: Path | None = None) -> Self:
        """Read the sprites; make them first, from fetched icons or those of the user's folder.

        Raises MachineError without npm, network or resvg, UserError if the folder lacks icons.
        """
        key = _key(icon_folder)
        path = cache_folder / f"sprites-{key}.npz"
        loaded = _read(path)
        if loaded is None:
            documents = _documents(cache_folder, icon_folder)
            loaded = (
                np.stack([_drawn(sprite, documents, STORED) for sprite in ALL_SPRITES]),
                documents,
            )
            _write(path, *loaded)
        return cls(*loaded, cache_folder / path.stem)

    def image(self, sprite: Sprite, side: int) -> Image.Image:
        """Return the sprite as an RGBA image, `side` pixels wide and high, at most LARGE."""
        return self._source(sprite, side).resize((side, side), Image.Resampling.BILINEAR)

    def _source(self, sprite: Sprite, side: int) -> Image.Image:
        """Return the smallest picture of the sprite that is not enlarged."""
        if side > STORED:
            return self._large.get(sprite, lambda: self._at_large(sprite))
        if side > STORED // 2:
            return self._stored[sprite]
        if sprite not in self._halved:
            self._halved[sprite] = self._stored[sprite].reduce(2)
        return self._halved[sprite]

    def _at_large(self, sprite: Sprite) -> Image.Image:
        path = self._folder / f"{sprite}.png"
        try:
            return Image.open(io.BytesIO(path.read_bytes())).convert("RGBA")
        except OSError:  # not made yet, or not whole
            image = Image.fromarray(_drawn(sprite, self._documents, LARGE))
            save_atomic(path, _png(image))
            return image


def _key(icon_folder: Path | None) -> str:
    """Tell apart what sprites depend on: icons, sizes, and the code that draws them."""
    code = (Path(module).read_bytes() for module in (__file__, icons.__file__, primitives.__file__))
    parts = (repr(NOUNS).encode(), repr(COLOURS).encode(), *code, *_sources(icon_folder))
    return hashlib.blake2b(b"\0".join(parts), digest_size=8).hexdigest()


def _sources(icon_folder: Path | None) -> Iterator[bytes]:
    for icon_set in icons.ICON_SETS.values():
        if icon_folder:
            path = icons.located(icon_set, icon_folder)
            stat = path.stat()
            yield f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns}".encode()


def _documents(cache_folder: Path, icon_folder: Path | None) -> dict[str, str]:
    """Return the SVG of every noun in every art."""
    all_documents = {}
    for art, icon_set in icons.ICON_SETS.items():
        if icon_folder:
            path = icons.located(icon_set, icon_folder)
        else:
            path = icons.fetched(icon_set, cache_folder)
        for noun, svg in icons.documents(icon_set, path).items():
            all_documents[str(Sprite(noun, None, art))] = svg
    return all_documents


def _read(path: Path) -> tuple[Pixels, dict[str, str]] | None:
    """Return what _write wrote, or None if it is not there or not whole."""
    try:
        with np.load(io.BytesIO(path.read_bytes())) as file:
            return file["sprites"], json.loads(file["documents"].tobytes())
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(path: Path, sprites: Pixels, documents: Mapping[str, str]) -> None:
    buffer = io.BytesIO()
    text = np.frombuffer(json.dumps(documents).encode(), np.uint8)
    np.savez_compressed(buffer, sprites=sprites, documents=text)
    save_atomic(path, buffer.getvalue())


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "png")
    return buffer.getvalue()


def _drawn(sprite: Sprite, documents: Mapping[str, str], side: int) -> Pixels:
    """Return (side, side, 4) RGBA."""
    if sprite.colour:
        shading = primitives.shade(sprite.name, sprite.art, side)
        return shading.coloured(COLOURS[sprite.colour])
    try:
        image = _standing(_rasterised(documents[str(sprite)], round(side * _MARGIN)))
    except ValueError as error:
        raise UserError(f"The icon of {sprite} cannot be drawn ({error}).") from None
    return np.asarray(image.resize((side, side), Image.Resampling.LANCZOS))


def _rasterised(svg: str, side: int) -> Image.Image:
    try:
        import resvg_py
    except ModuleNotFoundError:
        raise MachineError(
            "Icons are drawn with resvg_py, which is not installed.",
            "Install it with: pip install 't2i-studio[train]'",
        ) from None
    png = resvg_py.svg_to_bytes(svg_string=svg, width=side, height=side, skip_system_fonts=True)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def _standing(image: Image.Image) -> Image.Image:
    """Trim the image, and stand what is left on the lower edge of a square, in the middle."""
    alpha = image.getchannel("A").point(lambda value: 255 * (value > _FAINT))
    trimmed = image.crop(alpha.getbbox())
    side = max(trimmed.size)
    square = Image.new("RGBA", (side, side))
    square.paste(trimmed, ((side - trimmed.width) // 2, side - trimmed.height))
    return square
