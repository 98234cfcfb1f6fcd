r"""Weights of words in a prompt, as AUTOMATIC1111's web UI made them common.

    (word)      x 1.1           ((word))   x 1.21
    (word:1.3)  x 1.3           [word]     / 1.1
    \( \) \[ \] \\               the character itself

A bracket that is never closed counts to the end; one that was never opened is a character.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate

STRONGER = 1.1
LIMIT = 10_000.0  # of any weight, up and down: what is written may be beyond all numbers
DEEPEST = 90  # brackets around one word that count
TOKEN = re.compile(r"\\[()\[\]\\]?|[()\[\]]|:\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)")
Weighted = tuple[tuple[str, float], ...]


@dataclass
class _Pieces:
    """Texts in order, and what their brackets do: `steps[i]` begins at piece i, until undone."""

    texts: list[str] = field(default_factory=list)
    steps: dict[int, int] = field(default_factory=dict)
    factors: dict[int, float] = field(default_factory=dict)
    round: list[int] = field(default_factory=list)  # first pieces of what is still open
    square: list[int] = field(default_factory=list)

    def raise_from(self, start: int, by: int) -> None:
        """Multiply what follows `start` by 1.1 to the power of `by`."""
        self.steps[start] = self.steps.get(start, 0) + by
        self.steps[len(self.texts)] = self.steps.get(len(self.texts), 0) - by

    def multiply_from(self, start: int, by: float) -> None:
        for place in range(start, len(self.texts)):
            self.factors[place] = _limited(self.factors.get(place, 1.0) * by)


def parse_weights(text: str) -> Weighted:
    """Split a prompt into texts with their weights; neighbours of one weight are one text."""
    pieces, end = _Pieces(), 0
    for token in TOKEN.finditer(text):
        if end < token.start():
            pieces.texts.append(text[end : token.start()])
        _take(token, pieces)
        end = token.end()
    if end < len(text):
        pieces.texts.append(text[end:])
    for start in pieces.round:
        pieces.raise_from(start, 1)
    for start in pieces.square:
        pieces.raise_from(start, -1)
    return _merged(pieces)


def plain_text(text: str) -> str:
    """Return the prompt without its weights: for a model that cannot weigh words."""
    if not any(bracket in text for bracket in "()[]"):
        return text
    return "".join(piece for piece, _ in parse_weights(text))


def has_weights(text: str) -> bool:
    """Tell whether a prompt asks for any word more or less than for others."""
    return any(weight != 1.0 for _, weight in parse_weights(text))


def _take(token: re.Match[str], pieces: _Pieces) -> None:
    written, number = token[0], token[1]
    if written.startswith("\\"):
        pieces.texts.append(written[1:])
    elif written == "(":
        pieces.round.append(len(pieces.texts))
    elif written == "[":
        pieces.square.append(len(pieces.texts))
    elif number and pieces.round:
        pieces.multiply_from(pieces.round.pop(), _limited(float(number)))
    elif written == ")" and pieces.round:
        pieces.raise_from(pieces.round.pop(), 1)
    elif written == "]" and pieces.square:
        pieces.raise_from(pieces.square.pop(), -1)
    else:
        pieces.texts.append(written)


def _limited(weight: float) -> float:
    return min(max(weight, -LIMIT), LIMIT)


def _merged(pieces: _Pieces) -> Weighted:
    merged: list[tuple[str, float]] = []
    depths = accumulate(pieces.steps.get(place, 0) for place in range(len(pieces.texts)))
    for place, (text, depth) in enumerate(zip(pieces.texts, depths, strict=True)):
        power = STRONGER ** min(max(depth, -DEEPEST), DEEPEST)
        weight = _limited(power * pieces.factors.get(place, 1.0))
        if not text:
            continue
        if merged and merged[-1][1] == weight:
            merged[-1] = merged[-1][0] + text, weight
        else:
            merged.append((text, weight))
    return tuple(merged) or (("", 1.0),)
