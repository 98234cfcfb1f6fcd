"""A sheet of what a decoder makes of held-out captions while it is trained."""

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from transformers import CLIPTokenizer

from t2i_studio.core.generators import result_of
from t2i_studio.models.guidance import guided
from t2i_studio.models.sampling import (
    Denoiser,
    build_scheduler,
    randn,
    sample,
    stage_generator,
)
from t2i_studio.training.corpus import Corpus
from t2i_studio.training.recipes.batches import take_pictures, to_unit
from t2i_studio.training.recipes.decoder import Decoder, new_scheduler
from t2i_studio.training.recipes.tokenizer import tokenize

_PICTURES, _COLUMNS, _STEPS, _GUIDANCE = 48, 12, 15, 3.0


@torch.no_grad()
def draw_sheet(decoder: Decoder, tokenizer: CLIPTokenizer, checks: Corpus) -> Image.Image:
    """Decode held-out captions with their pictures' embeddings; below each row, those pictures."""
    count = min(_PICTURES, len(checks))
    chosen = np.arange(count)
    device = decoder.alphas_cumprod.device
    x = to_unit(take_pictures(checks, chosen).to(device))
    ids = tokenize(tokenizer, [checks.captions[i][0] for i in chosen.tolist()]).to(device)
    x_hat = _decoded(decoder, x, ids)
    rows = [
        torch.cat([_row(each[at : at + _COLUMNS]) for each in (x_hat, x)], dim=1)
        for at in range(0, count - count % _COLUMNS or count, _COLUMNS)
    ]
    pixels = ((torch.cat(rows, dim=1) + 1) * 127.5).clamp(0, 255).byte()
    return Image.fromarray(pixels.permute(1, 2, 0).cpu().numpy())


def _row(pictures: Tensor) -> Tensor:
    """Put pictures (B, 3, H, W) side by side: (3, H, B * W)."""
    return torch.cat(list(pictures), dim=2)


def _decoded(decoder: Decoder, x: Tensor, ids: Tensor) -> Tensor:
    """Sample with the embeddings of pictures x (B, 3, S, S) and captions ids (B, T)."""
    noise = randn([stage_generator(seed, "sheet") for seed in range(len(x))], x.shape[1:])
    steps = sample(
        build_scheduler("dpm++2m", new_scheduler().config, _STEPS),
        guided(_denoiser(decoder, x, ids), _GUIDANCE),
        decoder.to_patches(noise.to(x.device)),
        stage="decoder",
        show=decoder.to_pixels,
        options={},
    )
    return decoder.to_pixels(result_of(steps)).clamp(-1, 1)


def _denoiser(decoder: Decoder, x: Tensor, ids: Tensor) -> Denoiser:
    """Predict v for B null conditions and B real ones."""
    is_null = torch.arange(2 * len(x), device=x.device) < len(x)
    z_t, hidden = decoder.conditions.texts(torch.cat([ids, ids]), is_null)
    z_i = torch.cat([torch.zeros_like(z_t[: len(x)]), decoder.conditions.images(x)])
    masks = torch.ones(2 * len(x), 1, *x.shape[2:], device=x.device)
    nothing = torch.zeros(2 * len(x), *x.shape[1:], device=x.device)

    def predict(x_t: Tensor, t: Tensor) -> Tensor:
        channels = torch.cat([x_t, *map(decoder.to_patches, (nothing, masks))], 1)
        return decoder.predict(channels, t.to(x.device), z_i, z_t, hidden).float()

    return predict
