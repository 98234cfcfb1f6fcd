"""Karlo and Kandinsky 2.2 through the engine: what works on Scenes works on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from t2i_studio.catalogue.layouts import find_prior
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.concept import Concept, FromPicture, FromPrompt, Mix, TextDiff
from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import (
    CandidatesRanked,
    Classified,
    Event,
    Failed,
    Finished,
    ImageReady,
    LatentReady,
    Progress,
)
from t2i_studio.core.generators import result_of
from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Classify, Decode, Generate, Inpaint, Refine, Request
from t2i_studio.engine.backends.unclip import load
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.runner import Runner
from t2i_studio.gallery import metadata
from t2i_studio.models.unclip import layouts
from tests.models.tiny_kandinsky import make_kandinsky
from tests.models.tiny_karlo import make_karlo

FEW: dict[str, Any] = {"prior": {"steps": 2}, "decoder": {"steps": 3}, "seed": 5}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("models")
    make_kandinsky(folder / "kandinsky-prior", folder / "kandinsky")
    return {"karlo": make_karlo(folder / "karlo"), "kandinsky": folder / "kandinsky"}


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner(Registry("cpu"))
    yield runner
    runner.close()


@pytest.fixture(params=["karlo", "kandinsky"])
def model(request: pytest.FixtureRequest, models: dict[str, Path]) -> str:
    return str(models[request.param])


@pytest.fixture
def photo() -> Image:
    ramp = np.linspace(0, 255, 40).astype(np.uint8)
    return Image(np.stack([np.tile(ramp, (40, 1))] * 3, axis=-1))


def run(runner: Runner, request: Request) -> list[Event]:
    events = list(runner.run(request, CancelToken()))
    assert isinstance(events[-1], Finished), events[-1]
    return events


def picture_of(events: list[Event]) -> ImageReady:
    return next(event for event in events if isinstance(event, ImageReady))


def test_a_prompt_becomes_a_png_with_its_recipe(runner: Runner, model: str, tmp_path: Path) -> None:
    events = run(runner, Generate(prompt="red fox", model=model, rerank=True, **FEW))

    ready = picture_of(events)
    path = tmp_path / "picture.png"
    path.write_bytes(metadata.encode(ready.image, ready.recipe, ".png"))
    assert metadata.read_recipe(path) == ready.recipe
    assert ready.score is not None
    assert [event.kind for event in events if isinstance(event, CandidatesRanked)]
    assert path.stat().st_size > 100


def test_a_recipe_replays_to_the_same_picture(runner: Runner, model: str) -> None:
    first = picture_of(run(runner, Generate(prompt="red fox", model=model, **FEW)))
    again = picture_of(run(runner, first.recipe.request))

    assert again.image == first.image


def test_the_steps_are_those_that_were_planned(runner: Runner, model: str) -> None:
    steps = [
        event
        for event in run(runner, Generate(prompt="red fox", model=model, **FEW))
        if isinstance(event, Progress)
    ]
    assert [event.step for event in steps] == list(range(1, steps[-1].total + 1))


def test_a_repaint_keeps_what_is_not_masked(runner: Runner, model: str, photo: Image) -> None:
    mask = np.zeros((40, 40), np.uint8)
    mask[10:20, 10:20] = 255

    events = run(
        runner,
        Inpaint(prompt="red", image=photo, mask=Mask(mask), feather=0, model=model, **FEW),
    )

    painted = picture_of(events).image.pixels
    assert np.array_equal(painted[mask == 0], photo.pixels[mask == 0])
    assert not np.array_equal(painted[mask > 0], photo.pixels[mask > 0])


@pytest.mark.parametrize("content", ["original", "fill", "blur", "noise"])
def test_a_repaint_of_less_strength_keeps_what_is_not_masked(
    runner: Runner, model: str, photo: Image, content: str
) -> None:
    mask = np.zeros((40, 40), np.uint8)
    mask[10:20, 10:20] = 255
    how: dict[str, Any] = {**FEW, "strength": 0.7, "content": content}
    request = Inpaint(prompt="red", image=photo, mask=Mask(mask), feather=0, model=model, **how)

    events = run(runner, request)

    painted = picture_of(events).image.pixels
    assert np.array_equal(painted[mask == 0], photo.pixels[mask == 0])
    assert sum(event.stage == "decoder" for event in events if isinstance(event, Progress)) == 2


def test_a_picture_is_refined_and_replayed(runner: Runner, model: str, photo: Image) -> None:
    how: dict[str, Any] = {**FEW, "strength": 0.7, "frame": Bounds(8, 0, 32, 32)}

    first = run(runner, Refine(prompt="red", image=photo, model=model, **how))

    again = picture_of(run(runner, picture_of(first).recipe.request))
    assert again.image == picture_of(first).image
    assert again.image.extent == photo.extent
    assert again.image != photo
    assert np.array_equal(again.image.pixels[:, :8], photo.pixels[:, :8])


@pytest.mark.parametrize(
    "concept",
    [
        lambda photo: Concept(base=FromPicture(image=photo)),
        lambda photo: Concept(
            base=FromPicture(image=photo), edits=(TextDiff(before="red", after="cat", theta=0.3),)
        ),
        lambda photo: Concept(
            base=Mix(corners=(FromPicture(image=photo), FromPrompt(prompt="red")), x=0.5)
        ),
    ],
    ids=["variation", "text diff", "mix"],
)
@pytest.mark.parametrize("noise", ["drawn", "inverted"])
def test_the_explorers_operations_work(
    runner: Runner, model: str, photo: Image, concept: Any, noise: str
) -> None:
    request = Decode(
        concept=concept(photo),
        noise=noise,
        model=model,
        inversion={"steps": 3, "iterations": 1},
        seed=5,
        decoder={"steps": 3, "eta": 0.5},
        prior={"steps": 2},
    )
    events = run(runner, request)

    assert any(isinstance(event, LatentReady) for event in events)
    assert picture_of(events).recipe.request.decoder.sampler == "ddim"


def test_labels_are_read_from_pictures(runner: Runner, model: str, photo: Image) -> None:
    events = run(
        runner, Classify(start=FromPicture(image=photo), labels=("red", "cat"), model=model)
    )
    found = next(event for event in events if isinstance(event, Classified))
    assert sum(found.shares) == pytest.approx(1, abs=1e-5)


def test_a_sampler_of_other_decoders_is_refused(runner: Runner, model: str) -> None:
    request = Generate(prompt="red", model=model, decoder={"sampler": "dpm++2m"})

    end = list(runner.run(request, CancelToken()))[-1]

    assert isinstance(end, Failed)
    assert "There is no sampler 'dpm++2m' here" in end.message


def test_damaged_weights_are_named(models: dict[str, Path], tmp_path: Path) -> None:
    for path in models["karlo"].iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "decoder").unlink()
    (tmp_path / "decoder").mkdir()
    config = (models["karlo"] / "decoder" / "config.json").read_text()
    (tmp_path / "decoder" / "config.json").write_text(config)

    with pytest.raises(MachineError, match=r"decoder.*safetensors: the file is missing"):
        result_of(load("karlo", tmp_path, "cpu"))


def test_catalogue_and_models_find_the_same_prior(models: dict[str, Path]) -> None:
    folder = models["kandinsky"]
    assert find_prior(folder) == layouts.find_prior(folder)
