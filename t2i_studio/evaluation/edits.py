"""Pictures that are edited: a hole to be filled, an attribute to be changed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import torch
from torch import Tensor

from t2i_studio.evaluation.questions import held_out_backgrounds, solids, things
from t2i_studio.training.scenes import marks
from t2i_studio.training.scenes.marks import Reading
from t2i_studio.training.scenes.sampler import Fixed, SceneSampler
from t2i_studio.training.scenes.scene import Scene
from t2i_studio.training.scenes.vocabulary import COLOURS

SEASONS = (
    ("winter", "autumn"),
    ("autumn", "spring"),
    ("spring", "winter"),
    ("day", "night"),
    ("night", "sunrise"),
    ("sunrise", "day"),
)
"""Backgrounds that a text diff turns into one another, either way."""

_HOLE_MARGIN = 0.04  # around the thing, as a fraction of the picture


@dataclass(frozen=True)
class Edit:
    """What a picture shows before, and what it is to show afterwards."""

    before: Scene
    after: Scene


def diffs(n: int, seed: int) -> list[Edit]:
    """Change the background or the colour of one thing, in turn; the outcome is held out."""
    rng = random.Random(f"text diffs/{seed}")
    changed = (_background_changed(rng), _colour_changed(rng))
    return [next(changed[index % 2]) for index in range(n)]


def swaps(n: int, seed: int) -> list[Edit]:
    """Put another thing into the place of one; the outcome is held out."""
    rng = random.Random(f"inpaint/{seed}")
    sampler = SceneSampler(rng)
    return list(islice(_swapped(rng, sampler), n))


def holes(edits: Sequence[Edit], size: int) -> Tensor:
    """Mask what is to be repainted: (N, 1, size, size), 1 where the old thing stood and around."""
    masks = torch.zeros(len(edits), 1, size, size)
    for mask, edit in zip(masks, edits, strict=True):
        left, top, right, bottom = edit.before.items[0].box
        rows = _span(top - _HOLE_MARGIN, bottom + _HOLE_MARGIN, size)
        columns = _span(left - _HOLE_MARGIN, right + _HOLE_MARGIN, size)
        mask[:, rows, columns] = 1
    return masks


def is_kept_outside(known: Tensor, painted: Tensor, masks: Tensor) -> list[bool]:
    """Tell for each picture whether every pixel outside its hole is the same in 8 bits."""
    moved = (_levels(known) != _levels(painted)) & (masks == 0)
    return (~moved.flatten(1).any(1)).tolist()


def has_changed(edit: Edit, reading: Reading) -> bool:
    """Whether background, thing and colour are now those asked for: one is new, others stay."""
    has_colour = edit.after.items[0].colour is None or marks.has_colour(edit.after, reading)
    return (
        marks.has_background(edit.after, reading)
        and marks.has_object(edit.after, reading)
        and has_colour
    )


def _background_changed(rng: random.Random) -> Iterator[Edit]:
    sampler = SceneSampler(rng)
    every = list(things())
    while True:
        before, after = rng.sample(rng.choice(SEASONS), 2)
        thing = rng.choice(every)
        if after in held_out_backgrounds(thing):
            fixed = Fixed(kind="single", objects=(thing,), background=before, effect="")
            scene = replace(sampler.draw(fixed), size="")
            yield Edit(scene, replace(scene, background=after))


def _colour_changed(rng: random.Random) -> Iterator[Edit]:
    sampler = SceneSampler(rng)
    every = list(solids())
    while True:
        name, colour = rng.choice(every)
        places = held_out_backgrounds((name, colour))
        other = rng.choice([each for each in COLOURS if each != colour])
        places = [place for place in places if place != f"plain {other}"]
        if places:
            fixed = Fixed(
                kind="single",
                objects=((name, other),),
                background=rng.choice(places),
                effect="",
            )
            scene = sampler.draw(fixed)
            item = replace(scene.items[0], colour=colour)
            yield Edit(scene, replace(scene, items=(item,)))


def _swapped(rng: random.Random, sampler: SceneSampler) -> Iterator[Edit]:
    every = list(things())
    while True:
        after = sampler.draw_held_out(Fixed(kind="single", effect=""))
        after = replace(after, size="")
        name, colour = rng.choice([each for each in every if each[0] != after.items[0].name])
        if after.background != f"plain {colour}":
            old = replace(after.items[0], name=name, colour=colour)
            yield Edit(replace(after, items=(old,)), after)


def _span(start: float, stop: float, size: int) -> slice:
    return slice(max(0, int(start * size)), min(size, round(stop * size)))


def _levels(pixels: Tensor) -> Tensor:
    return ((pixels.clamp(-1, 1) + 1) * 127.5).round()
