"""Where the signs of the prompt language stand in a text, for whoever colours them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from t2i_studio.core.weights import TOKEN
from t2i_studio.studio.prompting.grammar import HEAD, SHARE, SIGN, STYLE, choices, is_comment


class Kind(StrEnum):
    """What a sign is for."""

    comment = "comment"
    weight = "weight"
    choice = "choice"
    wildcard = "wildcard"
    style = "style"
    unknown = "unknown"  # a wildcard or style that is not there


@dataclass(frozen=True)
class Mark:
    """A sign: the characters from `start` to `end`."""

    start: int
    end: int
    kind: Kind


Knows = Callable[[str], bool]


def marks(text: str, knows_wildcard: Knows, knows_style: Knows) -> list[Mark]:
    """Return the signs in a text, in order; comments hold no others."""
    comments = list(_comments(text))
    starts = [comment.start for comment in comments]

    def is_comment_at(place: int) -> bool:
        before = bisect_right(starts, place)
        return before > 0 and place < comments[before - 1].end

    named = _named(text, knows_wildcard, knows_style)
    signs = (mark for mark in (*_weights(text), *_choices(text), *named))
    found = [mark for mark in signs if not is_comment_at(mark.start)]
    return sorted([*comments, *found], key=lambda mark: (mark.start, mark.end))


def _comments(text: str) -> Iterator[Mark]:
    for line in re.finditer(r"[^\n]+", text):
        if is_comment(line[0]):
            yield Mark(line.start(), line.end(), Kind.comment)


def _weights(text: str) -> Iterator[Mark]:
    """Yield brackets, and numbers that stand before a closing one."""
    waiting: dict[str, list[int]] = {"(": [], "[": []}
    for token in TOKEN.finditer(text):
        if token[0] in waiting:
            waiting[token[0]].append(token.start())
        elif token[0] in ("]", ")") or token[1]:
            opened = waiting["[" if token[0] == "]" else "("]
            if opened:
                start = opened.pop()
                yield Mark(start, start + 1, Kind.weight)
                yield Mark(token.start(), token.end(), Kind.weight)


def _choices(text: str) -> Iterator[Mark]:
    """Yield braces, bars, and what stands before an option: "2$$", "3::"."""
    found = choices(text)
    ends = set(found.values())
    inside: list[bool] = []  # of the braces that are open: whether they are a choice
    for sign in SIGN.finditer(text):
        start, end = sign.span()
        if sign[0] == "{":
            inside.append(start in found)
            head = HEAD.match(text, end)
            end = head.end() if head else end
        if start in found or start in ends or (sign[0] == "|" and inside and inside[-1]):
            share = None if start in ends else SHARE.match(text, end)
            yield Mark(start, share.end() if share else end, Kind.choice)
        if sign[0] == "}" and inside:
            inside.pop()


def _named(text: str, knows_wildcard: Knows, knows_style: Knows) -> Iterator[Mark]:
    for sign in SIGN.finditer(text):
        if sign[1]:
            kind = Kind.wildcard if knows_wildcard(sign[1]) else Kind.unknown
            yield Mark(sign.start(), sign.end(), kind)
    for style in STYLE.finditer(text):
        kind = Kind.style if knows_style(style[1]) else Kind.unknown
        yield Mark(style.start(), style.end(), kind)
