"""What the operations on embeddings mean to the embedded model, seen in its pictures."""

from typing import Any

import numpy as np
import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.concept import Concept, FromPicture, TextDiff
from t2i_studio.core.events import BasisReady, Classified, Embedded, ImageReady
from t2i_studio.core.generators import result_of
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import Classify, Decode, Embed, FitBasis, Generate, Work
from t2i_studio.engine.backends.unclip import UnclipBackend, load
from t2i_studio.engine.resolve import resolve
from tests.e2e.oracle import find
from tests.models.conftest import SCENES

SMALL = Extent(64, 64)
THETA = 0.4
SEEDS = 4
THINGS = ("fox", "robot", "house")
SOLIDS = ("cube", "ball", "cone")
BACKGROUNDS = ("a winter landscape", "an autumn landscape", "a beach", "a city street at night")


@pytest.fixture(scope="module")
def scenes() -> UnclipBackend:
    return result_of(load("scenes", SCENES, "cpu"))


def answer(scenes: UnclipBackend, request: Work, kind: type) -> Any:
    events = scenes.run(resolve(request, scenes.capabilities), CancelToken())
    return [event for event in events if isinstance(event, kind)][-1]


def made(scenes: UnclipBackend, prompt: str, seed: int = 1, steps: int = 15) -> Image:
    decoder = {"steps": steps}
    request = Generate(prompt=prompt, seed=seed, size=SMALL, decoder=decoder)
    image: Image = answer(scenes, request, ImageReady).image
    return image


def changed(scenes: UnclipBackend, image: Image, before: str, after: str) -> Image:
    diff = TextDiff(before=before, after=after, theta=THETA)
    concept = Concept(base=FromPicture(image=image), edits=(diff,))
    request = Decode(concept=concept, noise="inverted", size=SMALL, seed=1)
    result: Image = answer(scenes, request, ImageReady).image
    return result


def label(scenes: UnclipBackend, image: Image, labels: tuple[str, ...], template: str) -> str:
    """Return what CLIP takes the picture for."""
    request = Classify(start=FromPicture(image=image), labels=labels, templates=(template,))
    shares = answer(scenes, request, Classified).shares
    return labels[int(np.argmax(shares))]


def ground(image: Image) -> tuple[float, float, float]:
    """Mean red, green and blue of the lowest rows."""
    low = image.crop(Bounds(0, 54, 64, 10)).pixels.mean(axis=(0, 1))
    return tuple(float(value) for value in low)  # type: ignore[return-value]  # three


@pytest.mark.parametrize("thing", THINGS)
def test_winter_becomes_autumn_and_the_object_stays(scenes: UnclipBackend, thing: str) -> None:
    before, after = (f"a {thing} in {place}" for place in BACKGROUNDS[:2])
    winter = made(scenes, before)
    autumn = changed(scenes, winter, before, after)

    assert ground(winter)[2] > 200  # snow
    red, _, blue = ground(autumn)
    assert red - blue > 60  # fallen leaves
    assert label(scenes, winter, BACKGROUNDS, f"a {thing} in {{}}") == BACKGROUNDS[0]
    assert label(scenes, autumn, BACKGROUNDS, f"a {thing} in {{}}") == BACKGROUNDS[1]
    assert label(scenes, autumn, THINGS, "a {} in an autumn landscape") == thing


@pytest.mark.parametrize("solid", SOLIDS)
def test_red_becomes_blue_and_nothing_else_changes(scenes: UnclipBackend, solid: str) -> None:
    before, after = (f"a {colour} {solid} on a white background" for colour in ("red", "blue"))
    red = made(scenes, before)
    blue = changed(scenes, red, before, after)

    was, now = find(red, "red"), find(blue, "blue")
    assert was.is_there
    assert now.share > was.share / 2
    assert find(blue, "red").share < was.share / 4
    assert abs(now.x - was.x) < 0.1
    assert abs(now.y - was.y) < 0.1
    corners = blue.crop(Bounds(0, 0, 64, 6)).pixels
    assert corners.mean() > 240  # the background is still white


@pytest.mark.parametrize("thing", [*THINGS, "cat", "strawberry", "tree"])
def test_the_label_bars_name_the_object(scenes: UnclipBackend, thing: str) -> None:
    picture = made(scenes, f"a {thing} on a white background", steps=8)
    labels = (*THINGS, "cat", "strawberry", "tree")
    assert label(scenes, picture, labels, "a {} on a white background") == thing


def test_the_map_of_components_separates_backgrounds(scenes: UnclipBackend) -> None:
    places = ("a winter landscape", "an autumn landscape", "a city street at night")
    captions = [f"a fox in {place}" for place in places for _ in range(SEEDS)]
    pictures = tuple(
        made(scenes, caption, seed=place % SEEDS, steps=6) for place, caption in enumerate(captions)
    )
    embedded = answer(scenes, Embed(inputs=pictures), Embedded).embeddings
    fit = FitBasis(embeddings=embedded, components=2)
    coordinates = answer(scenes, fit, BasisReady).coordinates.values

    groups = coordinates.reshape(len(places), SEEDS, 2)
    centres = groups.mean(axis=1)
    distances = np.linalg.norm(coordinates[:, None] - centres[None], axis=-1)
    nearest = distances.argmin(axis=1).reshape(len(places), SEEDS)
    assert (nearest == np.arange(len(places))[:, None]).mean() >= 0.9
