"""Presets: plans that keep to the time, and networks that keep to the size of a checkpoint."""

import random
from collections.abc import Sequence

import pytest
import torch
from torch import nn
from transformers import CLIPTokenizer

from t2i_studio.training.presets import CONTINUED_LR, CPU, PRESETS, Preset
from t2i_studio.training.recipes import clip, decoder, prior, upsampler
from t2i_studio.training.recipes.tokenizer import train_tokenizer

PARTS = ("clip", "prior", "upsampler_256", "upsampler_1024", "decoder")
every_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)


@every_preset
def test_every_part_has_a_plan(preset: Preset) -> None:
    assert {*preset.plans} == {*PARTS}
    for plan in preset.plans.values():
        assert plan.samples > 20 * plan.batch * preset.ranks


@pytest.mark.parametrize(("name", "most"), [("cpu", 120), ("gpu", 25)])
def test_plans_keep_to_the_minutes_of_the_whole(name: str, most: float) -> None:
    assert sum(plan.minutes for plan in PRESETS[name].plans.values()) <= most


@pytest.fixture(scope="module")
def tokenizer() -> CLIPTokenizer:
    """Learn as many tokens as there may be, from words that have nothing in common."""
    rng = random.Random(0)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(400)]
    return train_tokenizer(words + words)


def networks(preset: Preset, tokenizer: CLIPTokenizer) -> Sequence[nn.Module]:
    """Build what a checkpoint holds, without memory: CLIP, prior, decoder, upsamplers."""
    with torch.device("meta"):
        return (
            clip.new_clip(preset.clip, tokenizer),
            prior.new_transformer(preset.prior, preset.clip.dim),
            decoder.new_unet(preset.decoder, preset.clip.image_size, preset.clip.dim),
            upsampler.new_unet(preset.upsampler, 256),
            upsampler.new_unet(preset.upsampler, 1024),
        )


@every_preset
def test_networks_fit_each_other(preset: Preset, tokenizer: CLIPTokenizer) -> None:
    _, transformer, unet, small, large = networks(preset, tokenizer)
    assert unet.config.sample_size * preset.decoder.patch == preset.clip.image_size
    assert [net.config.sample_size * preset.upsampler.patch for net in (small, large)] == [
        256,
        1024,
    ]
    assert transformer.config.embedding_dim == preset.clip.dim


@every_preset
def test_checkpoint_in_half_precision_is_small(preset: Preset, tokenizer: CLIPTokenizer) -> None:
    assert len(tokenizer) >= 1500
    weights = [weight for each in networks(preset, tokenizer) for weight in each.parameters()]
    assert sum(2 * weight.numel() for weight in weights) <= 47.5e6  # bytes


def test_networks_that_go_on_learn_more_slowly() -> None:
    new, continued = (CPU.plan("clip", is_continued=each) for each in (False, True))
    assert new == CPU.plans["clip"]
    assert continued.lr == pytest.approx(CONTINUED_LR * new.lr)
    assert (continued.samples, continued.minutes) == (new.samples, new.minutes)


def test_a_share_is_of_samples_and_minutes() -> None:
    half, least = (CPU.plan("decoder", is_continued=False, share=s) for s in (0.5, 1e-9))
    whole = CPU.plans["decoder"]
    assert (half.samples, half.minutes) == (whole.samples / 2, whole.minutes / 2)
    assert half.lr == whole.lr
    assert least.samples == 1
