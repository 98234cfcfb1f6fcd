"""Results on their way to the disk: saved first, shown then."""

from collections.abc import Callable
from dataclasses import replace

from psygnal import Signal

from t2i_studio.core.words import tr
from t2i_studio.gallery.store import Picture
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.shelf import Shelf
from t2i_studio.studio.staging import Candidate, Staging


class Keeper:
    """Saves what is made, stages it, and knows what the disk has refused (main thread)."""

    noticed = Signal(Notice)

    def __init__(self, shelf: Shelf, staging: Staging, background: Background) -> None:
        self._shelf, self._staging, self._background = shelf, staging, background
        self._tried: list[Candidate] = []  # once more, at the moment

    @property
    def has_unsaved(self) -> bool:
        return any(not candidate.is_saved for candidate in self._staging.candidates)

    def keep(self, candidate: Candidate) -> None:
        """Write to disk first; what is shown has been saved."""

        def show(picture: Picture) -> None:
            self._staging.put(candidate, replace(candidate, is_saved=True, path=picture.path))

        self._save(candidate, show)

    def archive(
        self, candidate: Candidate, kept: Callable[[Candidate], None] = lambda _: None
    ) -> None:
        """Put it into the gallery only; one that the disk refuses is staged, or it were lost.

        kept: gets it as it is then: with its path, or unsaved.
        """
        self._save(candidate, lambda picture: kept(replace(candidate, path=picture.path)), kept)

    def _save(
        self,
        candidate: Candidate,
        done: Callable[[Picture], None],
        refused: Callable[[Candidate], None] = lambda _: None,
    ) -> None:
        def write() -> Picture:
            return self._shelf.gallery.add(candidate.image, candidate.recipe)

        def saved(picture: Picture) -> None:
            self._end_try(candidate)
            self._shelf.add(picture)
            done(picture)

        def failed(error: Exception) -> None:
            self._end_try(candidate)
            # Losing the picture would be worse than showing one that is not on disk.
            unsaved = replace(candidate, is_saved=False)
            self._staging.put(candidate, unsaved)
            refused(unsaved)
            text = tr("This picture is not saved: {what}", what=notice_of(error).text)
            self.noticed.emit(Notice(Level.danger, text, tr("Try again"), self.keep_again))

        self._background.run(write, saved, failed)

    def keep_again(self) -> None:
        """Try the disk once more for every picture that it refused."""
        refused = [each for each in self._staging.candidates if not each.is_saved]
        for candidate in refused:
            if not any(candidate is tried for tried in self._tried):
                self._tried.append(candidate)
                self.keep(candidate)

    def _end_try(self, candidate: Candidate) -> None:
        self._tried = [tried for tried in self._tried if tried is not candidate]
