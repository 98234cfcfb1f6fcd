"""The state of an exploration as one frozen value: what undo goes back to."""

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from pydantic import ValidationError

from t2i_studio.core.concept import (
    Concept,
    Edit,
    FromEmbedding,
    FromPicture,
    FromPrompt,
    Mix,
    Reconstruct,
    Shift,
    Start,
    TextDiff,
)
from t2i_studio.core.errors import explain
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Space
from t2i_studio.core.request import Decode
from t2i_studio.core.words import tr

CORNERS = 4
STILL = 1e-3  # of a slider: below, it does nothing


@dataclass(frozen=True)
class Pick:
    """A start with what is shown of it; `text`: what it is said to show, if that is known."""

    start: Start
    title: str
    image: Image | None = None
    text: str = ""

    @staticmethod
    def picture(image: Image, title: str = "", text: str = "") -> "Pick":
        return Pick(FromPicture(image=image), title or tr("Picture"), image, text)

    @staticmethod
    def prompt(text: str) -> "Pick":
        """Make a pick of a prompt; raises ValidationError for one that cannot be used."""
        return Pick(FromPrompt(prompt=text), text, None, text)

    @staticmethod
    def embedding(start: FromEmbedding) -> "Pick":
        return Pick(start, start.title)


@dataclass(frozen=True)
class DiffRow:
    """A text diff with its slider; an incomplete row does nothing yet."""

    before: str = ""
    after: str = ""
    theta: float = 0.0

    @property
    def problem(self) -> str:
        """What keeps it from doing anything; empty if nothing does."""
        if not self.after.strip():
            return tr("Write what to go to.")
        try:
            TextDiff(before=self.before, after=self.after, theta=self.theta)
        except ValidationError as error:
            return str(explain(error))
        return ""

    @property
    def edit(self) -> TextDiff | None:
        """The edit; None while it would change nothing."""
        if self.problem or self.theta < STILL:
            return None
        return TextDiff(before=self.before, after=self.after, theta=self.theta)


@dataclass(frozen=True)
class Exploration:
    """An origin or a mix of corners, and the edits on it, in order: diffs, then components.

    `shifts` are amounts along the components of `basis`; `kept` of its components reconstruct the
    embedding, None leaves it whole. `noise`: whether a mix has the x_T of its pictures or one that
    is drawn from the seed. `template`: a request that all other settings come from.
    """

    origin: Pick | None = None
    rows: tuple[DiffRow, ...] = ()
    corners: tuple[Pick | None, ...] = (None,) * CORNERS
    point: tuple[float, float] = (0.5, 0.5)
    is_mixed: bool = False
    noise: Literal["drawn", "inverted"] = "drawn"
    basis: Basis | None = None
    shifts: tuple[float, ...] = ()
    kept: int | None = None
    extra: tuple[Edit, ...] = ()  # that came with a recipe and have no slider
    seed: int = 0
    template: Decode | None = None

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The corners that are taken, in reading order."""
        return tuple(corner for corner in self.corners if corner is not None)

    @property
    def uses_mix(self) -> bool:
        return self.is_mixed and len(self.picks) > 1

    @property
    def is_inverted(self) -> bool:
        """Whether x_T comes from pictures."""
        if self.uses_mix or self.template:
            return self.noise == "inverted"
        return self.origin is not None and isinstance(self.origin.start, FromPicture)

    @property
    def concept(self) -> Concept | None:
        """What is to be decoded; None while there is nothing to start from."""
        if self.uses_mix:
            x, y = self.point
            starts = tuple(pick.start for pick in self.picks)
            return Concept(base=Mix(corners=starts, x=x, y=y), edits=self.edits)
        if self.origin is None:
            return None
        return Concept(base=self.origin.start, edits=self.edits)

    @property
    def edits(self) -> tuple[Edit, ...]:
        found = (row.edit for row in self.rows)
        diffs = tuple(edit for edit in found if edit is not None)
        return (*diffs, *self._component_edits(), *self.extra)

    @staticmethod
    def of(request: Decode) -> "Exploration":
        """Return the state that a request came from; its starts are shown as far as they can be."""
        concept, edits = request.concept, request.concept.edits
        picks = tuple(_pick(start) for start in concept.starts)
        diffs = tuple(takewhile(lambda edit: isinstance(edit, TextDiff), edits))
        state = Exploration(
            origin=picks[0],
            rows=tuple(DiffRow(e.before, e.after, e.theta) for e in diffs if e.kind == "text_diff"),
            noise=request.noise,
            extra=edits[len(diffs) :],
            seed=request.seed,
            template=request,
        )
        if not isinstance(concept.base, Mix):
            return state
        corners = (*picks, *(None,) * (CORNERS - len(picks)))
        point = (concept.base.x, concept.base.y)
        return replace(state, corners=corners, point=point, is_mixed=True)

    def in_space(self, space: Space) -> "Exploration":
        """Leave out what lies in another space."""
        basis = self.basis if self.basis and self.basis.space == space else None
        foreign = any(not isinstance(e, TextDiff) and e.basis.space != space for e in self.extra)
        return replace(
            self,
            origin=_kept(self.origin, space),
            corners=tuple(_kept(corner, space) for corner in self.corners),
            basis=basis,
            shifts=self.shifts if basis else (),
            kept=self.kept if basis else None,
            extra=() if foreign else self.extra,
        )

    def without_edits(self) -> "Exploration":
        """Bring every slider back to where it does nothing."""
        rows = tuple(replace(row, theta=0.0) for row in self.rows)
        return replace(self, rows=rows, shifts=(0.0,) * len(self.shifts), kept=None, extra=())

    def _component_edits(self) -> tuple[Edit, ...]:
        if self.basis is None:
            return ()
        kept: tuple[Edit, ...] = ()
        if self.kept is not None:
            kept = (Reconstruct(basis=self.basis.first(self.kept)),)
        moved = tuple(
            Shift(basis=self.basis.only(place), amount=amount)
            for place, amount in enumerate(self.shifts)
            if abs(amount) >= STILL
        )
        return (*kept, *moved)


def _pick(start: Start) -> Pick:
    if isinstance(start, FromPicture):
        return Pick.picture(start.image)
    return Pick(start, start.title, None, start.prompt if isinstance(start, FromPrompt) else "")


def _kept(pick: Pick | None, space: Space) -> Pick | None:
    """Return the pick unless it is an embedding of another space."""
    if pick is not None and isinstance(pick.start, FromEmbedding):
        return pick if pick.start.embedding.space == space else None
    return pick
