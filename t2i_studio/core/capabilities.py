"""What a model can do, as data that the window and the command line follow."""

from t2i_studio.core.frozen import Frozen
from t2i_studio.core.geometry import Extent
from t2i_studio.core.latent import Space


class Stage(Frozen):
    """One stage of a model; `guidance` is None where the stage has no guidance scale.

    `inpaint_guidance` is the default of repaints where that differs.
    """

    key: str
    title: str
    steps: int
    min_steps: int = 1
    max_steps: int = 250
    guidance: float | None = None
    inpaint_guidance: float | None = None

    @property
    def has_fixed_steps(self) -> bool:
        return self.min_steps == self.max_steps


class Inversion(Frozen):
    """How x_T is found by default, and the decoder's guidance that goes with it.

    `guidance` rebuilds the picture exactly, `edit_guidance` shows edits of it clearly.
    """

    steps: int
    iterations: int
    guidance: float
    edit_guidance: float


class Capabilities(Frozen):
    """Derived from the files of a checkpoint, never from its name.

    `sizes`, `samplers` and `priors` list what can be chosen, the default first. `token_limit` is
    the length of the text encoder's context with its start and end tokens, `tokenizer` the
    tokenizer.json that counts them; None where there is no such limit. `space` is that of its
    embeddings; `inversion` is None where x_T cannot be found. `has_prompt_weights`: single words
    can be made to count more or less, which a pooled text embedding cannot.
    """

    title: str
    kinds: frozenset[str]
    stages: tuple[Stage, ...]
    sizes: tuple[Extent, ...]
    samplers: tuple[str, ...] = ()
    priors: tuple[str, ...] = ()
    candidates: int = 1
    max_candidates: int = 1
    has_negative_prompt: bool = False
    has_prompt_weights: bool = False
    has_previews: bool = False
    has_rerank: bool = False
    token_limit: int | None = None
    tokenizer: str | None = None
    examples: tuple[str, ...] = ()
    space: Space | None = None
    has_image_encoder: bool = False
    inversion: Inversion | None = None

    def stage(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)
