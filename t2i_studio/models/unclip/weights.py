"""Loading the parts of an unCLIP checkpoint from a folder."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from diffusers import (
    DDIMScheduler,
    PriorTransformer,
    UnCLIPScheduler,
    UNet2DConditionModel,
    UNet2DModel,
)
from torch import nn
from transformers import (
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionModelWithProjection,
)

from t2i_studio.models.unclip.layout import (
    DiffusionLayout,
    Layout,
    UpsamplerLayout,
    read_layout,
)
from t2i_studio.models.unclip.networks import (
    Configured,
    DecoderNetwork,
    PriorNetwork,
    UpsamplerNetwork,
)
from t2i_studio.models.unclip.source import Fact, Source, memory_of


@dataclass(frozen=True)
class Upsampler:
    """One enlargement; the scheduler is None for those that need one pass only."""

    layout: UpsamplerLayout
    network: UpsamplerNetwork
    scheduler: Configured | None


@dataclass(frozen=True)
class Parts:
    """The networks of one checkpoint, in evaluation mode on one device, and how they are wired."""

    layout: Layout
    tokenizer: CLIPTokenizer
    text_encoder: CLIPTextModelWithProjection
    image_encoder: CLIPVisionModelWithProjection | None  # None: pictures cannot be embedded
    prior: PriorNetwork
    decoder: DecoderNetwork
    upsamplers: tuple[Upsampler, ...]  # in the order in which they work
    prior_scheduler: Configured
    decoder_scheduler: Configured
    device: torch.device

    @property
    def embedding_dim(self) -> int:
        return self.layout.embedding_dim

    @property
    def embedding_scale(self) -> float:
        return self.layout.embedding_scale

    @property
    def networks(self) -> tuple[nn.Module, ...]:
        """All of them, in the order in which they work."""
        found = (
            self.text_encoder,
            self.image_encoder,
            self.prior,
            self.decoder,
            *(upsampler.network for upsampler in self.upsamplers),
        )
        return tuple(cast(nn.Module, network) for network in found if network is not None)

    @property
    def memory_bytes(self) -> int:
        """Bytes that the weights take."""
        return memory_of(self.networks)


def load_parts(
    folder: Path,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> Generator[str, None, Parts]:
    """Load a checkpoint, yielding the name of each part before it is read; raises CheckpointError.

    Reads safetensors files of `folder` only. Not for several threads at once: while a part loads,
    the libraries' progress bars are off.
    """
    layout = read_layout(folder)
    source = Source(folder, torch.device(device), dtype)
    yield "text encoder"
    tokenizer = source.tokenizer()
    text_encoder = source.network(CLIPTextModelWithProjection, "text_encoder")
    image_encoder = None
    if (folder / "image_encoder").exists():
        yield "image encoder"
        image_encoder = source.network(CLIPVisionModelWithProjection, "image_encoder")
    yield "prior"
    prior = source.network(PriorTransformer, "prior")
    yield "decoder"
    decoder = source.network(UNet2DConditionModel, "decoder")
    upsamplers: list[Upsampler] = []
    for upsampler in layout.upsamplers:
        yield upsampler.folder.replace("_", " ")
        upsamplers.append(_load_upsampler(source, upsampler))
    parts = Parts(
        layout=layout,
        tokenizer=tokenizer,
        text_encoder=cast(CLIPTextModelWithProjection, text_encoder),
        image_encoder=cast(CLIPVisionModelWithProjection | None, image_encoder),
        prior=cast(PriorNetwork, prior),
        decoder=cast(DecoderNetwork, decoder),
        upsamplers=tuple(upsamplers),
        prior_scheduler=source.scheduler(UnCLIPScheduler, "prior_scheduler"),
        decoder_scheduler=source.scheduler(DDIMScheduler, "decoder_scheduler"),
        device=source.device,
    )
    source.require(_part_wiring(parts))
    return parts


def _load_upsampler(source: Source, layout: UpsamplerLayout) -> Upsampler:
    """Load an upsampler with its noise process, if it has one."""
    network = cast(UpsamplerNetwork, source.network(UNet2DModel, layout.folder))
    if not isinstance(layout, DiffusionLayout):
        return Upsampler(layout, network, None)
    return Upsampler(layout, network, source.scheduler(DDIMScheduler, layout.scheduler))


def _part_wiring(parts: Parts) -> Iterator[Fact]:
    """Tell what the parts must say to fit together as `unclip.json` says."""
    layout = parts.layout
    size, dim, patch = layout.image_size, layout.embedding_dim, layout.decoder.pixel_unshuffle
    text = parts.text_encoder.config
    prior, decoder = parts.prior.config, parts.decoder.config
    process = parts.decoder_scheduler.config
    yield from (
        ("text_encoder", "projection_dim", text.projection_dim, dim),
        (
            "text_encoder",
            "max_position_embeddings",
            text.max_position_embeddings,
            layout.text_length,
        ),
        *_image_wiring(parts),
        ("prior", "embedding_dim", prior["embedding_dim"], dim),
        ("decoder", "sample_size", decoder["sample_size"], size // patch),
        ("decoder", "in_channels", decoder["in_channels"], 7 * patch**2),
        ("decoder", "out_channels", decoder["out_channels"], 3 * patch**2),
        ("decoder_scheduler", "prediction_type", process["prediction_type"], "v_prediction"),
        *(fact for upsampler in parts.upsamplers for fact in _wiring(upsampler)),
    )


def _image_wiring(parts: Parts) -> Iterator[Fact]:
    if parts.image_encoder is not None:
        config, layout = parts.image_encoder.config, parts.layout
        yield "image_encoder", "projection_dim", config.projection_dim, layout.embedding_dim
        yield "image_encoder", "image_size", config.image_size, layout.image_size


def _wiring(upsampler: Upsampler) -> Iterator[Fact]:
    """Tell what an upsampler's parts must say: noisy and coarse pixels in, one picture out."""
    layout, config = upsampler.layout, upsampler.network.config
    area = layout.pixel_unshuffle**2
    yield layout.folder, "in_channels", config["in_channels"], 6 * area
    yield layout.folder, "out_channels", config["out_channels"], 3 * area
    if isinstance(layout, DiffusionLayout) and upsampler.scheduler is not None:
        kind = upsampler.scheduler.config["prediction_type"]
        yield layout.scheduler, "prediction_type", kind, "v_prediction"
