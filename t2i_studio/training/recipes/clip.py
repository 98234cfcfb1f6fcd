"""CLIP: two encoders whose embeddings of a picture and of its caption point the same way."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import (
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from t2i_studio.training.corpus import Corpus
from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.batches import pick_captions, take_pictures, to_unit
from t2i_studio.training.recipes.loading import LOADING
from t2i_studio.training.recipes.tokenizer import CONTEXT, tokenize

MAX_LOG_SCALE = math.log(100)
_MASKED = -1e4


@dataclass(frozen=True)
class ClipSizes:
    """The shape of both encoders."""

    width: int = 192
    heads: int = 3
    text_layers: int = 4
    image_layers: int = 5
    patch: int = 8  # px
    image_size: int = 64  # px
    dim: int = 192  # of the common space


class Clip(nn.Module):
    """Both encoders and the learnt temperature; called with a batch, it returns the loss."""

    def __init__(
        self,
        text_encoder: CLIPTextModelWithProjection,
        image_encoder: CLIPVisionModelWithProjection,
        log_scale: float = math.log(1 / 0.07),
    ) -> None:
        super().__init__()
        self.text_encoder = text_encoder
        self.image_encoder = image_encoder
        self.log_scale = nn.Parameter(torch.tensor(log_scale))

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Compute the symmetric InfoNCE loss (Radford et al. 2021, figure 3).

        pictures (B, S, S, 3) uint8, ids (B, T), keys (B,): equal keys are no negatives.
        """
        z_i = self.embed_images(to_unit(batch["pictures"]))
        z_t = self.embed_texts(batch["ids"])
        logits = self._logits(z_i, z_t).masked_fill(_twins(batch["keys"]), _MASKED)
        targets = torch.arange(len(logits), device=logits.device)
        return (F.cross_entropy(logits, targets) + F.cross_entropy(logits.T, targets)) / 2

    def _logits(self, z_i: Tensor, z_t: Tensor) -> Tensor:
        """Compare all with all (B, B) in float32.

        In bf16 logits of 16 to 64 lie on a grid of 0.12 to 0.25, where hard negatives are alike.
        """
        with torch.autocast(z_i.device.type, enabled=False):
            return self.log_scale.clamp(max=MAX_LOG_SCALE).exp() * z_i @ z_t.T

    def embed_images(self, pixels: Tensor) -> Tensor:
        """Embed (B, 3, S, S) in [-1, 1]: unit vectors (B, D) float32."""
        return F.normalize(self.image_encoder(pixel_values=pixels).image_embeds.float(), dim=-1)

    def embed_texts(self, ids: Tensor) -> Tensor:
        """Embed (B, T) ids: unit vectors (B, D) float32."""
        return F.normalize(self.text_encoder(input_ids=ids).text_embeds.float(), dim=-1)


def _twins(keys: Tensor) -> Tensor:
    """Mark the pairs (B, B) of different pictures that one caption would fit."""
    same = keys[:, None] == keys[None]
    return same & ~torch.eye(len(keys), dtype=torch.bool, device=keys.device)


def new_clip(sizes: ClipSizes, tokenizer: CLIPTokenizer) -> Clip:
    """Make untrained encoders."""
    shared: dict[str, Any] = {
        "hidden_size": sizes.width,
        "intermediate_size": 4 * sizes.width,
        "num_attention_heads": sizes.heads,
        "projection_dim": sizes.dim,
        "hidden_act": "gelu",
    }
    text = CLIPTextConfig(
        vocab_size=len(tokenizer),
        num_hidden_layers=sizes.text_layers,
        max_position_embeddings=CONTEXT,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        **shared,
    )
    image = CLIPVisionConfig(
        num_hidden_layers=sizes.image_layers,
        image_size=sizes.image_size,
        patch_size=sizes.patch,
        **shared,
    )
    return Clip(
        CLIPTextModelWithProjection(text),
        CLIPVisionModelWithProjection(image),
    )


def load_clip(folder: Path, log_scale: float) -> Clip:
    """Load the encoders of a checkpoint in float32."""
    return Clip(
        CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder", **LOADING),
        CLIPVisionModelWithProjection.from_pretrained(folder / "image_encoder", **LOADING),
        log_scale,
    )


class ClipRecipe:
    """Trains both encoders; a batch's other captions are the negatives."""

    name = "clip"

    def __init__(
        self, clip: Clip, tokenizer: CLIPTokenizer, corpus: Corpus, checks: Corpus, plan: Plan
    ) -> None:
        self.objective = clip
        self.plan = plan
        self._tokenizer = tokenizer
        self._corpus = corpus
        self._checks = checks

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        """Take pictures that are hard to tell apart, with one caption each."""
        chosen = self._corpus.hard_indices(self.plan.batch, index, rank)
        captions = pick_captions(self._corpus, chosen, index, rank)
        ids = tokenize(self._tokenizer, captions)
        return {
            "pictures": take_pictures(self._corpus, chosen),
            "ids": ids[:, : longest(ids, self._tokenizer)],
            "keys": torch.from_numpy(self._corpus.keys[chosen]),
        }

    @torch.no_grad()
    def measure(self) -> Mapping[str, float]:
        """Find held-out pictures among 100 by their captions: share that comes first."""
        found = [self._retrieval(start) for start in range(0, len(self._checks) - 99, 100)]
        return {"retrieval_at_1": sum(found) / len(found)} if found else {}

    def _retrieval(self, start: int) -> float:
        chosen = np.arange(start, start + 100)
        device = self.objective.log_scale.device
        pixels = to_unit(take_pictures(self._checks, chosen).to(device))
        captions = [self._checks.captions[i][0] for i in chosen.tolist()]
        ids = tokenize(self._tokenizer, captions).to(device)
        scores = self.objective.embed_texts(ids) @ self.objective.embed_images(pixels).T
        return (scores.argmax(1).cpu() == torch.arange(100)).float().mean().item()

    def picture(self) -> None:
        """There is nothing to look at."""

    def save(self, folder: Path) -> None:
        """Write tokenizer, encoders and feature extractor."""
        clip = self.objective
        self._tokenizer.save_pretrained(folder / "tokenizer")
        clip.text_encoder.save_pretrained(folder / "text_encoder")
        clip.image_encoder.save_pretrained(folder / "image_encoder")
        size = clip.image_encoder.config.image_size
        assert isinstance(size, int)  # pictures are square
        CLIPImageProcessor(
            size={"height": size, "width": size},
            do_center_crop=False,
            image_mean=[0.5] * 3,
            image_std=[0.5] * 3,
        ).save_pretrained(folder / "feature_extractor")
        (folder / "clip.json").write_text(
            json.dumps({"log_scale": clip.log_scale.clamp(max=MAX_LOG_SCALE).item()})
        )


def longest(ids: Tensor, tokenizer: CLIPTokenizer) -> int:
    """Count the tokens that a batch needs: attention is causal, so padding only costs time."""
    return int((ids != tokenizer.pad_token_id).sum(1).max()) + 1
