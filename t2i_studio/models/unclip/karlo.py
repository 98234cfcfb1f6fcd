"""Karlo's layout behind the seam: pixels at 64 px, then a diffusion upsampler to 256 px.

The folders of diffusers' UnCLIPPipeline and UnCLIPImageVariationPipeline, read part by part: the
file model_index.json names a module that diffusers 0.42 does not find any more.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import torch
from diffusers import UnCLIPScheduler, UNet2DConditionModel, UNet2DModel
from diffusers.pipelines.deprecated.unclip.text_proj import UnCLIPTextProjModel
from torch import Tensor, nn
from torch.nn import functional as F

from t2i_studio.models.guidance import guided, is_guided
from t2i_studio.models.sampling import (
    FULL_STRENGTH,
    Denoiser,
    Step,
    clean_from_eps,
    randn,
    sample,
    stage_generator,
    start_of,
)
from t2i_studio.models.unclip import epsilon
from t2i_studio.models.unclip.clip import TextCond
from t2i_studio.models.unclip.decoder import STAGE, DecoderSettings, check_batch
from t2i_studio.models.unclip.epsilon import Process
from t2i_studio.models.unclip.networks import Configured, Network, UNetOutput, UpsamplerNetwork
from t2i_studio.models.unclip.process import unclip_process
from t2i_studio.models.unclip.published import Front, Published, load_front
from t2i_studio.models.unclip.region import Region, region_of
from t2i_studio.models.unclip.source import Fact, Source, memory_of
from t2i_studio.models.unclip.system import Inversion
from t2i_studio.models.unclip.upsampler import FIRST_STAGE
from t2i_studio.models.unclip.vision import resized

SAMPLER = "unclip"
UPSAMPLER_STEPS = 7  # the last of them by a network of its own


class Projection(Network, Protocol):
    """`UnCLIPTextProjModel`: the conditions of the decoder (Ramesh et al. 2022, section 2.1)."""

    learned_classifier_free_guidance_embeddings: Tensor  # (D,)
    clip_extra_context_tokens: int

    def __call__(
        self,
        *,
        image_embeddings: Tensor,
        prompt_embeds: Tensor,
        text_encoder_hidden_states: Tensor,
        do_classifier_free_guidance: bool,
    ) -> tuple[Tensor, Tensor]:
        """Return what the decoder attends to (B, 4 + T, width) and what it adds to the time."""


class Decoder(Network, Protocol):
    """`diffusers.UNet2DConditionModel`, conditioned as Karlo does it."""

    def __call__(
        self,
        sample: Tensor,
        timestep: Tensor,
        encoder_hidden_states: Tensor,
        class_labels: Tensor,
        attention_mask: Tensor,
    ) -> UNetOutput: ...


@dataclass(frozen=True)
class Parts:
    """The networks of one checkpoint, in evaluation mode on one device."""

    front: Front
    projection: Projection
    decoder: Decoder
    decoder_scheduler: Configured
    first: UpsamplerNetwork
    last: UpsamplerNetwork
    upsampler_scheduler: Configured

    @property
    def networks(self) -> tuple[nn.Module, ...]:
        found = (self.projection, self.decoder, self.first, self.last)
        return (*self.front.networks, *(cast(nn.Module, network) for network in found))


def load_karlo(
    folder: Path, device: torch.device | str = "cpu", dtype: torch.dtype = torch.float32
) -> Generator[str, None, "Karlo"]:
    """Load a checkpoint, yielding the name of each part before it is read; raises CheckpointError.

    Reads safetensors files of `folder` only.
    """
    source = Source(folder, torch.device(device), dtype)
    front = yield from load_front(source, process="prior_scheduler", processor="feature_extractor")
    yield "decoder"
    projection = source.network(UnCLIPTextProjModel, "text_proj")
    decoder = source.network(UNet2DConditionModel, "decoder")
    yield "upsampler"
    parts = Parts(
        front=front,
        projection=cast(Projection, projection),
        decoder=cast(Decoder, decoder),
        decoder_scheduler=source.scheduler(UnCLIPScheduler, "decoder_scheduler"),
        first=cast(UpsamplerNetwork, source.network(UNet2DModel, "super_res_first")),
        last=cast(UpsamplerNetwork, source.network(UNet2DModel, "super_res_last")),
        upsampler_scheduler=source.scheduler(UnCLIPScheduler, "super_res_scheduler"),
    )
    source.require(_wiring(parts))
    return Karlo(parts)


def _wiring(parts: Parts) -> Iterator[Fact]:
    """Tell what the parts must say to fit together."""
    decoder, projection = parts.decoder.config, parts.projection.config
    dim = parts.front.embedding_dim
    yield "text_encoder", "hidden_size", parts.front.text_encoder.config.hidden_size, dim
    yield "text_proj", "clip_embeddings_dim", projection["clip_embeddings_dim"], dim
    width = decoder["cross_attention_dim"]
    yield "text_proj", "cross_attention_dim", projection["cross_attention_dim"], width
    yield "decoder", "class_embed_type", decoder["class_embed_type"], "identity"
    yield "decoder", "in_channels", decoder["in_channels"], 3
    yield "decoder", "out_channels", decoder["out_channels"], 6
    for part, network in (("super_res_first", parts.first), ("super_res_last", parts.last)):
        yield part, "in_channels", network.config["in_channels"], 6
        yield part, "out_channels", network.config["out_channels"], 3
    size = parts.first.config["sample_size"]
    yield "super_res_last", "sample_size", parts.last.config["sample_size"], size
    kind = parts.decoder_scheduler.config["variance_type"]
    yield "decoder_scheduler", "variance_type", kind, "learned_range"
    kind = parts.upsampler_scheduler.config["variance_type"]
    yield "super_res_scheduler", "variance_type", kind, "fixed_small_log"


class Karlo(Published):
    """See `system.System`."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.front)
        self.parts = parts
        decoder, upsampler = parts.decoder.config, parts.first.config
        self.sizes = (cast(int, decoder["sample_size"]), cast(int, upsampler["sample_size"]))
        self.default_size = self.sizes[1]
        self.dtype = parts.decoder.dtype
        self.memory_bytes = memory_of(parts.networks)
        self._process = Process(SAMPLER, parts.decoder_scheduler.config)

    @property
    def null_z(self) -> Tensor:
        return self.parts.projection.learned_classifier_free_guidance_embeddings[None].float()

    def draw_noise(self, seeds: Sequence[int]) -> Tensor:
        generators = [stage_generator(seed, STAGE) for seed in seeds]
        return randn(generators, (3, self.sizes[0], self.sizes[0])).to(self.device)

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
        region = region_of(known, mask, len(z), self.sizes[0], self.device)
        show = partial(_pixels, region)
        begun = None if start is None else resized(start, self.sizes[0]).to(self.device)
        x_0 = yield from epsilon.denoise(
            self._process,
            self._denoiser(z, text, null, settings.guidance),
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
        return epsilon.invert(
            self._process,
            self._denoiser(z, text, null, settings.guidance),
            resized(pixels, self.sizes[0]).to(self.device),
            how=settings,
            show=lambda x_0: x_0.clamp(-1, 1),
        )

    def plan_upsampling(self, size: int, steps: Mapping[str, int]) -> dict[str, int]:
        if size not in self.sizes:
            possible = " or ".join(map(str, self.sizes))
            raise ValueError(f"Pictures are {possible} px wide, not {size}.")
        if size == self.sizes[0]:
            return {}
        return {FIRST_STAGE: steps.get(FIRST_STAGE, UPSAMPLER_STEPS)}

    def upsample(
        self, stage: str, pixels: Tensor, *, seeds: Sequence[int], steps: int | None = None
    ) -> Generator[Step, None, Tensor]:
        size = self.sizes[1]
        generators = [stage_generator(seed, f"{FIRST_STAGE} {size}") for seed in seeds]
        noise = randn(generators, (3, size, size)).to(self.device)
        coarse = F.interpolate(pixels.float(), size=(size, size), mode="bicubic", antialias=True)
        x_0 = yield from sample(
            unclip_process(self.parts.upsampler_scheduler.config, steps or UPSAMPLER_STEPS),
            partial(self._refine, coarse),
            noise,
            stage=stage,
            show=lambda x_0: x_0.clamp(-1, 1),
            options={"generator": generators},
            clean=clean_from_eps,
        )
        return x_0.clamp(-1, 1)

    @torch.no_grad()
    def _refine(self, coarse: Tensor, x_t: Tensor, t: Tensor) -> Tensor:
        network = self.parts.first if t > 0 else self.parts.last
        return network(torch.cat([x_t, coarse], dim=1).to(network.dtype), t).sample.float()

    @torch.no_grad()
    def _denoiser(self, z: Tensor, text: TextCond, null: TextCond, guidance: float) -> Denoiser:
        """Fill in everything but (x_t, t); the null branch sees the learned embedding."""
        network, dtype = self.parts.decoder, self.parts.decoder.dtype
        z = z.to(self.device)
        if is_guided(guidance):
            z = torch.cat([self.null_z.expand_as(z), z])
            text = null.expand(len(text)).followed_by(text)
        hidden, added = self.parts.projection(
            image_embeddings=z.to(dtype),
            prompt_embeds=text.embeds.to(dtype),
            text_encoder_hidden_states=text.hidden.to(dtype),
            do_classifier_free_guidance=False,
        )
        assert text.mask is not None
        extra = self.parts.projection.clip_extra_context_tokens
        mask = F.pad(text.mask, (extra, 0), value=True)

        @torch.no_grad()
        def predict(x_t: Tensor, t: Tensor) -> Tensor:
            output = network(
                x_t.to(dtype),
                t,
                encoder_hidden_states=hidden,
                class_labels=added,
                attention_mask=mask,
            )
            return output.sample.float()

        return guided(predict, guidance)


def _pixels(region: Region, x_0: Tensor) -> Tensor:
    return region.paste(x_0.clamp(-1, 1))
