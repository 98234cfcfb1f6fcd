"""What can be put in at the caret: wildcards and styles by the letters that stand there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from t2i_studio.studio.prompting.grammar import SIGN
from t2i_studio.studio.prompting.highlight import Kind
from t2i_studio.studio.prompting.styles import tag

MOST = 50
LESS = re.compile(r"(?<!\\)<(?:s(?:t(?:y(?:l(?:e(?::([^<>\n]*))?)?)?)?)?)?\Z", re.IGNORECASE)
UNDERSCORES = re.compile(r"(?<!\\)__((?:(?!__)[\w /.-])*)\Z")
REST_OF_STYLE = re.compile(r"[^<>\n|{}]*>")
REST_OF_WILDCARD = re.compile(r"[\w/.-]*?__")


@dataclass(frozen=True)
class Place:
    """Where something is being written: `typed` of its name, from `start` to `end`."""

    kind: Kind
    start: int
    end: int
    typed: str


def place_at(text: str, caret: int) -> Place | None:
    """Return what is being written at the caret, None if it is neither wildcard nor style."""
    before = text[:caret]
    if style := LESS.search(before):
        rest = REST_OF_STYLE.match(text, caret) if style[1] is not None else None
        end = rest.end() if rest else caret
        return Place(Kind.style, style.start(), end, style[1] or "")
    written = max((sign.end() for sign in SIGN.finditer(before) if sign[1]), default=0)
    opened = UNDERSCORES.search(before[written:])
    if opened is None:
        return None
    rest = REST_OF_WILDCARD.match(text, caret)
    start = written + opened.start()
    return Place(Kind.wildcard, start, rest.end() if rest else caret, opened[1])


def everything_at(caret: int) -> Place:
    """Return the place of somebody who asks what there is, without having typed anything."""
    return Place(Kind.choice, caret, caret, "")


def matching(names: Iterable[str], typed: str) -> list[str]:
    """Return the names that hold what is typed, those that begin with it first."""
    wanted = typed.casefold()
    found = [name for name in names if wanted in name.casefold()]
    return sorted(found, key=lambda name: not name.casefold().startswith(wanted))[:MOST]


def offered(place: Place, wildcards: Iterable[str], styles: Iterable[str]) -> list[str]:
    """Return what can stand there, as it would be written."""
    of_wildcards = [f"__{name}__" for name in matching(wildcards, place.typed)]
    of_styles = [tag(name) for name in matching(styles, place.typed)]
    if place.kind is Kind.wildcard:
        return of_wildcards
    return of_styles if place.kind is Kind.style else [*of_wildcards, *of_styles]


def completed(text: str, place: Place, chosen: str) -> tuple[str, int]:
    """Return the text with what was chosen, and where the caret goes."""
    return text[: place.start] + chosen + text[place.end :], place.start + len(chosen)
