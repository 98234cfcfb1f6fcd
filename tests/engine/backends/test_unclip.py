"""The unCLIP backend on the embedded checkpoint keeps the contract, and its own promises."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch

from t2i_studio.catalogue import inspect
from t2i_studio.core.cancel import CancelledError, CancelToken
from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.events import BaseReady, CandidatesRanked, ImageReady, Preview, Progress
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.paths import resource
from t2i_studio.core.request import Generate, Inpaint
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings
from t2i_studio.engine.api import Backend
from t2i_studio.engine.backends import unclip
from t2i_studio.engine.backends.support import pick_device
from t2i_studio.engine.backends.unclip import UnclipBackend, load
from t2i_studio.engine.canvas import Canvas, canvas_of
from t2i_studio.engine.resolve import resolve
from t2i_studio.latents.pixels import to_image, to_tensor
from t2i_studio.models.sampling import SAMPLERS
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.weights import load_parts
from tests.contracts import (
    BackendContract,
    cancelled_in,
    changed,
    finished,
    picture,
    stream,
)
from tests.models.checkpoints import link_scenes

FOLDER = resource("checkpoints/scenes")
QUICK = {
    "prior": PriorSettings(steps=2, candidates=2),
    "decoder": DecoderSettings(steps=3),
}


def loaded(folder: Path = FOLDER) -> UnclipBackend:
    phases = load("scenes", folder, "cpu")
    while True:
        try:
            next(phases)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # StopIteration carries Any


@pytest.fixture(scope="module")
def scenes() -> Iterator[UnclipBackend]:
    backend = loaded()
    yield backend
    backend.close()


@pytest.fixture
def generate() -> Generate:
    return Generate(prompt="a red cube on a white background", seed=5, **QUICK)


@pytest.fixture
def inpaint() -> Inpaint:
    pixels = np.random.default_rng(0).integers(0, 255, (80, 120, 3)).astype(np.uint8)
    mask = np.zeros((80, 120), np.uint8)
    mask[20:50, 30:70] = 255
    return Inpaint(prompt="a green sphere", seed=5, image=Image(pixels), mask=Mask(mask), **QUICK)


class TestContract(BackendContract):
    """One loaded model for all; few candidates, every sampler."""

    candidates = 3

    @pytest.fixture
    def backend(self, scenes: UnclipBackend) -> Backend:
        return scenes

    @pytest.fixture
    def generate(self, generate: Generate) -> Generate:
        return generate

    @pytest.fixture
    def inpaint(self, inpaint: Inpaint) -> Inpaint:
        return inpaint


def test_the_samplers_offered_are_those_that_the_models_have() -> None:
    assert set(inspect.SAMPLERS) == set(SAMPLERS)


def test_the_first_preview_is_the_size_of_the_decoder(
    scenes: UnclipBackend, generate: Generate
) -> None:
    previews = [e for e in stream(scenes, generate) if isinstance(e, Preview)]
    assert [preview.image.extent.width for preview in previews] == [64, 64, 64, 256]
    assert all(preview.frame is None for preview in previews)


def test_candidates_are_ranked_before_the_decoder_starts(
    scenes: UnclipBackend, generate: Generate
) -> None:
    events = [e for e in stream(scenes, generate) if not isinstance(e, Preview)]
    place = next(i for i, e in enumerate(events) if isinstance(e, CandidatesRanked))
    ranked = events[place]
    assert isinstance(ranked, CandidatesRanked)
    assert sorted(ranked.scores, reverse=True) == list(ranked.scores)
    assert all(e.stage == "prior" for e in events[:place] if isinstance(e, Progress))
    assert all(e.stage != "prior" for e in events[place:] if isinstance(e, Progress))


def test_more_candidates_never_lower_the_best_score(
    scenes: UnclipBackend, generate: Generate
) -> None:
    def best(candidates: int) -> float:
        request = changed(generate, prior={"candidates": candidates})
        return next(e.scores[0] for e in stream(scenes, request) if isinstance(e, CandidatesRanked))

    assert best(4) >= best(2) >= best(1)


def test_without_the_prior_nothing_is_ranked(scenes: UnclipBackend, generate: Generate) -> None:
    request = changed(generate, prior={"kind": "none"})
    events = list(stream(scenes, request))
    assert not any(isinstance(e, CandidatesRanked) for e in events)
    assert not any(isinstance(e, Progress) and e.stage == "prior" for e in events)
    assert picture(scenes, request) != picture(scenes, generate)


def test_the_negative_prompt_changes_the_picture(scenes: UnclipBackend, generate: Generate) -> None:
    negated = changed(generate, negative_prompt="a blue cube in a city street")
    assert picture(scenes, negated) != picture(scenes, generate)


def test_the_small_size_leaves_the_upsampler_out(scenes: UnclipBackend, generate: Generate) -> None:
    events = list(stream(scenes, changed(generate, size=Extent(64, 64))))
    base = next(e for e in events if isinstance(e, BaseReady))
    image = next(e for e in events if isinstance(e, ImageReady))
    assert image.image == base.image
    assert not any(isinstance(e, Progress) and e.stage == "upsampler" for e in events)


def test_prior_settings_leave_the_decoders_noise_alone(
    scenes: UnclipBackend, generate: Generate
) -> None:
    """With no guidance and one step, what is left of the picture is its noise and its text."""
    one, other = (picture(scenes, changed(generate, prior={"steps": steps})) for steps in (2, 4))
    difference = np.abs(one.pixels.astype(int) - other.pixels).mean()
    reseeded = picture(scenes, changed(generate, seed=6))
    assert difference < np.abs(one.pixels.astype(int) - reseeded.pixels).mean()


def test_a_score_comes_only_when_ranking_is_asked_for(
    scenes: UnclipBackend, generate: Generate
) -> None:
    [plain] = finished(scenes, generate)
    [ranked] = finished(scenes, changed(generate, rerank=True))
    assert plain.score is None
    assert ranked.score is not None
    assert -1 <= ranked.score <= 1
    assert ranked.image == plain.image


def test_the_score_tells_fitting_from_unfitting(scenes: UnclipBackend) -> None:
    red = Image.filled(Extent(64, 64), (200, 30, 30))
    assert scenes._loaded.score("a red background", red) > scenes._loaded.score("a night sky", red)


def test_the_recipe_names_what_the_picture_depends_on(
    scenes: UnclipBackend, generate: Generate
) -> None:
    [ready] = finished(scenes, generate)
    recipe = ready.recipe
    assert len(recipe.model.sha256) == 64
    assert recipe.numerics["float32_matmul_precision"] == torch.get_float32_matmul_precision()
    assert set(recipe.versions) >= {"t2i_studio", "torch", "diffusers", "transformers"}
    assert recipe.request.decoder.sampler == "dpm++2m"


def test_a_repaint_shows_previews_in_its_frame(scenes: UnclipBackend, inpaint: Inpaint) -> None:
    previews = [e for e in stream(scenes, inpaint) if isinstance(e, Preview)]
    frame = previews[0].frame
    assert frame is not None
    assert frame.width == frame.height
    mask = inpaint.mask.bounds
    assert frame.x <= mask.x
    assert mask.right <= frame.right


def test_the_canvas_is_computed_once_a_run_and_never_when_cancelled(
    scenes: UnclipBackend, inpaint: Inpaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Inpaint] = []

    def counted(request: Inpaint) -> Canvas:
        made.append(request)
        return canvas_of(request)

    monkeypatch.setattr(unclip, "canvas_of", counted)
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        next(stream(scenes, inpaint, token))
    assert made == []
    assert len(finished(scenes, changed(inpaint, count=2))) == 2
    assert len(made) == 1


def test_values_that_are_no_numbers_are_never_a_picture(generate: Generate) -> None:
    broken = loaded()
    weight = next(broken._loaded.bench.system.parts.decoder.parameters())  # type: ignore[attr-defined]  # a torch module behind a protocol
    with torch.no_grad():
        weight.fill_(float("nan"))
    with pytest.raises(MachineError, match="no numbers"):
        picture(broken, generate)


def test_a_device_that_is_not_here_is_the_machines_fault() -> None:
    absent = next(name for name in ("mps", "xpu", "cuda") if not _is_here(name))
    with pytest.raises(MachineError, match=f"no {absent} device"):
        pick_device(absent)


def test_an_unknown_device_is_the_users_fault() -> None:
    with pytest.raises(UserError, match="choose auto"):
        pick_device("toaster")


def _is_here(name: str) -> bool:
    try:
        pick_device(name)
    except MachineError:
        return False
    return True


def test_pictures_survive_the_way_through_tensors() -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)
    assert to_image(to_tensor(Image(levels))) == Image(levels)


@pytest.mark.parametrize("victim", ["decoder", "prior", "text_encoder", "unclip.json"])
def test_a_damaged_checkpoint_is_named(tmp_path: Path, victim: str) -> None:
    for path in FOLDER.iterdir():
        if path.name != victim:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(MachineError, match=victim):
        for _ in load("broken", tmp_path, "cpu"):
            pass


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Scenes as links, with an unclip.json of its own."""
    for path in FOLDER.iterdir():
        if path.name != "unclip.json":
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "unclip.json").write_bytes((FOLDER / "unclip.json").read_bytes())
    return tmp_path


@pytest.mark.parametrize("part", ["upsampler_256", "prior"])
def test_what_is_named_but_not_there_is_damage_to_both(copy: Path, part: str) -> None:
    (copy / part).unlink()
    with pytest.raises(MachineError, match=part):
        inspect.capabilities(copy)
    with pytest.raises(CheckpointError, match=part):
        list(load_parts(copy))


def test_what_is_not_named_is_there_for_neither(copy: Path, generate: Generate) -> None:
    without(copy, "upsampler_1024")
    without(copy, "upsampler_256")
    model = loaded(copy)
    assert model.capabilities.sizes == (Extent(64, 64),)
    [ready] = finished(model, generate)
    assert ready.image.extent == Extent(64, 64)


def test_a_prior_that_is_not_named_is_missed_by_both(copy: Path) -> None:
    without(copy, "prior")
    with pytest.raises(MachineError, match="prior"):
        inspect.capabilities(copy)
    with pytest.raises(CheckpointError, match="prior"):
        list(load_parts(copy))


def without(folder: Path, key: str) -> None:
    file = folder / "unclip.json"
    config = json.loads(file.read_text())
    del config[key]
    file.write_text(json.dumps(config))


@pytest.fixture
def large(tmp_path: Path) -> UnclipBackend:
    """Scenes with an upsampler of one pass, and one to 1024 px that is a diffusion model."""
    return loaded(link_scenes(FOLDER, tmp_path, "residual", "diffusion"))


def test_the_large_size_runs_the_whole_chain_as_planned(
    large: UnclipBackend, generate: Generate
) -> None:
    asked = changed(generate, size=Extent(1024, 1024), upsampler_1024={"steps": 2})
    planned = large.plan(resolve(asked, large.capabilities))  # before the prior is remembered
    events = list(stream(large, asked))
    steps = [e.stage for e in events if isinstance(e, Progress)]
    assert steps[-4:] == ["decoder", "upsampler", "upsampler_1024", "upsampler_1024"]
    assert Counter(steps) == {stage.key: stage.steps for stage in planned}
    previews = [e.image.extent.width for e in events if isinstance(e, Preview)]
    assert previews == [64, 64, 64, 256, 1024, 1024]
    [image] = [e for e in events if isinstance(e, ImageReady)]
    assert image.image.extent == Extent(1024, 1024)
    [again] = finished(large, image.recipe.request)
    assert again.image == image.image


def test_the_default_stays_the_first_upsamplers_size(
    large: UnclipBackend, generate: Generate
) -> None:
    assert picture(large, generate).extent == Extent(256, 256)


def test_cancel_ends_a_large_picture_between_two_steps(
    large: UnclipBackend, generate: Generate
) -> None:
    asked = changed(generate, size=Extent(1024, 1024))
    after = cancelled_in(large, asked, "upsampler_1024")
    assert not any(isinstance(event, Progress | ImageReady) for event in after)


def test_cancel_comes_through_before_the_first_step(
    scenes: UnclipBackend, generate: Generate
) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        next(stream(scenes, generate, token))
