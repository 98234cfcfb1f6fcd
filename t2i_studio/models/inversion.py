"""DDIM inversion: from a picture to the noise x_T that DDIM turns back into it."""

from collections.abc import Callable, Generator
from functools import partial

import torch
from torch import Tensor

from t2i_studio.models.sampling import Denoiser, Scheduler, Step, clean_from_v

MIN_STEPS = 2  # in a single step from 0 to T, x_T does not determine x_0


def invert(
    scheduler: Scheduler,
    predict_v: Denoiser,
    x_0: Tensor,
    *,
    iterations: int,
    stage: str,
    show: Callable[[Tensor], Tensor],
) -> Generator[Step, None, Tensor]:
    """Find x_T (like x_0) from which a DDIM `scheduler` with eta 0 and these timesteps gives x_0.

    In terms of v a DDIM step turns x by the angle phi between two noise levels (Salimans & Ho
    2022, appendix D): x_s = cos(phi) x_t - sin(phi) v(x_t, t). It is solved for x_t by fixed-point
    iteration, as v must be asked at the unknown x_t (Pan et al. 2023, arXiv 2309.04907); one
    iteration is plain inversion (Dhariwal & Nichol 2021, appendix F). Yields a `Step` per call of
    the network: iterations * timesteps.
    """
    total = iterations * len(scheduler.timesteps)
    index, x_s = 0, x_0
    for t in scheduler.timesteps.flip(0):
        alpha_bar = scheduler.alphas_cumprod[t.long()]
        phi = _angle(alpha_bar) - _angle(_alpha_bar_after(scheduler, int(t)))
        cos, sin = phi.cos(), phi.sin()
        x_t = x_s
        for _ in range(iterations):
            v = predict_v(x_t, t)
            x_t = (x_s + sin * v) / cos
            index += 1
            yield Step(stage, index, total, partial(_preview, show, x_t, v, alpha_bar))
        x_s = x_t
    return x_s


def _angle(alpha_bar: Tensor) -> Tensor:
    """Compute the angle whose cosine is the share of signal and whose sine that of noise."""
    return torch.atan2((1 - alpha_bar).sqrt(), alpha_bar.sqrt())


def _alpha_bar_after(scheduler: Scheduler, t: int) -> Tensor:
    """Look up where DDIM goes from t: one stride on, also where the next timestep is another."""
    stride = len(scheduler.alphas_cumprod) // len(scheduler.timesteps)
    return scheduler.alphas_cumprod[t - stride] if t >= stride else torch.ones(())


def _preview(show: Callable[[Tensor], Tensor], x_t: Tensor, v: Tensor, alpha_bar: Tensor) -> Tensor:
    return show(clean_from_v(x_t, v, alpha_bar))
