"""Everything that the canvas draws from pixels: picture, mask, and what is laid over them."""

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.document import Document
from t2i_studio.ui.canvas.content import Floating, Overlay
from t2i_studio.ui.canvas.pyramid import Pyramid


class Rasters:
    """The pyramids, which follow the document where they are told that it has changed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.picture: Pyramid | None = None
        self.mask: Pyramid | None = None
        self.overlay: Pyramid | None = None
        self.floating: Pyramid | None = None
        self.renew_all()

    def renew_all(self) -> None:
        """Look at another picture."""
        pixels = _composite(self._document)
        self.picture = Pyramid(pixels) if pixels.size else None
        self.mask = Pyramid(self._document.mask_pixels) if pixels.size else None

    def renew_picture(self, bounds: Bounds) -> None:
        pixels = _composite(self._document)
        if self.picture and pixels.size:
            self.picture.renew(pixels, bounds)

    def renew_mask(self, bounds: Bounds) -> None:
        if self.mask and self._document.mask_pixels.size:
            self.mask.renew(self._document.mask_pixels, bounds)

    def lay_over(self, overlay: Overlay | None) -> None:
        self.overlay = Pyramid(overlay.image.pixels) if overlay else None

    def float_over(self, floating: Floating | None) -> None:
        self.floating = Pyramid(floating.pixels) if floating and floating.pixels.size else None

    def is_ready(self, level: int) -> bool:
        """Whether nothing that is seen at this level is drawn from a draft."""
        return all(each.is_ready(level) for each in self._all)

    def work(self, level: int, seconds: float) -> bool:
        """Make what is seen at this level, for about so long; tell whether all is made."""
        return all(each.work(level, seconds) for each in self._all)

    @property
    def _all(self) -> list[Pyramid]:
        every = self.picture, self.mask, self.overlay, self.floating
        return [each for each in every if each]


def _composite(document: Document) -> Pixels:
    return document.picture.pixels if document.picture else np.zeros((0, 0, 4), np.uint8)
