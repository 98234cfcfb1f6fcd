"""Everything that the canvas draws from pixels: picture, mask, and what is laid over them."""

from t2i_studio.core.geometry import Bounds
from t2i_studio.studio.document import Document
from t2i_studio.ui.canvas.content import Floating, Overlay
from t2i_studio.ui.canvas.pyramid import Pyramid


class Rasters:
    """The pyramids, which follow the document where they are told that it has changed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stale: list[Bounds] = []  # of the picture
        self.picture: Pyramid | None = None
        self.mask: Pyramid | None = None
        self.overlay: Pyramid | None = None
        self.floating: Pyramid | None = None
        self.behind: Pyramid | None = None  # in place of the picture
        self.renew_all()

    def renew_all(self) -> None:
        """Look at another picture."""
        document = self._document
        self._stale.clear()
        self.picture = Pyramid(document.composite_pixels) if document.extent else None
        self.mask = Pyramid(document.mask_pixels) if document.extent else None

    def renew_picture(self, bounds: Bounds) -> None:
        """Remember where it has changed: layers are laid over each other when they are seen."""
        self._stale.append(bounds)

    def renew_mask(self, bounds: Bounds) -> None:
        if self.mask and self._document.extent:
            self.mask.renew(self._document.mask_pixels, bounds)

    def catch_up(self) -> None:
        """Follow the picture, before anything is drawn."""
        if self._stale and self.picture and self._document.extent:
            pixels = self._document.composite_pixels
            for bounds in self._stale:
                self.picture.renew(pixels, bounds)
        self._stale.clear()

    def lay_over(self, overlay: Overlay | None) -> None:
        self.overlay = Pyramid(overlay.image.pixels) if overlay else None

    def float_over(self, floating: Floating | None) -> None:
        self.floating = Pyramid(floating.pixels) if floating and floating.pixels.size else None
        behind = floating.behind if floating else None
        self.behind = Pyramid(behind) if behind is not None else None

    def is_ready(self, level: int) -> bool:
        """Whether all that is seen at this level is made, or as good as made."""
        return all(each.is_ready(level) for each in self._all)

    def is_exact(self, level: int) -> bool:
        """Whether nothing that is seen at this level is drawn from mere samples."""
        return all(each.is_exact(level) for each in self._all)

    def work(self, level: int, seconds: float) -> bool:
        """Make what is seen at this level, for about so long; tell whether all is made."""
        self.catch_up()
        return all(each.work(level, seconds) for each in self._all)

    @property
    def _all(self) -> list[Pyramid]:
        every = self.behind or self.picture, self.mask, self.overlay, self.floating
        return [each for each in every if each]
