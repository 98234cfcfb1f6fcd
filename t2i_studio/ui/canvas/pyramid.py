"""A picture in ever smaller halves, so that a small view of a large one is smooth and cheap."""

import math
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

import numpy as np
import PIL.Image
from PySide6.QtGui import QImage

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels

AT_ONCE: Final = 2**21  # px that are averaged without a break: more are made in strips
STRIP: Final = 2**18  # px of a level that are made without looking at the clock
MOST_DIRTY: Final = 16  # places that are renewed each by itself; more become one
FORMS: Final = {
    1: QImage.Format.Format_Alpha8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_ARGB32_Premultiplied,
}


class Pyramid:
    """Level n is 2**n times smaller, averaged; made when it is first looked at.

    `pixels`: (H, W) coverage, (H, W, 3) RGB, or (H, W, 4) RGBA with straight alpha. They may
    change if `renew` is told where. Levels above 0 of RGBA are BGRA with premultiplied alpha:
    averages of straight colours would show those of transparent pixels, and Qt is twice as fast.
    """

    def __init__(self, pixels: Pixels) -> None:
        self._base = np.ascontiguousarray(pixels)  # a crop is not, and Qt needs it
        self._levels: list[_Level] = []
        self.renewed_px = 0  # pixels of all levels that were made or made again

    @property
    def shape(self) -> tuple[int, ...]:
        return self._base.shape

    def level(self, number: int) -> Pixels:
        """Return a level, all of which is made if it was not."""
        self.work(number)
        return self._base if number == 0 else self._levels[number - 1].pixels

    def draft(self, number: int) -> Pixels:
        """Return what is there at once: single pixels in place of averages, straight alpha."""
        step = 2**number
        return np.ascontiguousarray(self._base[::step, ::step])

    def is_ready(self, number: int) -> bool:
        """Whether a level takes no noticeable time."""
        known = self._levels[:number]
        last = known[-1].pixels if known else self._base
        unknown = last.shape[0] * last.shape[1] if len(known) < number else 0
        return 4 * sum(level.missing_px for level in known) + unknown <= AT_ONCE

    def look(self, number: int) -> tuple[Pixels, QImage.Format]:
        """Return a level, or a draft of it while it is not ready, and Qt's name for its form."""
        if self.is_ready(number):
            pixels = self.level(number)
            is_straight = number == 0
        else:
            pixels, is_straight = self.draft(number), True
        channels = pixels.shape[2] if pixels.ndim == 3 else 1
        if channels == 4 and is_straight:
            return pixels, QImage.Format.Format_RGBA8888
        return pixels, FORMS[channels]

    def work(self, number: int, seconds: float = math.inf) -> bool:
        """Make a level and what it needs, for about so long; tell whether all of it is made."""
        until = perf_counter() + seconds
        while len(self._levels) < number:
            last = self._levels[-1].pixels if self._levels else self._base
            self._levels.append(_Level.half_of(last))
        for index, level in enumerate(self._levels[:number]):
            for bounds in level.take_dirty():
                self._make(index, bounds)
            while part := level.next_strip():
                self._make(index, part)
                if perf_counter() > until:
                    return False
        return True

    def renew(self, pixels: Pixels, bounds: Bounds) -> None:
        """Follow a change inside `bounds`; `pixels` may be another array of the same picture."""
        before, self._base = self._base, np.ascontiguousarray(pixels)
        if pixels.shape != before.shape or bounds.extent.area >= pixels.shape[0] * pixels.shape[1]:
            self._levels.clear()
        for level in self._levels:
            x, y = bounds.x // 2, bounds.y // 2
            bounds = Bounds(x, y, (bounds.right + 1) // 2 - x, (bounds.bottom + 1) // 2 - y)
            level.spoil(bounds)

    def _make(self, index: int, bounds: Bounds) -> None:
        source = self._levels[index - 1].pixels if index else self._base
        part = source[2 * bounds.y : 2 * bounds.bottom, 2 * bounds.x : 2 * bounds.right]
        self._levels[index].pixels[bounds.slices] = _halved(part, is_straight=index == 0)
        self.renewed_px += bounds.extent.area


@dataclass
class _Level:
    """Rows above `made` are made, except where they are dirty."""

    pixels: Pixels
    made: int = 0
    dirty: list[Bounds] = field(default_factory=list)

    @staticmethod
    def half_of(source: Pixels) -> "_Level":
        height, width = source.shape[:2]
        return _Level(np.empty(((height + 1) // 2, (width + 1) // 2, *source.shape[2:]), np.uint8))

    @property
    def missing_px(self) -> int:
        height, width = self.pixels.shape[:2]
        return (height - self.made) * width + sum(each.extent.area for each in self.dirty)

    def spoil(self, bounds: Bounds) -> None:
        """Have a part made again when it is next looked at."""
        if self.dirty and not self.dirty[-1].intersection(bounds).is_empty:
            self.dirty[-1] = self.dirty[-1].union(bounds)
        else:
            self.dirty.append(bounds)
        if len(self.dirty) > MOST_DIRTY:
            self.dirty = [_around(self.dirty)]

    def take_dirty(self) -> list[Bounds]:
        """Return what of the rows that were made has to be made again."""
        done = Bounds(0, 0, self.pixels.shape[1], self.made)
        parts, self.dirty = self.dirty, []
        return [part for each in parts if not (part := each.intersection(done)).is_empty]

    def next_strip(self) -> Bounds | None:
        """Return some rows that are not made yet, which then count as made."""
        height, width = self.pixels.shape[:2]
        if self.made >= height:
            return None
        rows = min(max(1, STRIP // width), height - self.made)
        self.made += rows
        return Bounds(0, self.made - rows, width, rows)


def level_for(scale: float) -> int:
    """Return the smallest level that is still larger than the picture at this scale."""
    return max(0, math.floor(-math.log2(scale)))


def is_opaque(pixels: Pixels) -> bool:
    """Tell whether nothing can be seen through RGBA; other forms have no transparency."""
    if pixels.ndim != 3 or pixels.shape[2] != 4:
        return True
    if pixels.strides[2:] != (1,) or pixels.strides[1] != 4:
        return bool((pixels[..., 3] == 255).all())
    words = pixels.view(np.dtype("<u4"))[..., 0]
    return int(np.bitwise_and.reduce(words, axis=None)) >> 24 == 255


def _halved(pixels: Pixels, *, is_straight: bool) -> Pixels:
    if pixels.ndim == 2:
        if not pixels.any():
            return np.zeros([(side + 1) // 2 for side in pixels.shape], np.uint8)
        return np.asarray(PIL.Image.fromarray(pixels).reduce(2))
    if pixels.shape[2] == 3:
        return np.asarray(PIL.Image.fromarray(pixels).reduce(2))
    return _halved_rgba(pixels, is_straight=is_straight)


def _halved_rgba(pixels: Pixels, *, is_straight: bool) -> Pixels:
    """Average four channels alike; straight RGBA becomes premultiplied BGRA before."""
    height, width = pixels.shape[:2]
    data = np.ascontiguousarray(pixels)
    # "RGBa" is what Pillow averages as it is; RGBA it would multiply and divide by alpha.
    mode = "RGBA" if is_straight and not is_opaque(data) else "RGBa"
    picture = PIL.Image.frombuffer(mode, (width, height), data, "raw", mode, 0, 1)
    half = picture.convert("RGBa").reduce(2)
    order = "BGRa" if is_straight else "RGBa"
    made = np.frombuffer(half.tobytes("raw", order), np.uint8)
    return made.reshape(half.height, half.width, 4)


def _around(parts: list[Bounds]) -> Bounds:
    result = parts[0]
    for part in parts[1:]:
        result = result.union(part)
    return result
