"""The decoder: from noise to a picture, told the image embedding, the caption, and what to keep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import CLIPTokenizer

from t2i_studio.training.corpus import Corpus, Indices, key_of
from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.batches import draw_masks, pick_captions, take_pictures, to_unit
from t2i_studio.training.recipes.conditions import Conditions, as_device
from t2i_studio.training.recipes.tokenizer import tokenize

# Shares of a batch that are told only the picture, only the caption, nothing; the rest both.
# The paper drops the caption for 50 % and the embedding for 10 % (section 2.1).
_ONLY_IMAGE, _ONLY_TEXT, _NOTHING = 0.32, 0.10, 0.08
_HALF_WEIGHT_SNR = 20.0  # at t = 130
_MAX_Z_NOISE = 0.3  # makes up for the error of the prior's embeddings


@dataclass(frozen=True)
class DecoderSizes:
    """The shape of the U-Net, which works on patches of `patch` px."""

    channels: tuple[int, ...] = (128, 176)
    attention: tuple[bool, ...] = (False, True)  # by level
    heads: int = 4
    layers: int = 1  # residual blocks a level
    patch: int = 4  # px
    groups: int = 16


def new_unet(sizes: DecoderSizes, image_size: int, dim: int) -> UNet2DConditionModel:
    """Make an untrained U-Net that at first predicts zero; channels: noisy, known, mask."""
    pixels = sizes.patch**2
    names = [("CrossAttn" if has else "") for has in sizes.attention]
    unet: UNet2DConditionModel = UNet2DConditionModel(
        sample_size=image_size // sizes.patch,
        in_channels=7 * pixels,
        out_channels=3 * pixels,
        down_block_types=tuple(f"{name}DownBlock2D" for name in names),
        up_block_types=tuple(f"{name}UpBlock2D" for name in reversed(names)),
        mid_block_type="UNetMidBlock2DCrossAttn",
        block_out_channels=sizes.channels,
        layers_per_block=sizes.layers,
        cross_attention_dim=dim,
        encoder_hid_dim=dim,
        encoder_hid_dim_type="text_image_proj",
        addition_embed_type="text_image",
        attention_head_dim=sizes.heads,  # diffusers' name for the number of heads
        norm_num_groups=sizes.groups,
        resnet_time_scale_shift="scale_shift",
        use_linear_projection=True,
    )
    for parameter in unet.conv_out.parameters():
        nn.init.zeros_(parameter)
    return unet


def new_scheduler() -> DDIMScheduler:
    """Make the noise process: cosine, v-prediction (Salimans and Ho 2022), 1,000 steps."""
    scheduler: DDIMScheduler = DDIMScheduler(
        num_train_timesteps=1000,
        beta_schedule="squaredcos_cap_v2",
        prediction_type="v_prediction",
        clip_sample=False,
        timestep_spacing="trailing",
        set_alpha_to_one=True,
    )
    return scheduler


class Decoder(nn.Module):
    """The U-Net and what it is conditioned on; called with a batch, it returns the loss."""

    alphas_cumprod: Tensor

    def __init__(self, unet: UNet2DConditionModel, conditions: Conditions, patch: int) -> None:
        super().__init__()
        self.unet = unet
        self.conditions = conditions
        self.patch = patch
        self.register_buffer("alphas_cumprod", new_scheduler().alphas_cumprod, persistent=False)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Compute the weighted mean of `errors`.

        Where there is hardly any noise, v is mostly that noise: the errors are large, cannot be
        reduced much, and no sampler with few steps goes there. They count less by 1 + SNR / 20.
        """
        alpha_bar = self.alphas_cumprod[batch["t"]]
        weights = 1 / (1 + alpha_bar / (1 - alpha_bar) / _HALF_WEIGHT_SNR)
        return (weights * self.errors(batch)).mean()

    def errors(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Compute the mean squared errors (B,) of v = alpha eps - sigma x (Salimans and Ho 2022).

        pictures (B, S, S, 3) uint8, ids (B, T), masks (B, 1, S, S) with 1 = repaint, t (B,) int64,
        eps (B, 3, S, S), drops (B,) in [0, 1), z_noise (B, D).
        """
        x, masks = to_unit(batch["pictures"]), batch["masks"]
        alpha, sigma = self._levels(batch["t"])
        x_t, v = alpha * x + sigma * batch["eps"], alpha * batch["eps"] - sigma * x
        channels = torch.cat([self.to_patches(each) for each in (x_t, x * (1 - masks), masks)], 1)
        v_hat = self.predict(channels, batch["t"], *self._conditions(x, batch))
        return (v_hat.float() - self.to_patches(v)).square().flatten(1).mean(1)

    def predict(
        self, channels: Tensor, t: Tensor, z_i: Tensor, z_t: Tensor, hidden: Tensor
    ) -> Tensor:
        """Predict the patches of v for patches (B, C, H, W): noisy, known, mask."""
        output: Tensor = self.unet(
            channels,
            t,
            encoder_hidden_states=hidden,
            added_cond_kwargs={"image_embeds": z_i, "text_embeds": z_t},
            return_dict=False,
        )[0]
        return output

    def to_patches(self, pixels: Tensor) -> Tensor:
        """Fold (B, C, S, S) into patches."""
        return F.pixel_unshuffle(pixels, self.patch)

    def to_pixels(self, patches: Tensor) -> Tensor:
        """Unfold patches into (B, 3, S, S)."""
        return F.pixel_shuffle(patches, self.patch)

    def _conditions(self, x: Tensor, batch: Mapping[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Leave out the caption, the embedding, or both, for classifier-free guidance."""
        drops = batch["drops"]
        has_text = drops >= _ONLY_IMAGE + _NOTHING
        has_image = (drops >= _NOTHING) & (drops < 1 - _ONLY_TEXT)
        z_t, hidden = self.conditions.texts(batch["ids"], ~has_text)
        z_i = self.conditions.images(x) + batch["z_noise"]
        return z_i * has_image[:, None], z_t, hidden

    def _levels(self, t: Tensor) -> tuple[Tensor, Tensor]:
        alpha_bar = self.alphas_cumprod[t][:, None, None, None]
        return alpha_bar.sqrt(), (1 - alpha_bar).sqrt()


Draw = Callable[[Decoder, CLIPTokenizer, Corpus], Image.Image]


class DecoderRecipe:
    """Trains the U-Net on whole pictures and on holes in them."""

    name = "decoder"

    def __init__(
        self,
        decoder: Decoder,
        tokenizer: CLIPTokenizer,
        corpus: Corpus,
        checks: Corpus,
        plan: Plan,
        draw: Draw,
    ) -> None:
        self.objective = decoder
        self.plan = plan
        self._tokenizer = tokenizer
        self._corpus = corpus
        self._checks = checks
        self._draw = draw

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        """Take pictures evenly, with everything that is random about a training step."""
        chosen = self._corpus.indices(self.plan.batch, index, rank)
        captions = pick_captions(self._corpus, chosen, index, rank)
        return self._batch(self._corpus, chosen, captions, index, rank)

    def measure(self) -> Mapping[str, float]:
        """Compute the loss on held-out pictures at low, middle and high noise."""
        return {f"loss_at_{t}": self._loss_at(t) for t in (200, 500, 800)}

    @torch.no_grad()
    def _loss_at(self, t: int) -> float:
        chosen = np.arange(min(len(self._checks), 64))
        captions = [self._checks.captions[i][0] for i in chosen.tolist()]
        batch = self._batch(self._checks, chosen, captions, 0, 0)
        batch |= {"t": torch.full((len(chosen),), t), "drops": torch.full((len(chosen),), 0.5)}
        return float(
            self.objective.errors(as_device(batch, self.objective.alphas_cumprod.device)).mean()
        )

    def picture(self) -> Image.Image:
        """Decode held-out captions with the embeddings of their true pictures."""
        return self._draw(self.objective, self._tokenizer, self._checks)

    def save(self, folder: Path) -> None:
        """Write the U-Net and its noise process."""
        self.objective.unet.save_pretrained(folder / "decoder")
        new_scheduler().save_pretrained(folder / "decoder_scheduler")

    def _batch(
        self, corpus: Corpus, chosen: Indices, captions: Sequence[str], index: int, rank: int
    ) -> dict[str, Tensor]:
        ids = tokenize(self._tokenizer, captions)
        pictures = take_pictures(corpus, chosen)
        count, size = pictures.shape[:2]
        noise = torch.Generator().manual_seed(key_of(f"decoder/{index}/{rank}") & 2**63 - 1)
        dim = self.objective.conditions.clip.image_encoder.config.projection_dim
        spread = torch.rand(count, 1, generator=noise) * _MAX_Z_NOISE
        return {
            "pictures": pictures,
            "ids": ids,
            "masks": draw_masks(count, size, index, rank),
            "t": _draw_times(count, noise),
            "eps": torch.randn(count, 3, size, size, generator=noise),
            "drops": torch.rand(count, generator=noise),
            "z_noise": torch.randn(count, dim, generator=noise) * spread,
        }


def _draw_times(count: int, noise: torch.Generator) -> Tensor:
    """Draw steps (B,): half evenly, half around the middle, where content is decided."""
    even = torch.rand(count, generator=noise)
    middle = torch.sigmoid(torch.randn(count, generator=noise) + 0.2)
    chosen = torch.where(torch.rand(count, generator=noise) < 0.5, even, middle)
    return (chosen * 1000).long().clamp(0, 999)
