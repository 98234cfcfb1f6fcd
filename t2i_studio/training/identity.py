"""Which pictures captions can tell apart."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from t2i_studio.training.balance import words
from t2i_studio.training.corpus import key_of


def identities(captions: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """Return (N,) keys, equal for pictures that share a caption, be it through others.

    Captions are the same when they differ in case, spaces and punctuation only.
    """
    families = _Families()
    plain = [[_plain(caption) for caption in said] for said in captions]
    for said in plain:
        families.join(said)
    return np.array([key_of(families.head(said[0])) for said in plain], np.int64)


def _plain(caption: str) -> str:
    return " ".join(words(caption)) or caption  # of nothing but signs


class _Families:
    """Disjoint sets of texts; the head of each is its first by alphabet."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, texts: Iterable[str]) -> None:
        heads = sorted({self.head(text) for text in texts})
        self._above.update(dict.fromkeys(heads, heads[0]))

    def head(self, text: str) -> str:
        while (above := self._above.setdefault(text, text)) != text:
            self._above[text] = self._above[above]  # halves the way for the next
            text = above
        return text
