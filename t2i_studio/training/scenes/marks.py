"""Marks: whether what was read from a picture agrees with the scene that was asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.truth import LETTERS, arrangement, by_place


@dataclass(frozen=True)
class Reading:
    """What a judge read from one picture: by question, the log-probability of each answer."""

    log_probs: Mapping[str, Mapping[str, float]]

    def answer(self, question: str) -> str:
        """Return the likeliest answer."""
        answers = self.log_probs[question]
        return max(answers, key=answers.__getitem__)

    def log_prob(self, question: str, answer: str) -> float:
        return self.log_probs[question][answer]

    @property
    def word(self) -> str:
        """What a sign says: the letters before the first empty slot."""
        letters = [self.answer(slot) for slot in LETTERS]
        end = letters.index("") if "" in letters else len(letters)
        return "".join(letters[:end])


Mark = Callable[[Scene, Reading], bool]


def marked(scenes: Iterable[Scene], readings: Iterable[Reading], mark: Mark) -> list[bool]:
    """Mark each picture."""
    return [mark(scene, reading) for scene, reading in zip(scenes, readings, strict=True)]


def share(right: Iterable[bool]) -> float:
    """Return how many of one or more are true, as a fraction."""
    each = list(right)
    return sum(each) / len(each)


def has_object(scene: Scene, reading: Reading) -> bool:
    """Whether the one kind of object that was asked for is there."""
    return reading.answer("object") == scene.items[0].name


def has_colour(scene: Scene, reading: Reading) -> bool:
    return reading.answer("colour") == scene.items[0].colour


def has_background(scene: Scene, reading: Reading) -> bool:
    return reading.answer("background") == scene.background


def has_art(scene: Scene, reading: Reading) -> bool:
    return reading.answer("art") == scene.art


def has_effect(scene: Scene, reading: Reading) -> bool:
    return reading.answer("effect") == scene.effect


def has_count(scene: Scene, reading: Reading) -> bool:
    return reading.answer("count") == str(len(scene.items))


def has_relation(scene: Scene, reading: Reading) -> bool:
    """Whether two things stand as asked, and rather in the order asked than swapped.

    The order is taken from the likelier of the two, so that it is told even where a name is
    misread. "Next to" has no order.
    """
    if reading.answer("arrangement") != arrangement(scene):
        return False
    first, second = by_place(scene)
    swapped = _log_likelihood(reading, second, first)
    return scene.relation == "next to" or _log_likelihood(reading, first, second) > swapped


def has_pair(scene: Scene, reading: Reading) -> bool:
    """Whether the relation is right, and so are the names at both places."""
    if not has_relation(scene, reading):
        return False
    return any(_names_fit(reading, *order) for order in _orders(scene))


def has_binding(scene: Scene, reading: Reading) -> bool:
    """Whether relation, names and colours at both places are right."""
    if not has_relation(scene, reading):
        return False
    return any(
        _names_fit(reading, *order) and _colours_fit(reading, *order) for order in _orders(scene)
    )


def has_word(scene: Scene, reading: Reading) -> bool:
    """Whether every letter of the sign is right."""
    return reading.word == scene.word


def _orders(scene: Scene) -> tuple[tuple[Item, Item], ...]:
    first, second = by_place(scene)
    return ((first, second), (second, first))[: 2 if scene.relation == "next to" else 1]


def _log_likelihood(reading: Reading, first: Item, second: Item) -> float:
    return sum(
        reading.log_prob(f"{place} {what}", answer)
        for place, item in (("first", first), ("second", second))
        for what, answer in (("object", item.name), ("colour", item.colour))
        if answer
    )


def _names_fit(reading: Reading, first: Item, second: Item) -> bool:
    found = reading.answer("first object"), reading.answer("second object")
    return found == (first.name, second.name)


def _colours_fit(reading: Reading, first: Item, second: Item) -> bool:
    """Only things that come in every colour have one to be compared."""
    return all(
        item.colour in (None, reading.answer(f"{place} colour"))
        for place, item in (("first", first), ("second", second))
    )
