"""What the prior does, to be seen: its candidates before the costly stages, and what it adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psygnal import Signal
from pydantic import ValidationError

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import StudioError, explain
from t2i_studio.core.image import Image
from t2i_studio.core.request import RANDOM_SEED, Generate, Strip
from t2i_studio.core.stage_settings import DecoderSettings
from t2i_studio.core.words import later, tr
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.pinned_draw import candidate_title
from t2i_studio.studio.session import Session

CANDIDATES = 8
QUICK_STEPS = 8  # of the decoder: enough to see what a candidate means
ABLATION: Mapping[str, str] = {
    "caption": later("Caption only"),
    "none": later("Text embedding"),
    "diffusion": later("Prior"),
}
"""What the decoder is given besides the caption: Ramesh et al. 2022, section 5.1, figure 8."""

Drawn = tuple[object, ...]  # what the candidates depend on


@dataclass(frozen=True)
class DrawnCandidate:
    """One of the prior's draws, from 0; image and cosine to the text are None until known."""

    draw: int
    image: Image | None = None
    score: float | None = None


class PriorLab:
    """Draws candidates of the prompt in the settings, and compares with no prior (main thread)."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        self.candidates = FilmStripRun(session.explorer.desk)
        self.ablation = FilmStripRun(session.explorer.desk)
        self.seed = RANDOM_SEED  # of both
        self._session = session
        self._settings = session.settings
        self.asked_count: int | None = None  # None: the usual number
        self._drawn_with: Drawn = ()
        for run in (self.candidates, self.ablation):
            run.changed.connect(self.changed.emit)
        texts = "prompt", "style", "negative_prompt"
        for field in (*texts, "prior_steps", "prior_guidance", "prior_draw"):
            self._settings.events[field].connect(self._tell, max_args=0)
        session.model_described.connect(self._follow_model)

    # state -----------------------------------------------------------------------------------

    @property
    def problem(self) -> str:
        """Why there is nothing to draw; empty if there is."""
        found = self._capabilities
        if found is None:
            return tr("Load a model first.")
        if "diffusion" not in found.priors or found.stage("prior") is None:
            return tr(
                "{title} has no prior: its decoder works from the text alone.", title=found.title
            )
        if not self._settings.prompt.strip():
            return tr("Write a prompt first: the prior turns it into image embeddings.")
        return ""

    @property
    def most(self) -> int:
        """How many candidates the model can draw at once."""
        return self._capabilities.max_candidates if self._capabilities else 1

    @property
    def count(self) -> int:
        """How many candidates are drawn."""
        return min(self.asked_count or CANDIDATES, self.most)

    def set_count(self, count: int | None) -> None:
        """Draw as many from now on; None for the usual number."""
        self.asked_count = count
        self.changed.emit()

    def set_seed(self, seed: int) -> None:
        self.seed = seed
        self.changed.emit()

    @property
    def shown(self) -> tuple[DrawnCandidate, ...]:
        """The candidates, the best first once their scores are known."""
        images = [frame.image for frame in self.candidates.frames]
        ranked = self.candidates.ranked
        if ranked is None:
            return tuple(DrawnCandidate(draw, image) for draw, image in enumerate(images))
        pairs = zip(ranked.draws, ranked.scores, strict=True)
        return tuple(DrawnCandidate(draw, images[draw], score) for draw, score in pairs)

    @property
    def spread(self) -> float | None:
        """How far the best candidate's cosine lies above the worst one's; None until known."""
        ranked = self.candidates.ranked
        return max(ranked.scores) - min(ranked.scores) if ranked else None

    @property
    def drawn_seed(self) -> int | None:
        """The seed of the candidates; None until it is known."""
        frames = self.candidates.frames
        seed = frames[0].request.seed if frames else RANDOM_SEED
        return None if seed == RANDOM_SEED else seed

    @property
    def is_current(self) -> bool:
        """Whether prompt and prior are still those of the candidates."""
        return self._drawn_with == self._asked()

    @property
    def pinned(self) -> int | None:
        """The place of the pinned candidate among those that are shown."""
        settings = self._settings
        is_of_these = (
            self.is_current
            and settings.seed == self.drawn_seed
            and settings.candidates == len(self.candidates.frames)
        )
        draws = [candidate.draw for candidate in self.shown]
        draw = settings.prior_draw
        return draws.index(draw) if is_of_these and draw in draws else None

    # candidates ------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw candidates; each is decoded small and in few steps."""
        self._drawn_with = self._asked()
        settings = self._settings
        numbers = {"steps": settings.prior_steps, "guidance": settings.prior_guidance}
        priors = [{**numbers, "candidates": self.count, "draw": draw} for draw in range(self.count)]
        found = self._capabilities
        quick = {"size": min(found.sizes), "decoder": _quick(found)} if found else {}
        titles = [candidate_title(draw) for draw in range(self.count)]
        self._make(self.candidates, [{"prior": prior, **quick} for prior in priors], titles)

    def pin(self, place: int) -> None:
        """Let the next Generate make the candidate at this place."""
        if not self.is_current:
            text = tr("These candidates are of another prompt or prior: draw again, then pin one.")
            self._session.noticed.emit(Notice(Level.info, text))
            self.changed.emit()
        elif self.drawn_seed is not None:
            draw = self.shown[place].draw
            self._settings.pin(draw, len(self.candidates.frames), self.drawn_seed)

    def unpin(self) -> None:
        self._settings.prior_draw = None

    def _asked(self) -> Drawn:
        settings = self._settings
        texts = settings.model, settings.prompt, settings.style, settings.negative_prompt
        return (*texts, settings.prior_steps, settings.prior_guidance)

    # ablation --------------------------------------------------------------------------------

    @property
    def compared(self) -> tuple[str, ...]:
        """The kinds of prior that the model can be compared with, its own being the last."""
        priors = self._capabilities.priors if self._capabilities else ()
        return tuple(kind for kind in ABLATION if kind in priors)

    def compare(self) -> None:
        """Make one picture with each kind, in full, from the same seed."""
        settings = self._settings
        prior = {
            "steps": settings.prior_steps,
            "guidance": settings.prior_guidance,
            "candidates": settings.candidates,
        }
        stages = settings.stages()
        frames = [
            {**stages, "size": settings.size, "prior": {**prior, "kind": kind}}
            for kind in self.compared
        ]
        self._make(self.ablation, frames, [tr(ABLATION[kind]) for kind in self.compared])

    def keep(self, place: int) -> None:
        """Save a picture of the comparison to the gallery and show it."""
        if made := self.ablation.made(place):
            self._session.explorer.kept.emit(made)

    def explore(self, place: int) -> None:
        """Start exploring a picture of the comparison."""
        if made := self.ablation.made(place):
            self._session.explore(made.image, made.recipe)

    # both ------------------------------------------------------------------------------------

    @property
    def _capabilities(self) -> Capabilities | None:
        return self._session.capabilities

    def _tell(self) -> None:
        self.changed.emit()

    def _follow_model(self) -> None:
        """Forget what another model made."""
        for run in (self.candidates, self.ablation):
            run.clear()

    def _make(
        self, run: FilmStripRun, frames: Sequence[Mapping[str, Any]], captions: Sequence[str]
    ) -> None:
        settings = self._settings
        shared = {
            "model": settings.model,
            "prompt": settings.prompt,
            "negative_prompt": settings.negative_prompt,
            "seed": self.seed,
        }
        try:
            requests = [Generate.model_validate({**shared, **frame}) for frame in frames]
            strip = Strip(model=settings.model, frames=tuple(requests))
            filled = self._session.desk.fill(strip, self._capabilities)
        except ValidationError as error:
            self._session.noticed.emit(Notice(Level.warn, str(explain(error))))
        except StudioError as error:
            self._session.noticed.emit(Notice(Level.warn, str(error)))
        else:
            run.make(filled.frames, captions)


def _quick(capabilities: Capabilities) -> DecoderSettings:
    decoder = capabilities.stage("decoder")
    if decoder is None:
        return DecoderSettings()
    return DecoderSettings(steps=max(decoder.min_steps, min(QUICK_STEPS, decoder.max_steps)))
