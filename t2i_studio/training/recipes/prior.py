"""The diffusion prior: from a caption to an image embedding."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers.models.transformers.prior_transformer import PriorTransformer
from diffusers.schedulers.scheduling_unclip import UnCLIPScheduler
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import CLIPTokenizer

from t2i_studio.training.corpus import Corpus, Indices, key_of
from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.batches import pick_captions, take_pictures, to_unit
from t2i_studio.training.recipes.conditions import Conditions, as_device
from t2i_studio.training.recipes.tokenizer import CONTEXT, tokenize

_TEXT_DROP = 0.1  # the paper's, section 2.2
_MIN_SPREAD = 1e-3  # where all pictures are alike
_CHUNK = 256  # pictures embedded at once


@dataclass(frozen=True)
class PriorSizes:
    """The shape of the transformer; its width is heads * head_width."""

    heads: int = 3
    head_width: int = 64
    layers: int = 5


def new_transformer(sizes: PriorSizes, dim: int) -> PriorTransformer:
    """Make an untrained prior."""
    transformer: PriorTransformer = PriorTransformer(
        num_attention_heads=sizes.heads,
        attention_head_dim=sizes.head_width,
        num_layers=sizes.layers,
        embedding_dim=dim,
        num_embeddings=CONTEXT,
        additional_embeddings=4,
        dropout=0.0,
    )
    return transformer


def new_scheduler() -> UnCLIPScheduler:
    """Make the noise process on whitened embeddings: cosine, predicting the embedding itself."""
    scheduler: UnCLIPScheduler = UnCLIPScheduler(
        num_train_timesteps=1000,
        variance_type="fixed_small_log",
        clip_sample=True,
        clip_sample_range=6.0,
        prediction_type="sample",
        beta_schedule="squaredcos_cap_v2",
    )
    return scheduler


class Prior(nn.Module):
    """The transformer and the text it is conditioned on; called with a batch, it returns the loss.

    Image embeddings are whitened entry by entry: the transformer keeps their mean and spread.
    """

    alphas_cumprod: Tensor

    def __init__(self, transformer: PriorTransformer, conditions: Conditions) -> None:
        super().__init__()
        for statistic in (transformer.clip_mean, transformer.clip_std):
            statistic.requires_grad_(False)
        self.transformer = transformer
        self.conditions = conditions
        self.register_buffer("alphas_cumprod", new_scheduler().alphas_cumprod, persistent=False)

    def whiten_by(self, z: Tensor) -> None:
        """Take mean and spread of embeddings (N, D)."""
        self.transformer.clip_mean.data.copy_(z.mean(0, keepdim=True))
        spread = z.std(0, correction=min(1, len(z) - 1), keepdim=True).clamp(min=_MIN_SPREAD)
        self.transformer.clip_std.data.copy_(spread)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Compute the mean squared error of the embedding (Ramesh et al. 2022, section 2.2).

        z (B, D), ids (B, T), t (B,) int64, eps (B, D), drops (B,) in [0, 1).
        """
        x = (batch["z"] - self.transformer.clip_mean) / self.transformer.clip_std
        alpha_bar = self.alphas_cumprod[batch["t"]][:, None]
        x_t = alpha_bar.sqrt() * x + (1 - alpha_bar).sqrt() * batch["eps"]
        z_t, hidden = self.conditions.texts(batch["ids"], batch["drops"] < _TEXT_DROP)
        x_hat = self.transformer(
            x_t, batch["t"], proj_embedding=z_t, encoder_hidden_states=hidden
        ).predicted_image_embedding
        return F.mse_loss(x_hat.float(), x)


class PriorRecipe:
    """Trains the transformer on embeddings that were computed before."""

    name = "prior"

    def __init__(
        self, prior: Prior, tokenizer: CLIPTokenizer, corpus: Corpus, z: Tensor, plan: Plan
    ) -> None:
        """Take the embeddings z (N, D) of the first N pictures; a twentieth is held out.

        It is held out of the prior alone: CLIP was trained on all N pictures.
        """
        self.objective = prior
        self.plan = plan
        self._tokenizer = tokenizer
        self._corpus = corpus
        self._z = z
        self._trained = len(z) - len(z) // 20

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        """Take embeddings evenly, each with one of its captions."""
        rng = np.random.default_rng(key_of(f"prior/{index}/{rank}") & 2**63 - 1)
        return self._batch(rng.integers(0, self._trained, self.plan.batch), index, rank)

    def _batch(self, chosen: Indices, index: int, rank: int) -> dict[str, Tensor]:
        captions = pick_captions(self._corpus, chosen, index, rank)
        noise = torch.Generator().manual_seed(key_of(f"noise/{index}/{rank}") & 2**63 - 1)
        z = self._z[torch.from_numpy(chosen)].float()
        return {
            "z": z,
            "ids": tokenize(self._tokenizer, captions),
            "t": torch.randint(0, 1000, (len(z),), generator=noise),
            "eps": torch.randn(z.shape, generator=noise),
            "drops": torch.rand(len(z), generator=noise),
        }

    @torch.no_grad()
    def measure(self) -> Mapping[str, float]:
        """Compute the loss on embeddings held out of the prior, if there are any.

        CLIP has seen their pictures: this tells overfitting of the prior, not of both.
        """
        chosen = np.arange(self._trained, len(self._z))[:512]
        if not len(chosen):
            return {}
        batch = self._batch(chosen, 0, 0)
        device = self.objective.alphas_cumprod.device
        return {"held_out_loss": float(self.objective(as_device(batch, device)))}

    def picture(self) -> None:
        """There is nothing to look at."""

    def save(self, folder: Path) -> None:
        """Write the transformer and its noise process."""
        self.objective.transformer.save_pretrained(folder / "prior")
        new_scheduler().save_pretrained(folder / "prior_scheduler")


def embed_corpus(conditions: Conditions, corpus: Corpus, chosen: Indices) -> Tensor:
    """Embed pictures: z (N, D) float16 on the CPU."""
    device = conditions.null_ids.device
    parts = [
        conditions.images(to_unit(take_pictures(corpus, part).to(device))).cpu()
        for part in np.array_split(chosen, max(1, len(chosen) // _CHUNK))
    ]
    return torch.cat(parts).half()
