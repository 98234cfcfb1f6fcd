from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from diffusers import PriorTransformer, UnCLIPPipeline, UnCLIPScheduler
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.sampling import stage_generator
from t2i_studio.models.unclip.clip import encode_text, rescale
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import UnCLIP
from t2i_studio.models.unclip.prior import PriorSettings, sample_prior, text_as_image
from tests.models.running import collect, finish

PROMPTS = ["a red cube on top of a blue cube", "a sticker of a fox in a field at sunrise"]
OTHER_MODULES = (
    "prior",
    "decoder",
    "text_encoder",
    "tokenizer",
    "text_proj",
    "super_res_first",
    "super_res_last",
    "decoder_scheduler",
    "super_res_scheduler",
)
FAST = PriorSettings(steps=4, guidance=2.0, candidates=2)


class _PriorDoneError(Exception):
    """Carries what diffusers' pipeline hands from its prior to its decoder."""


class _UnmaskedPrior:
    """Scenes' prior sees the padding; Karlo's pipeline would mask it."""

    def __init__(self, prior: Any) -> None:
        self.prior, self.config = prior, prior.config
        self.post_process_latents = prior.post_process_latents

    def __call__(self, *args: Any, attention_mask: Tensor, **options: Any) -> Any:
        return self.prior(*args, **options)


def prior_of_diffusers_pipeline(
    unclip: UnCLIP[Native],
    prompts: list[str],
    settings: PriorSettings,
    generators: list[torch.Generator],
) -> Tensor:
    """Embeddings (B * N, D) that diffusers' own pipeline makes with our prior and our CLIP."""

    def give_up(*, image_embeddings: Tensor, **_: Any) -> None:
        raise _PriorDoneError(image_embeddings)

    def encode(ids: Tensor) -> SimpleNamespace:
        output = unclip.system.parts.text_encoder(input_ids=ids)
        embeds = rescale(output.text_embeds, unclip.system.parts.layout.embedding_scale)
        return SimpleNamespace(text_embeds=embeds, last_hidden_state=output.last_hidden_state)

    config = unclip.system.parts.prior_scheduler.config
    pipeline: Any = UnCLIPPipeline(  # type: ignore[no-untyped-call]  # diffusers
        prior_scheduler=UnCLIPScheduler.from_config(config),  # type: ignore[no-untyped-call]
        **dict.fromkeys(OTHER_MODULES),
    )
    pipeline.__dict__.update(
        tokenizer=unclip.system.parts.tokenizer,
        text_encoder=encode,
        text_proj=give_up,
        prior=_UnmaskedPrior(unclip.system.parts.prior),
    )
    pipeline.set_progress_bar_config(disable=True)
    with pytest.raises(_PriorDoneError) as done:
        pipeline(
            prompts,
            num_images_per_prompt=settings.candidates,
            prior_num_inference_steps=settings.steps,
            prior_guidance_scale=settings.guidance,
            generator=generators,
        )
    return done.value.args[0]  # type: ignore[no-any-return]  # what give_up put there


@pytest.mark.parametrize(
    "settings", [FAST, PriorSettings(steps=20, guidance=4.0, candidates=1)], ids=["two", "one"]
)
def test_the_prior_equals_diffusers_pipeline(
    unclip: UnCLIP[Native], settings: PriorSettings
) -> None:
    seeds = [3, 4]
    generators = [
        stage_generator(seed, "prior", k) for seed in seeds for k in range(settings.candidates)
    ]
    theirs = prior_of_diffusers_pipeline(unclip, PROMPTS, settings, generators)

    text = encode_text(unclip.system.parts, PROMPTS)
    ours = finish(
        sample_prior(unclip.system.parts, text, unclip.null, seeds=seeds, settings=settings)
    )

    in_order_of_drawing = torch.empty_like(ours.z).scatter(
        1, ours.draws[..., None].expand_as(ours.z), ours.z
    )
    expected = rescale(theirs, unclip.system.parts.layout.embedding_scale).view_as(ours.z)
    torch.testing.assert_close(in_order_of_drawing, expected, atol=1e-5, rtol=0)


def test_guidance_one_is_the_prior_without_a_null_branch(unclip: UnCLIP[Native]) -> None:
    text = encode_text(unclip.system.parts, PROMPTS[:1])
    settings = PriorSettings(steps=3, guidance=1.0)
    other_null = encode_text(unclip.system.parts, ["a hedgehog"])

    runs = [
        finish(sample_prior(unclip.system.parts, text, null, seeds=[0], settings=settings))
        for null in (unclip.null, other_null)
    ]

    assert torch.equal(runs[0].z, runs[1].z)


def test_candidates_come_best_first_with_their_cosines(unclip: UnCLIP[Native]) -> None:
    text = encode_text(unclip.system.parts, PROMPTS)
    settings = PriorSettings(steps=4, guidance=2.0, candidates=4)

    found = finish(
        sample_prior(unclip.system.parts, text, unclip.null, seeds=[0, 1], settings=settings)
    )

    assert found.z.shape == (2, 4, 192)
    torch.testing.assert_close(found.z.norm(dim=-1), torch.full((2, 4), 192**0.5))
    torch.testing.assert_close(
        found.scores, F.cosine_similarity(found.z, text.embeds[:, None], dim=-1)
    )
    assert torch.equal(found.scores, found.scores.sort(descending=True).values)
    assert torch.equal(found.draws.sort().values, torch.arange(4).expand(2, 4))
    assert torch.equal(found.best, found.z[:, 0])


def test_a_candidate_is_the_same_however_many_are_drawn_and_beside_other_prompts(
    unclip: UnCLIP[Native],
) -> None:
    def draw(prompts: list[str], seeds: list[int], candidates: int, item: int) -> Tensor:
        settings = PriorSettings(steps=4, guidance=2.0, candidates=candidates)
        text = encode_text(unclip.system.parts, prompts)
        run = sample_prior(unclip.system.parts, text, unclip.null, seeds=seeds, settings=settings)
        found = finish(run)
        return found.z[item][found.draws[item] == 1]

    alone = draw(PROMPTS[:1], [5], candidates=2, item=0)
    among_many = draw([PROMPTS[1], PROMPTS[0]], [9, 5], candidates=4, item=1)

    torch.testing.assert_close(alone, among_many, atol=1e-4, rtol=0)


def test_the_prior_announces_its_steps_and_previews_embeddings(unclip: UnCLIP[Native]) -> None:
    text = encode_text(unclip.system.parts, PROMPTS)
    run = sample_prior(unclip.system.parts, text, unclip.null, seeds=[0, 1], settings=FAST)
    steps, found = collect(run)

    assert [(step.stage, step.index, step.total) for step in steps] == [
        ("prior", index, 4) for index in (1, 2, 3, 4)
    ]
    preview = steps[-1].preview
    assert preview is not None
    assert preview().shape == found.z.shape


def test_two_runs_may_take_turns(unclip: UnCLIP[Native]) -> None:
    text = encode_text(unclip.system.parts, PROMPTS[:1])
    runs = [
        sample_prior(unclip.system.parts, text, unclip.null, seeds=[0], settings=settings)
        for settings in (FAST, PriorSettings(steps=7, guidance=2.0))
    ]
    next(runs[0])
    finish(runs[1])
    expected = finish(
        sample_prior(unclip.system.parts, text, unclip.null, seeds=[0], settings=FAST)
    )

    assert torch.equal(finish(runs[0]).z, expected.z)


@pytest.mark.parametrize(
    ("seeds", "settings"),
    [
        ([0], FAST),
        ([0, 1], PriorSettings(steps=1, guidance=2.0)),
        ([0, 1], PriorSettings(steps=4, guidance=2.0, candidates=0)),
    ],
    ids=["seeds", "steps", "candidates"],
)
def test_impossible_settings_are_refused(
    unclip: UnCLIP[Native], seeds: list[int], settings: PriorSettings
) -> None:
    text = encode_text(unclip.system.parts, PROMPTS)
    with pytest.raises(ValueError, match=r"seeds|steps|candidate"):
        finish(sample_prior(unclip.system.parts, text, unclip.null, seeds=seeds, settings=settings))


def test_without_a_prior_the_text_embedding_stands_in(unclip: UnCLIP[Native]) -> None:
    text = encode_text(unclip.system.parts, PROMPTS)
    assert torch.equal(text_as_image(text), text.embeds)


def test_a_new_prior_of_karlos_kind_runs_the_same_loop(unclip: UnCLIP[Native]) -> None:
    """Random weights: nothing in the loop depends on what Scenes has learned."""
    with torch.random.fork_rng():
        kind: Any = PriorTransformer
        prior = kind(
            num_attention_heads=2,
            attention_head_dim=8,
            num_layers=1,
            embedding_dim=192,
            num_embeddings=32,
            additional_embeddings=4,
        ).eval()
    other = UnCLIP(Native(replace(unclip.system.parts, prior=prior)))
    generators = [stage_generator(0, "prior", k) for k in range(2)]
    theirs = prior_of_diffusers_pipeline(other, PROMPTS[:1], FAST, generators)

    text = encode_text(other.system.parts, PROMPTS[:1])
    ours = finish(sample_prior(other.system.parts, text, other.null, seeds=[0], settings=FAST))

    expected = rescale(theirs, 192**0.5)[ours.draws[0]]
    torch.testing.assert_close(ours.z[0], expected, atol=1e-5, rtol=0)
