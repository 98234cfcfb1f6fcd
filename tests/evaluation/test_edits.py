import torch

from t2i_studio.evaluation.edits import (
    SEASONS,
    Edit,
    diffs,
    has_changed,
    holes,
    is_kept_outside,
    swaps,
)
from t2i_studio.training.scenes.scene import Item, Scene
from tests.training.scenes.test_marks import read


def test_a_diff_changes_one_thing_and_its_outcome_is_held_out() -> None:
    for edit in diffs(12, seed=0):
        old, new = edit.before.items[0], edit.after.items[0]
        backgrounds = edit.before.background, edit.after.background
        assert edit.after.is_held_out
        assert old.name == new.name
        assert (old.colour != new.colour) != (backgrounds[0] != backgrounds[1])
        if backgrounds[0] != backgrounds[1]:
            assert set(backgrounds) in [set(pair) for pair in SEASONS]


def test_a_swap_puts_another_thing_into_the_same_place() -> None:
    for edit in swaps(6, seed=0):
        old, new = edit.before.items[0], edit.after.items[0]
        assert edit.after.is_held_out
        assert old.name != new.name
        assert old.box == new.box


def test_a_hole_covers_the_thing_and_little_around_it() -> None:
    scene = Scene("single", (Item("fox", None, 0.5, 0.75, 0.5),), "day", 0, "sticker")

    (mask,) = holes([Edit(scene, scene)], 100)

    assert mask.shape == (1, 100, 100)
    assert mask[0, 46:, 21:79].all()
    assert mask.sum() == 54 * 58


def test_only_pixels_outside_the_hole_must_stay() -> None:
    known = torch.zeros(3, 3, 4, 4)
    masks = torch.zeros(3, 1, 4, 4)
    masks[:, :, :2] = 1
    painted = known.clone()
    painted[0, :, 0] = 1  # inside
    painted[1, 2, 3, 3] = 0.02  # outside, by more than a level
    painted[2, 0, 3, 0] = 0.001  # outside, and gone in 8 bits

    assert is_kept_outside(known, painted, masks) == [True, False, True]


def test_a_change_counts_only_if_everything_else_stays() -> None:
    red = Scene("single", (Item("cube", "red", 0.5, 0.5, 0.6),), "winter", 0, "sticker")
    blue = Scene("single", (Item("cube", "blue", 0.5, 0.5, 0.6),), "winter", 0, "sticker")
    edit = Edit(red, blue)

    assert has_changed(edit, read(blue))
    assert not has_changed(edit, read(red))
    assert not has_changed(edit, read(blue, background="autumn"))
    assert not has_changed(edit, read(blue, object="star"))


def test_the_colour_of_a_noun_is_not_asked() -> None:
    fox = Scene("single", (Item("fox", None, 0.5, 0.5, 0.6),), "winter", 0, "sticker")

    assert has_changed(Edit(fox, fox), read(fox, colour="green"))
