"""What paint does to pixels: on a mask, on a layer, and layers on each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from typing import Final

import numpy as np
import PIL.Image

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import Layer, is_opaque
from t2i_studio.studio.patches import tiles

Colour = tuple[int, int, int]
BLACK: Final = (0, 0, 0)
LEVELS: Final = np.arange(256)


class Ink(Enum):
    """What a brush does where it goes."""

    paint = "paint"
    erase = "erase"


@dataclass(frozen=True)
class Paint:
    """What is laid on: `colour` matters on picture layers only, `opacity` is 0 to 1."""

    ink: Ink
    colour: Colour = BLACK
    opacity: float = 1.0


def painted(before: Pixels, cover: Pixels, paint: Paint) -> Pixels:
    """Return (H, W) of a mask or (H, W, 4) of a layer with paint on it; `cover`: (H, W).

    A mask takes the larger of what it has and what covers it, and loses by an eraser what covers
    it: going over a place twice is going over it once. A layer takes the colour "over" its own
    (Porter & Duff 1984, straight alpha), and loses alpha by an eraser.
    """
    cover = faded(cover, paint.opacity)
    if before.ndim == 2:
        is_paint = paint.ink is Ink.paint
        return np.maximum(before, cover) if is_paint else np.minimum(before, 255 - cover)
    if paint.ink is Ink.erase:
        after = before.copy()
        after[..., 3] = _scaled(before[..., 3], 255 - cover)
        return after
    ink = np.empty_like(before)
    ink[..., :3] = paint.colour
    ink[..., 3] = cover
    return over(before, ink)


def over(below: Pixels, above: Pixels) -> Pixels:
    """Lay (H, W, 4) pixels over others; where `above` is clear, `below` stays as it is."""
    return np.asarray(PIL.Image.alpha_composite(_picture(below), _picture(above)))


def stack(layers: Sequence[Layer], onto: Pixels, within: Bounds) -> None:
    """Lay all layers that show over each other, and put what is inside `within` into `onto`."""
    shown = [layer for layer in layers if layer.shows]
    for tile in tiles(within, Bounds(0, 0, onto.shape[1], onto.shape[0])):
        part = tile.intersection(within)
        onto[part.slices] = _stacked([_faded(layer, part) for layer in shown])


def _stacked(parts: list[Pixels]) -> Pixels | int:
    """Lay (H, W, 4) pixels over each other, without looking at what cannot be seen."""
    for bottom in reversed(range(len(parts))):
        if bottom and is_opaque(parts[bottom]):
            parts = parts[bottom:]
            break
    return reduce(over, (part for part in parts[1:] if part.any()), parts[0]) if parts else 0


def faded(cover: Pixels, opacity: float) -> Pixels:
    """Scale 0..255 by 0..1."""
    if opacity >= 1:
        return cover
    return np.asarray(np.rint(LEVELS * opacity).astype(np.uint8)[cover])


def _faded(layer: Layer, bounds: Bounds) -> Pixels:
    part = layer.pixels[bounds.slices]
    if layer.opacity >= 1 or not part.any():
        return part
    part = part.copy()
    part[..., 3] = faded(part[..., 3], layer.opacity)
    return part


def _picture(pixels: Pixels) -> PIL.Image.Image:
    return PIL.Image.fromarray(np.ascontiguousarray(pixels))


def _scaled(values: Pixels, by: Pixels) -> Pixels:
    """Return values * by / 255, rounded, without a division."""
    product = values.astype(np.uint16) * by + np.uint16(128)
    return ((product + (product >> 8)) >> 8).astype(np.uint8)
