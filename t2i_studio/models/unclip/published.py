"""What Karlo and Kandinsky 2.2 have in common: CLIP as it was published, and the prior."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import torch
from diffusers import PriorTransformer, UnCLIPScheduler
from torch import Tensor, nn
from transformers import (
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionModelWithProjection,
)

from t2i_studio.models.sampling import Step
from t2i_studio.models.unclip import prior
from t2i_studio.models.unclip.clip import TextCond, read_prompts
from t2i_studio.models.unclip.networks import Configured, PriorNetwork
from t2i_studio.models.unclip.prior import Candidates, PriorSettings
from t2i_studio.models.unclip.source import Fact, Source
from t2i_studio.models.unclip.vision import Preprocessing, read_preprocessing
from t2i_studio.models.unclip.words import known_words, space_id

LOGIT_SCALE = 100.0
"""Both CLIPs were trained up to this bound (Radford et al. 2021, section 2.5)."""


@dataclass(frozen=True)
class Prior:
    """A prior with its noise process; see `prior.PriorParts`."""

    prior: PriorNetwork
    prior_scheduler: Configured
    embedding_dim: int
    device: torch.device
    embedding_scale: None = None  # each embedding has its own length


@dataclass(frozen=True)
class Front:
    """Everything before the decoder; None is what the folder does not hold."""

    tokenizer: CLIPTokenizer
    text_encoder: CLIPTextModelWithProjection
    image_encoder: CLIPVisionModelWithProjection | None
    preprocessing: Preprocessing | None
    prior: Prior | None

    @property
    def networks(self) -> tuple[nn.Module, ...]:
        found = (self.text_encoder, self.image_encoder, self.prior and self.prior.prior)
        return tuple(cast(nn.Module, network) for network in found if network is not None)

    @property
    def image_size(self) -> int:
        """The side of the image encoder's square in px, 0 without one."""
        return 0 if self.preprocessing is None else self.preprocessing.size

    @property
    def embedding_dim(self) -> int:
        return cast(int, self.text_encoder.config.projection_dim)


def load_front(source: Source, *, process: str, processor: str) -> Generator[str, None, Front]:
    """Load CLIP and the prior, yielding the name of each before it is read.

    process, processor: the folders of the prior's scheduler and of the picture statistics.
    """
    yield "text encoder"
    tokenizer = source.tokenizer()
    text_encoder = source.network(CLIPTextModelWithProjection, "text_encoder")
    image_encoder = preprocessing = None
    if source.has("image_encoder"):
        yield "image encoder"
        network = source.network(CLIPVisionModelWithProjection, "image_encoder")
        image_encoder = cast(CLIPVisionModelWithProjection, network)
        size = cast(int, image_encoder.config.image_size)
        preprocessing = read_preprocessing(source.path(processor), size)
    text = cast(CLIPTextModelWithProjection, text_encoder)
    found = None
    if source.has("prior"):
        yield "prior"
        found = Prior(
            cast(PriorNetwork, source.network(PriorTransformer, "prior")),
            source.scheduler(UnCLIPScheduler, process),
            cast(int, text.config.projection_dim),
            source.device,
        )
    front = Front(tokenizer, text, image_encoder, preprocessing, found)
    source.require(_wiring(front, process))
    return front


def _wiring(front: Front, process: str) -> Iterator[Fact]:
    """Tell what the parts must say to share one embedding space."""
    dim, text = front.embedding_dim, front.text_encoder.config
    if front.image_encoder is not None:
        yield "image_encoder", "projection_dim", front.image_encoder.config.projection_dim, dim
    if front.prior is not None:
        config = front.prior.prior.config
        yield "prior", "embedding_dim", config["embedding_dim"], dim
        yield "prior", "num_embeddings", config["num_embeddings"], text.max_position_embeddings
        kind = front.prior.prior_scheduler.config["prediction_type"]
        yield process, "prediction_type", kind, "sample"


class Published:
    """The first half of `system.System`, up to the image embedding, whose length is its own."""

    logit_scale = LOGIT_SCALE

    def __init__(self, front: Front) -> None:
        self._front = front
        self.space = space_id(front.text_encoder.text_projection.weight)
        self.embedding_dim = front.embedding_dim
        self.has_image_encoder = front.image_encoder is not None
        self.device = front.text_encoder.device

    def known_words(self, words: Iterable[str]) -> tuple[str, ...]:
        return known_words(self._front.tokenizer, words)

    def encode_text(self, prompts: Sequence[str]) -> TextCond:
        front = self._front
        length = front.text_encoder.config.max_position_embeddings
        return read_prompts(front.tokenizer, front.text_encoder, prompts, length)

    def encode_image(self, pixels: Tensor) -> Tensor:
        if self._front.preprocessing is None:
            raise ValueError("This checkpoint has no image encoder.")
        return self._embed(self._front.preprocessing(pixels))

    def sample_prior(
        self, text: TextCond, null: TextCond, *, seeds: Sequence[int], settings: PriorSettings
    ) -> Generator[Step, None, Candidates]:
        if self._front.prior is None:
            raise ValueError("This checkpoint has no prior.")
        return prior.sample_prior(self._front.prior, text, null, seeds=seeds, settings=settings)

    def blended(self, z: Tensor, known: Tensor) -> Tensor:
        """Leave z as it is: nobody has measured what a repaint by these decoders gains."""
        return z

    @torch.no_grad()
    def _embed(self, prepared: Tensor) -> Tensor:
        network = self._front.image_encoder
        assert network is not None
        output = network(pixel_values=prepared.to(network.device, network.dtype))
        return cast(Tensor, output.image_embeds).float()
