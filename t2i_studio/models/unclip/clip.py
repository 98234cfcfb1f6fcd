"""CLIP: prompts and pictures as embeddings of one space."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F
from transformers import CLIPTextModelWithProjection, CLIPTokenizer

from t2i_studio.models.unclip.weights import Parts


@dataclass(frozen=True)
class TextCond:
    """What the networks see of B prompts: the embedding and the encoder's last hidden states."""

    embeds: Tensor  # (B, D) float32, each of length embedding_scale if there is one
    hidden: Tensor  # (B, T, D) float32
    mask: Tensor | None = None  # (B, T) bool, False for padding; None: the networks see it, too

    def __len__(self) -> int:
        return len(self.embeds)

    def expand(self, count: int) -> "TextCond":
        """See a single prompt `count` times; leave `count` prompts as they are."""
        return TextCond(
            self.embeds.expand(count, -1),
            self.hidden.expand(count, -1, -1),
            None if self.mask is None else self.mask.expand(count, -1),
        )

    def repeat(self, times: int) -> "TextCond":
        """Take each prompt `times` times in a row: (B * times, ...)."""
        return TextCond(
            self.embeds.repeat_interleave(times, dim=0),
            self.hidden.repeat_interleave(times, dim=0),
            None if self.mask is None else self.mask.repeat_interleave(times, dim=0),
        )

    def followed_by(self, other: "TextCond") -> "TextCond":
        """Append the other prompts."""
        return TextCond(
            torch.cat([self.embeds, other.embeds]),
            torch.cat([self.hidden, other.hidden]),
            None if self.mask is None or other.mask is None else torch.cat([self.mask, other.mask]),
        )


def rescale(embeds: Tensor, scale: float) -> Tensor:
    """Compute z = e / ||e|| * scale along the last axis in float32."""
    return F.normalize(embeds.float(), dim=-1) * scale


@torch.no_grad()
def read_prompts(
    tokenizer: CLIPTokenizer,
    encoder: CLIPTextModelWithProjection,
    prompts: Sequence[str],
    length: int,
) -> TextCond:
    """Encode B prompts as CLIP leaves them; what exceeds `length` tokens is cut off."""
    read = tokenizer(
        list(prompts),
        padding="max_length",
        max_length=length,
        truncation=True,
        return_tensors="pt",
    )
    output = encoder(input_ids=read.input_ids.to(encoder.device))
    return TextCond(
        embeds=output.text_embeds.float(),
        hidden=output.last_hidden_state.float(),
        mask=read.attention_mask.bool().to(encoder.device),
    )


def encode_text(parts: Parts, prompts: Sequence[str]) -> TextCond:
    """Encode B prompts for networks that were trained with the padding in sight."""
    cond = read_prompts(parts.tokenizer, parts.text_encoder, prompts, parts.layout.text_length)
    return TextCond(rescale(cond.embeds, parts.embedding_scale), cond.hidden)


@torch.no_grad()
def encode_image(parts: Parts, pixels: Tensor) -> Tensor:
    """Embed pictures: z (B, D) of length embedding_scale.

    pixels: (B, 3, H, W) in [-1, 1], squeezed to the encoder's square. Raises ValueError if the
    checkpoint has no image encoder.
    """
    check_pixels(pixels)
    size = (parts.layout.image_size,) * 2
    small = F.interpolate(pixels.float(), size=size, mode="bicubic", antialias=True).clamp(-1, 1)
    network = parts.image_encoder
    if network is None:
        raise ValueError("This checkpoint has no image encoder.")
    output = network(pixel_values=small.to(parts.device, network.dtype))
    return rescale(output.image_embeds, parts.layout.embedding_scale)


def check_pixels(pixels: Tensor) -> None:
    """Raise ValueError for what is not a batch of pictures."""
    if pixels.ndim != 4 or pixels.shape[1] != 3:
        raise ValueError(f"Pictures are (B, 3, H, W), not {tuple(pixels.shape)}.")
