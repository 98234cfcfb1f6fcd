"""What holds for Karlo and Kandinsky alike."""

import copy
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from t2i_studio.models.spherical import slerp
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.kandinsky import Kandinsky
from t2i_studio.models.unclip.karlo import Karlo
from t2i_studio.models.unclip.layouts import load_system
from t2i_studio.models.unclip.pipeline import Settings, UnCLIP
from t2i_studio.models.unclip.prior import PriorSettings
from t2i_studio.models.unclip.system import Inversion, System
from tests.models.running import collect, finish

LEVEL = 2 / 255
PROMPTS = ["red fox", "a cat"]
DDIM = DecoderSettings(4, 1.0, sampler="ddim")


def own(published: System) -> DecoderSettings:
    sampler = "unclip" if isinstance(published, Karlo) else "ddpm"
    return DecoderSettings(4, 4.0, sampler=sampler)


def ramp(published: System) -> Tensor:
    return torch.linspace(-1, 1, published.sizes[0]).expand(1, 3, published.sizes[0], -1)


def decode(published: System, z: Tensor, seed: int, **options: Any) -> Tensor:
    """Decode one embedding without a prompt."""
    null = published.encode_text([""])
    options.setdefault("settings", own(published))
    return finish(published.decode(z, null, null, seeds=[seed], **options))


def calm(published: Karlo | Kandinsky) -> Karlo | Kandinsky:
    """The same with a decoder as smooth as trained ones: random weights fluctuate wildly."""
    other = copy.copy(published)
    other.parts = copy.deepcopy(published.parts)
    decoder: Any = other.parts.decoder
    decoder.conv_out.weight.mul_(0.03)
    return other


def test_a_batch_item_equals_the_single_run(published: Karlo | Kandinsky) -> None:
    model = UnCLIP(published)
    settings = Settings(PriorSettings(3, 4.0), own(published))

    batch = finish(model.make(PROMPTS, seeds=[3, 4], settings=settings)).pixels
    single = finish(model.make(PROMPTS[1:], seeds=[4], settings=settings)).pixels

    torch.testing.assert_close(batch[1:], single, atol=LEVEL, rtol=0)


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "ddim"])
def test_a_run_yields_the_planned_steps_with_previews(
    published: Karlo | Kandinsky, is_own: bool
) -> None:
    settings = own(published) if is_own else DDIM
    text = published.encode_text(PROMPTS)
    run = published.decode(text.embeds, text, text, seeds=[0, 1], settings=settings)

    steps, pixels = collect(run)

    assert len(steps) == published.count_decoder_steps(settings) == 4
    preview = steps[1].preview
    assert preview is not None
    assert preview().shape == pixels.shape
    assert pixels.abs().max() <= 1


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "ddim"])
def test_a_repaint_leaves_the_rest_as_it_was(published: Karlo | Kandinsky, is_own: bool) -> None:
    known, side = ramp(published), published.sizes[0]
    mask = torch.zeros(1, 1, side, side)
    mask[..., 4:12, 4:12] = 1
    settings = own(published) if is_own else DDIM

    first, second = (
        decode(published, published.null_z, seed, settings=settings, known=known, mask=mask)
        for seed in (1, 2)
    )

    for picture in (first, second):
        assert torch.equal(picture * (1 - mask), known * (1 - mask))
    assert not torch.allclose(first, second, atol=0.1)


def test_the_hole_sees_its_surroundings(published: Karlo | Kandinsky) -> None:
    """What is kept is replaced at every step, so another picture around leads elsewhere."""
    side = published.sizes[0]
    mask = torch.zeros(1, 1, side, side)
    mask[..., 4:12, 4:12] = 1

    bright, dark = (
        decode(published, published.null_z, 1, known=known, mask=mask)[..., 4:12, 4:12]
        for known in (torch.ones(1, 3, side, side), -torch.ones(1, 3, side, side))
    )

    assert not torch.allclose(bright, dark, atol=0.05)


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "ddim"])
def test_a_start_takes_its_share_of_the_steps_and_leaves_its_share_of_the_picture(
    published: Karlo | Kandinsky, is_own: bool
) -> None:
    calmed = calm(published)
    settings = DecoderSettings(20, 1.0, sampler=own(calmed).sampler if is_own else "ddim")
    start, text = ramp(calmed), calmed.encode_text(PROMPTS[:1])

    def changed(strength: float) -> float:
        steps, picture = collect(
            calmed.decode(
                text.embeds, text, text, seeds=[5], settings=settings, start=start,
                strength=strength,
            )
        )  # fmt: skip
        assert len(steps) == calmed.count_decoder_steps(settings, strength) == 20 * strength
        assert steps[0].total == len(steps)
        kept = decode(calmed, text.embeds, 5, settings=settings, start=start, strength=0.05)
        return (picture - kept).abs().mean().item()

    assert changed(0.1) < changed(0.5) < changed(0.95)


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "ddim"])
def test_a_repaint_from_a_start_leaves_the_rest_as_it_was(
    published: Karlo | Kandinsky, is_own: bool
) -> None:
    known, side = ramp(published), published.sizes[0]
    mask = torch.zeros(1, 1, side, side)
    mask[..., 4:12, 4:12] = 1
    how = {"settings": own(published) if is_own else DDIM, "known": known, "mask": mask}

    one, other = (
        decode(published, published.null_z, 1, start=start, strength=0.5, **how)
        for start in (known, -known)
    )

    assert torch.equal(one * (1 - mask), known * (1 - mask))
    assert not torch.allclose(one, other, atol=0.05)


def test_at_full_strength_the_start_does_not_matter(published: Karlo | Kandinsky) -> None:
    one, other = (
        decode(published, published.null_z, 1, start=start) for start in (None, ramp(published))
    )
    assert torch.equal(one, other)


@pytest.mark.parametrize(("iterations", "limit"), [(1, 0.3), (5, 5e-3)], ids=["plain", "exact"])
def test_inversion_and_decoding_are_a_round_trip(
    published: Karlo | Kandinsky, iterations: int, limit: float
) -> None:
    smooth = calm(published)
    z = smooth.encode_image(ramp(smooth))
    null = smooth.encode_text([""])
    picture = decode(smooth, z, 1, settings=DecoderSettings(10, 1.0, sampler="ddim"))

    x_T = finish(  # noqa: N806  # the paper's letter
        smooth.invert(picture, z, null, null, settings=Inversion(10, iterations))
    )
    again = decode(smooth, z, 9, settings=DecoderSettings(10, 1.0, sampler="ddim"), x_T=x_T)

    assert (again - rebuilt(smooth, picture)).abs().max() < limit


def rebuilt(published: Karlo | Kandinsky, picture: Tensor) -> Tensor:
    """What is left of a picture after the way through the latents."""
    if isinstance(published, Karlo):
        return picture
    movq: Any = published.parts.movq
    latents = movq.encode(picture).latents
    return movq.decode(latents, force_not_quantize=True).sample.clamp(-1, 1)  # type: ignore[no-any-return]


def test_variations_keep_the_noise_and_stray_with_eta(published: Karlo | Kandinsky) -> None:
    z = published.encode_image(ramp(published))
    x_T = published.draw_noise([7])  # noqa: N806  # the paper's letter

    def variation(seed: int, eta: float) -> Tensor:
        settings = DecoderSettings(4, 2.0, sampler="ddim", eta=eta)
        return decode(published, z, seed, settings=settings, x_T=x_T)

    assert torch.equal(variation(1, 0.0), variation(2, 0.0))
    assert torch.equal(variation(1, 0.5), variation(1, 0.5))
    assert not torch.allclose(variation(1, 0.5), variation(2, 0.5), atol=0.05)


def test_interpolation_leads_from_one_picture_to_the_other(published: Karlo | Kandinsky) -> None:
    start, stop = (published.encode_image(sign * ramp(published)) for sign in (1, -1))

    way = [decode(published, slerp(start, stop, share), 1) for share in (0.0, 0.5, 1.0)]

    for picture, end in ((way[0], start), (way[-1], stop)):
        torch.testing.assert_close(picture, decode(published, end, 1), atol=LEVEL, rtol=0)
    assert not torch.allclose(way[0], way[1], atol=0.01)


def test_a_text_diff_of_theta_zero_changes_nothing(published: Karlo | Kandinsky) -> None:
    z = published.encode_image(ramp(published))
    after, before = published.encode_text(PROMPTS).embeds[:, None]
    difference = after - before
    z_d = difference / difference.norm() * z.norm()  # the length of the embedding it moves

    assert torch.allclose(slerp(z, z_d, 0.0), z, atol=1e-5)
    turned = slerp(z, z_d, 0.4)
    torch.testing.assert_close(turned.norm(), z.norm())
    assert not torch.allclose(decode(published, turned, 1), decode(published, z, 1), atol=0.01)


def test_embeddings_have_lengths_of_their_own(published: Karlo | Kandinsky) -> None:
    lengths = published.encode_text(PROMPTS).embeds.norm(dim=-1)
    assert not torch.allclose(lengths[0], lengths[1], rtol=1e-3)


def test_the_prior_does_not_see_the_padding(published: Karlo | Kandinsky) -> None:
    cond = published.encode_text(PROMPTS[:1])
    assert cond.mask is not None
    assert cond.mask.tolist() == [[True] * 6 + [False] * 10]  # start, red, f, o, x, end


def test_words_of_one_token_are_known(published: Karlo | Kandinsky) -> None:
    assert published.known_words(["red", "fox"]) == ("red",)


@pytest.mark.parametrize(
    "options",
    [
        {"settings": DecoderSettings(4, 1.0)},
        {"settings": DecoderSettings(1, 1.0, sampler="ddim")},
        {"settings": DecoderSettings(2000, 1.0, sampler="ddim")},
        {"z": torch.zeros(1, 5)},
        {"z": torch.zeros(2, 32)},
        {"known": torch.zeros(1, 3, 16, 16)},
    ],
    ids=["sampler", "few", "many", "space", "batch", "mask"],
)
def test_what_does_not_fit_is_refused(
    published: Karlo | Kandinsky, options: dict[str, Any]
) -> None:
    given = {"z": published.null_z} | options
    with pytest.raises(ValueError, match=r".+\.$"):
        decode(published, given.pop("z"), 0, **given)


@pytest.mark.parametrize(("steps", "iterations"), [(1, 1), (5, 0)])
def test_impossible_inversions_are_refused(
    published: Karlo | Kandinsky, steps: int, iterations: int
) -> None:
    null = published.encode_text([""])
    with pytest.raises(ValueError, match="Inversion needs"):
        published.invert(
            ramp(published), published.null_z, null, null, settings=Inversion(steps, iterations)
        )


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=["float16", "bfloat16"])
def test_half_precision_makes_pictures(
    published: Karlo | Kandinsky, kandinsky_folder: Path, karlo_folder: Path, dtype: torch.dtype
) -> None:
    """Also on the CPU, which cannot resize in half precision."""
    folder = karlo_folder if isinstance(published, Karlo) else kandinsky_folder
    model = UnCLIP(finish(load_system(folder, "cpu", dtype)))
    settings = Settings(PriorSettings(2, 4.0), own(published))

    pictures = finish(model.make(PROMPTS[:1], seeds=[0], settings=settings))

    assert model.system.dtype == dtype
    assert pictures.pixels.dtype == pictures.z.dtype == torch.float32
    assert pictures.pixels.isfinite().all()
    assert model.system.encode_image(pictures.pixels).isfinite().all()
