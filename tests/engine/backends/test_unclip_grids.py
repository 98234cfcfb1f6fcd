"""Strips whose frames are edits, as grids over strength or feather make them."""

from collections.abc import Iterator

import numpy as np
import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.events import ImageReady
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.paths import resource
from t2i_studio.core.request import Editing, Inpaint, Making, Refine, Strip
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings
from t2i_studio.engine.backends.unclip import UnclipBackend, load
from t2i_studio.engine.resolve import resolve

QUICK = {
    "prior": PriorSettings(steps=2, candidates=1),
    "decoder": DecoderSettings(steps=4),
}


@pytest.fixture(scope="module")
def scenes() -> Iterator[UnclipBackend]:
    phases = load("scenes", resource("checkpoints/scenes"), "cpu")
    while True:
        try:
            next(phases)
        except StopIteration as end:
            yield end.value
            return


@pytest.fixture
def picture() -> Image:
    return Image(np.random.default_rng(0).integers(0, 255, (80, 120, 3)).astype(np.uint8))


@pytest.fixture
def mask() -> Mask:
    pixels = np.zeros((80, 120), np.uint8)
    pixels[20:50, 30:70] = 255
    return Mask(pixels)


def made(scenes: UnclipBackend, request: Making) -> list[Image]:
    events = scenes.run(resolve(request, scenes.capabilities), CancelToken())
    return [event.image for event in events if isinstance(event, ImageReady)]


def test_each_edit_of_a_strip_is_what_it_is_alone(
    scenes: UnclipBackend, picture: Image, mask: Mask
) -> None:
    frames: tuple[Editing, ...] = (
        Inpaint(prompt="a fox", seed=5, image=picture, mask=mask, feather=0, **QUICK),
        Inpaint(prompt="a fox", seed=5, image=picture, mask=mask, strength=0.5, **QUICK),
        Refine(prompt="a fox", seed=5, image=picture, strength=0.5, **QUICK),
    )

    together = made(scenes, Strip(frames=frames))

    assert together == [made(scenes, frame)[0] for frame in frames]
    outside = mask.pixels == 0
    assert np.array_equal(together[0].pixels[outside], picture.pixels[outside])
