"""Embeddings of many pictures, in small batches, so that other work gets between them."""

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from psygnal import Signal

from t2i_studio.core.errors import MachineError, StudioError, UserError
from t2i_studio.core.events import Cancelled, Embedded, Event, Failed, Finished
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Floats, Vectors, check_space
from t2i_studio.core.pictures import SUFFIXES, read_picture
from t2i_studio.core.request import Embed
from t2i_studio.core.words import tr
from t2i_studio.gallery.embedding_store import EmbeddingStore, Stamp
from t2i_studio.gallery.embeddings import OfFile
from t2i_studio.gallery.metadata import read_parameters
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.desk import Desk
from t2i_studio.studio.explorer.picture_map import Place
from t2i_studio.studio.notices import Notice, notice_of, warning_of

BATCH = 16  # pictures: thumbnails wait while they are read, the hand while they are embedded
EDGE = 512  # px of the longer side: no image encoder looks at more

Find = Callable[[], Sequence[Path]]


@dataclass(frozen=True)
class Batch:
    """What is known of some pictures, and those that are still to be embedded."""

    places: dict[Path, Place]
    known: dict[Path, Floats]
    stamps: tuple[Stamp, ...]
    images: tuple[Image, ...]  # as many as stamps
    unreadable: tuple[str, ...]


class Survey:
    """Reads pictures, embeds what `store` lacks, and keeps it there; made for one run.

    Main thread. `ended` comes once, unless it was cancelled.
    """

    progressed = Signal()
    ended = Signal()

    def __init__(
        self, desk: Desk, background: Background, store: EmbeddingStore, model: str
    ) -> None:
        self.store = store
        self.done = 0
        self.total = 0  # pictures; 0 while they are looked for
        self.unreadable: list[str] = []
        self.unkept: Exception | None = None  # why embeddings are not on the disk
        self.trouble: Notice | None = None  # what stopped it
        self._desk, self._background, self._model = desk, background, model
        self._paths: Sequence[Path] = ()
        self._places: dict[Path, Place] = {}
        self._vectors: dict[Path, Floats] = {}
        self._asked = ""  # the request that runs
        self._is_over = False

    @property
    def places(self) -> tuple[Place, ...]:
        """What has been embedded, in the order of the pictures."""
        return tuple(self._places[path] for path in self._paths if path in self._vectors)

    @property
    def embeddings(self) -> Embeddings:
        """Those of `places`; raises ValueError while there are none."""
        rows = [self._vectors[path] for path in self._paths if path in self._vectors]
        return Embeddings(space=self.store.space, vectors=Vectors(np.stack(rows)))

    def start(self, find: Find) -> None:
        """Embed the pictures that `find` returns; it runs in the background."""
        self._background.read(find, self._begin, self._fail)

    def cancel(self) -> None:
        """Stop; what is embedded stays on the disk."""
        self._is_over = True
        self._desk.cancel(self._asked)

    def _begin(self, paths: Sequence[Path]) -> None:
        self._paths, self.total = paths, len(paths)
        self._go_on()

    def _go_on(self) -> None:
        """Read the next batch, or end after the last."""
        if self._is_over:
            return
        self.progressed.emit()
        paths = self._paths[self.done : self.done + BATCH]
        if paths:
            self._background.read(
                lambda: read_batch(self.store, paths),
                lambda batch: self._take(batch, paths),
                self._fail,
            )
        else:
            self._end()

    def _take(self, batch: Batch, paths: Sequence[Path]) -> None:
        self._places |= batch.places
        self._vectors |= batch.known
        self.unreadable += batch.unreadable

        def hear(event: Event) -> None:
            match event:
                case Embedded():
                    self._keep(batch.stamps, event.embeddings)
                case Finished():
                    self._pass(paths)
                case Failed():
                    self._stop(warning_of(event))
                case Cancelled():
                    self.cancel()

        if not batch.images:
            self._pass(paths)
        elif not self._is_over:
            request = Embed(model=self._model, inputs=batch.images)
            self._asked = request.id
            self._desk.ask(request, hear)

    def _pass(self, paths: Sequence[Path]) -> None:
        self.done += len(paths)
        self._go_on()

    def _keep(self, stamps: Sequence[Stamp], embeddings: Embeddings) -> None:
        """Take new embeddings; a disk that does not is told of, but stops nothing."""
        try:
            check_space(embeddings.space, self.store.space, tr("An embedding of this model"))
        except UserError as error:
            self._fail(error)
            return
        paths = [stamp.path for stamp in stamps]
        self._vectors |= dict(zip(paths, embeddings.vectors.values, strict=True))
        if self.unkept is None:
            self._background.run(
                lambda: self.store.put(stamps, embeddings), lambda _: None, self._lose
            )

    def _lose(self, error: Exception) -> None:
        self.unkept = error

    def _fail(self, error: Exception) -> None:
        self._stop(notice_of(error))

    def _stop(self, trouble: Notice) -> None:
        self.trouble = trouble
        self._end()

    def _end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.ended.emit()


def pictures_in(folder: Path, limit: int) -> list[Path]:
    """Return the newest pictures of a folder, not of those in it; raises MachineError."""
    try:
        with os.scandir(folder) as entries:
            found = [_dated(entry) for entry in entries if _is_picture(entry)]
    except OSError as error:
        raise MachineError(
            tr(
                "{folder}: The folder cannot be read ({strerror}).",
                folder=folder,
                strerror=error.strerror,
            )
        ) from error
    return [folder / name for _, name in sorted(found, reverse=True)[:limit]]


def _is_picture(entry: os.DirEntry[str]) -> bool:
    return entry.name.lower().endswith(SUFFIXES) and not entry.is_dir()


def _dated(entry: os.DirEntry[str]) -> tuple[int, str]:
    """Return what sorts by time and, of one time, by name; a broken link is the oldest."""
    with contextlib.suppress(OSError):
        return entry.stat().st_mtime_ns, entry.name
    return -1, entry.name


def read_batch(store: EmbeddingStore, paths: Sequence[Path]) -> Batch:
    """Read the pictures that have no embedding yet (any thread); raises MachineError."""
    missing, found = store.missing(paths), store.get(paths)
    known = {}
    if found.embeddings is not None:
        known = dict(zip(found.paths, found.embeddings.vectors.values, strict=True))
    stamps, images, unreadable = [], [], []
    for stamp in missing:
        try:
            images.append(read_picture(stamp.path).fitted(EDGE))
        except StudioError:
            unreadable.append(stamp.path.name)
        else:
            stamps.append(stamp)
    places = {path: _place(path) for path in (*known, *(stamp.path for stamp in stamps))}
    return Batch(places, known, tuple(stamps), tuple(images), tuple(unreadable))


def _place(path: Path) -> Place:
    prompt = ""
    with contextlib.suppress(StudioError):
        prompt = " ".join(read_parameters(path).get("prompt", "").split())
    return Place(prompt or path.name, OfFile(name=path.name), path, prompt)
