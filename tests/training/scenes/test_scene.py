"""Scenes: what is held out of training, what is one and the same, what is drawn first."""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.vocabulary import BACKGROUNDS, COLOURS, NOUNS, PRIMITIVES, RELATIONS

CUBE = Item("cube", "red", 0.5, 0.5, 0.5)
FOX = Item("fox", None, 0.25, 0.6, 0.4)
SCENE = Scene("single", (CUBE,), "plain white", 0, "sticker")
PAIR = Scene("pair", (CUBE, FOX), "day", 0, "sticker", relation="left of")

OBJECTS = (*product(NOUNS, [None]), *product(PRIMITIVES, COLOURS))


@cache
def all_combinations() -> tuple[Scene, ...]:
    """Return every object on every background, once, twice, thrice and in every relation."""
    return tuple(
        replace(SCENE, items=(Item(*thing, 0.5, 0.5, 0.5),) * count, background=on, relation=how)
        for thing in OBJECTS
        for on in BACKGROUNDS
        for count, how in ((1, ""), (2, ""), (3, ""), *((1, how) for how in RELATIONS))
    )


def test_more_than_a_tenth_of_all_combinations_is_held_out() -> None:
    scenes = all_combinations()
    assert len({name for scene in scenes for name in scene.combinations}) == len(scenes) == 15_488
    assert 0.1 < sum(scene.is_held_out for scene in scenes) / len(scenes) < 0.15


def test_held_out_combinations_are_the_same_in_any_version() -> None:
    held_out = [scene for scene in all_combinations() if scene.is_held_out]
    assert [next(scene.combinations) for scene in held_out[:3]] == [
        "fox|None|plain white|3",
        "fox|None|plain white|left of",
        "fox|None|plain gray|3",
    ]


def test_one_combination_is_enough_to_be_held_out() -> None:
    held_out = next(scene for scene in all_combinations() if scene.is_held_out and scene.relation)
    others = [Item(*thing, 0.5, 0.5, 0.5) for thing in OBJECTS]
    for items in ((*held_out.items, others[0]), (others[-1], *held_out.items)):
        assert replace(held_out, items=items).is_held_out


@pytest.mark.parametrize("change", [{"art": "flat icon"}, {"variant": 9}, {"effect": "sketch"}])
def test_how_a_scene_is_drawn_does_not_matter_for_holding_out(change: dict[str, str | int]) -> None:
    for scene in (SCENE, PAIR):
        redrawn = replace(scene, **change)  # type: ignore[arg-type]  # fields of a scene
        assert list(redrawn.combinations) == list(scene.combinations)


def test_box_of_an_item_is_around_its_centre() -> None:
    assert FOX.box == pytest.approx((0.05, 0.4, 0.45, 0.8))


def test_items_are_told_apart_by_name_and_colour_wherever_they_stand() -> None:
    assert (CUBE.identity, FOX.identity) == ("red cube", "fox")
    assert replace(CUBE, x=0.1).identity == CUBE.identity


def test_lower_things_of_a_pair_are_drawn_first() -> None:
    assert PAIR.drawing_order == (FOX, CUBE)
    assert replace(PAIR, items=(FOX, CUBE)).drawing_order == (FOX, CUBE)
    assert replace(PAIR, kind="count").drawing_order == (CUBE, FOX)


@pytest.mark.parametrize(
    "change",
    [
        {"items": (FOX,)},
        {"items": (replace(CUBE, colour="blue"),)},
        {"items": (CUBE, CUBE)},
        {"background": "plain blue"},
        {"art": "3d render"},
        {"effect": "sketch"},
        {"size": "big"},
        {"word": "TEA"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_captions_tell_makes_another_scene(change: dict[str, str]) -> None:
    assert replace(SCENE, **change).key != SCENE.key  # type: ignore[arg-type]  # fields of a scene


def test_what_captions_do_not_tell_makes_no_other_scene() -> None:
    moved = replace(SCENE, items=(replace(CUBE, x=0.4, size=0.6),), variant=7)
    assert moved.key == SCENE.key


def test_backgrounds_are_plain_or_not() -> None:
    assert [SCENE.is_plain, PAIR.is_plain] == [True, False]


@pytest.mark.parametrize(
    ("relation", "mirrored"), [("left of", "right of"), ("on top of", "below")]
)
def test_pairs_are_the_same_scene_if_they_show_the_same(relation: str, mirrored: str) -> None:
    sphere = replace(CUBE, name="sphere", colour="blue")
    pair = replace(SCENE, kind="pair", items=(CUBE, sphere), relation=relation)

    assert replace(pair, items=(sphere, CUBE), relation=mirrored).key == pair.key
    assert replace(pair, items=(sphere, CUBE)).key != pair.key


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        ("on top of", {("on top of", CUBE, FOX), ("below", FOX, CUBE)}),
        ("below", {("on top of", FOX, CUBE), ("below", CUBE, FOX)}),
        ("left of", {("left of", CUBE, FOX), ("next to", CUBE, FOX), ("right of", FOX, CUBE)}),
        ("right of", {("left of", FOX, CUBE), ("next to", FOX, CUBE), ("right of", CUBE, FOX)}),
        ("next to", {("left of", CUBE, FOX), ("next to", CUBE, FOX), ("right of", FOX, CUBE)}),
    ],
)
def test_twins_are_all_scenes_of_one_picture(
    relation: str, told: set[tuple[str, Item, Item]]
) -> None:
    pair = replace(PAIR, relation=relation)

    assert {(twin.relation, *twin.items) for twin in pair.twins} == told
    assert {twin.key for twin in pair.twins} == {pair.key}
    assert next(pair.twins) == pair


def test_a_pair_is_unseen_if_its_picture_is_held_out_in_all_words() -> None:
    pairs = [
        replace(PAIR, items=(CUBE, Item(*thing, 0.7, 0.6, 0.4)), background=on, relation=how)
        for thing, on, how in product(OBJECTS[:40], BACKGROUNDS, RELATIONS)
    ]
    leaks = [pair for pair in pairs if pair.is_held_out and not pair.is_unseen]

    for pair in pairs:
        assert {twin.is_unseen for twin in pair.twins} == {pair.is_unseen}
    assert any(pair.is_unseen for pair in pairs)
    assert len(leaks) > len(pairs) / 10


def test_one_thing_is_unseen_wherever_it_is_held_out() -> None:
    alone = [scene for scene in all_combinations() if not scene.relation]

    assert all(scene.is_unseen == scene.is_held_out for scene in alone)
