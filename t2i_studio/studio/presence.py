"""Whether there is anything of a kind in an array that changes in places."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.patches import NOWHERE, tiles


class Presence:
    """Remembers one place where it was found, and where it has not looked since a change.

    So an answer costs what has changed, not what there is.
    """

    def __init__(self, is_it: Callable[[Pixels], NDArray[np.bool_]]) -> None:
        self._is_it = is_it
        self._place: Bounds | None = None  # one pixel
        self._changed = NOWHERE

    def spoil(self, bounds: Bounds) -> None:
        """Look again inside."""
        self._changed = self._changed.union(bounds)

    def anywhere(self, pixels: Pixels) -> bool:
        """Tell whether there is any; `pixels` differ from the last time only where spoiled."""
        whole = Bounds(0, 0, pixels.shape[1], pixels.shape[0])
        changed, self._changed = self._changed.intersection(whole), NOWHERE
        if self._place:
            if self._is_it(pixels[self._place.slices]).any():
                return True
            changed = whole  # it was the only place known
        self._place = self._find(pixels, changed, whole)
        return self._place is not None

    def _find(self, pixels: Pixels, within: Bounds, whole: Bounds) -> Bounds | None:
        for tile in tiles(within, whole):
            part = tile.intersection(within)
            if (found := self._is_it(pixels[part.slices])).any():
                y, x = np.unravel_index(np.argmax(found), found.shape)
                return Bounds(part.x + int(x), part.y + int(y), 1, 1)
        return None
