"""Reading networks, schedulers and tokenizers from folders as both libraries save them."""

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import diffusers.utils.logging as diffusers_logging
import torch
import transformers.utils.logging as transformers_logging
from safetensors import SafetensorError
from torch import nn
from transformers import CLIPTokenizer

from t2i_studio.models.unclip.checkpoint import (
    CheckpointError,
    check_config,
    check_file,
    check_weights,
    read_json,
)
from t2i_studio.models.unclip.networks import Configured, Loadable

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
class Source:
    """The folder that networks come from, and where they go."""

    folder: Path
    device: torch.device
    dtype: torch.dtype
    prefix: str = ""  # of folders that are named so, where several pipelines share one folder

    def path(self, part: str) -> Path:
        """Return where a part lies."""
        prefixed = self.folder / f"{self.prefix}{part}"
        return prefixed if prefixed.exists() else self.folder / part

    def has(self, part: str) -> bool:
        return self.path(part).exists()

    def network(self, kind: type, part: str) -> nn.Module:
        """Load a network of that class, ready for inference."""
        class_key, stem = _SAVED_BY[kind.__module__.partition(".")[0]]
        path = self.path(part)
        check_config(path / "config.json", class_key, kind.__name__)
        check_weights(path, stem)
        options = {"dtype": self.dtype, "use_safetensors": True, "output_loading_info": True}
        loaded = _read(kind, path, options)
        network, info = cast(tuple[nn.Module, Mapping[str, object]], loaded)
        _check_loading(path, info)
        return network.eval().requires_grad_(False).to(self.device)

    def scheduler(self, kind: type, part: str) -> Configured:
        """Load a scheduler of that class."""
        path = self.path(part)
        check_config(path / "scheduler_config.json", "_class_name", kind.__name__)
        return cast(Configured, _read(kind, path, {}))

    def tokenizer(self, part: str = "tokenizer") -> CLIPTokenizer:
        """Load a tokenizer: one file that says all, or words and their merges."""
        path = self.path(part)
        read_json(path / "tokenizer_config.json")
        if (path / "tokenizer.json").exists() or not (path / "vocab.json").exists():
            read_json(path / "tokenizer.json")
        else:
            read_json(path / "vocab.json")
            check_file(path / "merges.txt")
        return cast(CLIPTokenizer, _read(CLIPTokenizer, path, {}))

    def require(self, facts: Iterable[Fact]) -> None:
        """Refuse parts that do not fit together."""
        for part, what, found, expected in facts:
            if found != expected:
                raise CheckpointError(
                    f"{self.path(part)}: {what} is {found}, but must be {expected}."
                )


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


def memory_of(networks: Iterable[nn.Module]) -> int:
    """Bytes that the weights take."""
    return sum(weight.nbytes for network in networks for weight in network.parameters())


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
