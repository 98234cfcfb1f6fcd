"""What an image embedding is made of, as data: where it starts, and what is done to it in order.

A `Concept` resolves to the pair (z, x_T) that a decoder turns into a picture, the bipartite latent
of Ramesh et al. 2022, section 3. Replaying it gives the same pair.
"""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from t2i_studio.core.frozen import Frozen
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings
from t2i_studio.core.text import clean_text
from t2i_studio.core.words import later, tr

MAX_EDITS = 32
MOST_CORNERS = 4
CLEAR_SHARE = 0.2  # of theta, and of a board

Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class FromPicture(Frozen):
    """The CLIP embedding of a picture; its x_T can be found by inversion."""

    kind: Literal["picture"] = "picture"
    image: Image

    @property
    def title(self) -> str:
        return tr("a picture")


class FromPrompt(Frozen):
    """What the prior makes of a prompt, with the request's own settings of the prior.

    `seed`: of the prior, and of the x_T of a request whose noise is inverted; where noise is
    drawn, x_T is of the picture's seed. None takes that of the picture which is made.
    """

    kind: Literal["prompt"] = "prompt"
    prompt: str
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None

    @field_validator("prompt")
    @classmethod
    def _text(cls, text: str) -> str:
        if not text.strip():
            raise ValueError(tr("The prompt is empty: write what it should mean."))
        return clean_text(text)

    @property
    def title(self) -> str:
        return self.prompt


class FromEmbedding(Frozen):
    """A single vector that was kept or loaded."""

    kind: Literal["embedding"] = "embedding"
    embedding: Embeddings
    title: str = later("an embedding")

    @field_validator("embedding")
    @classmethod
    def _single(cls, embedding: Embeddings) -> Embeddings:
        if len(embedding) != 1:
            raise ValueError(tr("One embedding is needed here, not {count}.", count=len(embedding)))
        return embedding


Start = Annotated[FromPicture | FromPrompt | FromEmbedding, Field(discriminator="kind")]


class Mix(Frozen):
    """Two to four starts at the corners of a board, and a point on it.

    Corners in reading order: two at the ends of a line, three with the last below, four of a
    square. x goes along the rows, y down: z = slerp(slerp(c0, c1, x), slerp(c2, c3, x), y).
    """

    kind: Literal["mix"] = "mix"
    corners: tuple[Start, ...]
    x: Share = 0.5
    y: Share = 0.0

    @field_validator("corners")
    @classmethod
    def _count(cls, corners: tuple[Start, ...]) -> tuple[Start, ...]:
        if not 2 <= len(corners) <= MOST_CORNERS:
            raise ValueError(
                tr(
                    "A mix has 2 to {most} corners, not {count}.",
                    most=MOST_CORNERS,
                    count=len(corners),
                )
            )
        return corners

    @property
    def distance(self) -> float:
        """How far the point is from the nearest corner, along both sides."""
        down = self.y if len(self.corners) > 2 else 0.0
        return min(self.x, 1 - self.x) + min(down, 1 - down)

    @property
    def title(self) -> str:
        what = ", ".join(corner.title for corner in self.corners)
        return tr("mix of {what} at {x}, {y}", what=what, x=f"{self.x:.2f}", y=f"{self.y:.2f}")


Base = Annotated[FromPicture | FromPrompt | FromEmbedding | Mix, Field(discriminator="kind")]


class TextDiff(Frozen):
    """Turn from what `before` means towards what `after` means; theta 0 leaves all as it is."""

    kind: Literal["text_diff"] = "text_diff"
    before: str
    after: str
    theta: Share

    @field_validator("before", "after")
    @classmethod
    def _text(cls, text: str) -> str:
        return clean_text(text)

    @model_validator(mode="after")
    def _differs(self) -> "TextDiff":
        if not self.after.strip():
            raise ValueError(tr("A text diff needs a text to go to."))
        if _as_read(self.before) == _as_read(self.after):
            raise ValueError(
                tr(
                    "Both texts of the diff are {what}: nothing changes.",
                    what=repr(self.after.strip()),
                )
            )
        return self

    @property
    def title(self) -> str:
        before = self.before or tr("nothing")
        return tr(
            "{before} to {after}, {theta}",
            before=before,
            after=self.after,
            theta=f"{self.theta:.2f}",
        )


class Reconstruct(Frozen):
    """Keep only what the components of a basis hold of the embedding (the paper's figure 7)."""

    kind: Literal["reconstruct"] = "reconstruct"
    basis: Basis

    @property
    def title(self) -> str:
        return tr("{count} components", count=len(self.basis))


class Shift(Frozen):
    """Move along a component of a basis by `amount` of its standard deviations.

    `basis` holds that component only.
    """

    kind: Literal["shift"] = "shift"
    basis: Basis
    amount: Annotated[float, Field(ge=-20, le=20, allow_inf_nan=False)]

    @field_validator("basis")
    @classmethod
    def _single(cls, basis: Basis) -> Basis:
        if len(basis) != 1:
            raise ValueError(tr("A shift goes along one component, not {count}.", count=len(basis)))
        return basis

    @property
    def title(self) -> str:
        name = self.basis.names[0] if self.basis.names else tr("a component")
        return f"{name} {self.amount:+.1f}"


Edit = Annotated[TextDiff | Reconstruct | Shift, Field(discriminator="kind")]


class Concept(Frozen):
    """A base and the edits on it, in order."""

    base: Base
    edits: Annotated[tuple[Edit, ...], Field(max_length=MAX_EDITS)] = ()

    @property
    def title(self) -> str:
        """Say in one line what it is."""
        return "; ".join([self.base.title, *(edit.title for edit in self.edits)])

    @property
    def strength(self) -> float:
        """How far it is from a picture that it starts from: 0 for itself, 1 for far enough.

        By what changes the picture clearly: theta 0.2 of a text diff, a fifth of the board, one
        standard deviation along a component, any reconstruction.
        """
        shares = [_strength(edit) for edit in self.edits]
        if isinstance(self.base, Mix):
            shares.append(self.base.distance / CLEAR_SHARE)
        return min(1.0, sum(shares))

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(start.image for start in self.starts if isinstance(start, FromPicture))

    @property
    def starts(self) -> tuple[Start, ...]:
        """Every picture, prompt and embedding in it."""
        return self.base.corners if isinstance(self.base, Mix) else (self.base,)


def _as_read(text: str) -> str:
    """Return what CLIP's tokenizers tell apart: neither case nor the width of spaces."""
    return " ".join(text.split()).casefold()


def _strength(edit: Edit) -> float:
    match edit:
        case TextDiff():
            return edit.theta / CLEAR_SHARE
        case Shift():
            return abs(edit.amount)
        case Reconstruct():
            return 1.0
