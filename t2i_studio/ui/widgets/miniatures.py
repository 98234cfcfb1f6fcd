"""Small copies of pictures for the screen, each made once."""

import weakref
from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from t2i_studio.core.image import Image
from t2i_studio.ui.qimage import to_qimage


class Miniatures:
    """One copy of each picture that a widget or model shows; it goes with its picture.

    Pictures are told apart by identity: the hash of an Image reads all of its pixels.
    """

    def __init__(self) -> None:
        self._copies: dict[int, tuple[weakref.ref[Image], Hashable, QImage]] = {}

    def __len__(self) -> int:
        return len(self._copies)

    def fitted(self, image: Image, edge: int) -> QImage:
        """Return the picture scaled down to fit into `edge` x `edge`, or as it is if it does."""
        return self._once(image, edge, lambda: to_qimage(image.fitted(edge)))

    def scaled(self, image: Image, size: QSize) -> QImage:
        """Return the picture at `size`: painters only interpolate, which aliases."""
        return self._once(image, size.toTuple(), lambda: _scaled(image, size))

    def _once(self, image: Image, size: Hashable, make: Callable[[], QImage]) -> QImage:
        key = id(image)
        known = self._copies.get(key)
        if known is None or known[1] != size:
            # It is forgotten before another picture can have this id.
            alive = weakref.ref(image, lambda _: self._copies.pop(key, None))
            known = self._copies[key] = alive, size, make()
        return known[2]


def _scaled(image: Image, size: QSize) -> QImage:
    small = to_qimage(image.fitted(max(size.width(), size.height())))
    how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return small if small.size() == size else small.scaled(size, *how)
