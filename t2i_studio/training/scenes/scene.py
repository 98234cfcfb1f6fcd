"""A scene as data: caption, picture and truth all come from it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from t2i_studio.training.scenes.vocabulary import PLAIN

Kind = Literal["single", "pair", "count", "place", "sign"]

HELD_OUT_SHARE = 0.12
"""Of all (object, colour, background, relation) combinations, never seen in training."""

_ALIKE = (("on top of", "below"), ("left of", "next to", "right of"))
"""Relations that tell of one arrangement; those in REVERSED name the lower or right item first."""

REVERSED = ("below", "right of")


@dataclass(frozen=True, slots=True)
class Item:
    """One object: `x`, `y` is its centre and `size` its side, as fractions of the picture."""

    name: str  # of vocabulary.OBJECTS, or "sign"
    colour: str | None  # of vocabulary.COLOURS for primitives
    x: float
    y: float
    size: float
    has_shadow: bool = True

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as fractions of the picture."""
        half = self.size / 2
        return self.x - half, self.y - half, self.x + half, self.y + half

    @property
    def identity(self) -> str:
        """What it is, wherever it stands."""
        return f"{self.colour} {self.name}" if self.colour else self.name


@dataclass(frozen=True, slots=True)
class Scene:
    """Objects before a background, in one art and with one effect on the whole picture.

    A pair's items are in the order of its caption: the first stands in `relation` to the second.
    """

    kind: Kind
    items: tuple[Item, ...]
    background: str  # of vocabulary.BACKGROUNDS
    variant: int  # which painting of the background
    art: str  # of vocabulary.ARTS
    effect: str = ""  # of vocabulary.EFFECTS, or none
    relation: str = ""  # of vocabulary.RELATIONS, for pairs
    size: str = ""  # of vocabulary.SIZES, or of no said size
    word: str = ""  # upper case, for signs

    @property
    def is_plain(self) -> bool:
        """Whether the background is one colour."""
        return self.background.removeprefix("plain ") in PLAIN

    @property
    def drawing_order(self) -> tuple[Item, ...]:
        """The items from back to front: what stands on another comes after it."""
        if self.kind == "pair":
            return tuple(sorted(self.items, key=lambda item: -item.y))
        return self.items

    @property
    def combinations(self) -> Iterator[str]:
        """Yield (object, colour, background, relation) of each item, as text."""
        for item in self.items:
            yield f"{item.name}|{item.colour}|{self.background}|{self.relation or len(self.items)}"

    @property
    def is_held_out(self) -> bool:
        """Whether training must never see it: one of its combinations is held out."""
        return any(_is_held_out(combination) for combination in self.combinations)

    @property
    def twins(self) -> Iterator["Scene"]:
        """Yield every scene that shows the same picture in other words, and this one first.

        "a left of b" shows what "a next to b" and "b right of a" do. Only pairs have others.
        """
        yield self
        alike = next((group for group in _ALIKE if self.relation in group), ())
        for relation in alike:
            if relation != self.relation:
                is_turned = (relation in REVERSED) != (self.relation in REVERSED)
                yield replace(self, items=self.items[:: -1 if is_turned else 1], relation=relation)

    @property
    def is_unseen(self) -> bool:
        """Whether training never sees its picture, in whichever words: all twins are held out.

        This is what is measured on; `is_held_out` alone goes by the words, so that one picture
        may be held out as "a on top of b" and trained on as "b below a".
        """
        return all(twin.is_held_out for twin in self.twins)

    @property
    def key(self) -> str:
        """What its picture shows: two scenes of one key are no negatives of each other.

        "a left of b" shows what "b right of a" does, and not what "b left of a" does.
        """
        stand = "stacked" if self.relation in ("on top of", "below") else "beside"
        is_reversed = self.relation in REVERSED
        what = [item.identity for item in self.items][:: -1 if is_reversed else 1]
        parts = (self.kind, self.art, self.effect, stand, self.size, self.word, self.background)
        return "/".join((*parts, *what))


def _is_held_out(combination: str) -> bool:
    """Decide by a hash, so that it holds for every seed and version of Python."""
    digest = hashlib.blake2b(combination.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") < HELD_OUT_SHARE * 2**64
