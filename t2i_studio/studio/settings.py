"""What the next Generate will ask for: the observable settings behind the left panel."""

from dataclasses import asdict, dataclass, fields
from typing import Annotated, Any, ClassVar

from psygnal import SignalGroupDescriptor
from pydantic import Field

from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import (
    DEFAULT_MODEL,
    MAX_SEAM,
    RANDOM_SEED,
    Content,
    Editing,
    Inpaint,
    Pictures,
    Strength,
)
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings, UpsamplerSettings
from t2i_studio.studio.prompting.styles import split_style
from t2i_studio.studio.restoring import restore_fields

HISTORY_LENGTH = 100
Seam = Annotated[int, Field(ge=0, le=MAX_SEAM)]
KEPT = frozenset({"prompt", "negative_prompt", "model", "history"})  # by a reset


@dataclass
class Settings:
    """One field per control; None is the model's own default. Emits `events.<field>`."""

    events: ClassVar[SignalGroupDescriptor] = SignalGroupDescriptor()

    prompt: str = ""
    negative_prompt: str = ""
    style: str = ""  # its name; "" for none
    model: str = DEFAULT_MODEL
    seed: int = RANDOM_SEED
    count: int = 1
    size: Extent | None = None
    prior_kind: str = "diffusion"
    prior_steps: int | None = None
    prior_guidance: float | None = None
    candidates: int | None = None
    decoder_steps: int | None = None
    decoder_guidance: float | None = None
    sampler: str | None = None
    upsampler_steps: int | None = None
    upsampler_1024_steps: int | None = None
    strength: Strength = 1.0  # below 1 starts from what is there
    content: Content = "original"
    feather: int | None = None  # px
    seam: Seam = 16  # px
    colour_match: bool = True
    rerank: bool = False
    history: tuple[str, ...] = ()  # prompts used, newest first
    prior_draw: int | None = None  # the pinned candidate; last, as what it depends on unpins it

    def remember_prompt(self) -> None:
        """Put the prompt at the head of the history, once."""
        others = tuple(text for text in self.history if text != self.prompt)
        self.history = (self.prompt, *others)[:HISTORY_LENGTH]

    def reset(self) -> None:
        """Back to the defaults of the model, which stays, as do prompt and history."""
        self.prior_draw = None
        for field in fields(self):
            if field.name not in KEPT:
                setattr(self, field.name, field.default)

    def pin(self, draw: int, candidates: int, seed: int) -> None:
        """Make one picture of this of the prior's draws next, instead of the best of them."""
        self.prior_draw = None
        self.prior_kind, self.candidates, self.seed = "diffusion", candidates, seed
        self.count = 1  # picture i has the seed + i, and with it other draws
        self.prior_draw = draw

    def stages(self) -> dict[str, Any]:
        """Return the part of a request that says how each stage works."""
        prior = {
            "kind": self.prior_kind,
            "steps": self.prior_steps,
            "guidance": self.prior_guidance,
            "candidates": self.candidates,
            "draw": self.prior_draw,
        }
        decoder = {
            "steps": self.decoder_steps,
            "guidance": self.decoder_guidance,
            "sampler": self.sampler,
        }
        return {
            "prior": PriorSettings.model_validate(prior),
            "decoder": DecoderSettings(**decoder),
            "upsampler": UpsamplerSettings(steps=self.upsampler_steps),
            "upsampler_1024": UpsamplerSettings(steps=self.upsampler_1024_steps),
        }

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over every field that is valid; return the names of those that were not."""
        return restore_fields(self, data)

    def recall_prompt(self, request: Pictures) -> None:
        """Take over what was written for a request, with the style that was chosen."""
        if request.raw_prompt:
            self.take_written(request.raw_prompt, request.raw_negative)
        else:
            self.take_read(request.prompt, request.negative_prompt)

    def take_written(self, prompt: str, negative_prompt: str) -> None:
        """Take prompts over as they were written; a style at the end was chosen for them."""
        (self.prompt, self.style), self.negative_prompt = split_style(prompt), negative_prompt

    def take_read(self, prompt: str, negative_prompt: str) -> None:
        """Take prompts over as a model has read them: no style is missing."""
        self.prompt, self.style, self.negative_prompt = prompt, "", negative_prompt

    def recall(self, request: Pictures) -> None:
        """Take over everything that a request says, so that it could be made again."""
        self.prior_draw = None
        self.recall_prompt(request)
        self.seed = request.seed
        self.count = request.count
        self.size = request.size
        self.prior_kind = request.prior.kind
        self.prior_steps = request.prior.steps
        self.prior_guidance = request.prior.guidance
        self.candidates = request.prior.candidates
        self.decoder_steps = request.decoder.steps
        self.decoder_guidance = request.decoder.guidance
        self.sampler = request.decoder.sampler
        self.upsampler_steps = request.upsampler.steps
        self.upsampler_1024_steps = request.upsampler_1024.steps
        if isinstance(request, Editing):
            self.strength, self.colour_match = request.strength, request.colour_match
        if isinstance(request, Inpaint):
            self.feather, self.content = request.feather, request.content
            self.seam = request.seam
        self.prior_draw = request.prior.draw
