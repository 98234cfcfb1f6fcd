"""CLIP: prompts and pictures as embeddings of one space."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.unclip.weights import Parts


@dataclass(frozen=True)
class TextCond:
    """What the networks see of B prompts: the embedding and the encoder's last hidden states."""

    embeds: Tensor  # (B, D) float32, each of length embedding_scale
    hidden: Tensor  # (B, T, D) float32

    def __len__(self) -> int:
        return len(self.embeds)

    def expand(self, count: int) -> "TextCond":
        """See a single prompt `count` times; leave `count` prompts as they are."""
        return TextCond(
            self.embeds.expand(count, -1),
            self.hidden.expand(count, -1, -1),
        )

    def repeat(self, times: int) -> "TextCond":
        """Take each prompt `times` times in a row: (B * times, ...)."""
        return TextCond(
            self.embeds.repeat_interleave(times, dim=0),
            self.hidden.repeat_interleave(times, dim=0),
        )

    def followed_by(self, other: "TextCond") -> "TextCond":
        """Append the other prompts."""
        return TextCond(
            torch.cat([self.embeds, other.embeds]),
            torch.cat([self.hidden, other.hidden]),
        )


def rescale(embeds: Tensor, scale: float) -> Tensor:
    """Compute z = e / ||e|| * scale along the last axis in float32."""
    return F.normalize(embeds.float(), dim=-1) * scale


@torch.no_grad()
def encode_text(parts: Parts, prompts: Sequence[str]) -> TextCond:
    """Encode B prompts; what exceeds the context is cut off."""
    ids = parts.tokenizer(
        list(prompts),
        padding="max_length",
        max_length=parts.layout.text_length,
        truncation=True,
        return_tensors="pt",
    ).input_ids
    output = parts.text_encoder(input_ids=ids.to(parts.device))
    return TextCond(
        embeds=rescale(output.text_embeds, parts.layout.embedding_scale),
        hidden=output.last_hidden_state.float(),
    )


@torch.no_grad()
def encode_image(parts: Parts, pixels: Tensor) -> Tensor:
    """Embed pictures: z (B, D) of length embedding_scale.

    pixels: (B, 3, H, W) in [-1, 1], squeezed to the encoder's square.
    """
    _check_pixels(pixels)
    size = (parts.layout.image_size,) * 2
    small = F.interpolate(pixels.float(), size=size, mode="bicubic", antialias=True).clamp(-1, 1)
    network = parts.image_encoder
    output = network(pixel_values=small.to(parts.device, network.dtype))
    return rescale(output.image_embeds, parts.layout.embedding_scale)


def _check_pixels(pixels: Tensor) -> None:
    if pixels.ndim != 4 or pixels.shape[1] != 3:
        raise ValueError(f"Pictures are (B, 3, H, W), not {tuple(pixels.shape)}.")
