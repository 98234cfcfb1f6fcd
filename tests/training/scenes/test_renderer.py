"""Pictures of scenes: where the truth says, the same at every run, alike at every size."""

import random
from dataclasses import replace
from typing import get_args

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sampler import Fixed, SceneSampler
from t2i_studio.training.scenes.scene import Item, Kind, Scene
from t2i_studio.training.scenes.sprites import Sprites
from t2i_studio.training.scenes.vocabulary import EFFECTS

Pixels = npt.NDArray[np.uint8]

CUBE = Item("cube", "red", 0.5, 0.5, 0.5)
SCENE = Scene("single", (CUBE,), "plain white", 3, "sticker")


@pytest.fixture(scope="module")
def renderer(sprites: Sprites) -> Renderer:
    return Renderer(64, sprites)


def changed(renderer: Renderer, scene: Scene) -> npt.NDArray[np.bool_]:
    """Return which pixels the items of a scene take, (size, size)."""
    picture, empty = (renderer.render(s) for s in (scene, replace(scene, items=())))
    difference: npt.NDArray[np.bool_] = (picture != empty).any(axis=-1)
    return difference


def spanned(mask: npt.NDArray[np.bool_]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of what is marked, as fractions."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    edges = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
    return tuple(float(edge) / len(mask) for edge in edges)  # type: ignore[return-value]  # four


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_scene_gives_the_same_pixels_in_any_order(sprites: Sprites, kind: Kind) -> None:
    sampler = SceneSampler(random.Random(4))
    drawn = [sampler.draw(Fixed(kind=kind)) for _ in range(4)]
    one, other = Renderer(64, sprites), Renderer(64, sprites)

    forwards = [one.render(scene) for scene in drawn]
    backwards = [other.render(scene) for scene in reversed(drawn)]

    assert all(map(np.array_equal, forwards, reversed(backwards)))
    assert {(picture.shape, picture.dtype.name) for picture in forwards} == {((64, 64, 3), "uint8")}


@pytest.mark.parametrize("kind", ["single", "pair", "count", "sign"])
def test_boxes_tell_where_the_items_are(renderer: Renderer, kind: Kind) -> None:
    scene = SceneSampler(random.Random(7)).draw(Fixed(kind, effect=""))
    for item in scene.items:
        alone = replace(scene, items=(replace(item, has_shadow=False),))

        found = spanned(changed(renderer, alone))

        left, top, right, bottom = item.box
        assert np.abs(np.subtract(found, (left, top, right, bottom))).max() < 0.1 * item.size + 0.03


def test_a_shadow_lies_under_the_item_and_not_beside_it(renderer: Renderer) -> None:
    bare = changed(renderer, replace(SCENE, items=(replace(CUBE, has_shadow=False),)))

    rows, columns = np.nonzero(changed(renderer, SCENE) & ~bare)

    assert rows.min() > 40
    assert {*columns} <= {*range(16, 48)}


@pytest.mark.parametrize("background", ["space", "underwater"])
def test_nothing_throws_a_shadow_where_there_is_no_ground(
    renderer: Renderer, background: str
) -> None:
    floating = replace(SCENE, background=background)
    bare = replace(floating, items=(replace(CUBE, has_shadow=False),))

    assert np.array_equal(renderer.render(floating), renderer.render(bare))


def test_what_stands_on_another_is_drawn_over_it(renderer: Renderer) -> None:
    above = Item("sphere", "blue", 0.5, 0.3, 0.4)
    below = Item("cube", "red", 0.5, 0.6, 0.4)

    pictures = [
        renderer.render(Scene("pair", items, "plain white", 0, "sticker", relation=relation))
        for items, relation in (((above, below), "on top of"), ((below, above), "below"))
    ]

    assert np.array_equal(pictures[0], pictures[1])
    assert pictures[0][28, 32].argmax() == 2


def test_signs_carry_their_word(renderer: Renderer) -> None:
    sign = Scene("sign", (Item("sign", None, 0.5, 0.5, 0.84),), "plain blue", 0, "sticker")

    tea, zoo = (renderer.render(replace(sign, word=word)) for word in ("TEA", "ZOO"))

    difference = np.abs(tea.astype(int) - zoo).sum(axis=-1) > 60
    assert difference[6:40].mean() > 0.05
    assert not difference[42:].any()


@pytest.mark.parametrize("effect", EFFECTS)
def test_effects_change_the_whole_picture(renderer: Renderer, effect: str) -> None:
    plain, drawn = (renderer.render(s) for s in (SCENE, replace(SCENE, effect=effect)))

    assert (plain != drawn).any(axis=-1).mean() > 0.1


@pytest.mark.parametrize("size", [128, 256, 1024])
def test_a_scene_is_alike_at_every_size(renderer: Renderer, sprites: Sprites, size: int) -> None:
    scene = replace(SCENE, background="beach")

    large = Image.fromarray(Renderer(size, sprites).render(scene))

    reduced = np.asarray(large.resize((64, 64), Image.Resampling.BOX), int)
    assert np.abs(reduced - renderer.render(scene)).mean() < 8
