"""One level of a pyramid: how much of it is made, and what of that has to be made again."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels

STRIP: Final = 2**18  # px that are made without looking at the clock
MOST_DIRTY: Final = 16  # places that are renewed each by itself; more become one


@dataclass
class Level:
    """Rows above `made` are made, except where they are dirty."""

    pixels: Pixels
    made: int = 0
    dirty: list[Bounds] = field(default_factory=list)

    @staticmethod
    def half_of(source: Pixels) -> "Level":
        """Return one of half the size, of which nothing is made; of colours with four channels."""
        height, width = ((side + 1) // 2 for side in source.shape[:2])
        return Level(np.empty((height, width, 4)[: source.ndim], np.uint8))

    @staticmethod
    def front_of(source: Pixels) -> "Level":
        """Return one of the same size with four channels."""
        return Level(np.empty((*source.shape[:2], 4), np.uint8))

    @property
    def missing_px(self) -> int:
        height, width = self.pixels.shape[:2]
        unmade = int((height - self.made) * width)
        return unmade + sum(each.extent.area for each in self.dirty)

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


def _around(parts: list[Bounds]) -> Bounds:
    result = parts[0]
    for part in parts[1:]:
        result = result.union(part)
    return result
