"""A picture in ever smaller halves, so that a small view of a large one is smooth and cheap."""

import math
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Final

import numpy as np
import PIL.Image
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.ui.canvas.levels import Level
from t2i_studio.ui.canvas.occupancy import Occupancy
from t2i_studio.ui.qimage import shared

AT_ONCE: Final = 2**21  # px that are read without a break: more are made in strips
MOST_FRONT: Final = 2**25  # px of a picture that is kept in Qt's own form, too
STRAIGHT: Final = {
    1: QImage.Format.Format_Alpha8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_RGBA8888,
}
FAST: Final = QImage.Format.Format_ARGB32_Premultiplied
MADE: Final = {1: QImage.Format.Format_Alpha8, 4: FAST}
Make = Callable[[Level, Bounds], None]


class Pyramid:
    """Level n is 2**n times smaller, averaged; made when it is first looked at.

    `pixels`: (H, W) coverage, (H, W, 3) RGB, or (H, W, 4) RGBA with straight alpha. They may
    change if `renew` is told where. Levels above 0 of pictures are BGRA with premultiplied alpha:
    averages of straight colours would show those of transparent pixels, and Qt is twice as fast.
    For that, level 0 has a front of this form unless it is very large.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._base = np.ascontiguousarray(pixels)  # a crop is not, and Qt needs it
        self._front: Level | None = None
        self._levels: list[Level] = []
        self._draft: tuple[int, Pixels] | None = None  # the last one, and of which level
        self._is_opaque: bool | None = None  # None: nobody has looked yet
        self._occupancy: Occupancy | None = None
        self.renewed_px = 0  # pixels of all levels that were made or made again

    @property
    def shape(self) -> tuple[int, ...]:
        return self._base.shape

    @property
    def is_opaque(self) -> bool:
        """Whether it is known that nothing can be seen through it; looked at with the levels."""
        return self._is_opaque is True

    def level(self, number: int) -> Pixels:
        """Return a level, all of which is made if it was not."""
        if number == 0:
            return self._base
        self.work(number)
        return self._levels[number - 1].pixels

    def look(self, number: int) -> tuple[Pixels, QImage.Format]:
        """Return a level, or what stands for it until it is ready, and Qt's name for its form."""
        if not self.is_ready(number):
            pixels = self._base if number == 0 else self._sampled(number)
            return pixels, STRAIGHT[_channels(pixels)]
        self.work(number)
        if number == 0:
            front = self._front
            return (front.pixels, FAST) if front else (self._base, STRAIGHT[_channels(self._base)])
        pixels = self._levels[number - 1].pixels
        return pixels, MADE[_channels(pixels)]

    def is_exact(self, number: int) -> bool:
        """Whether `look` returns no mere samples."""
        return number == 0 or self.is_ready(number)

    def is_ready(self, number: int) -> bool:
        """Whether a level, in the form that is drawn fast, takes no noticeable time."""
        if number == 0:
            front = self._front
            whole = self._base.shape[0] * self._base.shape[1]
            return not self._has_front or (front.missing_px if front else whole) <= AT_ONCE
        known = self._levels[:number]
        last = known[-1].pixels if known else self._base
        unknown = last.shape[0] * last.shape[1] if len(known) < number else 0
        return 4 * sum(level.missing_px for level in known) + unknown <= AT_ONCE

    def work(self, number: int, seconds: float = math.inf) -> bool:
        """Make a level and what it needs, for about so long; tell whether all of it is made."""
        until = perf_counter() + seconds
        if number == 0:
            is_done = not self._has_front or self._finish(self._own_front(), self._convert, until)
            return is_done and self._look_through()
        while len(self._levels) < number:
            self._levels.append(
                Level.half_of(self._levels[-1].pixels if self._levels else self._base)
            )
        sources = [self._base, *(level.pixels for level in self._levels)]
        is_done = all(
            self._finish(level, partial(_halve, source, is_straight=index == 0), until)
            for index, (level, source) in enumerate(
                zip(self._levels[:number], sources, strict=False)
            )
        )
        self._draft = None if is_done else self._draft
        return is_done and self._look_through()

    def renew(self, pixels: Pixels, bounds: Bounds) -> None:
        """Follow a change inside `bounds`; `pixels` may be another array of the same picture."""
        before, self._base = self._base, np.ascontiguousarray(pixels)
        self._draft = None
        if pixels.shape != before.shape or bounds.extent.area >= pixels.shape[0] * pixels.shape[1]:
            self._levels.clear()
            self._front = self._is_opaque = self._occupancy = None
            return
        if self._is_opaque:
            self._is_opaque = is_opaque(self._base[bounds.slices])
        if self._occupancy:
            self._occupancy.renew(self._base, bounds)
        if self._front:
            self._front.spoil(bounds)
        for level in self._levels:
            x, y = bounds.x // 2, bounds.y // 2
            bounds = Bounds(x, y, (bounds.right + 1) // 2 - x, (bounds.bottom + 1) // 2 - y)
            level.spoil(bounds)

    def is_covering(self, number: int, bounds: Bounds) -> bool:
        """Tell whether nothing can be seen through these pixels of what `look` returns."""
        return self.is_opaque or is_opaque(self.look(number)[0][bounds.slices])

    def occupied(self, bounds: Bounds) -> Bounds:
        """Return the part of a mask in `bounds` outside which there is nothing; maybe empty."""
        if self._occupancy is None:
            self._occupancy = Occupancy(self._base)
        return self._occupancy.within(bounds)

    def _look_through(self) -> bool:
        """See whether it is opaque, if that is not known; return True."""
        if self._is_opaque is None:
            self._is_opaque = is_opaque(self._base)
        return True

    @property
    def _has_front(self) -> bool:
        return self._base.ndim == 3 and self._base.shape[0] * self._base.shape[1] <= MOST_FRONT

    def _own_front(self) -> Level:
        self._front = self._front or Level.front_of(self._base)
        return self._front

    def _sampled(self, number: int) -> Pixels:
        """Return single pixels in place of averages, with straight alpha."""
        if self._draft is None or self._draft[0] != number:
            self._draft = number, _every(self._base, 2**number)
        return self._draft[1]

    def _finish(self, level: Level, make: Make, until: float) -> bool:
        for bounds in level.take_dirty():
            self.renewed_px += bounds.extent.area
            make(level, bounds)
        while part := level.next_strip():
            self.renewed_px += part.extent.area
            make(level, part)
            if perf_counter() > until:
                return False
        return True

    def _convert(self, front: Level, bounds: Bounds) -> None:
        """Bring a part of level 0 into Qt's own form."""
        source = shared(self._base, STRAIGHT[_channels(self._base)])
        painter = QPainter(target := shared(front.pixels, FAST))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        corner = QPoint(bounds.x, bounds.y)
        painter.drawImage(corner, source, QRect(corner, QSize(bounds.width, bounds.height)))
        painter.end()
        del target


def level_for(scale: float) -> int:
    """Return the smallest level that is still larger than the picture at this scale."""
    return max(0, math.floor(-math.log2(scale)))


def is_opaque(pixels: Pixels) -> bool:
    """Tell whether nothing can be seen through RGBA; other forms have no transparency."""
    if _channels(pixels) != 4:
        return True
    words = pixels.view(np.dtype("<u4"))[..., 0]
    return int(np.bitwise_and.reduce(words, axis=None)) >> 24 == 255


def _every(pixels: Pixels, step: int) -> Pixels:
    """Return a copy of every n-th pixel across and down."""
    if _channels(pixels) != 4:
        return np.ascontiguousarray(pixels[::step, ::step])
    words = pixels.view(np.uint32)[::step, ::step]  # a fifth of the time of four bytes each
    return np.ascontiguousarray(words).view(np.uint8)


def _channels(pixels: Pixels) -> int:
    return pixels.shape[2] if pixels.ndim == 3 else 1


def _halve(source: Pixels, level: Level, bounds: Bounds, *, is_straight: bool) -> None:
    """Make a part of a level from the level before, or from level 0."""
    part = source[2 * bounds.y : 2 * bounds.bottom, 2 * bounds.x : 2 * bounds.right]
    level.pixels[bounds.slices] = _halved(part, is_straight=is_straight)


def _halved(pixels: Pixels, *, is_straight: bool) -> Pixels:
    if pixels.ndim == 2:
        if not pixels.any():
            return np.zeros([(side + 1) // 2 for side in pixels.shape], np.uint8)
        return np.asarray(PIL.Image.fromarray(pixels).reduce(2))
    data = _fast(pixels) if is_straight else np.ascontiguousarray(pixels)
    size = data.shape[1], data.shape[0]
    # Four channels alike: RGBA Pillow would multiply by alpha and divide by it again.
    half = PIL.Image.frombuffer("RGBX", size, data, "raw", "RGBX", 0, 1).reduce(2)
    return np.frombuffer(half.tobytes(), np.uint8).reshape(half.height, half.width, 4)


def _fast(pixels: Pixels) -> Pixels:
    """Return a copy of RGB or straight RGBA in the form that Qt draws fastest."""
    height, width = pixels.shape[:2]
    whole = shared(np.ascontiguousarray(pixels), STRAIGHT[_channels(pixels)])
    image = whole.convertToFormat(FAST)
    return np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4).copy()
