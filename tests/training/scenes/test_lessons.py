import torch

from t2i_studio.training.scenes.lessons import Lessons, blemished, targets, to_pixels
from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.truth import UNASKED
from tests.evaluation.tiny import Flat


def test_what_a_scene_does_not_settle_is_not_asked() -> None:
    fox = Scene("single", (Item("fox", None, 0.5, 0.5, 0.6),), "day", 0, "sticker")

    found = targets({"object": ("owl", "fox"), "colour": ("red",)}, [fox, fox])

    assert found["object"].tolist() == [1, 1]
    assert found["colour"].tolist() == [UNASKED, UNASKED]


def test_a_lesson_follows_from_its_number() -> None:
    lessons = Lessons(Flat(), seed=0, signs=3)

    again = Lessons(Flat(), seed=0, signs=3)

    for draw, same in ((lessons.scenes, again.scenes), (lessons.signs, again.signs)):
        assert torch.equal(draw(4, 7, 0).pixels, same(4, 7, 0).pixels)
        assert not torch.equal(draw(4, 7, 0).pixels, draw(4, 7, 1).pixels)


def test_blemishes_keep_shape_and_range_and_most_of_the_picture() -> None:
    pixels = to_pixels(Flat().render(SCENE)[None]).expand(8, -1, -1, -1)

    found = blemished(pixels, torch.Generator().manual_seed(0))

    assert found.shape == pixels.shape
    assert found.abs().max() <= 1
    assert 0 < (found - pixels).abs().mean() < 0.2


SCENE = Scene("single", (Item("cube", "red", 0.5, 0.5, 0.6),), "day", 0, "sticker")
