import pytest

from t2i_studio.evaluation.questions import (
    MARKS,
    Thing,
    held_out_backgrounds,
    questions,
    solids,
    things,
)
from t2i_studio.training.scenes.scene import Item
from t2i_studio.training.scenes.vocabulary import NOUNS, OBJECTS, RELATIONS


def test_every_scene_is_unseen_and_has_a_caption() -> None:
    for question in questions(12, seed=3):
        assert len(question.scenes) == len(question.captions) == 12
        assert all(scene.is_unseen for scene in question.scenes), question.name


def test_the_seed_decides_what_is_asked() -> None:
    assert questions(4, seed=1) == questions(4, seed=1)
    assert questions(4, seed=1) != questions(4, seed=2)


def test_a_larger_sample_begins_with_the_smaller_one() -> None:
    small, large = questions(3, seed=0), questions(9, seed=0)

    assert [q.scenes for q in small] == [q.scenes[:3] for q in large]


def test_each_score_comes_from_one_question() -> None:
    names = [name for wanted in MARKS.values() for name in wanted]

    assert len(names) == len(set(names))


def test_every_noun_that_is_held_out_anywhere_is_asked_for() -> None:
    asked = {scene.items[0].name for scene in questions(46, seed=0)[0].scenes}

    assert {noun for noun in NOUNS if held_out_backgrounds((noun, None))} <= asked
    assert asked <= set(OBJECTS)


def test_every_binding_is_followed_by_its_swap() -> None:
    (bindings,) = (q for q in questions(8, seed=0) if q.name == "bindings")

    for scene, swap in zip(bindings.scenes[::2], bindings.scenes[1::2], strict=True):
        identities = [item.identity for item in scene.items]
        assert [item.identity for item in swap.items] == identities[::-1]
        assert (scene.relation, scene.background) == (swap.relation, swap.background)
        assert len({item.colour for item in scene.items}) == 2


@pytest.mark.parametrize("thing", [*things()][::17], ids=lambda thing: thing[0])
def test_held_out_backgrounds_differ_from_the_things_colour(thing: tuple[str, str | None]) -> None:
    assert f"plain {thing[1]}" not in held_out_backgrounds(thing)


def test_seven_things_are_never_held_out_alone() -> None:
    never = [thing for thing in things() if not held_out_backgrounds(thing)]

    assert [Item(*thing, 0.5, 0.5, 0.5).identity for thing in never] == [
        "penguin", "rabbit", "cactus", "balloon", "red cone", "green cone", "black heart",
    ]  # fmt: skip


def test_a_pair_has_fewer_backgrounds_than_its_words_alone_would_leave() -> None:
    objects: tuple[Thing, Thing] = (("cube", "red"), ("fox", None))

    for relation in RELATIONS:
        places = held_out_backgrounds(*objects, relation=relation)
        twins = held_out_backgrounds(*objects[::-1], relation=relation)
        assert places == twins
        assert len(places) < 8


def test_solids_come_in_every_colour() -> None:
    assert len(set(solids())) == 48
