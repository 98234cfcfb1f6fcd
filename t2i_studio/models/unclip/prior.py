"""The prior: from a prompt to image embeddings."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

import torch
from diffusers import UnCLIPScheduler
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.guidance import guided, is_guided
from t2i_studio.models.sampling import Denoiser, SchedulerClass, Step, stage_generator
from t2i_studio.models.unclip.clip import TextCond, rescale
from t2i_studio.models.unclip.networks import PriorScheduler
from t2i_studio.models.unclip.weights import Parts

STAGE = "prior"
MIN_STEPS = 2  # UnCLIPScheduler divides by steps - 1


@dataclass(frozen=True)
class PriorSettings:
    """How the prior is sampled; `candidates` are drawn per prompt and ranked."""

    steps: int
    guidance: float
    candidates: int = 2


@dataclass(frozen=True)
class Candidates:
    """N image embeddings for each of B prompts, the one closest to its prompt first."""

    z: Tensor  # (B, N, D) float32, each of length embedding_scale
    scores: Tensor  # (B, N) cosine to the text embedding, descending
    draws: Tensor  # (B, N) int64: which draw each rank was

    @property
    def best(self) -> Tensor:
        """The first of each prompt: (B, D)."""
        return self.z[:, 0]


def text_as_image(text: TextCond) -> Tensor:
    """Do without a prior: the text embedding stands in for the image embedding (B, D)."""
    return text.embeds


def sample_prior(
    parts: Parts,
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
    x = yield from _sample(parts, predict, generators, settings, len(text))
    return _rank(_to_z(parts, len(text), x), text)


def _check(text: TextCond, seeds: Sequence[int], settings: PriorSettings) -> None:
    if len(seeds) != len(text):
        raise ValueError(f"{len(text)} prompts need as many seeds, not {len(seeds)}.")
    if settings.candidates < 1:
        raise ValueError("At least one candidate must be drawn.")
    if settings.steps < MIN_STEPS:
        raise ValueError(f"The prior needs at least {MIN_STEPS} steps, not {settings.steps}.")


def _sample(
    parts: Parts,
    predict: Denoiser,
    generators: list[torch.Generator],
    settings: PriorSettings,
    prompts: int,
) -> Generator[Step, None, Tensor]:
    """Run the loop of diffusers' UnCLIPPipeline; returns whitened embeddings (B * N, D)."""
    scheduler = _fresh_scheduler(parts)
    scheduler.set_timesteps(settings.steps)
    timesteps = scheduler.timesteps.tolist()
    dim = parts.layout.embedding_dim
    x = torch.cat([torch.randn(1, dim, generator=each) for each in generators]).to(parts.device)
    for index, (t, t_next) in enumerate(zip(timesteps, [*timesteps[1:], None], strict=True)):
        x_0 = predict(x, torch.tensor(t))
        x = scheduler.step(x_0, t, x, prev_timestep=t_next, generator=generators).prev_sample
        yield Step(STAGE, index + 1, len(timesteps), partial(_to_z, parts, prompts, x_0))
    return x


def _fresh_scheduler(parts: Parts) -> PriorScheduler:
    """Make one per run: schedulers keep the state of the run they are in."""
    config = parts.prior_scheduler.config
    return cast(PriorScheduler, cast(SchedulerClass, UnCLIPScheduler).from_config(config))


def _denoiser(parts: Parts, text: TextCond, null: TextCond, guidance: float) -> Denoiser:
    network = parts.prior
    cond = null.followed_by(text) if is_guided(guidance) else text
    embeds, hidden = cond.embeds.to(network.dtype), cond.hidden.to(network.dtype)

    @torch.no_grad()
    def predict(x_t: Tensor, t: Tensor) -> Tensor:
        output = network(
            x_t.to(network.dtype),
            t.to(x_t.device),
            proj_embedding=embeds,
            encoder_hidden_states=hidden,
        )
        return output.predicted_image_embedding.float()

    return guided(predict, guidance)


def _to_z(parts: Parts, prompts: int, whitened: Tensor) -> Tensor:
    """Embeddings (B, N, D) on the sphere from the prior's whitened ones (B * N, D)."""
    z = rescale(parts.prior.post_process_latents(whitened), parts.layout.embedding_scale)
    return z.reshape(prompts, -1, z.shape[-1])


def _rank(z: Tensor, text: TextCond) -> Candidates:
    scores = F.cosine_similarity(z, text.embeds[:, None], dim=-1)
    scores, draws = scores.sort(dim=1, descending=True, stable=True)
    return Candidates(z.gather(1, draws[..., None].expand_as(z)), scores, draws)
