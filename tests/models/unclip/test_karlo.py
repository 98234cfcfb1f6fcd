from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import UnCLIPImageVariationPipeline, UnCLIPPipeline, UnCLIPScheduler
from torch import Tensor

from t2i_studio.models.sampling import randn, stage_generator
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.karlo import Karlo, load_karlo
from t2i_studio.models.unclip.pipeline import Settings, UnCLIP
from t2i_studio.models.unclip.prior import PriorSettings
from tests.models.running import collect, finish
from tests.models.tiny_clip import DIM
from tests.models.tiny_karlo import SIZES, make_karlo

LEVEL = 2 / 255
PROMPTS = ["red fox", "a cat"]
PRIOR, DECODER, UPSAMPLER = "prior", "decoder", "upsampler 32"
OWN = DecoderSettings(4, 8.0, sampler="unclip")
SETTINGS = Settings(PriorSettings(3, 4.0, candidates=1), OWN)


class _OwnNoise(UnCLIPScheduler):
    """Draws from its own generators: diffusers' pipeline has but one for all stages."""

    generators: list[torch.Generator]

    def step(self, *arguments: Any, **options: Any) -> Any:
        return UnCLIPScheduler.step(self, *arguments, **options | {"generator": self.generators})


def own_noise(scheduler: Any, generators: list[torch.Generator]) -> Any:
    kind: Any = _OwnNoise
    made = kind.from_config(scheduler.config)
    made.generators = generators
    return made


def generators_of(stage: str, seeds: Sequence[int], *more: int) -> list[torch.Generator]:
    return [stage_generator(seed, stage, *more) for seed in seeds]


def shared_parts(karlo: Karlo) -> dict[str, Any]:
    return {
        "tokenizer": karlo.parts.front.tokenizer,
        "text_encoder": karlo.parts.front.text_encoder,
        "text_proj": karlo.parts.projection,
        "decoder": karlo.parts.decoder,
        "super_res_first": karlo.parts.first,
        "super_res_last": karlo.parts.last,
    }


def later_noise(karlo: Karlo, seeds: list[int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schedulers and the starting noise of decoder and upsampler."""
    steps, large = generators_of(f"{DECODER} steps", seeds), generators_of(UPSAMPLER, seeds)
    starts = {
        "decoder_latents": karlo.draw_noise(seeds),
        "super_res_latents": randn(large, (3, SIZES[1], SIZES[1])),
    }
    schedulers = {
        "decoder_scheduler": own_noise(karlo.parts.decoder_scheduler, steps),
        "super_res_scheduler": own_noise(karlo.parts.upsampler_scheduler, large),
    }
    return schedulers, starts


def pictures_of(pipeline: Any, **options: Any) -> Tensor:
    """Run diffusers' pipeline: (B, 3, H, W) in [0, 1]."""
    pipeline.set_progress_bar_config(disable=True)
    images = pipeline(
        decoder_num_inference_steps=OWN.steps,
        decoder_guidance_scale=OWN.guidance,
        output_type="np",
        **options,
    ).images
    return torch.from_numpy(images).permute(0, 3, 1, 2)


def diffusers_pictures(karlo: Karlo, prompts: list[str], seeds: list[int]) -> Tensor:
    prior = karlo.parts.front.prior
    assert prior is not None
    first = generators_of(PRIOR, seeds)
    latents = randn(first, (DIM,))
    schedulers, starts = later_noise(karlo, seeds)
    pipeline: Any = UnCLIPPipeline(  # type: ignore[no-untyped-call]  # diffusers
        prior=prior.prior,
        prior_scheduler=own_noise(prior.prior_scheduler, first),
        **shared_parts(karlo),
        **schedulers,
    )
    return pictures_of(
        pipeline,
        prompt=prompts,
        prior_num_inference_steps=3,
        prior_guidance_scale=4.0,
        prior_latents=latents,
        **starts,
    )


def diffusers_variation(karlo: Karlo, z: Tensor, seeds: list[int]) -> Tensor:
    schedulers, starts = later_noise(karlo, seeds)
    pipeline: Any = UnCLIPImageVariationPipeline(  # type: ignore[no-untyped-call]  # diffusers
        feature_extractor=None,
        image_encoder=karlo.parts.front.image_encoder,
        **shared_parts(karlo),
        **schedulers,
    )
    return pictures_of(pipeline, image_embeddings=z, **starts)


def in_unit(pixels: Tensor) -> Tensor:
    return pixels * 0.5 + 0.5


def test_text_to_image_equals_diffusers_pipeline(karlo: Karlo) -> None:
    ours = finish(UnCLIP(karlo).make(PROMPTS, seeds=[3, 4], settings=SETTINGS)).pixels

    theirs = diffusers_pictures(karlo, PROMPTS, [3, 4])
    torch.testing.assert_close(in_unit(ours), theirs, atol=LEVEL, rtol=0)


@pytest.mark.usefixtures("one_thread")
def test_with_one_thread_every_bit_equals_diffusers_pipeline(karlo: Karlo) -> None:
    ours = finish(UnCLIP(karlo).make(PROMPTS[:1], seeds=[3], settings=SETTINGS)).pixels

    assert torch.equal(in_unit(ours), diffusers_pictures(karlo, PROMPTS[:1], [3]))


@pytest.mark.usefixtures("one_thread")
def test_with_one_thread_every_bit_of_a_variation_equals_diffusers_pipeline(karlo: Karlo) -> None:
    model = UnCLIP(karlo)
    z = karlo.encode_image(torch.linspace(-1, 1, 40).expand(1, 3, 40, 40))

    base = finish(karlo.decode(z, model.null, model.null, seeds=[5], settings=OWN))
    chain = finish(model.enlarge(base, [5], karlo.plan_upsampling(SIZES[1], {})))

    assert torch.equal(in_unit(chain[-1]), diffusers_variation(karlo, z, [5]))


def test_the_null_embedding_is_the_learned_one(karlo: Karlo) -> None:
    learned = karlo.parts.projection.learned_classifier_free_guidance_embeddings
    assert torch.equal(karlo.null_z[0], learned)


def test_only_the_last_upsampling_step_takes_the_last_network(karlo: Karlo) -> None:
    calls: list[str] = []
    hooks = [
        getattr(karlo.parts, name).register_forward_hook(lambda *_, name=name: calls.append(name))
        for name in ("first", "last")
    ]
    steps, pixels = collect(
        karlo.upsample("upsampler", torch.zeros(1, 3, SIZES[0], SIZES[0]), seeds=[0])
    )
    for hook in hooks:
        hook.remove()

    assert calls == ["first"] * 6 + ["last"]
    assert len(steps) == 7
    assert pixels.shape == (1, 3, SIZES[1], SIZES[1])


@pytest.mark.parametrize(
    ("size", "steps", "expected"),
    [(16, {}, {}), (32, {}, {"upsampler": 7}), (32, {"upsampler": 3}, {"upsampler": 3})],
)
def test_the_plan_ends_at_the_size(
    karlo: Karlo, size: int, steps: dict[str, int], expected: dict[str, int]
) -> None:
    assert karlo.plan_upsampling(size, steps) == expected


def test_other_sizes_are_refused(karlo: Karlo) -> None:
    with pytest.raises(ValueError, match="16 or 32 px wide, not 1024"):
        karlo.plan_upsampling(1024, {})


def test_without_an_image_encoder_prompts_still_work(tmp_path: Path) -> None:
    karlo = finish(load_karlo(make_karlo(tmp_path, image_encoder=False)))

    pictures = finish(UnCLIP(karlo).make(PROMPTS[:1], seeds=[0], settings=SETTINGS))

    assert pictures.pixels.isfinite().all()
    assert not karlo.has_image_encoder
    with pytest.raises(ValueError, match="no image encoder"):
        karlo.encode_image(pictures.pixels)


def test_without_a_prior_the_text_embedding_stands_in(karlo_folder: Path, tmp_path: Path) -> None:
    for path in karlo_folder.iterdir():
        if path.name != "prior":
            (tmp_path / path.name).symlink_to(path)
    model = UnCLIP(finish(load_karlo(tmp_path)))

    pictures = finish(model.make(PROMPTS[:1], seeds=[0], settings=Settings(None, OWN)))

    assert pictures.candidates is None
    with pytest.raises(ValueError, match="no prior"):
        model.system.sample_prior(model.null, model.null, seeds=[0], settings=PriorSettings(2, 1.0))


def test_loading_names_each_part_and_prints_nothing(
    karlo_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    phases, karlo = collect(load_karlo(karlo_folder))

    assert phases == ["text encoder", "image encoder", "prior", "decoder", "upsampler"]
    assert karlo.memory_bytes > 10_000
    assert capfd.readouterr() == ("", "")


def test_parts_of_another_model_are_refused(karlo_folder: Path, tmp_path: Path) -> None:
    for path in karlo_folder.iterdir():
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "decoder_scheduler").unlink()
    (tmp_path / "decoder_scheduler").symlink_to(karlo_folder / "prior_scheduler")

    with pytest.raises(CheckpointError, match="decoder_scheduler: variance_type is fixed_small"):
        finish(load_karlo(tmp_path))
