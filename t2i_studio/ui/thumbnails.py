"""Small pictures that are read in the background when they are asked for."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from PySide6.QtGui import QImage

from t2i_studio.core.image import Image
from t2i_studio.studio.background import Background
from t2i_studio.ui.qimage import to_qimage

KEPT = 600  # thumbnails in memory
WANTED = 100  # thumbnails that wait to be read: more than any view shows
AT_ONCE = 2  # that are given to the thread that reads: it need not wait for the window

K = TypeVar("K", bound=Hashable)


class Thumbnails(Generic[K]):
    """Thumbnails by key; `read` runs in the background, `ready` is called for each that has come.

    The latest wish is read first: what was asked for long before has scrolled out of sight.
    """

    def __init__(
        self, read: Callable[[K], Image], ready: Callable[[K], None], background: Background
    ) -> None:
        self._read_picture, self._ready, self._background = read, ready, background
        self._known: dict[K, QImage] = {}
        self._wanted: dict[K, None] = {}  # the latest last
        self._reading: set[K] = set()
        self._unreadable: set[K] = set()

    def get(self, key: K) -> QImage | None:
        """Return it, or have it read if it is not there yet."""
        known = self._known.get(key)
        if known is None and not (key in self._reading or key in self._unreadable):
            self._want(key)
        return known

    def forget(self, key: K) -> None:
        """Drop what is gone."""
        self._known.pop(key, None)
        self._wanted.pop(key, None)

    def start_over(self) -> None:
        """Drop all wishes, and try again what could not be read."""
        self._wanted.clear()
        self._unreadable.clear()

    def _want(self, key: K) -> None:
        self._wanted.pop(key, None)
        self._wanted[key] = None
        if len(self._wanted) > WANTED:
            del self._wanted[next(iter(self._wanted))]
        self._read()

    def _read(self) -> None:
        while self._wanted and len(self._reading) < AT_ONCE:
            key, _ = self._wanted.popitem()
            self._reading.add(key)
            self._read_one(key)

    def _read_one(self, key: K) -> None:
        def show(image: Image) -> None:
            self._reading.discard(key)
            self._keep(key, image)
            self._read()

        def skip(_: Exception) -> None:  # damaged or gone: its place stays empty
            self._reading.discard(key)
            self._unreadable.add(key)
            self._read()

        self._background.read(lambda: self._read_picture(key), show, skip)

    def _keep(self, key: K, image: Image) -> None:
        while len(self._known) >= KEPT:
            self._known.pop(next(iter(self._known)))
        self._known[key] = to_qimage(image)
        self._ready(key)
