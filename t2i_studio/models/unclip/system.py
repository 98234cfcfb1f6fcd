"""The seam on which every operation is written once: an unCLIP checkpoint, whatever its layout."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from t2i_studio.models.sampling import FULL_STRENGTH, Step
from t2i_studio.models.unclip.clip import TextCond
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.prior import Candidates, PriorSettings


@dataclass(frozen=True)
class Inversion:
    """How x_T is found: DDIM steps, fixed-point iterations in each, the guidance to undo."""

    steps: int
    iterations: int = 1
    guidance: float = 1.0


class System(Protocol):
    """CLIP, prior, decoder and upsamplers of one checkpoint. B items at a time, one seed each.

    z: (B, D) float32 image embeddings, x_T: (B, C, h, w) the decoder's starting noise in its own
    space, pictures: (B, 3, S, S) in [-1, 1]. Everything that samples yields its `Step`s.
    """

    @property
    def space(self) -> str:
        """The id of the embedding space: equal length is not equal space."""

    @property
    def embedding_dim(self) -> int: ...

    @property
    def logit_scale(self) -> float:
        """What CLIP multiplies cosines with before the softmax."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sides of the pictures in px, the decoder's first, then each upsampler's."""

    @property
    def default_size(self) -> int: ...

    @property
    def has_image_encoder(self) -> bool: ...

    @property
    def device(self) -> torch.device: ...

    @property
    def dtype(self) -> torch.dtype: ...

    @property
    def memory_bytes(self) -> int:
        """Bytes that the weights take."""

    @property
    def null_z(self) -> Tensor:
        """The embedding (1, D) that stands for none: with it, the caption alone conditions."""

    def known_words(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return those of `words` that the text encoder reads as one token."""

    def encode_text(self, prompts: Sequence[str]) -> TextCond: ...

    def encode_image(self, pixels: Tensor) -> Tensor:
        """Embed pictures (B, 3, H, W) of any size; raises ValueError without an image encoder."""

    def sample_prior(
        self, text: TextCond, null: TextCond, *, seeds: Sequence[int], settings: PriorSettings
    ) -> Generator[Step, None, Candidates]: ...

    def draw_noise(self, seeds: Sequence[int]) -> Tensor:
        """Draw the x_T that `decode` starts from when it is given none."""

    def count_decoder_steps(
        self, settings: DecoderSettings, strength: float = FULL_STRENGTH
    ) -> int:
        """Count the `Step`s that `decode` yields."""

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
        """Decode to the smallest of `sizes`; with `known` and `mask` (1 = repaint), repaint.

        With a `strength` below 1, sampling begins with the pictures `start` (B or 1, 3, H, W), of
        any size, at the noise of the last `strength` of the steps, and takes only those.
        """

    def invert(
        self, pixels: Tensor, z: Tensor, text: TextCond, null: TextCond, *, settings: Inversion
    ) -> Generator[Step, None, Tensor]:
        """Find the x_T from which `decode` rebuilds pictures (B, 3, H, W), which are resized."""

    def blended(self, z: Tensor, known: Tensor) -> Tensor:
        """Bring embeddings of a repaint closer to the picture around it."""

    def plan_upsampling(self, size: int, steps: Mapping[str, int]) -> dict[str, int]:
        """List the stages on the way to `size` with the number of `Step`s that each yields.

        steps: by stage, for those that are not to take their own number. Raises ValueError for a
        size that is not one of `sizes`.
        """

    def upsample(
        self, stage: str, pixels: Tensor, *, seeds: Sequence[int], steps: int | None = None
    ) -> Generator[Step, None, Tensor]:
        """Enlarge by one stage of `plan_upsampling`."""
