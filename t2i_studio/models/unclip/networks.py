"""What the sampling code uses of the libraries' networks: diffusers' classes are untyped."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor


class Configured(Protocol):
    """Anything built from a configuration that it keeps."""

    @property
    def config(self) -> Mapping[str, object]: ...


class Network(Configured, Protocol):
    """A module whose floating point parameters share one type."""

    @property
    def dtype(self) -> torch.dtype: ...


class PriorOutput(Protocol):
    """The estimate of the whitened image embedding: (B, D)."""

    predicted_image_embedding: Tensor


class PriorNetwork(Network, Protocol):
    """`diffusers.PriorTransformer`."""

    def __call__(
        self,
        hidden_states: Tensor,
        timestep: Tensor,
        proj_embedding: Tensor,
        encoder_hidden_states: Tensor,
        attention_mask: Tensor | None = None,
    ) -> PriorOutput: ...

    def post_process_latents(self, prior_latents: Tensor) -> Tensor: ...


class UNetOutput(Protocol):
    """A U-Net's output, shaped like its noisy input."""

    sample: Tensor


class DecoderNetwork(Network, Protocol):
    """`diffusers.UNet2DConditionModel` with text and image conditions."""

    def __call__(
        self,
        sample: Tensor,
        timestep: Tensor,
        encoder_hidden_states: Tensor,
        added_cond_kwargs: Mapping[str, Tensor],
    ) -> UNetOutput: ...


class UpsamplerNetwork(Network, Protocol):
    """`diffusers.UNet2DModel`."""

    def __call__(self, sample: Tensor, timestep: Tensor | int) -> UNetOutput: ...


class Loadable(Protocol):
    """The class of a saved object."""

    __name__: str

    def from_pretrained(self, folder: Path, **options: object) -> object: ...
