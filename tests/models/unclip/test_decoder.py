from typing import Any

import pytest
import torch
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.sampling import SAMPLERS
from t2i_studio.models.unclip.clip import encode_text
from t2i_studio.models.unclip.decoder import (
    DecoderSettings,
    count_decoder_steps,
    decode,
    draw_noise,
    invert,
)
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import UnCLIP
from tests.models.running import collect, finish

LEVEL = 2 / 255
PROMPTS = ["a sticker of a fox in a field at sunrise", "a green sphere"]


def decode_prompts(unclip: UnCLIP[Native], prompts: list[str], **options: Any) -> Tensor:
    """Decode with the text embedding as image embedding."""
    text = encode_text(unclip.system.parts, prompts)
    null = options.pop("null", unclip.null)
    options.setdefault("seeds", list(range(len(prompts))))
    options.setdefault("settings", DecoderSettings(3, 3.0))
    return finish(decode(unclip.system.parts, options.pop("z", text.embeds), text, null, **options))


def decode_directly(unclip: UnCLIP[Native], scheduler: Any, x_T: Tensor, steps: int) -> Tensor:  # noqa: N803
    """Write the loop as briefly as diffusers allows, for one prompt with guidance 3."""
    parts = unclip.system.parts
    text, null = encode_text(parts, PROMPTS[:1]), unclip.null
    known = torch.cat([torch.zeros(2, 48, 16, 16), torch.ones(2, 16, 16, 16)], dim=1)
    scheduler.set_timesteps(steps)
    x = F.pixel_unshuffle(x_T, 4) * scheduler.init_noise_sigma
    for t in scheduler.timesteps:
        x_in = scheduler.scale_model_input(x, t).expand(2, -1, -1, -1)
        with torch.no_grad():
            null_v, text_v = parts.decoder(
                torch.cat([x_in, known], dim=1),
                t,
                encoder_hidden_states=torch.cat([null.hidden, text.hidden]),
                added_cond_kwargs={
                    "image_embeds": torch.cat([torch.zeros_like(text.embeds), text.embeds]),
                    "text_embeds": torch.cat([null.embeds, text.embeds]),
                },
            ).sample.chunk(2)
        x = scheduler.step(null_v + 3 * (text_v - null_v), t, x).prev_sample
    return F.pixel_shuffle(x, 4).clamp(-1, 1)


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [
        (
            "dpm++2m",
            DPMSolverMultistepScheduler,
            {
                "algorithm_type": "dpmsolver++",
                "solver_order": 2,
                "use_karras_sigmas": False,
                "final_sigmas_type": "zero",
                "timestep_spacing": "trailing",
            },
        ),
        ("ddim", DDIMScheduler, {}),
        ("euler", EulerDiscreteScheduler, {"timestep_spacing": "trailing"}),
    ],
    ids=["dpm++2m", "ddim", "euler"],
)
def test_the_loop_equals_the_scheduler_driven_directly(
    unclip: UnCLIP[Native], name: str, kind: Any, options: dict[str, object]
) -> None:
    scheduler = kind.from_config(unclip.system.parts.decoder_scheduler.config, **options)
    noise = draw_noise(unclip.system.parts, [5])

    ours = decode_prompts(
        unclip, PROMPTS[:1], seeds=[5], settings=DecoderSettings(6, 3.0, sampler=name)
    )

    theirs = decode_directly(unclip, scheduler, noise, 6)
    torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=0)


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_batch_item_equals_the_single_run_with_every_sampler(
    unclip: UnCLIP[Native], name: str
) -> None:
    settings = DecoderSettings(3, 3.0, sampler=name, eta=0.7)

    batch = decode_prompts(unclip, PROMPTS, seeds=[8, 9], settings=settings)
    single = decode_prompts(unclip, PROMPTS[1:], seeds=[9], settings=settings)

    torch.testing.assert_close(batch[1:], single, atol=LEVEL, rtol=0)


@pytest.mark.parametrize("name", SAMPLERS)
def test_the_decoder_yields_the_announced_steps(unclip: UnCLIP[Native], name: str) -> None:
    settings = DecoderSettings(3, 1.0, sampler=name)
    text = encode_text(unclip.system.parts, PROMPTS[:1])
    run = decode(unclip.system.parts, text.embeds, text, unclip.null, seeds=[0], settings=settings)
    steps, pixels = collect(run)

    total = count_decoder_steps(unclip.system.parts, settings)
    assert [(step.stage, step.index, step.total) for step in steps] == [
        ("decoder", index + 1, total) for index in range(total)
    ]
    preview = steps[-1].preview
    assert preview is not None
    assert preview().shape == pixels.shape == (1, 3, 64, 64)
    assert pixels.abs().max() <= 1


def test_eta_adds_noise_of_its_own_seed(unclip: UnCLIP[Native]) -> None:
    noise = draw_noise(unclip.system.parts, [0])

    def variation(seed: int, eta: float) -> Tensor:
        settings = DecoderSettings(3, 3.0, sampler="ddim", eta=eta)
        return decode_prompts(unclip, PROMPTS[:1], seeds=[seed], x_T=noise, settings=settings)

    assert torch.equal(variation(1, 0.0), variation(2, 0.0))
    assert torch.equal(variation(1, 1.0), variation(1, 1.0))
    assert not torch.allclose(variation(1, 1.0), variation(2, 1.0), atol=0.1)


def test_with_guidance_one_the_null_prompt_does_not_matter(unclip: UnCLIP[Native]) -> None:
    settings = DecoderSettings(2, 1.0)
    other = encode_text(unclip.system.parts, ["a hedgehog"])

    pictures = [
        decode_prompts(unclip, PROMPTS[:1], settings=settings, null=null)
        for null in (unclip.null, other)
    ]

    assert torch.equal(*pictures)


def test_a_negative_prompt_of_each_item_is_its_own(unclip: UnCLIP[Native]) -> None:
    negatives = encode_text(unclip.system.parts, ["a red background", "a blue background"])
    second = encode_text(unclip.system.parts, ["a blue background"])

    batch = decode_prompts(unclip, PROMPTS, null=negatives)
    single = decode_prompts(unclip, PROMPTS[1:], seeds=[1], null=second)
    plain = decode_prompts(unclip, PROMPTS)

    torch.testing.assert_close(batch[1:], single, atol=LEVEL, rtol=0)
    assert not torch.allclose(batch, plain, atol=0.1)


def test_inpainting_keeps_what_is_not_masked_and_previews_it(unclip: UnCLIP[Native]) -> None:
    known = torch.linspace(-1, 1, 64).expand(1, 3, 64, 64)
    mask = torch.zeros(1, 1, 64, 64)
    mask[..., 16:48, 16:48] = 1
    text = encode_text(unclip.system.parts, PROMPTS)
    run = decode(
        unclip.system.parts,
        text.embeds,
        text,
        unclip.null,
        seeds=[0, 1],
        settings=DecoderSettings(3, 3.0),
        known=known,
        mask=mask,
    )
    steps, pixels = collect(run)

    preview = steps[0].preview
    assert preview is not None
    for picture in (pixels, preview()):
        assert torch.equal(picture * (1 - mask), (known * (1 - mask)).expand(2, -1, -1, -1))
    assert not torch.allclose(pixels[0], pixels[1], atol=0.1)


def test_the_hole_takes_up_its_surroundings(unclip: UnCLIP[Native]) -> None:
    """The decoder was trained to look at the known pixels: an empty hole continues them."""
    known = torch.tensor([0.9, 0.9, -0.8]).reshape(1, 3, 1, 1).expand(1, 3, 64, 64)
    mask = torch.zeros(1, 1, 64, 64)
    mask[..., 24:40, 24:40] = 1
    settings = DecoderSettings(6, 1.0)
    z = torch.zeros(1, 192)

    hole = decode_prompts(unclip, [""], z=z, settings=settings, known=known, mask=mask)

    assert (hole - known).abs().mean(dim=(2, 3)).max() < 0.3


@pytest.fixture(scope="module")
def portrait(unclip: UnCLIP[Native]) -> Tensor:
    """A picture of the model's own, at 64 px."""
    return decode_prompts(unclip, PROMPTS[:1], settings=DecoderSettings(8, 3.0))


@pytest.mark.parametrize("name", SAMPLERS)
def test_less_strength_leaves_more_of_the_picture(
    unclip: UnCLIP[Native], portrait: Tensor, name: str
) -> None:
    def change(strength: float) -> float:
        settings = DecoderSettings(10, 3.0, sampler=name)
        picture = decode_prompts(
            unclip, PROMPTS[:1], settings=settings, seeds=[7], start=portrait, strength=strength
        )
        return (picture - portrait).abs().mean().item()

    little, more, all_ = change(0.1), change(0.5), change(1.0)

    assert little < 0.1 < all_
    assert little < more < all_


def test_at_full_strength_the_start_does_not_matter(
    unclip: UnCLIP[Native], portrait: Tensor
) -> None:
    one, other = (
        decode_prompts(unclip, PROMPTS[:1], start=start, strength=1.0) for start in (None, portrait)
    )
    assert torch.equal(one, other)


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_start_takes_the_announced_steps(
    unclip: UnCLIP[Native], portrait: Tensor, name: str
) -> None:
    settings = DecoderSettings(5, 1.0, sampler=name)
    text = encode_text(unclip.system.parts, PROMPTS[:1])
    steps, _ = collect(
        decode(
            unclip.system.parts,
            text.embeds,
            text,
            unclip.null,
            seeds=[0],
            settings=settings,
            start=portrait,
            strength=0.6,
        )
    )
    assert len(steps) == 3 == count_decoder_steps(unclip.system.parts, settings, 0.6)


def test_a_start_of_any_size_is_brought_to_the_decoders(
    unclip: UnCLIP[Native], portrait: Tensor
) -> None:
    large = F.interpolate(portrait, size=(200, 200), mode="bicubic").clamp(-1, 1)
    text = unclip.system.encode_text(PROMPTS[:1])

    one, other = (
        finish(
            unclip.system.decode(
                text.embeds,
                text,
                unclip.null,
                seeds=[1],
                settings=DecoderSettings(5, 3.0),
                start=start,
                strength=0.2,
            )
        )
        for start in (portrait, large)
    )

    torch.testing.assert_close(one, other, atol=0.2, rtol=0)
    assert (one - other).abs().mean() < 0.02


def test_a_repaint_from_a_start_keeps_what_is_not_masked(
    unclip: UnCLIP[Native], portrait: Tensor
) -> None:
    mask = torch.zeros(1, 1, 64, 64)
    mask[..., 16:48, 16:48] = 1

    low, high = (
        decode_prompts(
            unclip,
            PROMPTS[1:],
            settings=DecoderSettings(8, 3.0),
            known=portrait,
            mask=mask,
            start=portrait,
            strength=strength,
        )
        for strength in (0.2, 0.9)
    )

    for picture in (low, high):
        assert torch.equal(picture * (1 - mask), portrait * (1 - mask))
    assert (low - portrait).abs().mean() < (high - portrait).abs().mean()


def test_inversion_gives_the_noise_that_rebuilds_the_picture(unclip: UnCLIP[Native]) -> None:
    settings = DecoderSettings(8, 1.0, sampler="ddim")
    text = encode_text(unclip.system.parts, PROMPTS[:1])
    picture = decode_prompts(unclip, PROMPTS[:1], settings=DecoderSettings(8, 3.0))

    def error(iterations: int) -> float:
        run = invert(
            unclip.system.parts, picture, text.embeds, text, text, steps=8, iterations=iterations
        )
        steps, x_T = collect(run)  # noqa: N806
        assert [step.index for step in steps] == list(range(1, 8 * iterations + 1))
        again = decode_prompts(unclip, PROMPTS[:1], x_T=x_T, settings=settings)
        return (again - picture).square().mean().sqrt().item()

    plain, refined = error(1), error(4)

    assert refined < plain / 2
    assert refined < 0.05


@pytest.mark.parametrize(
    "options",
    [
        {"z": torch.zeros(1, 10)},
        {"z": torch.zeros(2, 192)},
        {"seeds": [0, 1]},
        {"known": torch.zeros(1, 3, 64, 64)},
        {"settings": DecoderSettings(3, 3.0, sampler="heun")},
        {"settings": DecoderSettings(0, 3.0)},
        {"strength": 0.5},
        {"strength": 0.0, "start": torch.zeros(1, 3, 64, 64)},
    ],
    ids=["z", "batch", "seeds", "mask", "sampler", "steps", "start", "strength"],
)
def test_what_does_not_fit_is_refused(unclip: UnCLIP[Native], options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+\.$"):
        decode_prompts(unclip, PROMPTS[:1], **options)


@pytest.mark.parametrize(("size", "steps", "iterations"), [(32, 5, 1), (64, 1, 1), (64, 5, 0)])
def test_impossible_inversions_are_refused(
    unclip: UnCLIP[Native], size: int, steps: int, iterations: int
) -> None:
    pixels, z = torch.zeros(1, 3, size, size), torch.zeros(1, 192)
    with pytest.raises(ValueError, match=r"Pictures|Inversion"):
        finish(
            invert(
                unclip.system.parts,
                pixels,
                z,
                unclip.null,
                unclip.null,
                steps=steps,
                iterations=iterations,
            )
        )
