"""How each stage of a model works; None is the model's own default."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from t2i_studio.core.concept import Share
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.words import tr

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
            raise ValueError(
                tr(
                    "There is no draw {draw} among {candidates} candidates.",
                    draw=self.draw,
                    candidates=self.candidates,
                )
            )
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
