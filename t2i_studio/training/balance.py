"""Query-balanced sampling: what a collection has too much of is drawn less often.

CLIP's pairs were searched for with 500,000 queries, words and pairs of words that occur often
enough, and at most 20,000 pairs were taken per query (Radford et al. 2021, section 2.2). Xu et al.
2024 (MetaCLIP, algorithm 1) found out how: a pair is kept for query q with the probability

    min(1, cap / n_q),    n_q: pictures with a caption that holds q

so that no query has more than `cap` pictures kept for its sake. MetaCLIP throws the dice for each
query of a caption, which lets captions of many frequent words ("a photo of a ...") escape the cap.
In a small collection that would undo it, so that here every picture is kept for the sake of one
query, its rarest one, which is the likeliest to keep it:

    p_i = min(1, cap / min(n_q for q in the queries of picture i))

A picture without any query has p_i = 1. An epoch is sum(p_i) draws.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

import numpy as np

from t2i_studio.training.corpus import Indices, generator

AT_LEAST = 5  # pictures with a word that make it a query
_WORD = re.compile(r"\w+(?:['’]\w+)*")


class BalancedSampler:
    """Draws pictures by their captions, no more than `cap` per epoch for the sake of any query."""

    def __init__(
        self, captions: Sequence[Sequence[str]], cap: int, seed: int = 0, at_least: int = AT_LEAST
    ) -> None:
        if not captions or cap < 1:
            raise ValueError(f"{len(captions)} pictures, {cap} per query")
        self.counts = _counts(captions, at_least)
        """Pictures of each query, n_q."""
        self.probabilities = np.array([self._kept(said, cap) for said in captions])
        """(N,) float64 in (0, 1]: how often each picture is expected in an epoch, p_i."""
        self._seed = seed

    def indices(self, batch: int, index: int, rank: int) -> Indices:
        """Draw batch number `index` of `rank`: (batch,) int64; the same ones every time.

        Systematic sampling over a random order: a picture comes batch * p_i / sum(p) times,
        rounded up or down, thus never twice while that is below one.
        """
        rng = generator("balanced", self._seed, index, rank)
        order = rng.permutation(len(self.probabilities))
        edges = np.cumsum(self.probabilities[order])
        points = (np.arange(batch) + rng.random()) * (edges[-1] / batch)
        drawn = np.searchsorted(edges, points, side="right")
        # Rounding can put the last point on the last edge.
        return rng.permutation(order[np.minimum(drawn, len(order) - 1)])

    def _kept(self, captions: Sequence[str], cap: int) -> float:
        counts = (self.counts[query] for query in _queries(captions) if query in self.counts)
        return min(1.0, cap / min(counts, default=1))


def words(caption: str) -> list[str]:
    """Return its words in lower case, without punctuation."""
    return _WORD.findall(caption.casefold())


def _counts(captions: Iterable[Sequence[str]], at_least: int) -> dict[str, int]:
    """Count the pictures of each query; what fewer than `at_least` have is none."""
    counts = Counter(chain.from_iterable(map(_queries, captions)))
    return {query: count for query, count in counts.items() if count >= at_least}


def _queries(captions: Sequence[str]) -> set[str]:
    """Return the words and pairs of neighbouring words in the captions of a picture."""
    return set(chain.from_iterable(map(_words_and_pairs, captions)))


def _words_and_pairs(caption: str) -> Iterator[str]:
    said = words(caption)
    return chain(said, map(" ".join, pairwise(said)))
