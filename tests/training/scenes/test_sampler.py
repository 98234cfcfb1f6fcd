"""Scenes at random: in the shares of the mix, in the picture, the same in any run."""

import random
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.training.scenes.grammar import canonical_caption
from t2i_studio.training.scenes.sampler import VARIANTS, Fixed, Mix, SceneSampler, scenes
from t2i_studio.training.scenes.scene import Kind, Scene
from t2i_studio.training.scenes.vocabulary import PLACES, RELATIONS

ANYTHING = Fixed()
SOLIDS = Fixed("pair", background="day", art="sticker", effect="")
SEEDS = st.integers(0, 2**32)


def drawn(count: int, fixed: Fixed = ANYTHING, mix: Mix | None = None) -> list[Scene]:
    sampler = SceneSampler(random.Random(1), mix)
    return [sampler.draw(fixed) for _ in range(count)]


def test_training_never_sees_what_is_held_out() -> None:
    assert not any(scene.is_held_out for scene in islice(scenes(3), 500))
    assert all(scene.is_unseen for scene in islice(scenes(3, is_held_out=True), 100))


@cache
def trained_keys() -> frozenset[str]:
    """Draw many of the 4512 pictures of two solids each way."""
    sampler = SceneSampler(random.Random(2), Mix(primitives=1))
    return frozenset(sampler.draw_training(SOLIDS).key for _ in range(3000))


@pytest.mark.parametrize("relation", RELATIONS)
def test_no_picture_is_both_trained_on_and_held_out(relation: str) -> None:
    sampler = SceneSampler(random.Random(2), Mix(primitives=1))

    held_out = [sampler.draw_held_out(replace(SOLIDS, relation=relation)) for _ in range(12)]

    assert len(trained_keys()) > 1000
    assert trained_keys().isdisjoint(scene.key for scene in held_out)
    assert all(twin.is_held_out for scene in held_out for twin in scene.twins)


def test_held_out_scenes_come_in_the_shares_of_the_mix() -> None:
    found = Counter(scene.kind for scene in islice(scenes(3, is_held_out=True), 400))

    assert found["pair"] / 400 == pytest.approx(0.26 / 0.96, abs=0.06)
    assert "place" not in found


def test_a_scene_of_a_seed_is_the_same_in_any_run() -> None:
    first = list(islice(scenes(3), 12))
    assert list(islice(scenes(3), 12)) == first
    assert list(islice(scenes(3, start=7), 5)) == first[7:]
    assert list(islice(scenes(4), 12)) != first


def test_scenes_of_a_seed_are_the_same_in_any_version() -> None:
    first, second = islice(scenes(0), 2)
    assert canonical_caption(first) == "a watercolour of a black cube on a city street"
    assert canonical_caption(second) == "a watercolour of a desert"
    assert [first.variant, second.variant] == [48, 31]


def test_kinds_come_in_the_shares_of_the_mix() -> None:
    count = 3000
    found = Counter(scene.kind for scene in drawn(count))
    assert {*found} == {*get_args(Kind)}
    for kind, share in Mix().kinds.items():
        assert found[kind] / count == pytest.approx(share, abs=0.03)


def test_another_mix_gives_other_scenes() -> None:
    only = Mix(kinds={"single": 1}, primitives=1, plain=1, effects=0, sized=0)
    for scene in drawn(50, mix=only):
        assert (scene.kind, scene.is_plain, scene.effect, scene.size) == ("single", True, "", "")
        assert scene.items[0].colour


@given(SEEDS, st.sampled_from(get_args(Kind)))
def test_everything_stands_in_the_picture(seed: int, kind: Kind) -> None:
    scene = SceneSampler(random.Random(seed)).draw(Fixed(kind))
    edges = [edge for item in scene.items for edge in item.box]
    assert all(0 <= edge <= 1 for edge in edges)
    assert 0 <= scene.variant < VARIANTS


@given(SEEDS, st.sampled_from([*RELATIONS]))
def test_pairs_stand_as_their_relation_says(seed: int, relation: str) -> None:
    scene = SceneSampler(random.Random(seed)).draw(Fixed("pair", relation=relation))
    first, second = scene.items
    match relation:
        case "on top of" | "below":
            upper, lower = (first, second) if relation == "on top of" else (second, first)
            assert upper.box[3] == pytest.approx(lower.box[1], abs=0.04)
            assert abs(upper.x - lower.x) < 0.05
            assert not upper.has_shadow
        case _:
            left, right = (second, first) if relation == "right of" else (first, second)
            assert left.x < 0.3 < 0.7 < right.x
            assert abs(left.y - right.y) < 0.05
    assert first.identity != second.identity


@given(SEEDS)
def test_counted_things_are_alike_and_apart(seed: int) -> None:
    items = SceneSampler(random.Random(seed)).draw(Fixed("count")).items
    assert len(items) in (2, 3)
    assert len({(item.identity, item.size) for item in items}) == 1
    for one, other in ((a, b) for a in items for b in items if a is not b):
        distance = max(abs(one.x - other.x), abs(one.y - other.y))
        assert distance > 0.8 * one.size


@given(SEEDS)
def test_nothing_stands_before_its_own_colour(seed: int) -> None:
    scene = SceneSampler(random.Random(seed)).draw()
    assert scene.background not in {f"plain {item.colour}" for item in scene.items}


@given(SEEDS)
def test_signs_carry_two_to_four_capitals(seed: int) -> None:
    word = SceneSampler(random.Random(seed)).draw(Fixed("sign")).word
    assert 2 <= len(word) <= 4
    assert word.isascii()
    assert word.isupper()


def test_said_sizes_are_real() -> None:
    sides: dict[str, list[float]] = {}
    for scene in drawn(200, Fixed("single")):
        sides.setdefault(scene.size, []).append(scene.items[0].size)
    assert max(sides["small"]) < min(sides[""]) < max(sides[""]) < min(sides["big"])


def test_places_show_places() -> None:
    assert {scene.background for scene in drawn(200, Fixed("place"))} == {*PLACES}


def test_what_is_fixed_is_not_left_to_chance() -> None:
    objects = (("fox", None), ("cube", "red"))
    fixed = Fixed("pair", objects, "beach", "flat icon", "sketch", "below")
    for scene in drawn(10, fixed):
        assert tuple((item.name, item.colour) for item in scene.items) == objects
        found = (scene.kind, scene.background, scene.art, scene.effect, scene.relation)
        assert found == ("pair", "beach", "flat icon", "sketch", "below")
    assert {len(scene.items) for scene in drawn(10, Fixed("count", count=3))} == {3}


def test_solids_are_often_beside_solids() -> None:
    pairs = [scene for scene in drawn(600, Fixed("pair")) if scene.items[0].colour]
    assert sum(bool(scene.items[1].colour) for scene in pairs) / len(pairs) > 0.65


def test_a_wrong_number_of_objects_is_refused() -> None:
    with pytest.raises(ValueError, match="has 2 objects"):
        drawn(1, Fixed("pair", objects=(("fox", None),)))


def test_what_cannot_be_held_out_is_refused() -> None:
    with pytest.raises(ValueError, match="no such scene"):
        SceneSampler(random.Random(0)).draw_held_out(Fixed("place"))
