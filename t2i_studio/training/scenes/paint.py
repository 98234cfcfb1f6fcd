"""Brushes for backgrounds: all places and sizes are fractions of the picture's side."""

import math
import random
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from t2i_studio.training.scenes.vocabulary import RGB

Point = tuple[float, float]
Stop = tuple[float, RGB]

DRAWN_SIDE = 512  # px at least: below it the smallest dots would be rounded to whole pixels
_HILL_STEPS = 64
_VEIL_SIDE = 128  # px


class Canvas:
    """A square picture to paint on, and the chance that goes into it.

    Drawn at twice `size` (px) or more, and reduced at the end. What is drawn from `rng` must never
    depend on `size`, or the sizes of one picture would differ.
    """

    def __init__(self, rng: random.Random, size: int) -> None:
        self.rng = rng
        self._size = size
        self._side = max(DRAWN_SIDE, 2 * size)
        self._image = Image.new("RGB", (self._side, self._side))
        self._draw = ImageDraw.Draw(self._image)

    def pixels(self) -> np.ndarray:
        """Return the picture, (size, size, 3) uint8."""
        return np.asarray(self._image.resize((self._size, self._size), Image.Resampling.BOX))

    def between(self, low: float, high: float) -> float:
        """Draw a number, evenly."""
        return self.rng.uniform(low, high)

    def near(self, colour: RGB, amount: float = 10) -> RGB:
        """Draw a colour that is at most `amount` of 255 off in each channel."""
        red, green, blue = (_channel(value + self.between(-amount, amount)) for value in colour)
        return red, green, blue

    def beside(self) -> float:
        """Draw an x left or right of the middle, where objects stand."""
        return self.between(0.04, 0.26) if self.rng.random() < 0.5 else self.between(0.74, 0.96)

    def gradient(self, *stops: Stop) -> None:
        """Fill the picture from top to bottom, through colours at rising heights."""
        heights = np.linspace(0, 1, self._side)
        shift = self.between(-6, 6)
        at, colours = zip(*stops, strict=True)
        column = np.stack(
            [np.interp(heights, at, [colour[i] for colour in colours]) for i in range(3)], -1
        )
        column = np.clip(column + shift, 0, 255).astype(np.uint8)[:, None]
        self._image.paste(Image.fromarray(column).resize(self._image.size))

    def disc(self, x: float, y: float, radius: float, colour: RGB) -> None:
        """Fill a circle."""
        self.ellipse(x, y, radius, radius, colour)

    def ellipse(self, x: float, y: float, width: float, height: float, colour: RGB) -> None:
        """Fill an ellipse of half-axes `width` and `height`."""
        box = self._scaled([(x - width, y - height), (x + width, y + height)])
        self._draw.ellipse(box, fill=colour)

    def ring(self, x: float, y: float, axes: Point, colour: RGB, thickness: float) -> None:
        """Outline an ellipse of half-axes `axes`."""
        width, height = axes
        box = self._scaled([(x - width, y - height), (x + width, y + height)])
        self._draw.ellipse(box, outline=colour, width=max(1, round(thickness * self._side)))

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: RGB) -> None:
        """Fill a rectangle."""
        self._draw.rectangle(self._scaled([(left, top), (right, bottom)]), fill=colour)

    def polygon(self, points: Sequence[Point], colour: RGB) -> None:
        """Fill a polygon."""
        self._draw.polygon(self._scaled(points), fill=colour)

    def dots(self, count: int, top: float, bottom: float, radii: Point, *colours: RGB) -> None:
        """Scatter discs of radii between two, each in one of the colours."""
        for _ in range(count):
            x, y = self.between(0, 1), self.between(top, bottom)
            self.disc(x, y, self.between(*radii), self.rng.choice(colours))

    def hills(self, top: float, height: float, colour: RGB) -> None:
        """Fill all below a rolling line about `top`."""
        phase, pace = self.between(0, math.tau), self.between(0.6, 1.6)
        line = [
            (x, top + height * _wave(x * math.tau, phase, pace))
            for x in (step / _HILL_STEPS for step in range(_HILL_STEPS + 1))
        ]
        self.polygon([(0, 1), *line, (1, 1)], colour)

    def veil(self, opacity: np.ndarray, colour: RGB) -> None:
        """Lay a colour over the picture, as thick as a coarse map (H, W) in [0, 1] says."""
        mask = Image.fromarray((opacity * 255).astype(np.uint8)).resize(
            self._image.size, Image.Resampling.BICUBIC
        )
        self._image.paste(colour, mask=mask)

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self._side, y * self._side) for x, y in points]


def cloud(canvas: Canvas) -> None:
    """Paint four puffs of white in the sky."""
    x, y = canvas.between(0.05, 0.95), canvas.between(0.06, 0.25)
    for puff in range(4):
        off = canvas.between(-0.012, 0.012)
        canvas.disc(x + puff * 0.05 - 0.08, y + off, canvas.between(0.03, 0.05), (250, 252, 255))


def crescent(canvas: Canvas, x: float, y: float) -> None:
    """Paint a moon that opens to the upper right."""
    # The inner circle takes a bite out of the outer; between these angles lies what it leaves.
    outer = [_around(x, y, 0.075, degrees) for degrees in np.linspace(29.3, 284.3, 40)]
    inner = [_around(x + 0.035, y - 0.015, 0.06, degrees) for degrees in np.linspace(254, 59.6, 40)]
    canvas.polygon([*outer, *inner], (245, 240, 205))


def round_tree(canvas: Canvas, leaves: RGB) -> None:
    """Paint a tree with a round crown beside the middle."""
    x, y, height = canvas.beside(), canvas.between(0.64, 0.7), canvas.between(0.2, 0.28)
    canvas.rectangle(
        x - 0.08 * height, y - 0.5 * height, x + 0.08 * height, y, colour=(110, 75, 50)
    )
    for right, up, radius in ((-0.22, 0.6, 0.28), (0.22, 0.6, 0.28), (0, 0.85, 0.32)):
        crown = canvas.near(leaves, 12)
        canvas.disc(x + right * height, y - up * height, radius * height, crown)


def fir(canvas: Canvas, height: float, needles: RGB, tips: RGB | None = None) -> None:
    """Paint a fir of three tiers beside the middle, with snow on its tips if they have a colour."""
    x, y = canvas.beside(), canvas.between(0.62, 0.7)
    for width, top, bottom in ((0.36, 0.45, 0.0), (0.28, 0.75, 0.3), (0.2, 1.0, 0.58)):
        peak = (x, y - top * height - 0.05)
        _tier(canvas, peak, width * height, y - bottom * height, needles)
        if tips:
            edge = bottom + (top - bottom) * 0.58
            _tier(canvas, peak, width * height * 0.45, y - edge * height, tips)


def _tier(canvas: Canvas, peak: Point, width: float, foot: float, colour: RGB) -> None:
    canvas.polygon([(peak[0] - width, foot), (peak[0] + width, foot), peak], colour)


def _around(x: float, y: float, radius: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def _wave(x: float, phase: float, pace: float) -> float:
    """Return a line about zero that does not look like a sine."""
    return math.sin(phase + pace * x) + 0.3 * math.sin(2.3 * phase + 2.7 * pace * x)


def _channel(value: float) -> int:
    return int(max(0, min(255, value)))
