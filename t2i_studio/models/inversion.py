"""DDIM inversion: from a picture to the noise x_T that DDIM turns back into it."""

from collections.abc import Callable, Generator
from functools import partial

import torch
from torch import Tensor

from t2i_studio.models.sampling import (
    Denoiser,
    Estimate,
    Scheduler,
    Step,
    clean_from_v,
    preview,
)

MIN_STEPS = 2  # in a single step from 0 to T, x_T does not determine x_0

Ascent = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]
"""(x_s, the network's output at x_t, alpha_bar_t, alpha_bar_s) -> x_t, the noisier one."""


def ascend_v(x_s: Tensor, v: Tensor, alpha_bar_t: Tensor, alpha_bar_s: Tensor) -> Tensor:
    """Solve x_s = cos(phi) x_t - sin(phi) v for x_t.

    In terms of v a DDIM step turns x by the angle phi between two noise levels (Salimans & Ho
    2022, appendix D).
    """
    phi = _angle(alpha_bar_t) - _angle(alpha_bar_s)
    cos, sin = phi.cos(), phi.sin()
    return (x_s + sin * v) / cos


def ascend_eps(x_s: Tensor, output: Tensor, alpha_bar_t: Tensor, alpha_bar_s: Tensor) -> Tensor:
    """Solve the DDIM step x_s = sqrt(alpha_bar_s) x_0 + sqrt(1 - alpha_bar_s) eps for x_t.

    Song et al. 2020, arXiv 2010.02502, eq. 12. Not by way of v, which would magnify what the
    iteration still misses by 1 / sqrt(alpha_bar_t). output: eps, maybe followed by a variance.
    """
    eps = output[:, : x_s.shape[1]]
    share = (alpha_bar_t / alpha_bar_s).sqrt()
    return share * x_s + ((1 - alpha_bar_t).sqrt() - share * (1 - alpha_bar_s).sqrt()) * eps


def invert(
    scheduler: Scheduler,
    predict: Denoiser,
    x_0: Tensor,
    *,
    iterations: int,
    stage: str,
    show: Callable[[Tensor], Tensor],
    ascend: Ascent = ascend_v,
    clean: Estimate = clean_from_v,
) -> Generator[Step, None, Tensor]:
    """Find x_T (like x_0) from which a DDIM `scheduler` with eta 0 and these timesteps gives x_0.

    Each step is solved for x_t by fixed-point iteration, as the network must be asked at the
    unknown x_t (Pan et al. 2023, arXiv 2309.04907); one iteration is plain inversion (Dhariwal &
    Nichol 2021, appendix F). `ascend` and `clean` suit what the network predicts. Yields a `Step`
    per call of the network: iterations * timesteps.
    """
    total = iterations * len(scheduler.timesteps)
    index, x_s = 0, x_0
    for t in scheduler.timesteps.flip(0):
        alpha_bar_t = scheduler.alphas_cumprod[t.long()]
        alpha_bar_s = _alpha_bar_after(scheduler, int(t))
        x_t = x_s
        for _ in range(iterations):
            output = predict(x_t, t)
            x_t = ascend(x_s, output, alpha_bar_t, alpha_bar_s)
            index += 1
            estimate = partial(clean, x_t, output, alpha_bar_t)
            yield Step(stage, index, total, partial(preview, show, estimate))
        x_s = x_t
    return x_s


def _angle(alpha_bar: Tensor) -> Tensor:
    """Compute the angle whose cosine is the share of signal and whose sine that of noise."""
    return torch.atan2((1 - alpha_bar).sqrt(), alpha_bar.sqrt())


def _alpha_bar_after(scheduler: Scheduler, t: int) -> Tensor:
    """Look up where DDIM goes from t: one stride on, also where the next timestep is another."""
    stride = len(scheduler.alphas_cumprod) // len(scheduler.timesteps)
    return scheduler.alphas_cumprod[t - stride] if t >= stride else torch.ones(())
