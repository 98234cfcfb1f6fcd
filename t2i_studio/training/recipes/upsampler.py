"""Upsamplers: four times the side, trained on crops; in one pass, or by diffusion."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from diffusers.models.unets.unet_2d import UNet2DModel
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F

from t2i_studio.core.generators import result_of
from t2i_studio.models.sampling import build_scheduler, randn, sample, stage_generator
from t2i_studio.training.corpus import key_of
from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.batches import to_unit
from t2i_studio.training.recipes.decoder import new_scheduler
from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sampler import SceneSampler, scenes

Pixels = NDArray[np.uint8]

FACTOR = 4
RESIDUAL_SCALE = 0.25
"""The one-pass network's output is multiplied by this: details are small beside pixels."""

STEPS = 8
"""Of DDIM that an enlargement by diffusion takes."""

_CHECKS, _CHECKED_SIDE = 12, 384  # held-out pictures that are measured, and px of their middle
_MAX_BLUR = 0.9  # px of the coarse picture
_MAX_GRAIN = 0.12  # standard deviation of the noise


@dataclass(frozen=True)
class UpsamplerSizes:
    """The shape of the U-Net, which has no attention, so that any size fits."""

    channels: tuple[int, ...] = (64, 96)
    layers: int = 1
    patch: int = 4  # px
    groups: int = 16
    is_diffusion: bool = False
    crop: int = 128  # px


def new_unet(sizes: UpsamplerSizes, size: int) -> UNet2DModel:
    """Make an untrained U-Net that at first adds nothing to the bicubic enlargement."""
    pixels = sizes.patch**2
    count = len(sizes.channels)
    unet: UNet2DModel = UNet2DModel(
        sample_size=size // sizes.patch,
        in_channels=6 * pixels,
        out_channels=3 * pixels,
        block_out_channels=sizes.channels,
        down_block_types=("DownBlock2D",) * count,
        up_block_types=("UpBlock2D",) * count,
        layers_per_block=sizes.layers,
        norm_num_groups=sizes.groups,
        add_attention=False,
        resnet_time_scale_shift="scale_shift",
    )
    for parameter in unet.conv_out.parameters():
        nn.init.zeros_(parameter)
    return unet


class Upsampler(nn.Module):
    """The U-Net; called with a batch, it returns the loss."""

    alphas_cumprod: Tensor

    def __init__(self, unet: UNet2DModel, sizes: UpsamplerSizes) -> None:
        super().__init__()
        self.unet = unet
        self.sizes = sizes
        self.register_buffer("alphas_cumprod", new_scheduler().alphas_cumprod, persistent=False)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Compare with the true pictures: L1 in one pass, else the error of v as in the decoder.

        pictures (B, S, S, 3) uint8; noise (B, 3, S / 4, S / 4), blur (B,), t (B,),
        eps (B, 3, S, S).
        """
        x = to_unit(batch["pictures"])
        coarse = enlarge(corrupt(shrink(x), batch["blur"], batch["noise"]))
        if not self.sizes.is_diffusion:
            return F.l1_loss(self.refine(coarse), x)
        alpha_bar = self.alphas_cumprod[batch["t"]][:, None, None, None]
        alpha, sigma = alpha_bar.sqrt(), (1 - alpha_bar).sqrt()
        v_hat = self._predict(alpha * x + sigma * batch["eps"], coarse, batch["t"])
        return F.mse_loss(v_hat, alpha * batch["eps"] - sigma * x)

    def enlarged(self, coarse: Tensor) -> Tensor:
        """Turn bicubic enlargements (B, 3, S, S) into pictures as the studio does."""
        return self.denoise(coarse) if self.sizes.is_diffusion else self.refine(coarse)

    def denoise(self, coarse: Tensor) -> Tensor:
        """Sample pictures for enlargements (B, 3, S, S) with DDIM, eta 0; any time the same."""
        generators = [stage_generator(seed, "upsampler") for seed in range(len(coarse))]
        steps = sample(
            build_scheduler("ddim", new_scheduler().config, STEPS),
            lambda x_t, t: self._predict(x_t, coarse, t),
            randn(generators, coarse.shape[1:]).to(coarse.device),
            stage="upsampler",
            show=lambda x: x,
            options={"eta": 0.0},
        )
        return result_of(steps)

    def refine(self, coarse: Tensor) -> Tensor:
        """Add details to an enlargement (B, 3, S, S) in one pass."""
        t = torch.zeros(len(coarse), dtype=torch.int64, device=coarse.device)
        return coarse + RESIDUAL_SCALE * self._predict(torch.zeros_like(coarse), coarse, t)

    def _predict(self, x_t: Tensor, coarse: Tensor, t: Tensor) -> Tensor:
        patches = [F.pixel_unshuffle(each, self.sizes.patch) for each in (x_t, coarse)]
        output = self.unet(torch.cat(patches, 1), t).sample
        return F.pixel_shuffle(output.float(), self.sizes.patch)


def shrink(x: Tensor) -> Tensor:
    """Average blocks of 4 by 4 pixels."""
    return F.avg_pool2d(x, FACTOR)


def enlarge(x: Tensor) -> Tensor:
    """Enlarge bicubically by 4, as the studio does."""
    return F.interpolate(x, scale_factor=FACTOR, mode="bicubic")


def corrupt(x: Tensor, sigma: Tensor, noise: Tensor) -> Tensor:
    """Blur (B, 3, H, W) with a 5 x 5 Gaussian of sigma (B,) px and add noise.

    The decoder's pictures are a little soft and grainy; the paper blurs with 0.6 px (section 2.1).
    """
    offsets = torch.arange(-2, 3, device=x.device)
    kernel = torch.exp(-(offsets**2) / (2 * (sigma[:, None] + 1e-3) ** 2))
    kernel = (kernel / kernel.sum(1, keepdim=True)).repeat_interleave(3, 0)
    padded = F.pad(x, (2, 2, 2, 2), mode="replicate").flatten(0, 1)[None]
    rows = F.conv2d(padded, kernel[:, None, :, None], groups=len(kernel))
    return F.conv2d(rows, kernel[:, None, None, :], groups=len(kernel)).view_as(x) + noise


class Source(Protocol):
    """Pictures that an enlargement is learnt from: (size, size, 3) uint8."""

    @property
    def size(self) -> int: ...

    def draw(self, rng: random.Random) -> Pixels:
        """Give one to train on."""

    def checks(self, seed: int) -> Iterator[Pixels]:
        """Give those that are held out, in any run the same."""


@dataclass(frozen=True)
class Renders:
    """Freshly rendered scenes."""

    size: int
    renderer: Renderer

    def draw(self, rng: random.Random) -> Pixels:
        """Render a scene that may be trained on."""
        return self.renderer.render(SceneSampler(rng).draw_training())

    def checks(self, seed: int) -> Iterator[Pixels]:
        """Render held-out scenes."""
        return map(self.renderer.render, scenes(seed, is_held_out=True))


@dataclass(frozen=True)
class Kept:
    """Pictures that lie in an array (N, S, S, 3): a twentieth of them, the last, is held out."""

    pictures: Pixels

    @property
    def size(self) -> int:
        return int(self.pictures.shape[1])

    def draw(self, rng: random.Random) -> Pixels:
        """Pick one that is not held out."""
        return np.array(self.pictures[rng.randrange(self._trained)])

    def checks(self, seed: int) -> Iterator[Pixels]:
        """Give the held-out ones."""
        del seed  # they are the same for all
        return (np.array(pixels) for pixels in self.pictures[self._trained - len(self.pictures) :])

    @property
    def _trained(self) -> int:
        return max(1, len(self.pictures) - max(1, len(self.pictures) // 20))


class UpsamplerRecipe:
    """Trains one enlargement on crops of pictures of its size."""

    def __init__(self, upsampler: Upsampler, source: Source, seed: int, plan: Plan) -> None:
        self.name = f"upsampler_{source.size}"
        self.objective = upsampler
        self.plan = plan
        self._source = source
        self._seed = seed

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        """Take pictures, and cut crops out of them, most around the middle."""
        rng = random.Random(f"{self.name}/{self._seed}/{index}/{rank}")
        crops: list[Pixels] = []
        while len(crops) < self.plan.batch:
            pixels = self._source.draw(rng)
            crops += [self._crop(rng, pixels) for _ in range(max(3, len(pixels) // 128))]
        return self._batch(np.stack(crops[: self.plan.batch]), f"{index}/{rank}")

    def _crop(self, rng: random.Random, pixels: Pixels) -> Pixels:
        """Cut a square whose corner lies on the coarse picture's grid."""
        side = self.objective.sizes.crop
        room = (len(pixels) - side) // FACTOR
        y, x = (FACTOR * round(room * rng.betavariate(1.5, 1.5)) for _ in range(2))
        return pixels[y : y + side, x : x + side]

    def _batch(self, pictures: Pixels, key: str) -> dict[str, Tensor]:
        noise = torch.Generator().manual_seed(key_of(f"{self.name}/{key}") & 2**63 - 1)
        count, side = pictures.shape[:2]
        coarse = (count, 3, side // FACTOR, side // FACTOR)
        grain = torch.rand(count, 1, 1, 1, generator=noise) ** 2 * _MAX_GRAIN
        return {
            "pictures": torch.from_numpy(pictures),
            "blur": torch.rand(count, generator=noise) * _MAX_BLUR,
            "noise": torch.randn(coarse, generator=noise) * grain,
            "t": torch.randint(0, 1000, (count,), generator=noise),
            "eps": torch.randn(count, 3, side, side, generator=noise),
        }

    @torch.no_grad()
    def measure(self) -> Mapping[str, float]:
        """Compare enlargements of clean held-out pictures with the truth: mean PSNR in dB."""
        x, coarse = self._held_out()
        return {
            "psnr_bicubic": _psnr(coarse, x),
            "psnr": _psnr(self.objective.enlarged(coarse), x),
        }

    @torch.no_grad()
    def picture(self) -> Image.Image:
        """Show held-out crops: bicubic, ours, the truth."""
        x, coarse = (each[:6] for each in self._held_out())
        columns = torch.cat([coarse, self.objective.enlarged(coarse), x], dim=2)
        pixels = ((torch.cat(list(columns), dim=2) + 1) * 127.5).clamp(0, 255)
        return Image.fromarray(pixels.permute(1, 2, 0).cpu().numpy().astype(np.uint8))

    def _held_out(self) -> tuple[Tensor, Tensor]:
        """Return true pictures and their bicubic enlargements."""
        checks = islice(self._source.checks(self._seed), _CHECKS)
        pictures = np.stack([_middle(pixels) for pixels in checks])
        x = to_unit(torch.from_numpy(pictures).to(self.objective.alphas_cumprod.device))
        return x, enlarge(shrink(x))

    def save(self, folder: Path) -> None:
        """Write the U-Net, and for diffusion its noise process."""
        self.objective.unet.save_pretrained(folder / self.name)
        if self.objective.sizes.is_diffusion:
            new_scheduler().save_pretrained(folder / f"{self.name}_scheduler")


def _middle(pixels: Pixels) -> Pixels:
    """Cut out the middle of a large picture."""
    start = max(0, len(pixels) - _CHECKED_SIDE) // 2 // FACTOR * FACTOR
    return pixels[start : start + _CHECKED_SIDE, start : start + _CHECKED_SIDE]


def _psnr(found: Tensor, truth: Tensor) -> float:
    """Return the mean over pictures of 10 log10(peak^2 / MSE), the peak being 2."""
    errors = (found.clamp(-1, 1) - truth).square().flatten(1).mean(1)
    return float((10 * torch.log10(4 / errors)).mean())
