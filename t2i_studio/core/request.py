"""Requests: everything a result depends on, and nothing else.

A field that is None means "the model's own default"; the engine fills it in before it starts
(`engine.resolve`), so that what ends in a recipe is complete.
"""

import uuid
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, field_validator, model_validator

from t2i_studio.core.frozen import Frozen
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask

RANDOM_SEED = -1
MAX_SEED = 2**63 - 1
MAX_COUNT = 1000
DEFAULT_FEATHER = 4  # px
MAX_FEATHER = 256  # px
MAX_PROMPT = 20_000  # characters
DEFAULT_MODEL = "scenes"
UPSAMPLERS = ("upsampler", "upsampler_1024")  # stages and fields, in the order of their work

Steps = Annotated[int, Field(ge=1, le=1000)]
Guidance = Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)]


def clean_text(text: str) -> str:
    """Return the text if every part of the program can carry it; raises ValueError otherwise."""
    if "\0" in text:
        raise ValueError("The prompt contains a NUL character; remove it.")
    if len(text) > MAX_PROMPT:
        raise ValueError(f"The prompt has {len(text):,} characters; {MAX_PROMPT:,} are possible.")
    if not is_unicode(text):
        raise ValueError("The prompt contains half a character (a lone surrogate).")
    return text


def is_unicode(text: str) -> bool:
    """Tell whether JSON and files can hold the text: it has no lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class PriorSettings(Frozen):
    """How the image embedding is made; "none" uses the text embedding in its place."""

    kind: Literal["diffusion", "autoregressive", "none"] = "diffusion"
    steps: Steps | None = None
    guidance: Guidance | None = None
    candidates: Annotated[int, Field(ge=1, le=64)] | None = None


class DecoderSettings(Frozen):
    """How the picture is sampled from the embedding."""

    steps: Steps | None = None
    guidance: Guidance | None = None
    sampler: str | None = None


class UpsamplerSettings(Frozen):
    """How a picture is enlarged; upsamplers that are no diffusion models take one step."""

    steps: Steps | None = None


class Request(Frozen):
    """`id` names the run in events; it never changes the result."""

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    model: str = DEFAULT_MODEL
    kind: str

    @field_validator("model")
    @classmethod
    def _model(cls, model: str) -> str:
        if not is_unicode(model):
            raise ValueError(f"The name of the model is not readable text: {model!r}.")
        return model


class Load(Request):
    """Make a model ready, so that the first picture does not have to wait for it."""

    kind: Literal["load"] = "load"


class Pictures(Request):
    """What every request that makes pictures from a prompt holds; picture i has seed + i."""

    prompt: str
    negative_prompt: str = ""
    seed: int = RANDOM_SEED
    count: int = 1
    size: Extent | None = None
    prior: PriorSettings = PriorSettings()
    decoder: DecoderSettings = DecoderSettings()
    upsampler: UpsamplerSettings = UpsamplerSettings()
    upsampler_1024: UpsamplerSettings = UpsamplerSettings()
    rerank: bool = False

    @field_validator("prompt", "negative_prompt")
    @classmethod
    def _text(cls, text: str) -> str:
        return clean_text(text)

    @field_validator("prompt")
    @classmethod
    def _not_empty(cls, prompt: str) -> str:
        if not prompt.strip():
            raise ValueError("The prompt is empty: write what the picture should show.")
        return prompt

    @field_validator("count")
    @classmethod
    def _count(cls, count: int) -> int:
        if not 1 <= count <= MAX_COUNT:
            raise ValueError(f"The number of pictures must be 1 to {MAX_COUNT}, not {count}.")
        return count

    @model_validator(mode="after")
    def _seed(self) -> "Pictures":
        highest = MAX_SEED - self.count + 1
        if self.seed != RANDOM_SEED and not 0 <= self.seed <= highest:
            raise ValueError(f"The seed must be -1 (random) or 0 to {highest}, not {self.seed}.")
        return self

    def single(self, index: int) -> Self:
        """Return the request that makes only picture `index`: what its recipe holds."""
        return self.model_copy(update={"seed": self.seed + index, "count": 1, "rerank": False})


class Generate(Pictures):
    """Text to image."""

    kind: Literal["generate"] = "generate"


class Inpaint(Pictures):
    """Repaint what the mask covers; outside it the result equals `image` byte for byte.

    `image` and `mask` have one size, which is the result's; `size` is the model's working size.
    `feather`: width in px of the blend along the inside of the mask's border.
    """

    kind: Literal["inpaint"] = "inpaint"
    image: Image
    mask: Mask
    feather: Annotated[int, Field(ge=0, le=MAX_FEATHER)] = DEFAULT_FEATHER

    @model_validator(mode="after")
    def _mask_fits(self) -> "Inpaint":
        if self.mask.extent != self.image.extent:
            raise ValueError(
                f"The mask is {self.mask.extent} and the picture {self.image.extent}: "
                "they must have the same size."
            )
        if self.mask.is_empty:
            raise ValueError("The mask is empty: paint over what should change (white = repaint).")
        return self


AnyRequest = Annotated[Load | Generate | Inpaint, Field(discriminator="kind")]
AnyPictures = Annotated[Generate | Inpaint, Field(discriminator="kind")]
REQUEST: TypeAdapter[Load | Generate | Inpaint] = TypeAdapter(AnyRequest)
