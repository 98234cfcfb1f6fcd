"""The upsampler: one pass of a network on top of a bicubic enlargement, no diffusion."""

from collections.abc import Generator

import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.sampling import Step
from t2i_studio.models.unclip.layout import UpsamplerLayout
from t2i_studio.models.unclip.weights import Parts

STAGE = "upsampler"


def upsample(parts: Parts, base: Tensor) -> Generator[Step, None, Tensor]:
    """Enlarge `base` (B, 3, 64, 64) to (B, 3, 256, 256) in [-1, 1]; yields one `Step`."""
    layout, network = parts.layout.upsampler, parts.upsampler
    if layout is None or network is None:
        raise ValueError("This checkpoint has no upsampler.")
    coarse = F.interpolate(base.to(parts.device), size=(layout.size,) * 2, mode="bicubic")
    pixels = (coarse + layout.residual_scale * _residual(parts, layout, coarse)).clamp(-1, 1)
    yield Step(STAGE, 1, 1, lambda: pixels)
    return pixels


@torch.no_grad()
def _residual(parts: Parts, layout: UpsamplerLayout, coarse: Tensor) -> Tensor:
    assert parts.upsampler is not None
    patches = F.pixel_unshuffle(coarse, layout.pixel_unshuffle)
    # The noise channels and the time are left over from a diffusion model and stay zero.
    sample = torch.cat([torch.zeros_like(patches), patches], dim=1).to(parts.upsampler.dtype)
    residual = parts.upsampler(sample, 0).sample
    return F.pixel_shuffle(residual.float(), layout.pixel_unshuffle)
