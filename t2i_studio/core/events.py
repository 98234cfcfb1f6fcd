"""Events: what the engine says about a run, in order, with exactly one terminal event."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import Blame
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings, Vectors
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import AnyRequest


class PlannedStage(Frozen):
    """How many steps a stage takes in a run, over all of its pictures."""

    key: str
    steps: int


class _Event(Frozen):
    request_id: str


class Loading(_Event):
    """A model is being made ready; `phase` says what happens now."""

    kind: Literal["loading"] = "loading"
    phase: str


class ModelReady(_Event):
    """A model is in memory; `memory_bytes` is what its weights take."""

    kind: Literal["model_ready"] = "model_ready"
    model: str
    capabilities: Capabilities
    device: str
    dtype: str
    memory_bytes: int


class Started(_Event):
    """The run begins; `request` has no defaults left and the real seed."""

    kind: Literal["started"] = "started"
    request: AnyRequest
    plan: tuple[PlannedStage, ...]


class Progress(_Event):
    """`stage_step` of `stage_steps` in this stage of this picture, `step` of `total` in the run."""

    kind: Literal["progress"] = "progress"
    index: int  # which picture of the run
    stage: str
    stage_step: int
    stage_steps: int
    step: int
    total: int
    step_s: float | None = None  # seconds that this step took
    eta_s: float | None = None  # seconds left in the run; None while unknown


class CandidatesRanked(_Event):
    """The prior's candidates, best first: cosine to the text embedding, and which draw each was."""

    kind: Literal["candidates_ranked"] = "candidates_ranked"
    index: int
    scores: tuple[float, ...]
    draws: tuple[int, ...]


class Preview(_Event):
    """The estimate of the finished picture at this step; `frame` is the part that it covers.

    `frame` is in the pixels of the request's picture; None means all of it. The size of `image`
    is the backend's choice: it is scaled to the frame when shown.
    """

    kind: Literal["preview"] = "preview"
    index: int
    image: Image
    frame: Bounds | None = None


class LatentReady(_Event):
    """The embedding that is about to be decoded, and where it lies.

    `to_start`: cosine to the embedding before any edit; `to_texts`: cosine to the text that each
    text diff goes to, in their order.
    """

    kind: Literal["latent_ready"] = "latent_ready"
    index: int
    embedding: Embeddings
    to_start: float
    to_texts: tuple[float, ...] = ()


class Estimate(Frozen):
    """The clean picture that the decoder expected after a step, the first being 1."""

    step: int
    image: Image


class BaseReady(_Event):
    """The decoder's picture before it is enlarged, and its estimates of it on the way."""

    kind: Literal["base_ready"] = "base_ready"
    index: int
    image: Image
    estimates: tuple[Estimate, ...] = ()


class Embedded(_Event):
    """The embeddings that were asked for, in order."""

    kind: Literal["embedded"] = "embedded"
    embeddings: Embeddings


class Classified(_Event):
    """How well each label fits: softmax shares that sum to 1, and the cosines behind them."""

    kind: Literal["classified"] = "classified"
    labels: tuple[str, ...]
    shares: tuple[float, ...]
    cosines: tuple[float, ...]


class BasisReady(_Event):
    """A basis, and where what it was fitted on lies in it: (N, K) along its components."""

    kind: Literal["basis_ready"] = "basis_ready"
    basis: Basis
    coordinates: Vectors


class ImageReady(_Event):
    """A finished picture; `score` is its cosine to the prompt in CLIP space where it was asked.

    `enlarged` is what the model made of a repaint's frame, before it was laid into the picture.
    """

    kind: Literal["image_ready"] = "image_ready"
    index: int
    image: Image
    recipe: Recipe
    score: float | None = None
    enlarged: Image | None = None


class Finished(_Event):
    """Terminal: all is done."""

    kind: Literal["finished"] = "finished"
    seconds: float


class Cancelled(_Event):
    """Terminal: stopped on demand; pictures that were ready stay."""

    kind: Literal["cancelled"] = "cancelled"


class Failed(_Event):
    """Terminal: what is wrong, and what to do."""

    kind: Literal["failed"] = "failed"
    blame: Blame
    message: str
    hint: str = ""


Terminal = Finished | Cancelled | Failed
Event = (
    Loading
    | ModelReady
    | Started
    | Progress
    | CandidatesRanked
    | Preview
    | LatentReady
    | BaseReady
    | ImageReady
    | Embedded
    | Classified
    | BasisReady
    | Terminal
)
EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])
