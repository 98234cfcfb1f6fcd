"""Sizes and rectangles in whole pixels; y grows downwards."""

import re
from dataclasses import dataclass

from t2i_studio.core.words import tr


@dataclass(frozen=True, order=True)
class Extent:
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def area(self) -> int:
        return self.width * self.height

    @staticmethod
    def parse(text: str) -> "Extent":
        """Read "256x256"; raises ValueError for anything else."""
        match = re.fullmatch(r"\s*([0-9]{1,6})\s*x\s*([0-9]{1,6})\s*", text, re.IGNORECASE)
        if match is None:
            raise ValueError(
                tr("A size is written WIDTHxHEIGHT, like 256x256, not {what}.", what=repr(text))
            )
        return Extent(int(match[1]), int(match[2]))


@dataclass(frozen=True)
class Bounds:
    """A rectangle: left, top, width and height in pixels."""

    x: int
    y: int
    width: int
    height: int

    @staticmethod
    def at_origin(extent: Extent) -> "Bounds":
        return Bounds(0, 0, extent.width, extent.height)

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def extent(self) -> Extent:
        return Extent(self.width, self.height)

    @property
    def is_empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index of an (H, W, ...) array."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def moved(self, dx: int, dy: int) -> "Bounds":
        return Bounds(self.x + dx, self.y + dy, self.width, self.height)

    def padded(self, pixels: int) -> "Bounds":
        return Bounds(
            self.x - pixels, self.y - pixels, self.width + 2 * pixels, self.height + 2 * pixels
        )

    def intersection(self, other: "Bounds") -> "Bounds":
        """Return the common part; empty (zero width and height) if there is none."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        width, height = min(self.right, other.right) - x, min(self.bottom, other.bottom) - y
        return Bounds(x, y, width, height) if width > 0 and height > 0 else Bounds(x, y, 0, 0)

    def union(self, other: "Bounds") -> "Bounds":
        """Return the smallest rectangle around both; an empty one does not count."""
        if self.is_empty or other.is_empty:
            return other if self.is_empty else self
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Bounds(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)
