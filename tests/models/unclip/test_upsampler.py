from dataclasses import dataclass, replace
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.unclip.layout import DiffusionLayout
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import UnCLIP
from t2i_studio.models.unclip.upsampler import count_upsampler_steps, upsample
from t2i_studio.models.unclip.weights import Parts, Upsampler
from tests.models.running import collect, finish

LEVEL = 2 / 255


@pytest.fixture
def base() -> Tensor:
    return torch.linspace(-1, 1, 64).expand(2, 3, 64, 64)


@pytest.fixture
def diffusion(diffusions: UnCLIP[Native]) -> Upsampler:
    return diffusions.system.parts.upsamplers[0]


def test_a_picture_is_enlarged_in_one_step_and_stays_the_same_picture(
    parts: Parts, base: Tensor
) -> None:
    steps, pixels = collect(upsample(parts.upsamplers[0], base, seeds=[0, 1]))

    assert [(step.stage, step.index, step.total) for step in steps] == [("upsampler", 1, 1)]
    assert pixels.shape == (2, 3, 256, 256)
    assert pixels.abs().max() <= 1
    assert (F.avg_pool2d(pixels, 4) - base).abs().mean() < 0.02


def test_one_pass_needs_no_noise_and_counts_no_steps(
    residuals: UnCLIP[Native], base: Tensor
) -> None:
    upsampler = residuals.system.parts.upsamplers[0]
    one, other = (finish(upsample(upsampler, base, seeds=seeds)) for seeds in ([0, 1], [2, 3]))

    assert torch.equal(one, other)
    assert count_upsampler_steps(upsampler, 7) == 1


def test_diffusion_previews_every_step(diffusions: UnCLIP[Native], base: Tensor) -> None:
    steps, pixels = collect(upsample(diffusions.system.parts.upsamplers[1], base[:1], seeds=[0]))

    assert [(step.stage, step.index, step.total) for step in steps] == [
        ("upsampler_1024", index, 3) for index in (1, 2, 3)
    ]
    previews = [step.preview() for step in steps if step.preview]
    assert [preview.shape for preview in (*previews, pixels)] == [(1, 3, 1024, 1024)] * 4
    assert all(preview.abs().max() <= 1 for preview in (*previews, pixels))


def test_the_number_of_steps_of_diffusion_can_be_chosen(diffusion: Upsampler, base: Tensor) -> None:
    steps, _ = collect(upsample(diffusion, base, seeds=[0, 1], steps=2))

    assert len(steps) == count_upsampler_steps(diffusion, 2) == 2


def test_the_seed_decides_what_diffusion_adds(diffusion: Upsampler, base: Tensor) -> None:
    one, again, other = (finish(upsample(diffusion, base[:1], seeds=[seed])) for seed in (1, 1, 2))

    assert torch.equal(one, again)
    assert not torch.allclose(one, other, atol=0.1)


@pytest.mark.parametrize("place", [0, 1], ids=["256", "1024"])
def test_a_batch_item_equals_the_single_run(
    chain: UnCLIP[Native], base: Tensor, place: int
) -> None:
    upsampler = chain.system.parts.upsamplers[place]
    batch = finish(upsample(upsampler, base, seeds=[3, 4]))
    single = finish(upsample(upsampler, base[1:], seeds=[4]))

    torch.testing.assert_close(batch[1:], single, atol=LEVEL, rtol=0)


def test_every_picture_needs_its_seed(diffusion: Upsampler, base: Tensor) -> None:
    with pytest.raises(ValueError, match="2 and 1"):
        finish(upsample(diffusion, base, seeds=[0]))


@dataclass
class Knowing:
    """A network that knows the answer: the enlargement that it is shown in its last channels."""

    alphas_cumprod: Tensor
    config: dict[str, object]
    dtype: torch.dtype = torch.float32

    def __call__(self, sample: Tensor, timestep: Any) -> "Answer":
        x_t, x_0 = sample.chunk(2, dim=1)
        alpha_bar = self.alphas_cumprod[timestep]
        return Answer((alpha_bar.sqrt() * x_t - x_0) / (1 - alpha_bar).sqrt())


@dataclass
class Answer:
    """What a U-Net of diffusers returns."""

    sample: Tensor


def knowing(upsampler: Upsampler, **changes: float) -> Upsampler:
    process: Any = upsampler.scheduler
    assert isinstance(upsampler.layout, DiffusionLayout)
    layout = replace(upsampler.layout, **changes)
    return replace(upsampler, layout=layout, network=Knowing(process.alphas_cumprod, {}))


def test_diffusion_arrives_at_what_the_network_predicts(diffusion: Upsampler, base: Tensor) -> None:
    pixels = finish(upsample(knowing(diffusion), base, seeds=[0, 1]))

    expected = F.interpolate(base, size=(256, 256), mode="bicubic").clamp(-1, 1)
    torch.testing.assert_close(pixels, expected, atol=LEVEL, rtol=0)


def test_blur_softens_what_diffusion_is_shown_but_keeps_its_brightness(
    diffusion: Upsampler,
) -> None:
    stripes = torch.tensor([-0.5, -0.5, 0.5, 0.5]).repeat(16).expand(1, 3, 64, 64)
    sharp, soft = (
        finish(upsample(knowing(diffusion, blur=blur), stripes, seeds=[0])) for blur in (0.0, 1.0)
    )

    assert soft.std() < 0.8 * sharp.std()
    assert float(soft.mean()) == pytest.approx(float(sharp.mean()), abs=0.02)
