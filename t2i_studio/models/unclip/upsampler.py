"""Upsamplers: a network on top of a bicubic enlargement, in one pass or by diffusion."""

from collections.abc import Generator, Sequence
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.sampling import (
    Step,
    build_scheduler,
    randn,
    sample,
    stage_generator,
    step_options,
)
from t2i_studio.models.unclip.layout import DiffusionLayout, ResidualLayout, UpsamplerLayout
from t2i_studio.models.unclip.weights import Upsampler

FIRST_STAGE = "upsampler"
SAMPLER = "ddim"

_BLUR_RADIUS = 2  # px: a 5 x 5 kernel, as in training


def stage_of(layout: UpsamplerLayout) -> str:
    """Name the stage: "upsampler" for the first, "upsampler_1024" for the second."""
    return FIRST_STAGE if layout.folder == "upsampler_256" else layout.folder


def count_upsampler_steps(upsampler: Upsampler, steps: int | None = None) -> int:
    """Count the `Step`s that `upsample` yields; `steps` None is the layout's own number."""
    layout = upsampler.layout
    return (steps or layout.steps) if isinstance(layout, DiffusionLayout) else 1


def upsample(
    upsampler: Upsampler, pixels: Tensor, *, seeds: Sequence[int], steps: int | None = None
) -> Generator[Step, None, Tensor]:
    """Enlarge `pixels` (B, 3, H, W) in [-1, 1] to (B, 3, S, S), S being the layout's size.

    seeds: B, for the noise of a diffusion model; `steps` None is its own number, and what needs
    one pass only has no use for either. Yields each step with a preview.
    """
    if len(seeds) != len(pixels):
        raise ValueError(f"Pictures and seeds differ in number: {len(pixels)} and {len(seeds)}.")
    if isinstance(upsampler.layout, DiffusionLayout):
        return (yield from _denoise(upsampler, upsampler.layout, pixels, seeds, steps))
    assert isinstance(upsampler.layout, ResidualLayout)
    refined = _refine(upsampler, upsampler.layout, pixels)
    yield Step(stage_of(upsampler.layout), 1, 1, lambda: refined)
    return refined


def _refine(upsampler: Upsampler, layout: ResidualLayout, pixels: Tensor) -> Tensor:
    coarse = _enlarged(pixels, layout.size)
    patches = F.pixel_unshuffle(coarse, layout.pixel_unshuffle)
    # The noise channels and the time are left over from a diffusion model and stay zero.
    residual = _predict(upsampler, patches, torch.zeros_like(patches), 0)
    detail = F.pixel_shuffle(residual, layout.pixel_unshuffle)
    return (coarse + layout.residual_scale * detail).clamp(-1, 1)


def _denoise(
    upsampler: Upsampler,
    layout: DiffusionLayout,
    pixels: Tensor,
    seeds: Sequence[int],
    steps: int | None,
) -> Generator[Step, None, Tensor]:
    """Sample with DDIM, eta 0, without guidance (Ramesh et al. 2022, section 2.1)."""
    assert upsampler.scheduler is not None
    process = upsampler.scheduler.config
    coarse = _enlarged(_blurred(pixels, layout.blur), layout.size)
    generators = [stage_generator(seed, f"upsampler {layout.size}") for seed in seeds]
    noise = randn(generators, coarse.shape[1:]).to(coarse.device)
    x_0 = yield from sample(
        build_scheduler(SAMPLER, process, count_upsampler_steps(upsampler, steps)),
        partial(_predict, upsampler, F.pixel_unshuffle(coarse, layout.pixel_unshuffle)),
        F.pixel_unshuffle(noise, layout.pixel_unshuffle),
        stage=stage_of(layout),
        show=partial(_to_pixels, layout),
        options=step_options(SAMPLER, generators, eta=0.0),
    )
    return _to_pixels(layout, x_0)


@torch.no_grad()
def _predict(upsampler: Upsampler, coarse: Tensor, x_t: Tensor, t: Tensor | int) -> Tensor:
    network = upsampler.network
    return network(torch.cat([x_t, coarse], dim=1).to(network.dtype), t).sample.float()


def _enlarged(pixels: Tensor, size: int) -> Tensor:
    return F.interpolate(pixels, size=(size, size), mode="bicubic")


def _blurred(pixels: Tensor, sigma: float) -> Tensor:
    """Blur with a Gaussian of `sigma` px; the paper trains its upsamplers on blurred pictures."""
    if sigma == 0:
        return pixels
    offsets = torch.arange(-_BLUR_RADIUS, _BLUR_RADIUS + 1, device=pixels.device)
    kernel = torch.exp(-(offsets**2) / (2 * sigma**2))
    kernel = (kernel / kernel.sum()).expand(3, 1, 1, -1)
    padded = F.pad(pixels, (_BLUR_RADIUS,) * 4, mode="replicate")
    rows = F.conv2d(padded, kernel, groups=3)
    return F.conv2d(rows, kernel.transpose(2, 3), groups=3)


def _to_pixels(layout: DiffusionLayout, patches: Tensor) -> Tensor:
    return F.pixel_shuffle(patches, layout.pixel_unshuffle).clamp(-1, 1)
