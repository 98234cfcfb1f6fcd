"""Requests: everything a result depends on, and nothing else.

A field that is None means "the model's own default"; the engine fills it in before it starts
(`engine.resolve`), so that what ends in a recipe is complete.
"""

import uuid
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, field_validator, model_validator

from t2i_studio.core.concept import Concept, FromEmbedding, FromPicture, Share
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask, Raster
from t2i_studio.core.latent import Embeddings
from t2i_studio.core.text import clean_text, is_unicode

RANDOM_SEED = -1
MAX_SEED = 2**63 - 1
MAX_COUNT = 1000
DEFAULT_FEATHER = 4  # px
MAX_FEATHER = 256  # px
DEFAULT_MODEL = "scenes"
UPSAMPLERS = ("upsampler", "upsampler_1024")  # stages and fields, in the order of their work

Steps = Annotated[int, Field(ge=1, le=1000)]
Guidance = Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)]


class PriorSettings(Frozen):
    """How the image embedding is made from the prompt.

    "none" uses the text embedding in its place, "caption" no embedding at all: the decoder sees
    the caption only (the conditioning ablation of Ramesh et al. 2022, section 5.1). `draw`: take
    this draw of the prior instead of the best of the candidates.
    """

    kind: Literal["diffusion", "autoregressive", "none", "caption"] = "diffusion"
    steps: Steps | None = None
    guidance: Guidance | None = None
    candidates: Annotated[int, Field(ge=1, le=64)] | None = None
    draw: Annotated[int, Field(ge=0, lt=64)] | None = None

    @model_validator(mode="after")
    def _draw_is_made(self) -> "PriorSettings":
        if self.draw is not None and self.candidates is not None and self.draw >= self.candidates:
            raise ValueError(f"There is no draw {self.draw} among {self.candidates} candidates.")
        return self


class DecoderSettings(Frozen):
    """How the picture is sampled from the embedding; `eta` is the noise that "ddim" adds."""

    steps: Steps | None = None
    guidance: Guidance | None = None
    sampler: str | None = None
    eta: Share = 0.0


class InversionSettings(Frozen):
    """How x_T is found: more `iterations` per step rebuild the picture more exactly.

    `guidance`: that of the decoder which rebuilds it.
    """

    steps: Steps | None = None
    iterations: Annotated[int, Field(ge=1, le=20)] | None = None
    guidance: Guidance | None = None


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
    """What every request that makes pictures holds; picture i has seed + i."""

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

    @property
    def title(self) -> str:
        """Say in one line what is to be seen."""
        return self.prompt

    @property
    def inputs(self) -> tuple[Raster, ...]:
        """The pictures that it starts from."""
        return ()

    def single(self, index: int) -> Self:
        """Return the request that makes only picture `index`: what its recipe holds."""
        return self.model_copy(update={"seed": self.seed + index, "count": 1, "rerank": False})


class Prompted(Pictures):
    """Pictures that need a prompt."""

    @field_validator("prompt")
    @classmethod
    def _not_empty(cls, prompt: str) -> str:
        if not prompt.strip():
            raise ValueError("The prompt is empty: write what the picture should show.")
        return prompt


class Generate(Prompted):
    """Text to image."""

    kind: Literal["generate"] = "generate"


class Inpaint(Prompted):
    """Repaint what the mask covers; outside it the result equals `image` byte for byte.

    `image` and `mask` have one size, which is the result's; `size` is the model's working size.
    `feather`: width in px of the blend along the inside of the mask's border.
    """

    kind: Literal["inpaint"] = "inpaint"
    image: Image
    mask: Mask
    feather: Annotated[int, Field(ge=0, le=MAX_FEATHER)] = DEFAULT_FEATHER

    @property
    def inputs(self) -> tuple[Raster, ...]:
        return self.image, self.mask

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


class Decode(Pictures):
    """Pictures from an image embedding: variations, interpolation, text diffs, PCA.

    `noise`: where x_T comes from: "drawn" from the seed, or "inverted" from the pictures that the
    concept starts from, mixed as their embeddings are. `prompt` may be empty: the decoder then
    sees the embedding alone.
    """

    kind: Literal["decode"] = "decode"
    prompt: str = ""
    concept: Concept
    noise: Literal["drawn", "inverted"] = "drawn"
    inversion: InversionSettings = InversionSettings()

    @property
    def title(self) -> str:
        return self.concept.title

    @property
    def inputs(self) -> tuple[Raster, ...]:
        return self.concept.images


class Strip(Request):
    """Pictures that belong together, in order: frames of a way through the space, candidates.

    Each has its own request, with count 1 and the model of the strip.
    """

    kind: Literal["strip"] = "strip"
    frames: tuple[Annotated[Generate | Decode, Field(discriminator="kind")], ...]

    @field_validator("frames")
    @classmethod
    def _number(cls, frames: tuple[Generate | Decode, ...]) -> tuple[Generate | Decode, ...]:
        if not 1 <= len(frames) <= MAX_COUNT:
            raise ValueError(f"A strip has 1 to {MAX_COUNT} frames, not {len(frames)}.")
        if any(frame.count != 1 for frame in frames):
            raise ValueError("Every frame of a strip is one picture.")
        return frames

    @model_validator(mode="after")
    def _one_model(self) -> "Strip":
        if any(frame.model != self.model for frame in self.frames):
            raise ValueError("All frames of a strip are made by one model.")
        return self

    @property
    def title(self) -> str:
        return f"{self.frames[0].title} and on to {self.frames[-1].title}"

    @property
    def count(self) -> int:
        return len(self.frames)

    @property
    def seed(self) -> int:
        return self.frames[0].seed

    @property
    def prompt(self) -> str:
        return self.frames[0].prompt


class Embed(Request):
    """The embeddings of pictures and texts, in order; texts by CLIP alone, without a prior."""

    kind: Literal["embed"] = "embed"
    inputs: tuple[Image | str, ...]

    @field_validator("inputs")
    @classmethod
    def _some(cls, inputs: tuple[Image | str, ...]) -> tuple[Image | str, ...]:
        if not inputs:
            raise ValueError("There is nothing to embed.")
        return tuple(clean_text(each) if isinstance(each, str) else each for each in inputs)


class Classify(Request):
    """Zero-shot classification (Radford et al. 2021, section 3.1): which label fits best.

    `templates` hold "{}" for the label; a label's embedding is the mean over them.
    """

    kind: Literal["classify"] = "classify"
    start: Annotated[FromPicture | FromEmbedding, Field(discriminator="kind")]
    labels: Annotated[tuple[str, ...], Field(max_length=1000)]
    templates: Annotated[tuple[str, ...], Field(max_length=100)] = ("a photo of a {}",)

    @field_validator("labels")
    @classmethod
    def _labels(cls, labels: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(clean_text(label).strip() for label in labels)
        if len(kept) < 2 or not all(kept):
            raise ValueError("Two labels or more are needed, none of them empty.")
        if len(set(kept)) < len(kept):
            raise ValueError("A label stands there twice.")
        return kept

    @field_validator("templates")
    @classmethod
    def _templates(cls, templates: tuple[str, ...]) -> tuple[str, ...]:
        if not templates or any(template.count("{}") != 1 for template in templates):
            raise ValueError('A template holds "{}" once, where the label goes.')
        return tuple(clean_text(template) for template in templates)


class FitBasis(Request):
    """Principal components of embeddings; `words` are candidates for the components' names."""

    kind: Literal["fit_basis"] = "fit_basis"
    embeddings: Embeddings
    components: Annotated[int, Field(ge=1, le=4096)]
    words: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _enough(self) -> "FitBasis":
        most = min(len(self.embeddings) - 1, self.embeddings.space.dim)
        if self.components > most:
            raise ValueError(
                f"{len(self.embeddings)} embeddings of {self.embeddings.space.dim} dimensions have "
                f"at most {max(most, 0)} components, not {self.components}: take more pictures."
            )
        return self


AnyPictures = Annotated[Generate | Inpaint | Decode, Field(discriminator="kind")]
Making = Generate | Inpaint | Decode | Strip
"""What makes pictures."""

Work = Making | Embed | Classify | FitBasis
AnyRequest = Annotated[Load | Work, Field(discriminator="kind")]
REQUEST: TypeAdapter[Load | Work] = TypeAdapter(AnyRequest)
