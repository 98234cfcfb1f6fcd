"""What there is to read from the picture of a scene: questions, and their true answers."""

from collections.abc import Mapping

from t2i_studio.training.scenes.scene import REVERSED, Item, Scene
from t2i_studio.training.scenes.vocabulary import (
    ARTS,
    BACKGROUNDS,
    COLOURS,
    EFFECTS,
    OBJECTS,
)

STACKED = "stacked"
BESIDE = "side by side"
STACKING = ("on top of", "below")  # of vocabulary.RELATIONS
UNASKED = -100
"""The target of a question that a picture does not settle, as cross_entropy leaves it out."""

SLOTS = 5
"""Letters that are read from a sign."""

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "object": OBJECTS,
    "colour": tuple(COLOURS),
    "background": BACKGROUNDS,
    "art": tuple(ARTS),
    "effect": ("", *EFFECTS),
    "count": ("1", "2", "3"),
    "arrangement": (STACKED, BESIDE),
    "first object": OBJECTS,
    "first colour": tuple(COLOURS),
    "second object": OBJECTS,
    "second colour": tuple(COLOURS),
}
"""Questions about scenes with all answers; of a pair, the upper or left object is the first."""

LETTERS: Mapping[str, tuple[str, ...]] = {
    f"letter {slot + 1}": ("", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ") for slot in range(SLOTS)
}
"""Questions about signs; "" is the end of the word."""


def truth(scene: Scene) -> dict[str, str]:
    """Answer the questions that the scene's picture settles; the others are left out."""
    answers = {"background": scene.background, "effect": scene.effect}
    if scene.kind in ("single", "count"):
        answers |= _described("", scene.items[0]) | {"count": str(len(scene.items))}
    if scene.kind == "pair":
        first, second = by_place(scene)
        answers |= _described("first ", first) | _described("second ", second)
        answers["arrangement"] = arrangement(scene)
    if not scene.effect and scene.kind in ("single", "pair", "count"):
        answers["art"] = scene.art
    return answers | spelled(scene.word)


def arrangement(scene: Scene) -> str:
    """Tell how a pair stands."""
    return STACKED if scene.relation in STACKING else BESIDE


def by_place(scene: Scene) -> tuple[Item, Item]:
    """Return a pair's upper or left item, and the other."""
    first, second = scene.items
    if scene.relation in REVERSED:
        return second, first
    return first, second


def spelled(word: str) -> dict[str, str]:
    """Answer the questions about a sign; nothing for the empty word."""
    if not word:
        return {}
    letters = [*word[:SLOTS], *[""] * SLOTS][:SLOTS]
    return dict(zip(LETTERS, letters, strict=True))


def _described(place: str, item: Item) -> dict[str, str]:
    named = {f"{place}object": item.name}
    return named | {f"{place}colour": item.colour} if item.colour else named
