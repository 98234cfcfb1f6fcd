"""Kandinsky 2.2's layout behind the seam: the decoder works on latents of a MoVQ, without text."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import torch
from diffusers import DDPMScheduler, UNet2DConditionModel, VQModel
from torch import Tensor, nn
from torch.nn import functional as F

from t2i_studio.models.guidance import guided, is_guided
from t2i_studio.models.sampling import (
    FULL_STRENGTH,
    Denoiser,
    Step,
    randn,
    stage_generator,
    start_of,
)
from t2i_studio.models.unclip import epsilon
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.clip import TextCond
from t2i_studio.models.unclip.decoder import STAGE, DecoderSettings, check_batch
from t2i_studio.models.unclip.epsilon import Process
from t2i_studio.models.unclip.networks import Configured, Network, UNetOutput
from t2i_studio.models.unclip.published import Front, Published, load_front
from t2i_studio.models.unclip.region import Region, everything, region_of
from t2i_studio.models.unclip.source import Fact, Source, memory_of
from t2i_studio.models.unclip.system import Inversion
from t2i_studio.models.unclip.vision import resized

SAMPLER = "ddpm"


class _Latents(Protocol):
    latents: Tensor


class Autoencoder(Network, Protocol):
    """`diffusers.VQModel`; its latents are neither quantised nor scaled here."""

    def encode(self, x: Tensor) -> _Latents: ...

    def decode(self, h: Tensor, force_not_quantize: bool) -> UNetOutput: ...


class Decoder(Network, Protocol):
    """`diffusers.UNet2DConditionModel`, conditioned on an image embedding alone."""

    def __call__(
        self,
        sample: Tensor,
        timestep: Tensor,
        encoder_hidden_states: None,
        added_cond_kwargs: Mapping[str, Tensor],
    ) -> UNetOutput: ...


@dataclass(frozen=True)
class Parts:
    """The networks of one checkpoint, in evaluation mode on one device."""

    front: Front
    decoder: Decoder
    decoder_scheduler: Configured
    movq: Autoencoder

    @property
    def networks(self) -> tuple[nn.Module, ...]:
        found = (self.decoder, self.movq)
        return (*self.front.networks, *(cast(nn.Module, network) for network in found))


def load_kandinsky(
    prior_folder: Path,
    decoder_folder: Path,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> Generator[str, None, "Kandinsky"]:
    """Load a checkpoint, yielding the name of each part before it is read; raises CheckpointError.

    The folders are those of KandinskyV22PriorPipeline and KandinskyV22Pipeline (or of its
    inpainting decoder), or one that holds both. Reads safetensors files only.
    """
    chosen = torch.device(device)
    front_source = Source(prior_folder, chosen, dtype, prefix="prior_")
    source = Source(decoder_folder, chosen, dtype)
    front = yield from load_front(front_source, process="scheduler", processor="image_processor")
    for part, found in (("image_encoder", front.image_encoder), ("prior", front.prior)):
        if found is None:
            raise CheckpointError(f"{prior_folder / part}: the folder is missing.")
    yield "decoder"
    decoder = source.network(UNet2DConditionModel, "unet")
    scheduler = source.scheduler(DDPMScheduler, "scheduler")
    yield "MoVQ"
    movq = source.network(VQModel, "movq")
    parts = Parts(front, cast(Decoder, decoder), scheduler, cast(Autoencoder, movq))
    source.require(_wiring(parts))
    return Kandinsky(parts)


def _wiring(parts: Parts) -> Iterator[Fact]:
    """Tell what the parts must say to fit together."""
    decoder, process = parts.decoder.config, parts.decoder_scheduler.config
    latents = cast(int, parts.movq.config["latent_channels"])
    yield "unet", "encoder_hid_dim", decoder["encoder_hid_dim"], parts.front.embedding_dim
    yield "unet", "encoder_hid_dim_type", decoder["encoder_hid_dim_type"], "image_proj"
    yield "unet", "addition_embed_type", decoder["addition_embed_type"], "image"
    if decoder["in_channels"] != 2 * latents + 1:  # an inpainting decoder
        yield "unet", "in_channels", decoder["in_channels"], latents
    yield "unet", "out_channels", decoder["out_channels"], 2 * latents
    yield "scheduler", "variance_type", process["variance_type"], "learned_range"
    yield "scheduler", "prediction_type", process["prediction_type"], "epsilon"


class Kandinsky(Published):
    """See `system.System`; `text` conditions the prior only, and so does a negative prompt."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.front)
        self.parts = parts
        self._channels = cast(int, parts.movq.config["latent_channels"])
        self._side = cast(int, parts.decoder.config["sample_size"])
        blocks = cast(Sequence[int], parts.movq.config["block_out_channels"])
        self.default_size = self._side * 2 ** (len(blocks) - 1)
        self.sizes = (self.default_size,)
        self.dtype = parts.decoder.dtype
        self.memory_bytes = memory_of(parts.networks)
        self._process = Process(SAMPLER, parts.decoder_scheduler.config)
        size = parts.front.image_size
        self.null_z = self._embed(torch.zeros(1, 3, size, size))

    def draw_noise(self, seeds: Sequence[int]) -> Tensor:
        generators = [stage_generator(seed, STAGE) for seed in seeds]
        return randn(generators, (self._channels, self._side, self._side)).to(self.device)

    def count_decoder_steps(
        self, settings: DecoderSettings, strength: float = FULL_STRENGTH
    ) -> int:
        return epsilon.count_steps(self._process, settings, strength)

    def decode(
        self,
        z: Tensor,
        text: TextCond,
        null: TextCond,
        *,
        seeds: Sequence[int],
        settings: DecoderSettings,
        x_T: Tensor | None = None,  # noqa: N803  # the paper's letter
        known: Tensor | None = None,
        mask: Tensor | None = None,
        start: Tensor | None = None,
        strength: float = FULL_STRENGTH,
    ) -> Generator[Step, None, Tensor]:
        check_batch(self.embedding_dim, z, text, seeds)
        picture = region_of(known, mask, len(z), self.default_size, self.device)
        region = self._everything(len(z)) if known is None else self._latent(picture, known)
        show = partial(self._pixels, picture)
        begun = None if start is None else self._latents(start)
        x_0 = yield from epsilon.denoise(
            self._process,
            self._denoiser(z, region, settings.guidance),
            self.draw_noise(seeds) if x_T is None else x_T.to(self.device),
            seeds=seeds,
            settings=settings,
            show=show,
            region=region,
            start=start_of(begun, strength),
        )
        return show(x_0)

    def invert(
        self, pixels: Tensor, z: Tensor, text: TextCond, null: TextCond, *, settings: Inversion
    ) -> Generator[Step, None, Tensor]:
        everywhere = everything(len(z), self.default_size, self.device)
        return epsilon.invert(
            self._process,
            self._denoiser(z, self._everything(len(z)), settings.guidance),
            self._latents(pixels),
            how=settings,
            show=partial(self._pixels, everywhere),
        )

    def plan_upsampling(self, size: int, steps: Mapping[str, int]) -> dict[str, int]:
        if size != self.default_size:
            raise ValueError(f"Pictures are {self.default_size} px wide, not {size}.")
        return {}

    def upsample(
        self, stage: str, pixels: Tensor, *, seeds: Sequence[int], steps: int | None = None
    ) -> Generator[Step, None, Tensor]:
        raise ValueError("This checkpoint has no upsampler.")

    def _everything(self, batch: int) -> Region:
        return everything(batch, self._side, self.device, self._channels)

    def _latent(self, picture: Region, known: Tensor) -> Region:
        """Bring a repaint into the latents; one next to the hole has seen it, so it goes, too."""
        touched = F.adaptive_max_pool2d(picture.mask, self._side)
        mask = F.max_pool2d(touched, 3, stride=1, padding=1)
        return Region(known=self._latents(known) * (1 - mask), mask=mask)

    @torch.no_grad()
    def _latents(self, pixels: Tensor) -> Tensor:
        movq = self.parts.movq
        picture = resized(pixels, self.default_size).to(self.device, movq.dtype)
        return movq.encode(picture).latents.float()

    @torch.no_grad()
    def _pixels(self, picture: Region, latents: Tensor) -> Tensor:
        movq = self.parts.movq
        output = movq.decode(latents.to(movq.dtype), force_not_quantize=True).sample
        return picture.paste(output.float().clamp(-1, 1))

    def _denoiser(self, z: Tensor, region: Region, guidance: float) -> Denoiser:
        """Fill in everything but (x_t, t); the null branch sees the embedding of no picture."""
        network, dtype = self.parts.decoder, self.parts.decoder.dtype
        z = z.to(self.device)
        seen = self._seen(region)
        if is_guided(guidance):
            z, seen = torch.cat([self.null_z.expand_as(z), z]), torch.cat([seen, seen])
        added = {"image_embeds": z.to(dtype)}

        @torch.no_grad()
        def predict(x_t: Tensor, t: Tensor) -> Tensor:
            output = network(
                torch.cat([x_t, seen], dim=1).to(dtype),
                t,
                encoder_hidden_states=None,
                added_cond_kwargs=added,
            )
            return output.sample.float()

        return guided(predict, guidance)

    def _seen(self, region: Region) -> Tensor:
        """Return the channels (B, 5, h, w) of an inpainting decoder, none (B, 0, h, w) else."""
        channels = torch.cat([region.known, 1 - region.mask], dim=1)
        return channels[:, : cast(int, self.parts.decoder.config["in_channels"]) - self._channels]
