"""The changes of a document that history keeps; each is undone by doing it once more."""

from dataclasses import dataclass

import numpy as np

from t2i_studio.studio.patches import Patch
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
