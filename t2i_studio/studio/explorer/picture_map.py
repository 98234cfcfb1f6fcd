"""Pictures and where they lie along the principal components of their embeddings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from t2i_studio.core.concept import FromEmbedding
from t2i_studio.core.latent import Basis, Embeddings, Floats, Vectors
from t2i_studio.core.words import tr
from t2i_studio.gallery.embeddings import Kept, Source

TINY = 1e-12  # of a length: below, it is nothing


@dataclass(frozen=True)
class Place:
    """One point of a map; `path`: its file, if there is one, `prompt`: what it was made from."""

    title: str
    source: Source
    path: Path | None = None
    prompt: str = ""


@dataclass(frozen=True, eq=False)
class PictureMap:
    """N places with their embeddings, and `coordinates` (N, K) along the components of `basis`."""

    places: tuple[Place, ...]
    embeddings: Embeddings
    basis: Basis
    coordinates: Floats

    def __len__(self) -> int:
        return len(self.places)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(place.title for place in self.places)

    @property
    def kept(self) -> Kept:
        """What is saved of it."""
        sources = tuple(place.source for place in self.places)
        return Kept(embeddings=self.embeddings, titles=self.titles, sources=sources)

    def start(self, index: int) -> FromEmbedding:
        """Return the embedding of one place, to start from."""
        return FromEmbedding(embedding=self.embeddings.row(index), title=self.places[index].title)

    def mean(self, indices: Sequence[int]) -> FromEmbedding:
        """Return what some places have in common, to start from."""
        vectors = Vectors(mean_vector(self.embeddings.vectors.values[list(indices)]))
        mean = Embeddings(space=self.embeddings.space, vectors=vectors)
        return FromEmbedding(
            embedding=mean, title=tr("Mean of {count} pictures", count=len(indices))
        )

    def part(self, indices: Sequence[int]) -> tuple[tuple[Place, ...], Embeddings]:
        """Return some places with their embeddings."""
        vectors = Vectors(self.embeddings.vectors.values[list(indices)])
        places = tuple(self.places[index] for index in indices)
        return places, Embeddings(space=self.embeddings.space, vectors=vectors)

    def along(self, basis: Basis) -> "PictureMap":
        """Return the map along the components of another basis of the same space."""
        values = self.embeddings.vectors.values - basis.mean.values
        coordinates = np.asarray(values @ basis.components.values.T, np.float32)
        return replace(self, basis=basis, coordinates=coordinates)


def mean_vector(values: Floats) -> Floats:
    """Return the mean direction of (N, D) as (1, D), as long as they are on average.

    A plain mean is shorter than any embedding that the decoder has seen.
    """
    mean = values.mean(axis=0, keepdims=True)
    length = float(np.linalg.norm(values, axis=1).mean())
    return np.asarray(mean * (length / max(TINY, float(np.linalg.norm(mean)))), np.float32)


def variance_shares(basis: Basis) -> tuple[float, ...]:
    """Return which share of all variance, in [0, 1], each component explains."""
    return tuple(variance / max(TINY, basis.total_variance) for variance in basis.variances)


def component_title(basis: Basis, component: int) -> str:
    """Return the words for a component, the first being 0."""
    named = component < len(basis.names) and basis.names[component]
    return named or tr("Component {number}", number=component + 1)
