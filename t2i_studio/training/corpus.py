"""Pictures with captions, as the recipes need them: the rendered world or somebody's folder."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]


class Corpus(Protocol):
    """N captioned square pictures of one size."""

    @property
    def pictures(self) -> NDArray[np.uint8]:
        """All of them: (N, S, S, 3), usually a memory map."""

    @property
    def captions(self) -> Sequence[Sequence[str]]:
        """One or more for each picture."""

    @property
    def keys(self) -> NDArray[np.int64]:
        """Identities (N,): pictures of one key are no negatives of each other."""

    def __len__(self) -> int: ...

    def indices(self, batch: int, index: int, rank: int) -> Indices:
        """Choose the pictures of batch number `index` of a rank: (batch,), the same in any run."""

    def hard_indices(self, batch: int, index: int, rank: int) -> Indices:
        """Choose pictures that are hard to tell apart, where that is known; else `indices`."""


def key_of(text: str) -> int:
    """Turn an identity into a number that fits into int64."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def generator(*numbers: int | str) -> np.random.Generator:
    """Give the random numbers that belong to these numbers and names, in any run."""
    return np.random.default_rng(key_of("/".join(map(str, numbers))) & 2**63 - 1)
