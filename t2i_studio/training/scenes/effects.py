"""What is done to whole pictures: pencil sketch, pixel art, watercolour."""

from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image, ImageFilter

BLOCKS = 16
"""Of pixel art, along each side."""

_NATIVE = 64  # px: lengths below are pixels of a picture of this side


def apply(effect: str, pixels: np.ndarray, seed: int) -> np.ndarray:
    """Return the picture with an effect of vocabulary.EFFECTS.

    pixels: (size, size, 3) uint8, also returned. The seed (>= 0) is the sheet that watercolour is
    painted on. Raises ValueError for unknown effects.
    """
    if effect not in _EFFECTS:
        raise ValueError(f"No effect {effect!r}; choose from {', '.join(_EFFECTS)}.")
    return _EFFECTS[effect](pixels, seed)


def _sketch(pixels: np.ndarray, _seed: int) -> np.ndarray:
    """Draw what differs from its surroundings as grey lines, on paper that keeps some tone."""
    grey = Image.fromarray(pixels).convert("L")
    tone = np.asarray(grey, np.float32)
    lines = np.clip(np.abs(tone - _blurred(grey, 1.2)) * 4.5, 0, 215)
    drawn = (0.72 * (255 - lines) + 0.28 * tone).astype(np.uint8)
    return np.repeat(drawn[..., None], 3, axis=-1)


def _pixel_art(pixels: np.ndarray, _seed: int) -> np.ndarray:
    picture = Image.fromarray(pixels)
    blocks = picture.resize((BLOCKS, BLOCKS), Image.Resampling.BOX)
    return np.asarray(blocks.resize(picture.size, Image.Resampling.NEAREST))


def _watercolour(pixels: np.ndarray, seed: int) -> np.ndarray:
    """Thin the colours to uneven washes with dark rims, on grained paper that shows at the edges.

    Pigment is what paper lacks: 255 minus the colour.
    """
    size = len(pixels)
    rng = np.random.default_rng(seed)
    picture = Image.fromarray(_wobbled(pixels, rng))
    wash = _blurred(picture, 0.7)
    rims = np.abs(wash - _blurred(picture, 2.0)).max(-1, keepdims=True) / 255
    density = 0.72 + 0.3 * _noise(rng, 6, size) + 0.2 * _noise(rng, 16, size)
    density += 0.16 * _noise(rng, 64, size) + 0.08 * _noise(rng, 256, size)
    pigment = (255 - wash) * (density[..., None] + 1.1 * rims) * _painted(rng, size)[..., None]
    return np.clip(_PAPER - pigment, 0, 255).astype(np.uint8)


_PAPER = np.array((253, 251, 245), np.float32)


def _wobbled(pixels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Move pixels by up to a native one, as a wet edge does."""
    size = len(pixels)
    index = np.arange(size)
    reach = 2.4 * size / _NATIVE
    down, right = (np.rint(_noise(rng, 14, size) * reach).astype(np.intp) for _ in range(2))
    rows = np.clip(index[:, None] + down, 0, size - 1)
    columns = np.clip(index + right, 0, size - 1)
    return pixels[rows, columns]


def _painted(rng: np.random.Generator, size: int) -> np.ndarray:
    """Where the sheet is painted, (size, size) in [0, 1]: all but a ragged margin."""
    across = np.abs((np.arange(size, dtype=np.float32) + 0.5) / size - 0.5)
    margin = 0.5 - np.maximum(across[:, None], across)
    return np.clip((margin - 0.02 + 0.05 * _noise(rng, 10, size)) / 0.03, 0, 1)


def _noise(rng: np.random.Generator, cells: int, size: int) -> np.ndarray:
    """Return smooth noise of so many cells a side, (size, size) in about [-0.5, 0.5]."""
    coarse = rng.random((cells, cells), dtype=np.float32) - 0.5
    way = Image.Resampling.BICUBIC if size >= cells else Image.Resampling.BOX
    return np.asarray(Image.fromarray(coarse).resize((size, size), way))


def _blurred(picture: Image.Image, radius: float) -> np.ndarray:
    """Blur by a radius in native pixels; float32 in [0, 255]."""
    native = radius * picture.width / _NATIVE
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(native)), np.float32)


_EFFECTS: Mapping[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "sketch": _sketch,
    "pixel art": _pixel_art,
    "watercolour": _watercolour,
}
