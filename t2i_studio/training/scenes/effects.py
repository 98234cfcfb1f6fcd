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
    # The soft stroke is all there is at 64 px; the hard one keeps large pictures crisp. Large ones
    # have more contrast, as their edges are not spread over a pixel: hence the weaker soft stroke.
    soft = 3 + 1.5 * _NATIVE / len(pixels)
    lines = np.clip(soft * _contrast(grey, 1.2) + 3 * _contrast(grey, 0.2), 0, 215)
    drawn = (0.72 * (255 - lines) + 0.28 * tone).astype(np.uint8)
    return np.repeat(drawn[..., None], 3, axis=-1)


def _contrast(grey: Image.Image, radius: float) -> np.ndarray:
    """Return how far pixels are from their surroundings, (size, size) float32 in [0, 255]."""
    off = np.abs(np.asarray(grey, np.float32) - _blurred(grey, radius))
    # Right on an edge it is nil: unless smoothed, lines of a large picture are double.
    return _blurred(Image.fromarray(off.astype(np.uint8)), 0.14)


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
    pigment = 255 - _blurred(picture, 0.3)
    # A wash dries from its rim inwards and leaves pigment there, on its own side of the edge.
    pigment += _RIM * np.maximum(pigment - (255 - _blurred(picture, 2.0)), 0)
    density = sum(share * _noise(rng, cells, size) for cells, share in _WASH)
    pigment *= ((_THINNED + density) * _painted(rng, size))[..., None]
    return np.asarray(np.clip(_PAPER - pigment, 0, 255).astype(np.uint8))


_PAPER = np.array((253, 251, 245), np.float32)
_THINNED = 0.76  # of the pigment
_RIM = 0.8
_WASH = ((4, 0.3), (12, 0.22), (64, 0.1), (256, 0.07))
"""Cells a side and share of the noise in a wash: pools of pigment first, the paper's grain last."""


def _wobbled(pixels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Move pixels by up to a native one, as a wet edge does."""
    size = len(pixels)
    index = np.arange(size)
    reach = 1.7 * size / _NATIVE
    down, right = (np.rint(_noise(rng, 10, size) * reach).astype(np.intp) for _ in range(2))
    rows = np.clip(index[:, None] + down, 0, size - 1)
    columns = np.clip(index + right, 0, size - 1)
    return np.asarray(pixels[rows, columns])


def _painted(rng: np.random.Generator, size: int) -> np.ndarray:
    """Where the sheet is painted, (size, size) in [0, 1]: all but a ragged margin."""
    across = np.abs((np.arange(size, dtype=np.float32) + 0.5) / size - 0.5)
    margin = 0.5 - np.maximum(across[:, None], across)
    return np.clip((margin - 0.028 + 0.045 * _noise(rng, 10, size)) / 0.018, 0, 1)


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
