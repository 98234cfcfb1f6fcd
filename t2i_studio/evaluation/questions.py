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
    """Yield every thing that can be drawn."""
    yield from ((noun, None) for noun in NOUNS)
    yield from solids()


def solids() -> Iterator[Thing]:
    """Yield every primitive in every colour."""
    yield from ((name, colour) for name in PRIMITIVES for colour in COLOURS)


def held_out_backgrounds(thing: Thing) -> list[str]:
    """List the backgrounds before which that thing alone is held out of training."""
    name, colour = thing
    alone = Scene("single", (Item(name, colour, 0.5, 0.5, 0.6),), "", 0, "sticker")
    usable = (background for background in BACKGROUNDS if background != f"plain {colour}")
    return [found for found in usable if replace(alone, background=found).is_held_out]


def _scenes(name: str, seed: int) -> Iterator[Scene]:
    rng = random.Random(f"evaluate/{seed}/{name}")
    return _DRAWN[name](rng, SceneSampler(rng))


def _objects(rng: random.Random, sampler: SceneSampler) -> Iterator[Scene]:
    """Every noun and primitive as often as any other."""
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
    """Two solids of two colours, every other time of one shape, each followed by its swap."""
    for relation, is_one_shape in zip(cycle(ORDERED), cycle((True, True, False)), strict=False):
        shapes = rng.sample(tuple(PRIMITIVES), 2)
        first, second = rng.sample(tuple(COLOURS), 2)
        objects = ((shapes[0], first), (shapes[0 if is_one_shape else 1], second))
        fixed = Fixed(kind="pair", objects=objects, relation=relation, effect="")
        scene = sampler.draw_held_out(fixed)
        yield scene
        swapped = replace(fixed, objects=objects[::-1], background=scene.background)
        yield sampler.draw(swapped)  # held out as well: of the same combinations


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
