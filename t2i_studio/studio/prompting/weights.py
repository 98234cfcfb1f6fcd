"""Raise and lower the weight of words in a prompt, as Ctrl+Up and Ctrl+Down do."""

import re
from dataclasses import dataclass

from t2i_studio.core.weights import STRONGER

STEP = 0.1
LOWEST, HIGHEST = -2.0, 2.0
DELIMITERS = frozenset(".,\\/!?%^*;:{}=`~() \t\n|[]<>")
ATOM = re.compile(r"<[^<>\n]*>|(?<!\\)__\w(?:[\w /.-]*?\w)??__")  # a word to the eye
WEIGHT = re.compile(r":\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*$")
Span = tuple[int, int]


@dataclass(frozen=True)
class _Group:
    """Words with their weight: where they stand, and where they do with their parentheses."""

    words: Span
    whole: Span
    weight: float


def edit_weight(text: str, selected: Span, step: float) -> tuple[str, Span]:
    """Add `step` to the weight of what is selected, and return the text and the new selection.

    Without a selection it is that of the innermost (...) around the caret, or else of the word
    there. The weight stays within -2 to 2; at 1 the parentheses go. What cannot carry a weight
    stays as it is.
    """
    group = _group(text, selected)
    if group is None:
        return text, selected
    start, end = group.words
    words, weight = text[start:end], _stepped(group.weight, step)
    written = words if weight == 1.0 else f"({words}:{weight:g})"
    begin = group.whole[0] + (weight != 1.0)
    changed = text[: group.whole[0]] + written + text[group.whole[1] :]
    return changed, (begin, begin + len(words))


def _stepped(weight: float, step: float) -> float:
    """Go a step, and from beyond the limits only back."""
    lowest, highest = min(weight, LOWEST), max(weight, HIGHEST)
    return round(min(max(weight + step, lowest), highest), 6)


def _group(text: str, selected: Span) -> _Group | None:
    start, end = _trimmed(text, selected)
    if selected[0] == selected[1]:
        around = _around(text, (start, end), strictly=False)
        return around or _of_word(text, start)
    if not _is_balanced(text[start:end]) or start == end:
        return None
    around = _around(text, (start, end), strictly=True)
    return around or _Group((start, end), (start, end), 1.0)


def _trimmed(text: str, selected: Span) -> Span:
    """Leave out the spaces at both ends of a selection."""
    start, end = selected
    inside = text[start:end]
    if not inside.strip():
        return start, start
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def _around(text: str, span: Span, *, strictly: bool) -> _Group | None:
    """Return the innermost parentheses around a span; `strictly`: with nothing else in them."""
    for opened, closed in _pairs(text):
        if not (opened < span[0] and span[1] <= closed) and (opened, closed + 1) != span:
            continue
        group = _weighted(text, opened, closed)
        if strictly and span not in (group.words, group.whole):
            continue
        return group
    return None


def _pairs(text: str) -> list[Span]:
    """Return where parentheses open and close, the inner before the outer."""
    pairs, waiting = [], []
    for found in re.finditer(r"\\.|[()]", text):
        if found[0] == "(":
            waiting.append(found.start())
        elif found[0] == ")" and waiting:
            pairs.append((waiting.pop(), found.start()))
    return pairs


def _weighted(text: str, opened: int, closed: int) -> _Group:
    number = WEIGHT.search(text, opened + 1, closed)
    end = number.start() if number else closed
    weight = float(number[1]) if number else STRONGER
    return _Group((opened + 1, end), (opened, closed + 1), weight)


def _of_word(text: str, caret: int) -> _Group | None:
    """Return the word that the caret touches; None for a style, and between words."""
    for atom in ATOM.finditer(text):
        if atom.start() <= caret <= atom.end():
            return None if atom[0].startswith("<") else _Group(atom.span(), atom.span(), 1.0)
    start = end = caret
    while start > 0 and text[start - 1] not in DELIMITERS:
        start -= 1
    while end < len(text) and text[end] not in DELIMITERS:
        end += 1
    return _Group((start, end), (start, end), 1.0) if start < end else None


def _is_balanced(text: str) -> bool:
    depth = 0
    for found in re.finditer(r"\\.|[()]", text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0
