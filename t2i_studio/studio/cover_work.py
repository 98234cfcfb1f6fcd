"""Changes that look at the whole picture or mask, computed while the window stays alive."""

from collections.abc import Callable
from typing import TypeVar

from psygnal import Signal

from t2i_studio.core.image import Pixels
from t2i_studio.core.mask_tools import Cover
from t2i_studio.studio.background import Background
from t2i_studio.studio.document import Document

T = TypeVar("T")


class CoverWork:
    """Hands live pixels to the background, and its results to the document (main thread).

    What was computed from pixels that have changed meanwhile is computed again, if need be when
    the stroke that changes them has ended. Nothing comes of it if there is another picture.
    """

    failed = Signal(Exception)

    def __init__(self, document: Document, background: Background) -> None:
        self._document = document
        self._background = background
        self._revision = 0
        self._waiting: list[Callable[[], None]] = []  # for the end of a stroke
        document.stroke_ended.connect(self._go_on)
        for changed in (document.picture_changed, document.mask_changed, document.extent_changed):
            changed.connect(self._count, max_args=0)

    def look(self, make: Callable[[Pixels], Cover], take: Callable[[Cover], None]) -> None:
        """Make a cover of the composite, (H, W, 4) RGBA."""
        self._start(lambda: self._document.composite_pixels, make, take)

    def change_mask(self, change: Callable[[Pixels], Pixels], name: str) -> None:
        """Replace the mask, (H, W), by what `change` makes of it."""

        def take(pixels: Pixels) -> None:
            self._document.change_mask(pixels, name)

        self._start(lambda: self._document.mask_pixels, change, take)

    def _start(
        self, look: Callable[[], Pixels], make: Callable[[Pixels], T], take: Callable[[T], None]
    ) -> None:
        if self._document.extent is None:
            return
        pixels, revision, layers = look(), self._revision, self._layers

        def again() -> None:
            self._start(look, make, take)

        def done(result: T) -> None:
            if layers.isdisjoint(self._layers):
                return
            if self._document.is_painting:
                self._waiting.append(again)
            elif self._revision != revision:
                again()
            else:
                take(result)

        self._background.read(lambda: make(pixels), done, self.failed.emit)

    @property
    def _layers(self) -> set[str]:
        return {layer.id for layer in self._document.layers}

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for again in waiting:
            again()

    def _count(self) -> None:
        self._revision += 1
