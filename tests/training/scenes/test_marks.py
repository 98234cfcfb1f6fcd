from dataclasses import replace

import pytest

from t2i_studio.training.scenes import marks
from t2i_studio.training.scenes.marks import Mark, Reading
from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.truth import LETTERS, QUESTIONS, truth

RED = Item("cube", "red", 0.5, 0.3, 0.4)
BLUE = Item("cube", "blue", 0.5, 0.7, 0.4)
FOX = Item("fox", None, 0.5, 0.7, 0.4)
STACK = Scene("pair", (RED, BLUE), "day", 0, "sticker", relation="on top of")
BESIDE = replace(STACK, items=(RED, FOX), relation="next to")
SINGLE = Scene("single", (RED,), "winter", 0, "3d render")
COUNT = Scene("count", (FOX, FOX, FOX), "winter", 0, "3d render", effect="sketch")
SIGN = Scene("sign", (), "day", 0, "sticker", word="ZOO")


def read(scene: Scene, **wrong: str) -> Reading:
    """Read what a scene shows, surely, apart from a few answers."""
    said = truth(scene) | {name.replace("_", " "): answer for name, answer in wrong.items()}
    return Reading(
        {
            question: {answer: -0.1 if answer == said.get(question) else -9.0 for answer in known}
            for question, known in {**QUESTIONS, **LETTERS}.items()
        }
    )


@pytest.mark.parametrize(
    ("mark", "scene", "wrong"),
    [
        (marks.has_object, SINGLE, {"object": "fox"}),
        (marks.has_colour, SINGLE, {"colour": "blue"}),
        (marks.has_background, SINGLE, {"background": "autumn"}),
        (marks.has_art, SINGLE, {"art": "sticker"}),
        (marks.has_effect, COUNT, {"effect": ""}),
        (marks.has_count, COUNT, {"count": "2"}),
        (marks.has_relation, STACK, {"arrangement": "side by side"}),
        (marks.has_pair, STACK, {"second_object": "fox"}),
        (marks.has_binding, STACK, {"second_colour": "green"}),
        (marks.has_word, SIGN, {"letter_3": "B"}),
        (marks.has_word, SIGN, {"letter_4": "O"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_one_wrong_answer_costs_the_mark(mark: Mark, scene: Scene, wrong: dict[str, str]) -> None:
    assert mark(scene, read(scene))
    assert not mark(scene, read(scene, **wrong))


def test_the_order_is_wrong_when_the_things_fit_better_swapped() -> None:
    swapped = read(STACK, first_colour="blue", second_colour="red")

    assert not marks.has_relation(STACK, swapped)
    assert not marks.has_binding(STACK, swapped)


def test_the_relation_holds_even_where_a_name_is_misread() -> None:
    misread = read(STACK, first_object="star")

    assert marks.has_relation(STACK, misread)
    assert not marks.has_pair(STACK, misread)


def test_the_pair_needs_no_colours_and_the_binding_does() -> None:
    pale = read(STACK, first_colour="pink")

    assert marks.has_pair(STACK, pale)
    assert not marks.has_binding(STACK, pale)


def test_next_to_has_no_order() -> None:
    mirrored = read(replace(BESIDE, items=(FOX, RED)))

    assert marks.has_relation(BESIDE, mirrored)
    assert marks.has_pair(BESIDE, mirrored)
    assert marks.has_binding(BESIDE, mirrored)


def test_shares_are_fractions_of_the_marks() -> None:
    readings = [read(SINGLE), read(SINGLE, object="owl"), read(SINGLE), read(SINGLE)]

    right = marks.marked([SINGLE] * 4, readings, marks.has_object)

    assert right == [True, False, True, True]
    assert marks.share(right) == 0.75
