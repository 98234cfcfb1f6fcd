"""Presets: a plan for every part, and networks that can be built."""

import pytest
import torch

from t2i_studio.training.presets import CONTINUED_LR, CPU, PRESETS, Preset
from t2i_studio.training.recipes import decoder, prior, upsampler

PARTS = ("clip", "prior", "upsampler_256", "upsampler_1024", "decoder")
every_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)


@every_preset
def test_every_part_has_a_plan(preset: Preset) -> None:
    assert {*preset.plans} == {*PARTS}
    for plan in preset.plans.values():
        assert plan.samples > 20 * plan.batch * preset.ranks


@every_preset
def test_networks_can_be_built(preset: Preset) -> None:
    with torch.device("meta"):
        unet = decoder.new_unet(preset.decoder, preset.clip.image_size, preset.clip.dim)
        small, large = (upsampler.new_unet(preset.upsampler, size) for size in (256, 1024))
        transformer = prior.new_transformer(preset.prior, preset.clip.dim)
    assert unet.config.sample_size * preset.decoder.patch == preset.clip.image_size
    assert [net.config.sample_size * preset.upsampler.patch for net in (small, large)] == [
        256,
        1024,
    ]
    assert transformer.config.embedding_dim == preset.clip.dim


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
