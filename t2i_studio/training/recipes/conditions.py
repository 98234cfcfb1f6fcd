"""What prior and decoder are told of a caption and a picture, and leaving it out at random."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import CLIPTokenizer

from t2i_studio.training.recipes.clip import Clip
from t2i_studio.training.recipes.tokenizer import tokenize


class Conditions(nn.Module):
    """A trained CLIP, frozen, with the encoding of the empty caption as the null condition."""

    null_ids: Tensor

    def __init__(self, clip: Clip, tokenizer: CLIPTokenizer) -> None:
        super().__init__()
        self.clip = clip.eval().requires_grad_(False)
        self.register_buffer("null_ids", tokenize(tokenizer, [""]), persistent=False)

    @property
    def scale(self) -> float:
        """The length of every embedding z: sqrt(D), so that each entry has unit variance."""
        return float(self.clip.image_encoder.config.projection_dim**0.5)

    @torch.no_grad()
    def texts(self, ids: Tensor, is_null: Tensor) -> tuple[Tensor, Tensor]:
        """Encode ids (B, T), the empty caption where is_null (B,): z_t (B, D), hidden (B, T, D)."""
        ids = torch.where(is_null[:, None], self.null_ids.to(ids.device), ids)
        output = self.clip.text_encoder(input_ids=ids)
        return self._rescaled(output.text_embeds), output.last_hidden_state.float()

    @torch.no_grad()
    def images(self, pixels: Tensor) -> Tensor:
        """Encode (B, 3, S, S) in [-1, 1]: z_i (B, D)."""
        return self._rescaled(self.clip.image_encoder(pixel_values=pixels).image_embeds)

    def _rescaled(self, embeds: Tensor) -> Tensor:
        return F.normalize(embeds.float(), dim=-1) * self.scale

    def train(self, mode: bool = True) -> "Conditions":
        """Stay in evaluation mode: it is not what is trained."""
        del mode
        super().train(False)
        return self


def as_device(batch: Mapping[str, Tensor], device: torch.device) -> dict[str, Tensor]:
    """Move a batch."""
    return {name: tensor.to(device, non_blocking=True) for name, tensor in batch.items()}
