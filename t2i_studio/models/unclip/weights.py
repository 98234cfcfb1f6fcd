"""Loading the parts of an unCLIP checkpoint from a folder."""

import errno
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import diffusers.utils.logging as diffusers_logging
import torch
import transformers.utils.logging as transformers_logging
from diffusers import (
    DDIMScheduler,
    PriorTransformer,
    UnCLIPScheduler,
    UNet2DConditionModel,
    UNet2DModel,
)
from safetensors import SafetensorError
from torch import nn
from transformers import (
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionModelWithProjection,
)

from t2i_studio.models.unclip.checkpoint import (
    CheckpointError,
    check_config,
    check_weights,
    read_json,
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
    Loadable,
    PriorNetwork,
    UpsamplerNetwork,
)

# What from_pretrained raises for files that are not what they should be.
_FAULTS = (OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError)

Fact = tuple[str, str, object, object]
"""Part, name of a value, what it is, what it must be."""

# By library: the key of config.json that names the class, and the stem of the weight files.
_SAVED_BY = {
    "transformers": ("architectures", "model"),
    "diffusers": ("_class_name", "diffusion_pytorch_model"),
}


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
    image_encoder: CLIPVisionModelWithProjection
    prior: PriorNetwork
    decoder: DecoderNetwork
    upsamplers: tuple[Upsampler, ...]  # in the order in which they work
    prior_scheduler: Configured
    decoder_scheduler: Configured
    device: torch.device

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
        return tuple(cast(nn.Module, network) for network in found)

    @property
    def memory_bytes(self) -> int:
        """Bytes that the weights take."""
        return sum(weight.nbytes for network in self.networks for weight in network.parameters())


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
    source = _Source(folder, torch.device(device), dtype)
    yield "text encoder"
    tokenizer = _load_tokenizer(folder / "tokenizer")
    text_encoder = source.network(CLIPTextModelWithProjection, "text_encoder")
    yield "image encoder"
    image_encoder = source.network(CLIPVisionModelWithProjection, "image_encoder")
    yield "prior"
    prior = source.network(PriorTransformer, "prior")
    yield "decoder"
    decoder = source.network(UNet2DConditionModel, "decoder")
    upsamplers: list[Upsampler] = []
    for upsampler in layout.upsamplers:
        yield upsampler.folder.replace("_", " ")
        upsamplers.append(source.upsampler(upsampler))
    parts = Parts(
        layout=layout,
        tokenizer=tokenizer,
        text_encoder=cast(CLIPTextModelWithProjection, text_encoder),
        image_encoder=cast(CLIPVisionModelWithProjection, image_encoder),
        prior=cast(PriorNetwork, prior),
        decoder=cast(DecoderNetwork, decoder),
        upsamplers=tuple(upsamplers),
        prior_scheduler=source.scheduler(UnCLIPScheduler, "prior_scheduler"),
        decoder_scheduler=source.scheduler(DDIMScheduler, "decoder_scheduler"),
        device=source.device,
    )
    _check_wiring(parts, folder)
    return parts


@dataclass(frozen=True)
class _Source:
    """The folder that networks come from, and where they go."""

    folder: Path
    device: torch.device
    dtype: torch.dtype

    def network(self, kind: type, part: str) -> nn.Module:
        """Load a network of that class, ready for inference."""
        class_key, stem = _SAVED_BY[kind.__module__.partition(".")[0]]
        path = self.folder / part
        check_config(path / "config.json", class_key, kind.__name__)
        check_weights(path, stem)
        options = {"dtype": self.dtype, "use_safetensors": True, "output_loading_info": True}
        loaded = _read(kind, path, options)
        network, info = cast(tuple[nn.Module, Mapping[str, object]], loaded)
        _check_loading(path, info)
        return network.eval().requires_grad_(False).to(self.device)

    def scheduler(self, kind: type, part: str) -> Configured:
        """Load a scheduler of that class."""
        path = self.folder / part
        check_config(path / "scheduler_config.json", "_class_name", kind.__name__)
        return cast(Configured, _read(kind, path, {}))

    def upsampler(self, layout: UpsamplerLayout) -> Upsampler:
        """Load an upsampler with its noise process, if it has one."""
        network = cast(UpsamplerNetwork, self.network(UNet2DModel, layout.folder))
        if not isinstance(layout, DiffusionLayout):
            return Upsampler(layout, network, None)
        return Upsampler(layout, network, self.scheduler(DDIMScheduler, layout.scheduler))


def _read(kind: type, path: Path, options: Mapping[str, object]) -> object:
    try:
        # A network draws its first weights before it is given the saved ones.
        with _without_progress_bars(), torch.random.fork_rng(devices=[]):
            return cast(Loadable, kind).from_pretrained(path, local_files_only=True, **options)
    except (*_FAULTS, SafetensorError) as error:
        if _is_out_of_memory(error):
            raise
        raise CheckpointError(f"{path}: cannot be loaded ({error}).") from error


def _is_out_of_memory(error: Exception) -> bool:
    """Tell whether the machine is to blame: on the CPU torch has no error class for it."""
    is_on_cpu = isinstance(error, RuntimeError) and "DefaultCPUAllocator" in str(error)
    is_refused = isinstance(error, OSError) and error.errno == errno.ENOMEM
    return isinstance(error, torch.OutOfMemoryError) or is_on_cpu or is_refused


def _check_loading(path: Path, info: Mapping[str, object]) -> None:
    """Refuse what both libraries only log: they fill missing weights with random numbers."""
    for problem in ("missing_keys", "unexpected_keys", "mismatched_keys", "error_msgs"):
        if found := list(cast(Iterable[object], info.get(problem, ()))):
            shown = ", ".join(sorted(map(str, found))[:3])
            kind = problem.replace("_", " ")
            raise CheckpointError(f"{path}: weights and config.json disagree: {kind} {shown}.")


def _load_tokenizer(path: Path) -> CLIPTokenizer:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        read_json(path / name)
    return cast(CLIPTokenizer, _read(CLIPTokenizer, path, {}))


def _check_wiring(parts: Parts, folder: Path) -> None:
    """Require the parts to fit together as `unclip.json` says."""
    layout = parts.layout
    size, dim, patch = layout.image_size, layout.embedding_dim, layout.decoder.pixel_unshuffle
    text, image = parts.text_encoder.config, parts.image_encoder.config
    prior, decoder = parts.prior.config, parts.decoder.config
    process = parts.decoder_scheduler.config
    for part, what, found, expected in (
        ("text_encoder", "projection_dim", text.projection_dim, dim),
        (
            "text_encoder",
            "max_position_embeddings",
            text.max_position_embeddings,
            layout.text_length,
        ),
        ("image_encoder", "projection_dim", image.projection_dim, dim),
        ("image_encoder", "image_size", image.image_size, size),
        ("prior", "embedding_dim", prior["embedding_dim"], dim),
        ("decoder", "sample_size", decoder["sample_size"], size // patch),
        ("decoder", "in_channels", decoder["in_channels"], 7 * patch**2),
        ("decoder", "out_channels", decoder["out_channels"], 3 * patch**2),
        ("decoder_scheduler", "prediction_type", process["prediction_type"], "v_prediction"),
        *(fact for upsampler in parts.upsamplers for fact in _wiring(upsampler)),
    ):
        if found != expected:
            raise CheckpointError(f"{folder / part}: {what} is {found}, but must be {expected}.")


def _wiring(upsampler: Upsampler) -> Iterator[Fact]:
    """Tell what an upsampler's parts must say: noisy and coarse pixels in, one picture out."""
    layout, config = upsampler.layout, upsampler.network.config
    area = layout.pixel_unshuffle**2
    yield layout.folder, "in_channels", config["in_channels"], 6 * area
    yield layout.folder, "out_channels", config["out_channels"], 3 * area
    if isinstance(layout, DiffusionLayout) and upsampler.scheduler is not None:
        kind = upsampler.scheduler.config["prediction_type"]
        yield layout.scheduler, "prediction_type", kind, "v_prediction"


@contextmanager
def _without_progress_bars() -> Iterator[None]:
    libraries = [
        library
        for library in (transformers_logging, diffusers_logging)
        if library.is_progress_bar_enabled()
    ]
    for library in libraries:
        library.disable_progress_bar()
    try:
        yield
    finally:
        for library in libraries:
            library.enable_progress_bar()
