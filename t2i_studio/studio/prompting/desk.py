"""The prompt desk: what the next pictures are asked for, and what the model makes of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from psygnal import Signal

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.request import RANDOM_SEED, Frame, Prompted, Strip, Work
from t2i_studio.core.text import clean_text
from t2i_studio.core.words import tr
from t2i_studio.engine.resolve import random_seed
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.prompting.evaluate import Evaluated, Means, Reader, evaluate
from t2i_studio.studio.prompting.stylebook import StyleBook
from t2i_studio.studio.prompting.styles import with_style
from t2i_studio.studio.prompting.wildcards import Wildcards
from t2i_studio.studio.settings import Settings

STYLES, WILDCARDS = "styles.json", "wildcards"  # in the data folder
EXAMPLE = 0  # the seed of a preview where the real one is left to chance

W = TypeVar("W", bound=Work)


class PromptDesk:
    """Reads the settings' prompt, negative prompt, style and seed (main thread)."""

    changed = Signal()  # what the model would read
    noticed = Signal(Notice)

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.styles = StyleBook(folder / STYLES)
        self.wildcards = Wildcards(folder / WILDCARDS)
        self._settings = settings
        self._reader = Reader()
        self._shown: tuple[Any, Evaluated] | None = None  # the last preview, and of what it is
        self._has_told = False
        events = settings.events
        for change in (events.prompt, events.negative_prompt, events.style, events.seed):
            change.connect(self._tell, max_args=0)
        self.styles.changed.connect(self.look_again)

    def follow_model(self, capabilities: Capabilities | None) -> None:
        """Evaluate for another model; its first call tells what was wrong with the styles."""
        self._reader = reader(capabilities)
        if self.styles.problem and not self._has_told:
            self._has_told = True
            self.noticed.emit(Notice(Level.warn, self.styles.problem))
        self.changed.emit()

    def look_again(self) -> None:
        """Evaluate anew: files may have changed."""
        self._shown = None
        self.wildcards.refresh()
        self.changed.emit()

    def preview(self, seed: int | None = None) -> Evaluated:
        """Return what the model would read; with a `problem`, what is written.

        Without a seed it is the settings', or an example of what chance may bring.
        """
        settings = self._settings
        if seed is None:
            seed = EXAMPLE if settings.seed == RANDOM_SEED else settings.seed
        raw = with_style(settings.prompt, settings.style), settings.negative_prompt
        key = (*raw, seed, self._reader)
        if self._shown is None or self._shown[0] != key:
            self._shown = key, self._evaluated(*raw, seed)
        return self._shown[1]

    def fill(self, request: W, capabilities: Capabilities | None, style: str | None = None) -> W:
        """Put what the model reads into a request whose prompt is as it was written.

        `style`: the name of one, "" for none, None for the one that is chosen. What has been
        filled stays as it is. Raises StudioError for what cannot be understood.
        """
        style = self._settings.style if style is None else style
        try:
            return filled(request, self.means(capabilities), style)
        except StudioError:
            self.wildcards.refresh()  # a file may have come meanwhile
            return filled(request, self.means(capabilities), style)

    def read_again(self, request: Frame) -> Frame:
        """Draw the words anew, from the seed that the request has now; or leave what was read."""
        if not request.raw_prompt:
            return request
        written = {"prompt": request.raw_prompt, "negative_prompt": request.raw_negative}
        unread = {"raw_prompt": "", "raw_negative": "", "prompts": (), "negative_prompts": ()}
        try:
            return filled(
                request.model_copy(update={**written, **unread}), self._means(self._reader)
            )
        except StudioError:
            return request  # what it refers to is gone

    def means(self, capabilities: Capabilities | None) -> Means:
        """Return what prompts may refer to, for a model."""
        return self._means(reader(capabilities))

    def _tell(self) -> None:
        self.changed.emit()

    def _evaluated(self, prompt: str, negative: str, seed: int) -> Evaluated:
        try:
            return evaluate(prompt, negative, seed, self._means(self._reader))
        except StudioError as error:
            return Evaluated(self._settings.prompt, negative, problem=str(error))

    def _means(self, reading: Reader) -> Means:
        return Means(self.wildcards, self.styles.styles, reading)


def reader(capabilities: Capabilities | None) -> Reader:
    """Tell what a model makes of prompts; one that is not known makes everything of them."""
    if capabilities is None:
        return Reader(can_weight=True)
    can_weight = bool(getattr(capabilities, "has_prompt_weights", False))
    return Reader(capabilities.title, can_weight, capabilities.has_negative_prompt)


def filled(request: W, means: Means, style: str = "") -> W:
    """Put what the model reads into a request, or into the frames of a strip."""
    if isinstance(request, Strip):
        seed = random_seed()  # shared by all that leave it to chance, as where they are resolved
        frames = tuple(_filled_frame(frame, seed, means, style) for frame in request.frames)
        return request.model_copy(update={"frames": frames})
    if isinstance(request, Prompted) and not request.raw_prompt:
        changes = _filled(request, means, style)
        return cast(W, request.model_copy(update=changes) if changes else request)
    return request


def _filled_frame(frame: Frame, seed: int, means: Means, style: str) -> Frame:
    """Fill a frame from a seed if it has none; one that is read as it is written keeps none."""
    is_random = frame.seed == RANDOM_SEED
    seeded = frame.model_copy(update={"seed": seed}) if is_random else frame
    found = filled(seeded, means, style)
    return frame if found is seeded else found


def _filled(request: Prompted, means: Means, style: str) -> dict[str, Any]:
    """Return what evaluation changes, for each picture from seed + i; a random seed is drawn."""
    raw, negative = with_style(request.prompt, style), request.negative_prompt
    seed = random_seed() if request.seed == RANDOM_SEED else request.seed
    first = evaluate(raw, negative, seed, means)
    others = range(1, request.count if first.is_drawn else 1)
    readings = [first, *(evaluate(raw, negative, seed + place, means) for place in others)]
    prompts = _checked([each.prompt for each in readings])
    negatives = [each.negative_prompt if means.reader.can_negate else "" for each in readings]
    if prompts == [request.prompt] and negatives == [negative]:
        return {}
    return {
        "seed": seed,
        "prompt": prompts[0],
        "prompts": _each(prompts),
        "raw_prompt": raw,
        "negative_prompt": negatives[0],
        "negative_prompts": _each(negatives),
        "raw_negative": negative,
    }


def _each(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(texts) if len(set(texts)) > 1 else ()


def _checked(prompts: list[str]) -> list[str]:
    """Return them; raises UserError for one that no picture can be asked for with."""
    for prompt in prompts:
        if not prompt.strip():
            raise UserError(
                tr("Nothing is left of the prompt."),
                tr("Write what the picture should show, besides comments and choices."),
            )
        try:
            clean_text(prompt)
        except ValueError as error:
            raise UserError(str(error)) from error
    return prompts
