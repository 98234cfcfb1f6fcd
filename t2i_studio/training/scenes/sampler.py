"""Drawing scenes at random: what is in them, and where it stands."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from t2i_studio.training.scenes.scene import REVERSED, Item, Kind, Scene
from t2i_studio.training.scenes.vocabulary import (
    ARTS,
    COLOURS,
    COUNTS,
    EFFECTS,
    NOUNS,
    PLACES,
    PLAIN,
    PRIMITIVES,
    RELATIONS,
    SIZES,
    WORDS,
)

VARIANTS = 64
"""Paintings of each background."""

_SIDES = {"": 0.6, "big": 0.84, "small": 0.34}
_TRIES = 10_000


@dataclass(frozen=True)
class Mix:
    """How often what is drawn; shares need not add up to one."""

    kinds: Mapping[Kind, float] = field(
        default_factory=lambda: {
            "single": 0.52,
            "pair": 0.26,
            "count": 0.11,
            "place": 0.04,
            "sign": 0.07,
        }
    )
    primitives: float = 0.34  # of objects
    plain: float = 0.42  # of backgrounds
    effects: float = 0.12  # of pictures
    sized: float = 0.4  # of singles


@dataclass(frozen=True)
class Fixed:
    """What is not left to chance; None is."""

    kind: Kind | None = None
    objects: Sequence[tuple[str, str | None]] | None = None  # (name, colour) in caption order
    background: str | None = None
    art: str | None = None
    effect: str | None = None
    relation: str | None = None
    count: int | None = None


class SceneSampler:
    """Draws scenes from a mix; the same generator gives the same scenes."""

    def __init__(self, rng: random.Random, mix: Mix | None = None) -> None:
        self._rng = rng
        self._mix = mix or Mix()

    def draw(self, fixed: Fixed = Fixed()) -> Scene:
        """Draw one scene, held out of training or not."""
        kind = fixed.kind or self._one_of(self._mix.kinds)
        art = fixed.art or self._rng.choice(tuple(ARTS))
        scene = Scene(kind, (), "plain white", 0, art, self._effect(fixed))
        scene = self._filled(scene, fixed)
        return self._placed(scene, fixed)

    def draw_training(self, fixed: Fixed = Fixed()) -> Scene:
        """Draw until a scene is not held out."""
        return self._draw_where(fixed, lambda scene: not scene.is_held_out)

    def draw_held_out(self, fixed: Fixed = Fixed()) -> Scene:
        """Draw until training never sees the picture; raises ValueError if there is none such.

        Kind and relation are drawn once and kept: 12 % of singles are unseen, but 1 % of pairs
        side by side, which would hardly come. Places are never held out.
        """
        kinds = self._mix.kinds
        shares: Mapping[Kind, float] = {kind: kinds[kind] for kind in kinds if kind != "place"}
        kind = fixed.kind or self._one_of(shares)
        relation = fixed.relation or (self._relation() if kind == "pair" else None)
        wanted = replace(fixed, kind=kind, relation=relation)
        return self._draw_where(wanted, lambda scene: scene.is_unseen)

    def _draw_where(self, fixed: Fixed, is_wanted: Callable[[Scene], bool]) -> Scene:
        for _ in range(_TRIES):
            scene = self.draw(fixed)
            if is_wanted(scene):
                return scene
        raise ValueError("Too little is left to chance: no such scene was found.")

    def _filled(self, scene: Scene, fixed: Fixed) -> Scene:
        match scene.kind:
            case "single":
                return self._single(scene, fixed)
            case "pair":
                return self._pair(scene, fixed)
            case "count":
                return self._count(scene, fixed)
            case "sign":
                return self._sign(scene)
            case _:
                return scene

    def _single(self, scene: Scene, fixed: Fixed) -> Scene:
        (name, colour) = self._objects(fixed, 1)[0]
        said = self._rng.choice(tuple(SIZES)) if self._rng.random() < self._mix.sized else ""
        side = _SIDES[said] + self._jitter(0.025)
        y = (0.56 if side < 0.7 else 0.52) + self._jitter(0.03)
        return replace(
            scene, items=(Item(name, colour, 0.5 + self._jitter(0.04), y, side),), size=said
        )

    def _pair(self, scene: Scene, fixed: Fixed) -> Scene:
        first, second = self._objects(fixed, 2)
        relation = fixed.relation or self._relation()
        places = self._stacked() if relation in ("on top of", "below") else self._side_by_side()
        if relation in REVERSED:
            places = places[::-1]
        items = tuple(
            replace(place, name=name, colour=colour)
            for place, (name, colour) in zip(places, (first, second), strict=True)
        )
        return replace(scene, items=items, relation=relation)

    def _stacked(self) -> tuple[Item, Item]:
        """Return the upper and the lower place."""
        above, below = 0.4 + self._jitter(0.015), 0.46 + self._jitter(0.015)
        x, y = 0.5 + self._jitter(0.04), 0.74 + self._jitter(0.015)
        upper = y - below / 2 - above / 2 + 0.035
        return (
            Item("", None, x + self._jitter(0.015), upper, above, has_shadow=False),
            Item("", None, x, y, below),
        )

    def _side_by_side(self) -> tuple[Item, Item]:
        """Return the left and the right place."""
        left, right = (
            Item(
                "",
                None,
                x + self._jitter(0.02),
                0.6 + self._jitter(0.02),
                0.44 + self._jitter(0.015),
            )
            for x in (0.27, 0.73)
        )
        return left, right

    def _count(self, scene: Scene, fixed: Fixed) -> Scene:
        name, colour = self._objects(fixed, 1)[0]
        count = fixed.count or self._rng.choice(tuple(COUNTS))
        spots, side = (
            (((0.27, 0.6), (0.73, 0.6)), 0.42)
            if count == 2
            else (((0.5, 0.33), (0.26, 0.7), (0.74, 0.7)), 0.36)
        )
        side += self._jitter(0.015)
        items = tuple(
            Item(name, colour, x + self._jitter(0.02), y + self._jitter(0.02), side)
            for x, y in spots
        )
        return replace(scene, items=items)

    def _sign(self, scene: Scene) -> Scene:
        item = Item("sign", None, 0.5 + self._jitter(0.03), 0.5 + self._jitter(0.03), 0.84)
        return replace(scene, items=(item,), word=self._word())

    def _word(self) -> str:
        if self._rng.random() < 0.5:
            return self._rng.choice(WORDS).upper()
        letters = "abcdefghijklmnopqrstuvwxyz"
        return "".join(self._rng.choices(letters, k=self._rng.randint(2, 4))).upper()

    def _objects(self, fixed: Fixed, count: int) -> Sequence[tuple[str, str | None]]:
        if fixed.objects is not None:
            if len(fixed.objects) != count:
                raise ValueError(f"This kind of scene has {count} objects.")
            return fixed.objects
        first = self._object()
        if count == 1:
            return (first,)
        # Two solids are what attribute binding is learnt from: they must not be rare.
        while (second := self._object(0.75 if first[0] in PRIMITIVES else None)) == first:
            pass
        return first, second

    def _object(self, primitives: float | None = None) -> tuple[str, str | None]:
        share = self._mix.primitives if primitives is None else primitives
        if self._rng.random() < share:
            return self._rng.choice(tuple(PRIMITIVES)), self._rng.choice(tuple(COLOURS))
        return self._rng.choice(tuple(NOUNS)), None

    def _relation(self) -> str:
        return self._rng.choice(("on top of", *RELATIONS))  # stacks twice as often

    def _effect(self, fixed: Fixed) -> str:
        if fixed.effect is not None:
            return fixed.effect
        return self._rng.choice(tuple(EFFECTS)) if self._rng.random() < self._mix.effects else ""

    def _placed(self, scene: Scene, fixed: Fixed) -> Scene:
        background = fixed.background or self._background(scene)
        return replace(scene, background=background, variant=self._rng.randrange(VARIANTS))

    def _background(self, scene: Scene) -> str:
        if scene.kind == "place":
            return self._rng.choice(tuple(PLACES))
        if self._rng.random() >= self._mix.plain:
            return self._rng.choice(tuple(PLACES))
        taken = {item.colour for item in scene.items}
        return f"plain {self._rng.choice([colour for colour in PLAIN if colour not in taken])}"

    def _one_of(self, shares: Mapping[Kind, float]) -> Kind:
        return self._rng.choices(tuple(shares), weights=tuple(shares.values()))[0]

    def _jitter(self, amount: float) -> float:
        return self._rng.uniform(-amount, amount)


def scenes(
    seed: int, start: int = 0, *, is_held_out: bool = False, mix: Mix | None = None
) -> Iterator[Scene]:
    """Yield the scenes of a seed from number `start` on; scene i is the same in any run."""
    stream = "held out" if is_held_out else "training"
    for index in count(start):
        sampler = SceneSampler(random.Random(f"{stream}/{seed}/{index}"), mix)
        yield sampler.draw_held_out() if is_held_out else sampler.draw_training()
