"""The saved pictures as the gallery strip shows them: newest first."""

from collections.abc import Iterable, Sequence

from psygnal import Signal

from t2i_studio.core.words import tr
from t2i_studio.gallery.store import Deletion, Gallery, Picture
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of

PAGE = 500  # pictures that are read at once


class Shelf:
    """An observable list over the gallery; disk work runs in the background (main thread)."""

    reset = Signal()
    added = Signal(Picture)  # at the head
    appended = Signal(object)  # older ones, at the end: a sequence
    removed = Signal(Picture)
    noticed = Signal(Notice)

    def __init__(self, gallery: Gallery, background: Background) -> None:
        self.gallery = gallery
        self.pictures: list[Picture] = []
        self.has_more = False  # older ones that are not listed, as far as is known
        self._background = background
        self._fills = 0
        self._is_appending = False

    def load(self) -> None:
        """Read what is on disk, between the writes: none is missed."""
        count = max(PAGE, len(self.pictures))
        self._background.run(
            lambda: self.gallery.newest(count),
            lambda pictures: self._fill(pictures, count),
            self._fail,
        )

    def tidy(self) -> None:
        """Sweep what crashes left, and empty the trash of what is old."""
        self._background.run(self.gallery.tidy, lambda _: None, self._fail)

    def load_more(self) -> None:
        """Read the next older pictures, unless that happens already or there are none."""
        if self._is_appending or not self.has_more:
            return
        fills, last = self._fills, self.pictures[-1] if self.pictures else None
        self._is_appending = True

        def append(pictures: list[Picture]) -> None:
            self._is_appending = False
            if fills == self._fills:  # or they would follow on another list
                self._append(pictures)

        def stop(error: Exception) -> None:
            self._is_appending = self.has_more = False
            self._fail(error)

        self._background.read(lambda: self.gallery.newest(PAGE, before=last), append, stop)

    def add(self, picture: Picture) -> None:
        if picture not in self.pictures:  # the list may have been read after it was saved
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

    def _fill(self, pictures: Sequence[Picture], asked: int) -> None:
        self.pictures = list(pictures)
        self.has_more = len(pictures) >= asked
        self._fills += 1
        self.reset.emit()

    def _append(self, pictures: Sequence[Picture]) -> None:
        self.has_more = len(pictures) >= PAGE
        listed = set(self.pictures)
        older = [picture for picture in pictures if picture not in listed]
        self.pictures += older
        if older:
            self.appended.emit(older)

    def _gone(self, deletion: Deletion) -> None:
        for picture in deletion.pictures:
            if picture in self.pictures:
                self.pictures.remove(picture)
                self.removed.emit(picture)
        count = len(deletion.pictures)
        one = tr("The picture is in the trash.")
        text = one if count == 1 else tr("{count} pictures are in the trash.", count=count)
        undo = Notice(
            Level.info,
            text,
            tr("Undo"),
            lambda: self.restore(deletion),
        )
        self.noticed.emit(undo)

    def _fail(self, error: Exception) -> None:
        self.noticed.emit(notice_of(error))
