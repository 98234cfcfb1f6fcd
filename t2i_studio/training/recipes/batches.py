"""What the recipes make their batches of: pixels, captions, masks."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from t2i_studio.training.corpus import Corpus, Indices, generator

Plane = NDArray[np.float32]
Shape = Callable[[Plane, Plane], NDArray[np.bool_]]

FULL_MASK_SHARE = 0.66
"""Of pictures that the decoder makes whole; in the rest it repaints a part."""


def take_pictures(corpus: Corpus, chosen: Indices) -> Tensor:
    """Read pictures: (B, S, S, 3) uint8."""
    return torch.from_numpy(np.array(corpus.pictures[chosen]))


def to_unit(pictures: Tensor) -> Tensor:
    """Turn (B, S, S, 3) uint8 into (B, 3, S, S) in [-1, 1]."""
    return pictures.permute(0, 3, 1, 2).float() / 127.5 - 1


def pick_captions(corpus: Corpus, chosen: Indices, index: int, rank: int) -> Sequence[str]:
    """Pick one caption of each picture."""
    rng = generator("captions", index, rank)
    offered = [corpus.captions[i] for i in chosen.tolist()]
    return [captions[int(rng.integers(len(captions)))] for captions in offered]


def draw_masks(count: int, size: int, index: int, rank: int) -> Tensor:
    """Draw what is to be repainted, 1 = repaint: (B, 1, S, S) float32.

    Most are full; the rest are rectangles, ellipses or brush strokes, a fifth of them inverted
    (GLIDE, Nichol et al. 2022, section 3.2, erases random regions).
    """
    rng = generator("masks", index, rank)
    masks = [_mask(rng, size) for _ in range(count)]
    return torch.from_numpy(np.stack(masks)[:, None])


def _mask(rng: np.random.Generator, size: int) -> Plane:
    if rng.random() < FULL_MASK_SHARE:
        return np.ones((size, size), np.float32)
    shape = _SHAPES[rng.integers(len(_SHAPES))](rng)(*_grid(size))
    return (~shape if rng.random() < 0.2 else shape).astype(np.float32)


def _grid(size: int) -> tuple[Plane, Plane]:
    """Return x and y of each pixel's centre in [0, 1]."""
    axis = ((np.arange(size) + 0.5) / size).astype(np.float32)
    return axis[None, :], axis[:, None]


def _rectangles(rng: np.random.Generator) -> Shape:
    sides = rng.uniform(0.22, 0.78, (rng.integers(1, 3), 2))
    corners = rng.uniform(0, 1 - sides)
    return lambda x, y: np.any(
        [
            (x >= left) & (x < left + width) & (y >= top) & (y < top + height)
            for (left, top), (width, height) in zip(corners, sides, strict=True)
        ],
        axis=0,
    )


def _ellipse(rng: np.random.Generator) -> Shape:
    cx, cy = rng.uniform(0.2, 0.8, 2)
    rx, ry = rng.uniform(0.12, 0.44, 2)
    return lambda x, y: ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1


def _stroke(rng: np.random.Generator) -> Shape:
    radius = rng.uniform(0.06, 0.14)
    steps = rng.normal(0, 0.14, (rng.integers(4, 12), 2))
    points = np.clip(rng.uniform(0.12, 0.88, 2) + np.cumsum(steps, axis=0), 0.06, 0.94)
    return lambda x, y: np.any(
        [(x - px) ** 2 + (y - py) ** 2 < radius**2 for px, py in points], axis=0
    )


_SHAPES = (_rectangles, _ellipse, _stroke)
