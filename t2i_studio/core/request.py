"""Requests: everything a result depends on, and nothing else.

A field that is None means "the model's own default"; the engine fills it in before it starts
(`engine.resolve`), so that what ends in a recipe is complete.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, field_validator, model_validator

from t2i_studio.core.concept import Concept
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Raster
from t2i_studio.core.questions import (
    DEFAULT_MODEL,
    Classify,
    Embed,
    FitBasis,
    Load,
    Request,
)
from t2i_studio.core.stage_settings import (
    DecoderSettings,
    InversionSettings,
    PriorSettings,
    UpsamplerSettings,
)
from t2i_studio.core.text import Text
from t2i_studio.core.words import tr

__all__ = ["DEFAULT_MODEL", "Classify", "Embed", "FitBasis", "Load", "Request"]

RANDOM_SEED = -1
MAX_SEED = 2**63 - 1
MAX_COUNT = 1000
DEFAULT_FEATHER = 4  # px
MAX_FEATHER = 256  # px
MAX_SEAM = 256  # px
MIN_FRAME = 8  # px
DEFAULT_STRENGTH = 0.75  # of image to image
UPSAMPLERS = ("upsampler", "upsampler_1024")  # stages and fields, in the order of their work

Strength = Annotated[float, Field(gt=0.0, le=1.0, allow_inf_nan=False)]
Content = Literal["original", "fill", "blur", "noise"]


class Pictures(Request):
    """What every request that makes pictures holds; picture i has seed + i.

    `prompts`, `negative_prompts`: one per picture where they differ, drawn from what was written.
    That is `raw_prompt` and `raw_negative`; both are empty where the prompts are what was written.
    """

    prompt: Text
    raw_prompt: Text = ""
    prompts: tuple[Text, ...] = ()
    negative_prompt: Text = ""
    raw_negative: Text = ""
    negative_prompts: tuple[Text, ...] = ()
    seed: int = RANDOM_SEED
    count: int = 1
    size: Extent | None = None
    prior: PriorSettings = PriorSettings()
    decoder: DecoderSettings = DecoderSettings()
    upsampler: UpsamplerSettings = UpsamplerSettings()
    upsampler_1024: UpsamplerSettings = UpsamplerSettings()
    rerank: bool = False

    @field_validator("count")
    @classmethod
    def _count(cls, count: int) -> int:
        if not 1 <= count <= MAX_COUNT:
            raise ValueError(
                tr(
                    "The number of pictures must be 1 to {most}, not {count}.",
                    most=MAX_COUNT,
                    count=count,
                )
            )
        return count

    @model_validator(mode="after")
    def _seed(self) -> "Pictures":
        highest = MAX_SEED - self.count + 1
        if self.seed != RANDOM_SEED and not 0 <= self.seed <= highest:
            raise ValueError(
                tr(
                    "The seed must be -1 (random) or 0 to {highest}, not {seed}.",
                    highest=highest,
                    seed=self.seed,
                )
            )
        return self

    @model_validator(mode="after")
    def _prompt_for_each(self) -> "Pictures":
        for prompts in (self.prompts, self.negative_prompts):
            if prompts and len(prompts) != self.count:
                raise ValueError(
                    tr(
                        "{prompts} prompts for {count} pictures.",
                        prompts=len(prompts),
                        count=self.count,
                    )
                )
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
        prompt = self.prompts[index] if self.prompts else self.prompt
        negatives = self.negative_prompts
        negative = negatives[index] if negatives else self.negative_prompt
        alone = {"prompts": (), "negative_prompts": (), "count": 1, "rerank": False}
        own = {"seed": self.seed + index, "prompt": prompt, "negative_prompt": negative}
        return self.model_copy(update={**own, **alone})


class Prompted(Pictures):
    """Pictures that need a prompt."""

    @field_validator("prompt")
    @classmethod
    def _not_empty(cls, prompt: str) -> str:
        if not prompt.strip():
            raise ValueError(tr("The prompt is empty: write what the picture should show."))
        return prompt


class Generate(Prompted):
    """Text to image."""

    kind: Literal["generate"] = "generate"


class Editing(Prompted):
    """Pictures that start from one; the result has the size of `image`.

    `frame`: the part of `image` that the model sees, scaled to its working size `size`; it may
    stick out over the border. None lets the engine choose it. `strength`: 1 starts from noise,
    less keeps that much less of the way, and so more of what is there (SDEdit, Meng et al. 2021).
    `colour_match`: shift the colours of the new so that they agree with the known around it.
    """

    image: Image
    frame: Bounds | None = None
    strength: Strength = 1.0
    colour_match: bool = False

    @property
    def inputs(self) -> tuple[Raster, ...]:
        return (self.image,)

    @model_validator(mode="after")
    def _frame_fits(self) -> "Editing":
        frame = self.frame
        if frame is None:
            return self
        if min(frame.width, frame.height) < MIN_FRAME:
            raise ValueError(
                tr("The frame must be at least {least} px wide and high.", least=MIN_FRAME)
            )
        if frame.intersection(Bounds.at_origin(self.image.extent)).is_empty:
            raise ValueError(
                tr("The frame lies outside the picture: move it so that it touches it.")
            )
        return self


class Inpaint(Editing):
    """Repaint what the mask covers; outside it the result equals `image` byte for byte.

    `image` and `mask` have one size. `content`: what takes the place of what the mask covers: where
    a `strength` below 1 starts, what the model sees of it, and what a soft border is mixed with.
    `feather`: width in px of the blend along the inside of the mask's border; `seam`:
    how far in px from that border the new is bent towards the known (a membrane, Pérez et al.
    2003), 0 for not at all.
    """

    kind: Literal["inpaint"] = "inpaint"
    mask: Mask
    content: Content = "original"
    feather: Annotated[int, Field(ge=0, le=MAX_FEATHER)] = DEFAULT_FEATHER
    seam: Annotated[int, Field(ge=0, le=MAX_SEAM)] = 0

    @property
    def inputs(self) -> tuple[Raster, ...]:
        return self.image, self.mask

    @model_validator(mode="after")
    def _mask_fits(self) -> "Inpaint":
        if self.mask.extent != self.image.extent:
            raise ValueError(
                tr(
                    "The mask is {mask} and the picture {picture}: they must have the same size.",
                    mask=self.mask.extent,
                    picture=self.image.extent,
                )
            )
        if self.mask.is_empty:
            raise ValueError(
                tr("The mask is empty: paint over what should change (white = repaint).")
            )
        if self.frame and not self._is_masked_in(self.frame):
            raise ValueError(tr("The mask lies outside the frame: move the frame over it."))
        return self

    def _is_masked_in(self, frame: Bounds) -> bool:
        inside = frame.intersection(Bounds.at_origin(self.mask.extent))
        return bool(self.mask.pixels[inside.slices].any())


class Refine(Editing):
    """Image to image: all of the picture anew, from a start that `strength` leaves of it."""

    kind: Literal["refine"] = "refine"
    strength: Strength = DEFAULT_STRENGTH


class Decode(Pictures):
    """Pictures from an image embedding: variations, interpolation, text diffs, PCA.

    `noise`: where x_T comes from: "drawn" from the seed, or "inverted" from the pictures that the
    concept starts from, mixed as their embeddings are. `prompt` may be empty: the decoder then
    sees the embedding alone.
    """

    kind: Literal["decode"] = "decode"
    prompt: Text = ""
    concept: Concept
    noise: Literal["drawn", "inverted"] = "drawn"
    inversion: InversionSettings = InversionSettings()

    @property
    def title(self) -> str:
        return self.concept.title

    @property
    def inputs(self) -> tuple[Raster, ...]:
        return self.concept.images


Frame = Generate | Inpaint | Refine | Decode
"""What makes pictures of its own: each recipe holds one."""

AnyPictures = Annotated[Frame, Field(discriminator="kind")]


class Strip(Request):
    """Pictures that belong together: frames of a way through the space, candidates, a grid.

    Each has its own request, with count 1 and the model of the strip.
    """

    kind: Literal["strip"] = "strip"
    frames: tuple[AnyPictures, ...]

    @field_validator("frames")
    @classmethod
    def _number(cls, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        if not 1 <= len(frames) <= MAX_COUNT:
            raise ValueError(
                tr(
                    "A strip has 1 to {most} frames, not {count}.",
                    most=MAX_COUNT,
                    count=len(frames),
                )
            )
        if any(frame.count != 1 for frame in frames):
            raise ValueError(tr("Every frame of a strip is one picture."))
        return frames

    @model_validator(mode="after")
    def _one_model(self) -> "Strip":
        if any(frame.model != self.model for frame in self.frames):
            raise ValueError(tr("All frames of a strip are made by one model."))
        return self

    @property
    def title(self) -> str:
        first, last = self.frames[0].title, self.frames[-1].title
        return first if first == last else tr("{first} and on to {last}", first=first, last=last)

    @property
    def count(self) -> int:
        return len(self.frames)

    @property
    def seed(self) -> int:
        return self.frames[0].seed

    @property
    def prompt(self) -> str:
        return self.frames[0].prompt


Making = Frame | Strip
"""What makes pictures."""

Work = Making | Embed | Classify | FitBasis
AnyRequest = Annotated[Load | Work, Field(discriminator="kind")]
REQUEST: TypeAdapter[Load | Work] = TypeAdapter(AnyRequest)
