"""Six shaded shapes, drawn from formulas in any colour, art and size.

A shape is drawn on a grid `x`: (1, S), `y`: (S, 1) that spans the unit square, y downwards. Its
tone is the brightness relative to the colour: below one towards black, above one towards white.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from t2i_studio.training.scenes.vocabulary import RGB

Field = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]
Point = tuple[float, float]
Shape = Callable[[Field, Field, str], tuple[Mask, Field]]

_SAMPLES = 2  # per pixel and direction
_LIGHT = 1.3  # the light tone of flat icons
_DARK = 0.72  # their dark one


@dataclass(frozen=True)
class Shading:
    """How a shape is lit, whatever its colour: three (side, side) arrays in [0, 1]."""

    coverage: Field
    dark: Field  # factor of the colour
    light: Field  # share of the way from the colour to white

    def coloured(self, rgb: RGB) -> npt.NDArray[np.uint8]:
        """Return (side, side, 4) RGBA with straight alpha."""
        base = np.asarray(rgb, np.float32) / 255
        colour = base * self.dark[..., None] + (1 - base) * self.light[..., None]
        rgba = np.concatenate([colour, self.coverage[..., None]], axis=-1)
        return (rgba.clip(0, 1) * 255).round().astype(np.uint8)


@lru_cache(maxsize=1)  # a shape is wanted in all its colours, one after the other
def shade(name: str, art: str, side: int) -> Shading:
    """Shade one of vocabulary.PRIMITIVES in one of vocabulary.ARTS at `side` pixels."""
    at = (np.arange(side * _SAMPLES, dtype=np.float32) + 0.5) / (side * _SAMPLES)
    mask, tone = _SHAPES[name](at[None, :], at[:, None], art)
    coverage = _averaged(mask.astype(np.float32))
    inside = np.maximum(coverage, 1e-6)
    dark = _averaged(np.where(mask, tone.clip(0, 1), 0)) / inside
    light = _averaged(np.where(mask, (tone - 1).clip(0, 1), 0)) / inside
    return Shading(coverage, dark, light)


def _averaged(samples: Field) -> Field:
    side = len(samples) // _SAMPLES
    averaged: Field = samples.reshape(side, _SAMPLES, side, _SAMPLES).mean((1, 3))
    return averaged


def _bands(value: Field, *bands: tuple[float, float], rest: float) -> Field:
    """Return the tone of the first band whose limit lies above the value; cel shading."""
    limits = [limit for limit, _ in bands]
    tones = np.array([*(tone for _, tone in bands), rest], np.float32)
    return tones[np.searchsorted(limits, value, side="right")]


def _ellipse(x: Field, y: Field, centre: Point, radii: Point) -> Mask:
    inside: Mask = ((x - centre[0]) / radii[0]) ** 2 + ((y - centre[1]) / radii[1]) ** 2 < 1
    return inside


def _polygon(x: Field, y: Field, *points: Point) -> Mask:
    """Return what lies in a convex polygon whose points run clockwise on the screen."""
    inside = np.ones(np.broadcast_shapes(x.shape, y.shape), np.bool_)
    for (x_0, y_0), (x_1, y_1) in zip(points, (*points[1:], points[0]), strict=True):
        inside &= (x_1 - x_0) * (y - y_0) > (y_1 - y_0) * (x - x_0)
    return inside


def _rounded(u: Field) -> Field:
    """Return the light on a round wall, across it from -1 to 1: brightest left of the middle."""
    light: Field = np.clip(1 - 0.9 * np.abs(u + 0.3), 0, 1)
    return light


def _sphere(x: Field, y: Field, art: str) -> tuple[Mask, Field]:
    dx, dy = (x - 0.5) / 0.47, (y - 0.5) / 0.47
    squared = dx * dx + dy * dy
    mask = squared < 1
    light = np.clip(-0.45 * dx - 0.6 * dy + 0.66 * np.sqrt(np.clip(1 - squared, 0, 1)), 0, 1)
    if art == "3d render":
        return mask, 0.42 + 0.68 * light + 0.55 * light**24
    if art == "flat icon":
        lit = _ellipse(dx, dy, (-0.28, -0.3), (0.95, 0.95))
        return mask, np.where(lit, 1, _DARK)
    spot = _ellipse(dx, dy, (-0.38, -0.45), (0.148, 0.148))
    return mask, _bands(light, (0.25, 0.62), (0.55, 0.82), rest=1) + 0.6 * spot


def _cube(x: Field, y: Field, art: str) -> tuple[Mask, Field]:
    near, far, base = (0.5, 0.49), (0.5, 0.03), (0.5, 0.97)
    left, right, left_base, right_base = (0.07, 0.26), (0.93, 0.26), (0.07, 0.74), (0.93, 0.74)
    top = _polygon(x, y, far, right, near, left)
    front = _polygon(x, y, left, near, base, left_base)
    mask = _polygon(x, y, far, right, right_base, base, left_base, left)
    if art == "flat icon":
        edge = (np.abs(x - 0.5) < 0.03) & (y > 0.49)
        return mask, np.where(top | edge, _LIGHT, 1)
    tone = np.where(top, 1.22, np.where(front, 0.95, 0.62))
    return mask, tone - 0.14 * (y - 0.2) if art == "3d render" else tone


def _cylinder(x: Field, y: Field, art: str) -> tuple[Mask, Field]:
    top = _ellipse(x, y, (0.5, 0.16), (0.33, 0.12))
    bottom = _ellipse(x, y, (0.5, 0.84), (0.33, 0.12))
    u = (x - 0.5) / 0.33
    mask = top | bottom | ((np.abs(u) < 1) & (y > 0.16) & (y < 0.84))
    if art == "flat icon":
        return mask, np.where(top, _LIGHT, 1)
    if art == "3d render":
        return mask, np.where(top, 1.25, 0.5 + 0.6 * _rounded(u))
    tone = _bands(u, (-0.5, 0.85), (0.1, 1.08), (0.55, 0.88), rest=0.65)
    return mask, np.where(top, 1.25, tone)


def _cone(x: Field, y: Field, art: str) -> tuple[Mask, Field]:
    height = (y - 0.04) / 0.82  # 0 at the tip, 1 where the round base is widest
    wall = (np.abs(x - 0.5) < 0.4 * height) & (height < 1)
    mask = wall | _ellipse(x, y, (0.5, 0.86), (0.4, 0.11))
    u = (x - 0.5) / (0.4 * height).clip(0.02, 0.4)
    if art == "3d render":
        return mask, 0.5 + 0.62 * _rounded(u)
    if art == "flat icon":
        return mask, _bands(u, (0.15, 1), rest=_DARK)
    return mask, _bands(u, (-0.4, 0.9), (0.15, 1.12), rest=0.66)


def _star(x: Field, y: Field, art: str) -> tuple[Mask, Field]:
    angle = np.arctan2(x - 0.5, 0.53 - y)  # from the upper point, clockwise
    mask = _is_in_star(np.hypot(x - 0.5, y - 0.53), angle)
    if art == "3d render":  # two facets to each point
        return mask, np.where(np.floor(angle / (math.pi / 5)) % 2 == 0, 1.12, 0.8)
    if art == "flat icon":
        return mask, np.where(x < 0.5, 1, _DARK) + 0 * y
    return mask, 1 - 0.12 * (y > 0.62) + 0 * x


def _is_in_star(radius: Field, angle: Field) -> Mask:
    """Return what lies in a star of five points, 0.5 far from the middle; its notches 0.22."""
    half = math.pi / 5
    folded = np.abs((angle + half) % (2 * half) - half)
    across, along = radius * np.sin(folded), radius * np.cos(folded)
    notch_across, notch_along = 0.22 * math.sin(half), 0.22 * math.cos(half)
    inside: Mask = (0.5 - along) * notch_across > across * (0.5 - notch_along)
    return inside


def _heart(x: Field, y: Field, art: str) -> tuple[Mask, Field]:
    u, v = (x - 0.5) * 2.55, (0.5 - y) * 2.55 + 0.12
    mask = (u * u + v * v - 1) ** 3 < u * u * v**3
    light = np.clip(-0.45 * u + 0.5 * v + 0.55, 0, 1)
    spot = _ellipse(u, v, (-0.55, 0.55), (0.22, 0.15))
    if art == "3d render":
        return mask, 0.55 + 0.55 * light + 0.4 * spot
    if art == "flat icon":
        return mask, np.where(u < 0, 1, _DARK) + 0 * v
    return mask, _bands(light, (0.3, 0.78), rest=1) + 0.5 * spot


_SHAPES: Mapping[str, Shape] = {
    "cube": _cube,
    "sphere": _sphere,
    "cylinder": _cylinder,
    "cone": _cone,
    "star": _star,
    "heart": _heart,
}
