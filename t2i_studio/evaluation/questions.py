"""What a checkpoint is asked to paint: captions of scenes that no training has seen."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle, islice

from t2i_studio.training.scenes import marks
from t2i_studio.training.scenes.grammar import canonical_caption
from t2i_studio.training.scenes.marks import Mark
from t2i_studio.training.scenes.sampler import Fixed, SceneSampler
from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.vocabulary import (
    BACKGROUNDS,
    COLOURS,
    COUNTS,
    EFFECTS,
    NOUNS,
    PRIMITIVES,
    RELATIONS,
)

Thing = tuple[str, str | None]
"""A name of vocabulary.OBJECTS, and a colour for primitives."""

ORDERED = ("on top of", "below", "left of", "right of")  # relations that tell two places apart


@dataclass(frozen=True)
class Question:
    """Scenes to be painted from their captions, and the scores that the pictures give."""

    name: str
    scenes: tuple[Scene, ...]
    marks: Mapping[str, Mark]

    @property
    def captions(self) -> list[str]:
        return [canonical_caption(scene) for scene in self.scenes]


def questions(n: int, seed: int) -> tuple[Question, ...]:
    """Ask n captions of each kind; the same seed asks the same."""
    return tuple(
        Question(name, tuple(islice(_scenes(name, seed), n)), wanted)
        for name, wanted in MARKS.items()
    )


MARKS: Mapping[str, Mapping[str, Mark]] = {
    "objects": {
        "object": marks.has_object,
        "background": marks.has_background,
        "art": marks.has_art,
    },
    "primitives": {"primitive": marks.has_object, "colour": marks.has_colour},
    "effects": {"effect": marks.has_effect},
    "pairs": {"relation": marks.has_relation, "pair": marks.has_pair},
    "bindings": {"binding": marks.has_binding},
    "counts": {"count": marks.has_count},
    "signs": {"spelled": marks.has_word},
}
"""By question, the scores that its pictures give."""


def things() -> Iterator[Thing]:
    """Yield every thing that can be drawn, whether it is held out anywhere or not."""
    yield from ((noun, None) for noun in NOUNS)
    yield from solids()


def solids() -> Iterator[Thing]:
    """Yield every primitive in every colour."""
    yield from ((name, colour) for name in PRIMITIVES for colour in COLOURS)


def held_out_backgrounds(*objects: Thing, relation: str = "") -> list[str]:
    """List the backgrounds before which one thing alone, or a pair, is never seen in training.

    There is none for a single penguin, rabbit, cactus, balloon, red cone, green cone and black
    heart: they can be asked for only as one of a pair or in numbers.
    """
    items = tuple(Item(name, colour, 0.5, 0.5, 0.6) for name, colour in objects)
    scene = Scene("pair" if relation else "single", items, "", 0, "sticker", relation=relation)
    taken = {f"plain {item.colour}" for item in items}
    usable = (background for background in BACKGROUNDS if background not in taken)
    return [found for found in usable if replace(scene, background=found).is_unseen]


def _scenes(name: str, seed: int) -> Iterator[Scene]:
    rng = random.Random(f"evaluate/{seed}/{name}")
    return _DRAWN[name](rng, SceneSampler(rng))


def _objects(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    """Every noun and primitive that is held out anywhere, as often as any other."""
    solid = [(name, rng.choice(tuple(COLOURS))) for name in PRIMITIVES]
    return _alone(rng, sampler, [*((noun, None) for noun in NOUNS), *solid])


def _primitives(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    return _alone(rng, sampler, list(solids()))


def _alone(rng: random.Random, sampler: SceneSampler, wanted: list[Thing]) -> Iterator[Scene]:
    places = {thing: held_out_backgrounds(thing) for thing in wanted}
    known = [thing for thing in wanted if places[thing]]
    rng.shuffle(known)
    for thing in cycle(known):
        background = rng.choice(places[thing])
        yield sampler.draw(Fixed(kind="single", objects=(thing,), background=background, effect=""))


def _effects(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    for effect in cycle(EFFECTS):
        yield sampler.draw_held_out(Fixed(kind="single", effect=effect))


def _pairs(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    for relation in cycle(RELATIONS):
        yield sampler.draw_held_out(Fixed(kind="pair", relation=relation, effect=""))


def _bindings(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    """Two solids of two colours, two of three times of one shape, each followed by its swap."""
    for relation, is_one_shape in zip(cycle(ORDERED), cycle((True, True, False)), strict=False):
        objects, background = _bound(rng, relation, is_one_shape)
        fixed = Fixed("pair", objects, background, effect="", relation=relation)
        yield sampler.draw(fixed)
        # Never seen as well: it is of the same combinations, and so are its twins.
        yield sampler.draw(replace(fixed, objects=objects[::-1]))


def _bound(
    rng: random.Random, relation: str, is_one_shape: bool
) -> tuple[tuple[Thing, Thing], str]:
    """Draw two solids until a background is left for them: most pairs side by side have none."""
    while True:
        shapes = rng.sample(tuple(PRIMITIVES), 2)
        first, second = rng.sample(tuple(COLOURS), 2)
        objects = ((shapes[0], first), (shapes[0 if is_one_shape else 1], second))
        if places := held_out_backgrounds(*objects, relation=relation):
            return objects, rng.choice(places)


def _counts(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    for count in cycle(COUNTS):
        yield sampler.draw_held_out(Fixed(kind="count", count=count, effect=""))


def _signs(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    while True:
        yield sampler.draw_held_out(Fixed(kind="sign", effect=""))


_DRAWN: Mapping[str, Callable[[random.Random, SceneSampler], Iterator[Scene]]] = {
    "objects": _objects,
    "primitives": _primitives,
    "effects": _effects,
    "pairs": _pairs,
    "bindings": _bindings,
    "counts": _counts,
    "signs": _signs,
}
