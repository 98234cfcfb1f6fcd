from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.events import BaseReady, ImageReady
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Generate, Inpaint
from t2i_studio.engine.backends.fake import FakeBackend, load
from t2i_studio.engine.backends.fake_latents import COLOURS
from t2i_studio.engine.resolve import resolve
from tests.contracts import BackendContract, picture, stream


class TestFakeBackend(BackendContract):
    @pytest.fixture
    def backend(self) -> FakeBackend:
        return FakeBackend()

    @pytest.fixture
    def generate(self) -> Generate:
        return Generate(prompt="a red cube", seed=7, size=Extent(64, 64))

    @pytest.fixture
    def inpaint(self) -> Inpaint:
        pixels = np.zeros((30, 40), np.uint8)
        pixels[5:20, 10:30] = 255
        return Inpaint(
            prompt="a blue ball",
            seed=7,
            image=Image.filled(Extent(40, 30), (10, 20, 30)),
            mask=Mask(pixels),
            size=Extent(64, 64),
        )


@pytest.mark.parametrize("colour", COLOURS)
def test_first_colour_word_is_painted(colour: str) -> None:
    image = picture(FakeBackend(), Generate(prompt=f"A {colour.upper()} cube, green", seed=1))

    assert np.abs(image.pixels.mean(axis=(0, 1)) - COLOURS[colour]).max() < 6


def test_no_colour_word_is_grey() -> None:
    image = picture(FakeBackend(), Generate(prompt="a cube", seed=1))

    assert np.abs(image.pixels.mean(axis=(0, 1)) - 128).max() < 6


def test_test_is_called_before_every_step() -> None:
    calls: list[tuple[str, int]] = []
    backend = FakeBackend(before_step=lambda stage, step: calls.append((stage, step)))

    list(stream(backend, Generate(prompt="a", seed=1, decoder={"steps": 2}, prior={"steps": 1})))

    assert calls == [("prior", 1), ("decoder", 1), ("decoder", 2), ("upsampler", 1)]


def test_base_comes_before_the_picture() -> None:
    events = list(stream(FakeBackend(), Generate(prompt="a", seed=1)))

    assert isinstance(events[-2], BaseReady)
    assert isinstance(events[-1], ImageReady)
    assert (events[-2].image.extent, events[-1].image.extent) == (Extent(64, 64), Extent(256, 256))


def test_loading_has_a_phase_and_closing_changes_nothing() -> None:
    loading = load("fake", Path(), "cpu")

    phases = [next(loading)]
    with pytest.raises(StopIteration) as end:
        next(loading)
    backend = end.value.value
    backend.close()

    assert phases == ["Loading nothing"]
    request = resolve(Generate(prompt="a", seed=1), backend.capabilities)
    assert list(backend.run(request, CancelToken()))
