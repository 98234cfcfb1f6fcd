"""All layers that show, over each other, kept up to date where something changes."""

from collections.abc import Sequence

import numpy as np

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import Layer
from t2i_studio.studio.blending import stack
from t2i_studio.studio.patches import NOWHERE

NOTHING = np.zeros((0, 0, 4), np.uint8)


class Composite:
    """Works when it is looked at; costs only what has been spoiled since.

    One layer that shows fully is its own composite: the very array, without a copy.
    """

    def __init__(self) -> None:
        self._pixels = NOTHING
        self._is_own = False
        self._spoiled = NOWHERE

    def spoil(self, bounds: Bounds) -> None:
        """Make anew what is inside, when it is looked at next."""
        self._spoiled = self._spoiled.union(bounds)

    def pixels(self, layers: Sequence[Layer], extent: Extent | None) -> Pixels:
        """Return (H, W, 4); layers have changed only where they were spoiled."""
        shown = [layer for layer in layers if layer.shows]
        if extent is None:
            self._take(NOTHING, is_own=False)
        elif len(shown) == 1 and shown[0].opacity >= 1:
            self._take(shown[0].pixels, is_own=False)
        else:
            self._renew(shown, extent)
        self._spoiled = NOWHERE
        return self._pixels

    def _take(self, pixels: Pixels, *, is_own: bool) -> None:
        self._pixels, self._is_own = pixels, is_own

    def _renew(self, shown: Sequence[Layer], extent: Extent) -> None:
        shape = (extent.height, extent.width, 4)
        whole = Bounds.at_origin(extent)
        if self._pixels.shape != shape:
            self._take(np.empty(shape, np.uint8), is_own=True)
            self._spoiled = whole
        elif not self._is_own:
            self._take(self._pixels.copy(), is_own=True)
        stack(shown, self._pixels, self._spoiled.intersection(whole))
