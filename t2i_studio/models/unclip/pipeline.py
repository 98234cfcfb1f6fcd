"""The whole way from prompts to pictures as one generator over the stages."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from torch import Tensor

from t2i_studio.models.sampling import Step
from t2i_studio.models.spherical import slerp
from t2i_studio.models.unclip import decoder, prior
from t2i_studio.models.unclip.clip import TextCond, encode_image, encode_text
from t2i_studio.models.unclip.decoder import DecoderSettings, count_decoder_steps, decode
from t2i_studio.models.unclip.prior import (
    Candidates,
    PriorSettings,
    sample_prior,
    text_as_image,
)
from t2i_studio.models.unclip.upsampler import count_upsampler_steps, stage_of, upsample
from t2i_studio.models.unclip.weights import Parts, Upsampler


@dataclass(frozen=True)
class Settings:
    """How pictures are made; `prior` None uses the text embedding as image embedding.

    `upsampler_steps`: by stage, for upsamplers that are not to take their own number of steps.
    """

    prior: PriorSettings | None
    decoder: DecoderSettings
    upsampler_steps: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Base:
    """The decoder's pictures, before they are enlarged."""

    pixels: Tensor  # (B, 3, S, S) in [-1, 1]


@dataclass(frozen=True)
class Pictures:
    """B finished pictures with what led to them."""

    chain: tuple[Tensor, ...]  # (B, 3, S, S) in [-1, 1], the decoder's, then each upsampler's
    z: Tensor  # (B, D) the image embeddings that were decoded
    candidates: Candidates | None  # None without a prior

    @property
    def base(self) -> Tensor:
        """The decoder's."""
        return self.chain[0]

    @property
    def pixels(self) -> Tensor:
        """The finished ones, as large as was asked for."""
        return self.chain[-1]


class UnCLIP:
    """A loaded checkpoint with the encoding of the empty prompt."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.null = encode_text(parts, [""])

    def plan(self, settings: Settings, *, size: int | None = None) -> dict[str, int]:
        """List the stages of a run in order, each with the number of `Step`s it will yield."""
        stages = {} if settings.prior is None else {prior.STAGE: settings.prior.steps}
        stages[decoder.STAGE] = count_decoder_steps(self.parts, settings.decoder)
        for upsampler in self._upsamplers(size):
            stage = stage_of(upsampler.layout)
            stages[stage] = count_upsampler_steps(upsampler, settings.upsampler_steps.get(stage))
        return stages

    def make(
        self,
        prompts: Sequence[str],
        *,
        seeds: Sequence[int],
        settings: Settings,
        negatives: Sequence[str] | None = None,
        known: Tensor | None = None,
        mask: Tensor | None = None,
        size: int | None = None,
    ) -> Generator[Step | Candidates | Base, None, Pictures]:
        """Make one picture for each of B prompts and seeds; item i is what seed i gives alone.

        With `known` (B or 1, 3, H, W) in [-1, 1] and `mask` (B or 1, 1, H, W), repaint where the
        mask is 1. `size`: one of the layout's sizes in px, None for that of the first upsampler.
        Yields each step, and between the stages what they hand on.
        """
        upsamplers = self._upsamplers(size)
        text = encode_text(self.parts, prompts)
        null = self._null(negatives)
        candidates = yield from self._embed(text, null, seeds, settings.prior)
        z = text_as_image(text) if candidates is None else candidates.best
        if known is not None:
            z = self._blended(z, known)
        base = yield from decode(
            self.parts,
            z,
            text,
            null,
            seeds=seeds,
            settings=settings.decoder,
            known=known,
            mask=mask,
        )
        yield Base(base)
        chain = [base]
        for upsampler in upsamplers:
            steps = settings.upsampler_steps.get(stage_of(upsampler.layout))
            chain.append((yield from upsample(upsampler, chain[-1], seeds=seeds, steps=steps)))
        return Pictures(tuple(chain), z, candidates)

    def _blended(self, z: Tensor, known: Tensor) -> Tensor:
        """Bring the embedding of a repaint closer to the picture around it.

        The prior imagines a whole picture, with a background of its own wherever the prompt names
        none: decoded as it is, the hole shows that background. Turning z towards the picture's
        own embedding and shortening it lets the known pixels decide (on 24 repaints the mismatch
        at the hole's edge fell from 0.62 to 0.43, and the picture fitted the prompt better).
        """
        shares = self.parts.layout.inpainting
        if shares is None:
            return z
        around = encode_image(self.parts, known).expand_as(z)
        return slerp(z, around, shares.image_share) * shares.embedding_share

    def _upsamplers(self, size: int | None) -> tuple[Upsampler, ...]:
        """Select those on the way to `size` px."""
        sizes = self.parts.layout.sizes
        if size is None:
            return self.parts.upsamplers[:1]
        if size not in sizes:
            possible = ", ".join(map(str, sizes))
            raise ValueError(f"Pictures are one of {possible} px wide, not {size}.")
        return self.parts.upsamplers[: sizes.index(size)]

    def _null(self, negatives: Sequence[str] | None) -> TextCond:
        return self.null if negatives is None else encode_text(self.parts, negatives)

    def _embed(
        self, text: TextCond, null: TextCond, seeds: Sequence[int], settings: PriorSettings | None
    ) -> Generator[Step | Candidates, None, Candidates | None]:
        if settings is None:
            return None
        candidates = yield from sample_prior(self.parts, text, null, seeds=seeds, settings=settings)
        yield candidates
        return candidates
