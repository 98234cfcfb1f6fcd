"""Requests that make no pictures: to make a model ready, and what asks about embeddings."""

import uuid
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from t2i_studio.core.concept import FromEmbedding, FromPicture
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings
from t2i_studio.core.text import clean_text, is_unicode
from t2i_studio.core.words import tr

DEFAULT_MODEL = "scenes"


class Request(Frozen):
    """`id` names the run in events; it never changes the result."""

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    model: str = DEFAULT_MODEL
    kind: str

    @field_validator("model")
    @classmethod
    def _model(cls, model: str) -> str:
        if not is_unicode(model):
            raise ValueError(
                tr("The name of the model is not readable text: {model}.", model=repr(model))
            )
        return model


class Load(Request):
    """Make a model ready, so that the first picture does not have to wait for it."""

    kind: Literal["load"] = "load"


class Embed(Request):
    """The embeddings of pictures and texts, in order; texts by CLIP alone, without a prior."""

    kind: Literal["embed"] = "embed"
    inputs: tuple[Image | str, ...]

    @field_validator("inputs")
    @classmethod
    def _some(cls, inputs: tuple[Image | str, ...]) -> tuple[Image | str, ...]:
        if not inputs:
            raise ValueError(tr("There is nothing to embed."))
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
            raise ValueError(tr("Two labels or more are needed, none of them empty."))
        if len(set(kept)) < len(kept):
            raise ValueError(tr("A label stands there twice."))
        return kept

    @field_validator("templates")
    @classmethod
    def _templates(cls, templates: tuple[str, ...]) -> tuple[str, ...]:
        if not templates or any(template.count("{}") != 1 for template in templates):
            raise ValueError(tr('A template holds "{}" once, where the label goes.'))
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
                tr(
                    "{count} embeddings of {dimensions} dimensions have at most {most} components, "
                    "not {components}: take more pictures.",
                    count=len(self.embeddings),
                    dimensions=self.embeddings.space.dim,
                    most=max(most, 0),
                    components=self.components,
                )
            )
        return self
