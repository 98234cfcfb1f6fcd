"""The whole way from prompts to pictures as one generator over the stages."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from torch import Tensor

from t2i_studio.models.sampling import FULL_STRENGTH, Step
from t2i_studio.models.unclip import decoder, prior
from t2i_studio.models.unclip.clip import TextCond
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.prior import Candidates, PriorSettings, text_as_image
from t2i_studio.models.unclip.system import System


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


S = TypeVar("S", bound=System, covariant=True)


class UnCLIP(Generic[S]):
    """A loaded checkpoint with the encoding of the empty prompt."""

    def __init__(self, system: S) -> None:
        self.system = system
        self.null = system.encode_text([""])

    def plan(
        self, settings: Settings, *, size: int | None = None, strength: float = FULL_STRENGTH
    ) -> dict[str, int]:
        """List the stages of a run in order, each with the number of `Step`s it will yield."""
        stages = {} if settings.prior is None else {prior.STAGE: settings.prior.steps}
        stages[decoder.STAGE] = self.system.count_decoder_steps(settings.decoder, strength)
        return stages | self._upsampling(settings, size)

    def make(
        self,
        prompts: Sequence[str],
        *,
        seeds: Sequence[int],
        settings: Settings,
        negatives: Sequence[str] | None = None,
        known: Tensor | None = None,
        mask: Tensor | None = None,
        start: Tensor | None = None,
        strength: float = FULL_STRENGTH,
        size: int | None = None,
    ) -> Generator[Step | Candidates | Base, None, Pictures]:
        """Make one picture for each of B prompts and seeds; item i is what seed i gives alone.

        With `known` (B or 1, 3, H, W) in [-1, 1] and `mask` (B or 1, 1, H, W), repaint where the
        mask is 1. With `start` (B or 1, 3, H, W) and a `strength` below 1, begin with that picture
        and leave so much of it. `size`: one of the layout's sizes in px, None for that of the first
        upsampler.
        Yields each step, and between the stages what they hand on.
        """
        stages = self._upsampling(settings, size)
        text = self.system.encode_text(prompts)
        null = self.null if negatives is None else self.system.encode_text(negatives)
        candidates = yield from self._embed(text, null, seeds, settings.prior)
        z = text_as_image(text) if candidates is None else candidates.best
        if known is not None:
            z = self.system.blended(z, known)
        base = yield from self.system.decode(
            z,
            text,
            null,
            seeds=seeds,
            settings=settings.decoder,
            known=known,
            mask=mask,
            start=start,
            strength=strength,
        )
        chain = yield from self.enlarge(base, seeds, stages)
        return Pictures(chain, z, candidates)

    def enlarge(
        self, base: Tensor, seeds: Sequence[int], stages: Mapping[str, int]
    ) -> Generator[Step | Base, None, tuple[Tensor, ...]]:
        """Take the decoder's pictures through `stages` of `System.plan_upsampling`.

        Returns them and all enlarged ones.
        """
        yield Base(base)
        chain = [base]
        for stage, steps in stages.items():
            chain.append(
                (yield from self.system.upsample(stage, chain[-1], seeds=seeds, steps=steps))
            )
        return tuple(chain)

    def _upsampling(self, settings: Settings, size: int | None) -> dict[str, int]:
        size = self.system.default_size if size is None else size
        return self.system.plan_upsampling(size, settings.upsampler_steps)

    def _embed(
        self, text: TextCond, null: TextCond, seeds: Sequence[int], settings: PriorSettings | None
    ) -> Generator[Step | Candidates, None, Candidates | None]:
        if settings is None:
            return None
        candidates = yield from self.system.sample_prior(text, null, seeds=seeds, settings=settings)
        yield candidates
        return candidates
