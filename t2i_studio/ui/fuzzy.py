"""Find texts by some of their letters: "gpr" finds "Generate at the front", after "Grow"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# The better of two finds has the higher score; between them counts where, and how much is left.
WHOLE_WORD, WORD_START, INSIDE, INITIALS, SCATTERED = 100.0, 80.0, 50.0, 40.0, 10.0
ELSEWHERE: Final = 0.4  # of the score, if a word is found beside the title only
STARTS: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Find:
    """How well a text fits, and which of its letters were asked for."""

    score: float
    places: tuple[int, ...] = ()


def find(query: str, title: str, beside: str = "") -> Find | None:
    """Look for every word of the query in the title, or else in what stands beside it."""
    score, places = 0.0, set[int]()
    for word in _lowered(query).split():
        in_title = _find_word(word, title)
        if in_title is not None:
            score += in_title.score
            places.update(in_title.places)
            continue
        found = _find_word(word, beside, scatters=False)
        if found is None:
            return None
        score += ELSEWHERE * found.score
    return Find(score - 0.1 * len(title), tuple(sorted(places)))


def _find_word(word: str, text: str, *, scatters: bool = True) -> Find | None:
    lower = _lowered(text)
    at = lower.find(word)
    if at >= 0:
        return _substring(word, lower, at)
    return _scattered(word, lower) if scatters else None


def _substring(word: str, text: str, at: int) -> Find:
    """Prefer the start of a word, and a whole one."""
    starts = [match.start() for match in STARTS.finditer(text)]
    for start in starts:
        if text.startswith(word, start):
            end = start + len(word)
            is_whole = end == len(text) or not text[end].isalnum()
            score = WHOLE_WORD if is_whole else WORD_START
            return Find(score - 0.5 * starts.index(start), tuple(range(start, end)))
    return Find(INSIDE - 0.1 * at, tuple(range(at, at + len(word))))


def _scattered(word: str, text: str) -> Find | None:
    """Take the letters in their order: the first letters of words, or else any."""
    starts = [match.start() for match in STARTS.finditer(text)]
    initials = _places(word, [(at, text[at]) for at in starts])
    if initials:
        return Find(INITIALS - initials[0], initials)
    # From the start of a word: otherwise nearly everything is found.
    for start in starts:
        if text[start] == word[0]:
            rest = _places(word, list(enumerate(text))[start:])
            if rest:
                return Find(SCATTERED - 0.1 * (rest[-1] - rest[0]), rest)
    return None


def _places(word: str, letters: Sequence[tuple[int, str]]) -> tuple[int, ...]:
    """Return where the letters of a word stand, in their order; () if they do not."""
    found: list[int] = []
    rest = iter(letters)
    for wanted in word:
        at = next((at for at, letter in rest if letter == wanted), None)
        if at is None:
            return ()
        found.append(at)
    return tuple(found)


def _lowered(text: str) -> str:
    """Return a text in lower case whose letters stay where they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
