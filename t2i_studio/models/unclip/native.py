"""Our own layout of an unCLIP checkpoint (`unclip.json`) behind the seam of every layout."""

from collections.abc import Generator, Iterable, Mapping, Sequence

import torch
from torch import Tensor

from t2i_studio.models.sampling import FULL_STRENGTH, Step
from t2i_studio.models.spherical import slerp
from t2i_studio.models.unclip import clip, decoder, prior, upsampler
from t2i_studio.models.unclip.clip import TextCond
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.prior import Candidates, PriorSettings
from t2i_studio.models.unclip.system import Inversion
from t2i_studio.models.unclip.upsampler import stage_of
from t2i_studio.models.unclip.vision import resized
from t2i_studio.models.unclip.weights import Parts, Upsampler
from t2i_studio.models.unclip.words import known_words, space_id


class Native:
    """See `system.System`; the work is done by the modules of the stages."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.space = space_id(parts.text_encoder.text_projection.weight)
        self.embedding_dim = parts.layout.embedding_dim
        self.logit_scale = parts.layout.logit_scale
        self.sizes = parts.layout.sizes
        self.default_size = self.sizes[min(1, len(self.sizes) - 1)]
        self.has_image_encoder = parts.image_encoder is not None
        self.device = parts.device
        self.dtype = parts.decoder.dtype
        self.memory_bytes = parts.memory_bytes

    @property
    def null_z(self) -> Tensor:
        return torch.zeros(1, self.embedding_dim, device=self.device)

    def known_words(self, words: Iterable[str]) -> tuple[str, ...]:
        return known_words(self.parts.tokenizer, words)

    def encode_text(self, prompts: Sequence[str]) -> TextCond:
        return clip.encode_text(self.parts, prompts)

    def encode_image(self, pixels: Tensor) -> Tensor:
        return clip.encode_image(self.parts, pixels)

    def sample_prior(
        self, text: TextCond, null: TextCond, *, seeds: Sequence[int], settings: PriorSettings
    ) -> Generator[Step, None, Candidates]:
        return prior.sample_prior(self.parts, text, null, seeds=seeds, settings=settings)

    def draw_noise(self, seeds: Sequence[int]) -> Tensor:
        return decoder.draw_noise(self.parts, seeds)

    def count_decoder_steps(
        self, settings: DecoderSettings, strength: float = FULL_STRENGTH
    ) -> int:
        return decoder.count_decoder_steps(self.parts, settings, strength)

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
        return decoder.decode(
            self.parts,
            z,
            text,
            null,
            seeds=seeds,
            settings=settings,
            x_T=x_T,
            known=known,
            mask=mask,
            start=start if start is None else resized(start, self.sizes[0]),
            strength=strength,
        )

    def invert(
        self, pixels: Tensor, z: Tensor, text: TextCond, null: TextCond, *, settings: Inversion
    ) -> Generator[Step, None, Tensor]:
        return decoder.invert(
            self.parts,
            resized(pixels, self.sizes[0]),
            z,
            text,
            null,
            steps=settings.steps,
            iterations=settings.iterations,
            guidance=settings.guidance,
        )

    def blended(self, z: Tensor, known: Tensor) -> Tensor:
        """Turn z towards the picture's own embedding and shorten it, as the layout says.

        The prior imagines a whole picture, with a background of its own wherever the prompt names
        none: decoded as it is, the hole shows that background. Now the known pixels decide (on 24
        repaints the mismatch at the hole's edge fell from 0.62 to 0.43, and the picture fitted
        the prompt better).
        """
        shares = self.parts.layout.inpainting
        if shares is None or not self.has_image_encoder:
            return z
        around = self.encode_image(known).expand_as(z)
        return slerp(z, around, shares.image_share) * shares.embedding_share

    def plan_upsampling(self, size: int, steps: Mapping[str, int]) -> dict[str, int]:
        if size not in self.sizes:
            possible = ", ".join(map(str, self.sizes))
            raise ValueError(f"Pictures are one of {possible} px wide, not {size}.")
        stages = {stage_of(each.layout): each for each in self._upsamplers(size)}
        return {
            stage: upsampler.count_upsampler_steps(each, steps.get(stage))
            for stage, each in stages.items()
        }

    def upsample(
        self, stage: str, pixels: Tensor, *, seeds: Sequence[int], steps: int | None = None
    ) -> Generator[Step, None, Tensor]:
        found = next(each for each in self.parts.upsamplers if stage_of(each.layout) == stage)
        return upsampler.upsample(found, pixels, seeds=seeds, steps=steps)

    def _upsamplers(self, size: int) -> tuple[Upsampler, ...]:
        return self.parts.upsamplers[: self.sizes.index(size)]
