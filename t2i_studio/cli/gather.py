"""Many pictures, embeddings and texts as one set of embeddings."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

import numpy as np

from t2i_studio.cli import sources, terminal
from t2i_studio.cli.following import Follower
from t2i_studio.cli.terminal import decoded
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.events import Embedded
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Floats, Vectors
from t2i_studio.core.pictures import SUFFIXES
from t2i_studio.core.request import Embed
from t2i_studio.gallery import embeddings as files
from t2i_studio.gallery.embedding_store import EmbeddingStore
from t2i_studio.gallery.embeddings import Kept, OfText
from t2i_studio.studio.explorer.atlas import FOLDER
from t2i_studio.studio.explorer.picture_map import Place
from t2i_studio.studio.explorer.survey import BATCH, Batch, read_batch

Item = Path | str  # of a picture or an embedding, or a text


@dataclass(frozen=True)
class Collection:
    """What was gathered, at least one embedding."""

    places: tuple[Place, ...]
    embeddings: Embeddings
    unreadable: tuple[str, ...]

    @property
    def kept(self) -> Kept:
        """What is saved of it."""
        return Kept(
            embeddings=self.embeddings,
            titles=tuple(place.title for place in self.places),
            sources=tuple(place.source for place in self.places),
        )


def items(arguments: Sequence[str], *, has_texts: bool, is_recursive: bool) -> list[Item]:
    """List what arguments name, folders by the pictures in them; raises StudioError."""
    found: list[Item] = []
    for argument in arguments:
        if Path(argument).is_dir():
            found += _pictures(Path(argument), is_recursive=is_recursive)
        elif not has_texts or sources.names_file(argument):
            found.append(_file(Path(argument)))
        else:
            found.append(decoded(argument))
    if not found:
        raise UserError(f"There is no picture in {', '.join(arguments)}.")
    return found


def gather(follower: Follower, found: Sequence[Item]) -> Collection:
    """Embed what was listed, what is known already excepted; raises StudioError.

    Pictures that cannot be read are named on stderr and left out; raises MachineError if nothing
    is left.
    """
    with tempfile.TemporaryDirectory() as aside:
        gathering = _Gathering(follower, len(found), Path(aside))
        for batch in _batches(found):
            gathering.add(batch)
    return gathering.collection()


class _Gathering:
    """What has been embedded, in order; `aside` is where embeddings lie if nothing can be kept."""

    def __init__(self, follower: Follower, total: int, aside: Path) -> None:
        self._follower, self._total, self._aside = follower, total, aside
        self._store = EmbeddingStore(paths.cache_folder() / FOLDER, follower.space)
        self._places: list[Place] = []
        self._vectors: list[Floats] = []
        self._unreadable: list[str] = []
        self._done = 0

    def add(self, batch: Sequence[Item]) -> None:
        """Embed things of one kind; raises StudioError and CancelledError."""
        match _kind(batch[0]):
            case "text":
                self._add_texts([str(text) for text in batch])
            case "embedding":
                for path in batch:
                    self._add_file(Path(path))
            case _:
                self._add_pictures([Path(path) for path in batch])
        self._done += len(batch)

    def collection(self) -> Collection:
        """Return all of it; raises MachineError if there is nothing."""
        if not self._vectors:
            raise MachineError("None of the pictures could be read.", "Use PNG, JPEG or WebP.")
        embeddings = Embeddings(
            space=self._follower.space, vectors=Vectors(np.stack(self._vectors))
        )
        return Collection(tuple(self._places), embeddings, tuple(self._unreadable))

    def _add_texts(self, texts: list[str]) -> None:
        self._places += [Place(text, OfText(text=text)) for text in texts]
        self._vectors += self._embedded(tuple(texts))

    def _add_file(self, path: Path) -> None:
        kept = files.load(path, self._follower.space)
        pairs = zip(kept.titles, kept.sources, strict=True)
        self._places += [Place(title, source) for title, source in pairs]
        self._vectors += list(kept.embeddings.vectors.values)

    def _add_pictures(self, pictures: list[Path]) -> None:
        batch = self._read(pictures)
        known = dict(batch.known)
        if batch.images:
            stamped = [stamp.path for stamp in batch.stamps]
            known |= dict(zip(stamped, self._embedded(batch.images), strict=True))
            self._keep(batch, [known[path] for path in stamped])
        for path in pictures:
            if path in known:
                self._places.append(batch.places[path])
                self._vectors.append(known[path])
            else:
                terminal.say(f"{path} cannot be read and is left out.")
                self._unreadable.append(str(path))

    def _read(self, pictures: list[Path]) -> Batch:
        try:
            return read_batch(self._store, pictures)
        except MachineError as error:
            self._keep_aside(error)
            return read_batch(self._store, pictures)

    def _keep(self, batch: Batch, vectors: list[Floats]) -> None:
        values = Vectors(np.stack(vectors))
        try:
            self._store.put(batch.stamps, Embeddings(space=self._store.space, vectors=values))
        except MachineError as error:
            self._keep_aside(error)

    def _keep_aside(self, error: MachineError) -> None:
        terminal.say(f"Embeddings are not kept for the next time. {error.message}")
        self._store = EmbeddingStore(self._aside, self._store.space)

    def _embedded(self, inputs: tuple[Image | str, ...]) -> list[Floats]:
        request = Embed(model=self._follower.model, inputs=inputs)
        answer = self._follower.answer(request, Embedded, self._done, self._total)
        return list(answer.embeddings.vectors.values)


def _batches(found: Sequence[Item]) -> Iterator[list[Item]]:
    """Part what was listed into batches of one kind."""
    for _, same in groupby(found, key=_kind):
        while batch := list(islice(same, BATCH)):
            yield batch


def _kind(item: Item) -> str:
    if isinstance(item, str):
        return "text"
    return "embedding" if sources.is_embedding(item) else "picture"


def _file(path: Path) -> Path:
    if not path.exists():
        raise UserError(f"{path}: There is no such file.")
    return path


def _pictures(folder: Path, *, is_recursive: bool) -> list[Item]:
    """List the pictures of a folder by name; raises MachineError."""
    try:
        found = [
            Path(place, name)
            for place, below, names in os.walk(folder, onerror=_raise)
            if is_recursive or Path(place) == folder
            for name in names
            if name.lower().endswith(SUFFIXES)
        ]
    except OSError as error:
        raise MachineError(f"{folder}: The folder cannot be read ({error.strerror}).") from error
    return sorted(found)


def _raise(error: OSError) -> None:
    raise error
