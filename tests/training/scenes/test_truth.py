from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.truth import LETTERS, QUESTIONS, by_place, truth

RED_CUBE = Item("cube", "red", 0.5, 0.3, 0.4)
FOX = Item("fox", None, 0.5, 0.7, 0.4)


def test_a_single_thing_is_described_whole() -> None:
    scene = Scene("single", (RED_CUBE,), "winter", 0, "sticker")

    assert truth(scene) == {
        "background": "winter",
        "effect": "",
        "object": "cube",
        "colour": "red",
        "count": "1",
        "art": "sticker",
    }


def test_a_noun_has_no_colour_and_an_effect_hides_the_art() -> None:
    scene = Scene("count", (FOX, FOX), "beach", 0, "flat icon", effect="sketch")

    assert truth(scene) == {
        "background": "beach",
        "effect": "sketch",
        "object": "fox",
        "count": "2",
    }


def test_a_pair_is_described_by_place_whatever_the_order_of_its_caption() -> None:
    above = Scene("pair", (RED_CUBE, FOX), "day", 0, "sticker", relation="on top of")
    below = Scene("pair", (FOX, RED_CUBE), "day", 0, "sticker", relation="below")

    assert by_place(below) == (RED_CUBE, FOX)
    assert truth(above) == truth(below)
    assert truth(above)["first colour"] == "red"
    assert truth(above)["arrangement"] == "stacked"


def test_a_sign_is_spelled_to_its_end() -> None:
    scene = Scene("sign", (), "day", 0, "sticker", word="HI")

    spelled = [truth(scene)[slot] for slot in LETTERS]

    assert spelled == ["H", "I", "", "", ""]


def test_every_true_answer_is_one_of_the_known_ones() -> None:
    scene = Scene("pair", (FOX, RED_CUBE), "space", 0, "3d render", relation="next to", word="A")
    known = {**QUESTIONS, **LETTERS}

    assert all(answer in known[question] for question, answer in truth(scene).items())
