"""Captions of scenes: one canonical sentence, and paraphrases of it."""

import random
from collections.abc import Sequence
from typing import Protocol

from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.vocabulary import (
    ARTS,
    COUNTS,
    EFFECTS,
    NOUNS,
    PLACES,
    PRIMITIVES,
    RELATIONS,
    SIGN_PHRASES,
    SIZES,
)

_FRAMES = (("a photo of", 0.2), ("an image of", 0.1), ("a picture of", 0.06))


class Wording(Protocol):
    """How a caption is worded where there is a choice."""

    def pick(self, phrases: Sequence[str]) -> str: ...

    def says(self, share: float) -> bool: ...


class Canonical:
    """The first phrase of each, and everything said."""

    def pick(self, phrases: Sequence[str]) -> str:
        return phrases[0]

    def says(self, share: float) -> bool:
        return share >= 0.5


class Paraphrase:
    """Any phrase, the first more often; some things are left unsaid."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def pick(self, phrases: Sequence[str]) -> str:
        return phrases[0] if self._rng.random() < 0.5 else self._rng.choice(phrases)

    def says(self, share: float) -> bool:
        return self._rng.random() < share


def canonical_caption(scene: Scene) -> str:
    """Say everything about a scene that a caption can, in its plainest words."""
    return _caption(scene, Canonical())


def caption(scene: Scene, rng: random.Random) -> str:
    """Paraphrase: synonyms, other frames, and now and then neither art nor background."""
    return _caption(scene, Paraphrase(rng))


def _caption(scene: Scene, wording: Wording) -> str:
    body = _BODIES[scene.kind](scene, wording)
    if scene.effect:
        return f"{wording.pick(EFFECTS[scene.effect])} {body}"
    if scene.kind not in ("place", "sign") and wording.says(0.5):
        return f"{wording.pick(ARTS[scene.art])} {body}"
    for frame, share in _FRAMES:
        if isinstance(wording, Paraphrase) and wording.says(share):
            return f"{frame} {body}"
    return body


def _single(scene: Scene, wording: Wording) -> str:
    (item,) = scene.items
    words = _words(item, wording)
    if scene.size:
        words = f"{wording.pick(SIZES[scene.size])} {words}"
    return with_article(words) + _where(scene, wording)


def _pair(scene: Scene, wording: Wording) -> str:
    first, second = (with_article(_words(item, wording)) for item in scene.items)
    return f"{first} {wording.pick(RELATIONS[scene.relation])} {second}" + _where(scene, wording)


def _count(scene: Scene, wording: Wording) -> str:
    number = COUNTS[len(scene.items)]
    return f"{number} {plural(_words(scene.items[0], wording))}" + _where(scene, wording)


def _place(scene: Scene, wording: Wording) -> str:
    return wording.pick(PLACES[scene.background].alone)


def _sign(scene: Scene, wording: Wording) -> str:
    word = scene.word.lower()
    said = f'"{word}"' if wording.says(0.6) else word
    return f"{wording.pick(SIGN_PHRASES)} {said}" + _where(scene, wording)


_BODIES = {"single": _single, "pair": _pair, "count": _count, "place": _place, "sign": _sign}


def _where(scene: Scene, wording: Wording) -> str:
    if not wording.says(0.88):
        return ""
    if scene.is_plain:
        return f" on {with_article(scene.background.removeprefix('plain '))} background"
    return f" {wording.pick(PLACES[scene.background].around)}"


def _words(item: Item, wording: Wording) -> str:
    if item.name in NOUNS:
        return wording.pick(NOUNS[item.name].words)
    return f"{item.colour} {wording.pick(PRIMITIVES[item.name])}"


def with_article(words: str) -> str:
    """Put "a" or "an" before the words."""
    is_vowel = words[0] in "aeiou" and not words.startswith("uni")
    return f"{'an' if is_vowel else 'a'} {words}"


def plural(words: str) -> str:
    """Name several of them, like "slices of pizza"."""
    if " of " in words:
        head, _, rest = words.partition(" of ")
        return f"{plural(head)} of {rest}"
    if words == "fish":
        return words
    if words == "cactus":
        return "cacti"
    if words.endswith(("x", "s", "sh", "ch")):
        return f"{words}es"
    if words.endswith(("ry", "ppy", "nny", "fly")):
        return f"{words[:-1]}ies"
    return f"{words}s"
