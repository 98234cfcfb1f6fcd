"""The stages of a model as they are shown: plain data."""

from dataclasses import dataclass
from enum import StrEnum

from t2i_studio.core.image import Image

TEXT = "text"  # encodes in one go: it is never part of a plan, and done when another begins
PRIOR = "prior"
INVERSION = "inversion"  # finds x_T: no stage of a model, shown in the runs that have it
DECODER = "decoder"
UPSAMPLER = "upsampler"


class StageState(StrEnum):
    """Where a stage stands in the run."""

    idle = "idle"
    waiting = "waiting"
    running = "running"
    done = "done"
    skipped = "skipped"
    failed = "failed"


@dataclass(frozen=True)
class Token:
    """A piece of the prompt as the text encoder reads it; not kept: beyond its limit."""

    text: str
    is_kept: bool = True


@dataclass(frozen=True)
class Frame:
    """The estimate of the finished picture after `step` steps."""

    step: int
    image: Image


@dataclass(frozen=True)
class Cosine:
    """How close the embedding that is decoded lies to something."""

    to: str
    value: float


@dataclass(frozen=True)
class StageView:
    """All that is shown of one stage.

    `room`: how many tokens the text encoder reads. `scores` are cosines, best first; `draws` tells
    which draw each was, `chosen` the rank of the one that is decoded. `frames` may have gaps while
    the stage runs. `picture` says which of several pictures all this is of.
    """

    key: str
    title: str
    state: StageState = StageState.idle
    step: int = 0
    steps: int = 0
    tokens: tuple[Token, ...] = ()
    room: int = 0
    scores: tuple[float, ...] = ()
    draws: tuple[int, ...] = ()
    chosen: int = 0
    cosines: tuple[Cosine, ...] = ()
    frames: tuple[Frame, ...] = ()
    before: Image | None = None
    after: Image | None = None
    picture: str = ""
    detail: str = ""

    @property
    def share(self) -> float:
        """How much of the stage is done, 0 to 1."""
        return min(1.0, self.step / self.steps) if self.steps else 0.0
