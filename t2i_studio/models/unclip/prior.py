"""The prior: from a prompt to image embeddings."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.guidance import guided, is_guided
from t2i_studio.models.sampling import (
    Denoiser,
    Step,
    clean_as_predicted,
    randn,
    sample,
    stage_generator,
)
from t2i_studio.models.unclip.clip import TextCond, rescale
from t2i_studio.models.unclip.networks import Configured, PriorNetwork
from t2i_studio.models.unclip.process import MIN_STEPS, unclip_process

STAGE = "prior"


class PriorParts(Protocol):
    """What the prior needs of a checkpoint."""

    @property
    def prior(self) -> PriorNetwork: ...

    @property
    def prior_scheduler(self) -> Configured: ...

    @property
    def embedding_dim(self) -> int: ...

    @property
    def embedding_scale(self) -> float | None:
        """The length of all embeddings, None where each has its own."""

    @property
    def device(self) -> torch.device: ...


@dataclass(frozen=True)
class PriorSettings:
    """How the prior is sampled; `candidates` are drawn per prompt and ranked."""

    steps: int
    guidance: float
    candidates: int = 2


@dataclass(frozen=True)
class Candidates:
    """N image embeddings for each of B prompts, the one closest to its prompt first."""

    z: Tensor  # (B, N, D) float32, each of length embedding_scale if there is one
    scores: Tensor  # (B, N) cosine to the text embedding, descending
    draws: Tensor  # (B, N) int64: which draw each rank was

    @property
    def best(self) -> Tensor:
        """The first of each prompt: (B, D)."""
        return self.z[:, 0]

    def drawn(self, draw: int) -> Tensor:
        """Return draw `draw` of each prompt, wherever it is ranked: (B, D)."""
        return self.z[self.draws == draw]


def text_as_image(text: TextCond) -> Tensor:
    """Do without a prior: the text embedding stands in for the image embedding (B, D)."""
    return text.embeds


def sample_prior(
    parts: PriorParts,
    text: TextCond,
    null: TextCond,
    *,
    seeds: Sequence[int],
    settings: PriorSettings,
) -> Generator[Step, None, Candidates]:
    """Draw candidates for each prompt and rank them (Ramesh et al. 2022, section 2.2).

    text: B prompts with B seeds. null: one prompt or B. Draw k of a seed is the same however many
    are drawn.
    """
    count = settings.candidates
    _check(text, seeds, settings)
    generators = [stage_generator(seed, STAGE, k) for seed in seeds for k in range(count)]
    predict = _denoiser(
        parts, text.repeat(count), null.expand(len(text)).repeat(count), settings.guidance
    )
    to_z = partial(_to_z, parts, len(text))
    x = yield from sample(
        unclip_process(parts.prior_scheduler.config, settings.steps),
        predict,
        randn(generators, (parts.embedding_dim,)).to(parts.device),
        stage=STAGE,
        show=to_z,
        options={"generator": generators},
        clean=clean_as_predicted,
    )
    return _rank(to_z(x), text)


def _check(text: TextCond, seeds: Sequence[int], settings: PriorSettings) -> None:
    if len(seeds) != len(text):
        raise ValueError(f"{len(text)} prompts need as many seeds, not {len(seeds)}.")
    if settings.candidates < 1:
        raise ValueError("At least one candidate must be drawn.")
    if settings.steps < MIN_STEPS:
        raise ValueError(f"The prior needs at least {MIN_STEPS} steps, not {settings.steps}.")


def _denoiser(parts: PriorParts, text: TextCond, null: TextCond, guidance: float) -> Denoiser:
    network = parts.prior
    cond = null.followed_by(text) if is_guided(guidance) else text
    embeds, hidden, mask = cond.embeds.to(network.dtype), cond.hidden.to(network.dtype), cond.mask

    @torch.no_grad()
    def predict(x_t: Tensor, t: Tensor) -> Tensor:
        output = network(
            x_t.to(network.dtype),
            t.to(x_t.device),
            proj_embedding=embeds,
            encoder_hidden_states=hidden,
            attention_mask=mask,
        )
        return output.predicted_image_embedding.float()

    return guided(predict, guidance)


def _to_z(parts: PriorParts, prompts: int, whitened: Tensor) -> Tensor:
    """Embeddings (B, N, D) from the prior's whitened ones (B * N, D)."""
    z = parts.prior.post_process_latents(whitened).float()
    if parts.embedding_scale is not None:
        z = rescale(z, parts.embedding_scale)
    return z.reshape(prompts, -1, z.shape[-1])


def _rank(z: Tensor, text: TextCond) -> Candidates:
    scores = F.cosine_similarity(z, text.embeds[:, None], dim=-1)
    scores, draws = scores.sort(dim=1, descending=True, stable=True)
    return Candidates(z.gather(1, draws[..., None].expand_as(z)), scores, draws)
