"""Captions: exact canonical sentences, and paraphrases that still tell the truth."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.training.scenes.grammar import canonical_caption, caption, plural, with_article
from t2i_studio.training.scenes.sampler import SceneSampler
from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.vocabulary import (
    COUNTS,
    EFFECTS,
    NOUNS,
    PLACES,
    PRIMITIVES,
    RELATIONS,
)

CUBE = Item("cube", "red", 0.5, 0.5, 0.5)
FOX = Item("fox", None, 0.25, 0.6, 0.4)
SIGN = Item("sign", None, 0.5, 0.5, 0.84)
SCENE = Scene("single", (CUBE,), "plain white", 0, "sticker")
PAIR = Scene("pair", (FOX, CUBE), "day", 0, "3d render", relation="on top of")


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        (SCENE, "a sticker of a red cube on a white background"),
        (replace(SCENE, size="big"), "a sticker of a big red cube on a white background"),
        (replace(SCENE, effect="sketch"), "a pencil sketch of a red cube on a white background"),
        (
            replace(SCENE, background="plain orange"),
            "a sticker of a red cube on an orange background",
        ),
        (replace(SCENE, background="beach"), "a sticker of a red cube on a beach"),
        (PAIR, "a 3d render of a fox on top of a red cube in a field"),
        (
            replace(PAIR, relation="left of"),
            "a 3d render of a fox to the left of a red cube in a field",
        ),
        (
            Scene("count", (FOX,) * 3, "winter", 0, "flat icon"),
            "a flat icon of three foxes in a winter landscape",
        ),
        (
            Scene("count", (CUBE,) * 2, "space", 0, "sticker", "pixel art"),
            "pixel art of two red cubes in outer space",
        ),
        (Scene("place", (), "day", 0, "sticker"), "a green field"),
        (Scene("place", (), "city", 0, "sticker", "watercolour"), "a watercolour of a city street"),
        (
            Scene("sign", (SIGN,), "plain blue", 0, "sticker", word="TEA"),
            'a sign that says "tea" on a blue background',
        ),
    ],
)
def test_canonical_sentences(scene: Scene, said: str) -> None:
    assert canonical_caption(scene) == said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fox", "a fox"),
        ("owl", "an owl"),
        ("unicorn", "a unicorn"),
        ("umbrella", "an umbrella"),
        ("orange cube", "an orange cube"),
        ("huge owl", "a huge owl"),
        ("alarm clock", "an alarm clock"),
    ],
)
def test_articles(words: str, expected: str) -> None:
    assert with_article(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dog", "dogs"),
        ("fox", "foxes"),
        ("fish", "fish"),
        ("cactus", "cacti"),
        ("puppy", "puppies"),
        ("bunny", "bunnies"),
        ("butterfly", "butterflies"),
        ("strawberry", "strawberries"),
        ("slice of pizza", "slices of pizza"),
        ("piece of sushi", "pieces of sushi"),
        ("red box", "red boxes"),
        ("top hat", "top hats"),
        ("teddy bear", "teddy bears"),
    ],
)
def test_plurals(words: str, expected: str) -> None:
    assert plural(words) == expected


def names(item: Item) -> list[str]:
    """Return all that an item may be called, one or many of them."""
    words = NOUNS[item.name].words if item.name in NOUNS else PRIMITIVES[item.name]
    named = [f"{item.colour} {word}" if item.colour else word for word in words]
    return [*named, *map(plural, named)]


@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_paraphrases_tell_the_truth(seed: int, wording: int) -> None:
    scene = SceneSampler(random.Random(seed)).draw()
    said = caption(scene, random.Random(wording))

    for item in scene.items:
        assert scene.kind == "sign" or any(name in said for name in names(item))
    assert not scene.relation or any(f" {how} " in said for how in RELATIONS[scene.relation])
    assert not scene.effect or said.startswith(EFFECTS[scene.effect])
    assert scene.kind != "count" or COUNTS[len(scene.items)] in said.split()
    assert scene.kind != "place" or said.endswith(PLACES[scene.background].alone)
    assert scene.word.lower() in said


@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_paraphrases_say_nothing_else(seed: int, wording: int) -> None:
    scene = SceneSampler(random.Random(seed)).draw()
    said = caption(scene, random.Random(wording))

    here = PLACES[scene.background].around if scene.background in PLACES else ()
    elsewhere = {p for name in PLACES for p in PLACES[name].around} - {*here}
    assert not any(said.endswith(f" {p}") and not said.endswith(here) for p in elsewhere)
    assert scene.effect or not said.startswith(tuple(p for each in EFFECTS.values() for p in each))
    assert said == " ".join(said.split())


def test_paraphrases_vary_and_the_canonical_sentence_does_not() -> None:
    said = [caption(PAIR, random.Random(seed)) for seed in range(40)]
    assert len({*said}) > 15
    assert any("sticker" not in words and " field" not in words for words in said)
    assert len({canonical_caption(PAIR) for _ in range(3)}) == 1


def test_the_same_generator_gives_the_same_paraphrase() -> None:
    assert caption(PAIR, random.Random(5)) == caption(PAIR, random.Random(5))


def test_photos_and_pictures_of_something_are_common_frames() -> None:
    place = Scene("place", (), "beach", 0, "sticker")
    said = {caption(place, random.Random(seed)) for seed in range(60)}
    assert said == {"a beach", "a photo of a beach", "an image of a beach", "a picture of a beach"}
