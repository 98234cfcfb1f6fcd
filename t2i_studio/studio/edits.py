"""The changes of a document that history keeps; each is undone by doing it once more."""

from dataclasses import dataclass

import numpy as np

from t2i_studio.studio.patches import Patch, box_of, patches
from t2i_studio.studio.sheets import Held, Sheets


@dataclass(frozen=True)
class PixelEdit:
    """Other values in some places of the mask or a layer."""

    sheets: Sheets
    target: str
    changes: tuple[Patch, ...]

    @property
    def size_bytes(self) -> int:
        return sum(change.size_bytes for change in self.changes)

    def apply(self, _: object) -> None:
        pixels = self.sheets.pixels(self.target)
        for change in self.changes:
            change.flip(pixels)
            self.sheets.touch(self.target, change.bounds)

    revert = apply


@dataclass(frozen=True)
class Inversion:
    """255 becomes 0 and the other way round, everywhere on the mask."""

    sheets: Sheets
    target: str
    size_bytes = 0

    def apply(self, _: object) -> None:
        pixels = self.sheets.pixels(self.target)
        np.bitwise_not(pixels, out=pixels)
        self.sheets.touch(self.target, self.sheets.bounds)

    revert = apply


class Shift:
    """The mask or a layer in another place; holds only what was pushed out of the document."""

    def __init__(self, sheets: Sheets, target: str, dx: int, dy: int) -> None:
        self.dx, self.dy = dx, dy
        self._sheets = sheets
        self._target = target
        self._lost: tuple[Patch, ...] = ()

    @property
    def size_bytes(self) -> int:
        return sum(change.size_bytes for change in self._lost)

    def apply(self, _: object) -> None:
        self._lost = self._move(self.dx, self.dy)

    def revert(self, _: object) -> None:
        self._move(-self.dx, -self.dy)
        PixelEdit(self._sheets, self._target, self._lost).apply(_)

    def _move(self, dx: int, dy: int) -> tuple[Patch, ...]:
        """Move what there is, and return what has not found room."""
        pixels = self._sheets.pixels(self._target)
        source = box_of(pixels)
        goal = source.moved(dx, dy).intersection(self._sheets.bounds)
        content = pixels[source.slices].copy()
        kept = goal.moved(-dx - source.x, -dy - source.y).slices
        pixels[source.slices] = 0
        pixels[goal.slices] = content[kept]
        content[kept] = 0
        self._sheets.touch(self._target, source.union(goal))
        return patches(content, source.x, source.y)


@dataclass(frozen=True)
class Displacement:
    """The document's corner in another place: it is cut at the left or top, or grows there."""

    sheets: Sheets
    dx: int
    dy: int
    size_bytes = 0

    def apply(self, _: object) -> None:
        self.sheets.displace(self.dx, self.dy)

    def revert(self, _: object) -> None:
        self.sheets.displace(-self.dx, -self.dy)


class Exchange:
    """Another set of layers and mask; holds the one that is not shown, and shares arrays with it.

    Packing what it holds would take 20 ms a megabyte and gain little on photographs.
    """

    def __init__(self, sheets: Sheets, held: Held) -> None:
        self._sheets = sheets
        self._held = held
        self.size_bytes = 0

    def apply(self, _: object) -> None:
        self._held = self._sheets.exchange(self._held)
        self.size_bytes = self._held.size_beside(self._sheets.held)

    revert = apply
