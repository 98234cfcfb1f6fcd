"""How well CLIP matches captions and pictures, without painting anything."""

import random
from collections.abc import Iterator, Sequence

from torch import Tensor
from torch.nn import functional as F

from t2i_studio.evaluation.painter import Painter
from t2i_studio.evaluation.questions import Thing, things
from t2i_studio.latents.retrieval import ranked
from t2i_studio.latents.zero_shot import class_embeddings, cosines
from t2i_studio.training.scenes.grammar import canonical_caption
from t2i_studio.training.scenes.lessons import Painter as Renders
from t2i_studio.training.scenes.lessons import rendered
from t2i_studio.training.scenes.marks import share
from t2i_studio.training.scenes.sampler import Fixed, SceneSampler
from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.vocabulary import ARTS, BACKGROUNDS

CROWD = 100
"""Pictures among which a caption must find its own."""


def retrieval_at_1(painter: Painter, renderer: Renders, crowds: int, seed: int) -> float:
    """Return the share of captions whose own picture, among CROWD held-out ones, is the closest."""
    shares = []
    for number in range(crowds):
        scenes = crowd(random.Random(f"retrieval/{seed}/{number}"))
        z_t = painter.embed_texts([canonical_caption(scene) for scene in scenes])
        shares.append(share_first(z_t, painter.embed(rendered(renderer, scenes))))
    return sum(shares) / crowds


def share_first(z_t: Tensor, z_i: Tensor) -> float:
    """Return the share of texts (N, D) whose nearest of N pictures (N, D) is the one of its row."""
    order, _ = ranked(z_t, z_i, 1)
    return share(row == found for row, (found,) in enumerate(order.tolist()))


def zero_shot_object(painter: Painter, renderer: Renders, scenes: Sequence[Scene]) -> float:
    """Return the share of single things that CLIP names, among all of vocabulary.OBJECTS.

    A name's embedding is the average over its captions (Radford et al. 2021, section 3.1.4).
    """
    names, classes = _classes(painter)
    matches = cosines(painter.embed(rendered(renderer, scenes)), classes)
    guesses = matches.argmax(1).tolist()
    return share(
        names[guess] == scene.items[0].name for guess, scene in zip(guesses, scenes, strict=True)
    )


def prior_cosine(z: Tensor, z_i: Tensor) -> float:
    """Average cosine of the prior's embeddings (N, D) and those of the true pictures (N, D)."""
    return float(F.cosine_similarity(z, z_i, dim=-1).mean())


def crowd(rng: random.Random) -> list[Scene]:
    """Draw scenes of which no two could share a caption."""
    sampler = SceneSampler(rng)
    drawn: dict[str, Scene] = {}
    while len(drawn) < CROWD:
        scene = sampler.draw_held_out()
        drawn.setdefault(canonical_caption(scene), scene)
    return list(drawn.values())


def _classes(painter: Painter) -> tuple[list[str], Tensor]:
    """Average the captions of each name: the names and unit vectors (L, D)."""
    captions: dict[str, list[str]] = {}
    for number, thing in enumerate(things()):
        captions.setdefault(thing[0], []).extend(_templates(thing, number))
    z_t = painter.embed_texts([caption for each in captions.values() for caption in each])
    return list(captions), class_embeddings(z_t, [len(each) for each in captions.values()])


def _templates(thing: Thing, number: int) -> Iterator[str]:
    """Caption a thing before every background; a primitive, which has many colours, before a few.

    Each background has one of the arts in turn.
    """
    name, colour = thing
    item = Item(name, colour, 0.5, 0.5, 0.6)
    for index in range(number % 3 if colour else 0, len(BACKGROUNDS), 3 if colour else 1):
        art = tuple(ARTS)[(index + number) % len(ARTS)]
        yield canonical_caption(Scene("single", (item,), BACKGROUNDS[index], 0, art))


def single_things(count: int, seed: int) -> list[Scene]:
    """Draw held-out scenes with one thing."""
    sampler = SceneSampler(random.Random(f"zero-shot/{seed}"))
    return [sampler.draw_held_out(Fixed(kind="single", effect="")) for _ in range(count)]
