"""The saved pictures as the gallery strip shows them: newest first."""

from collections.abc import Iterable

from psygnal import Signal

from t2i_studio.gallery.store import Deletion, Gallery, Picture
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of

PAGE = 500  # pictures in the strip


class Shelf:
    """An observable list over the gallery; disk work runs in the background (main thread)."""

    reset = Signal()
    added = Signal(Picture)  # at the head
    removed = Signal(Picture)
    noticed = Signal(Notice)

    def __init__(self, gallery: Gallery, background: Background) -> None:
        self.gallery = gallery
        self.pictures: list[Picture] = []
        self._background = background

    def load(self) -> None:
        """Read what is on disk, after sweeping what crashes left there."""

        def read() -> list[Picture]:
            self.gallery.tidy()
            return self.gallery.newest(PAGE)

        self._background.run(read, self._fill, self._fail)

    def add(self, picture: Picture) -> None:
        self.pictures.insert(0, picture)
        self.added.emit(picture)

    def delete(self, pictures: Iterable[Picture]) -> None:
        """Move to the trash, and offer to undo it."""
        doomed = tuple(pictures)
        if doomed:
            self._background.run(lambda: self.gallery.delete(doomed), self._gone, self._fail)

    def restore(self, deletion: Deletion) -> None:
        self._background.run(
            lambda: self.gallery.restore(deletion), lambda _: self.load(), self._fail
        )

    def _fill(self, pictures: list[Picture]) -> None:
        self.pictures = list(pictures)
        self.reset.emit()

    def _gone(self, deletion: Deletion) -> None:
        for picture in deletion.pictures:
            if picture in self.pictures:
                self.pictures.remove(picture)
                self.removed.emit(picture)
        count = len(deletion.pictures)
        what = "The picture is" if count == 1 else f"{count} pictures are"
        undo = Notice(Level.info, f"{what} in the trash.", "Undo", lambda: self.restore(deletion))
        self.noticed.emit(undo)

    def _fail(self, error: Exception) -> None:
        self.noticed.emit(notice_of(error))
