"""What the stages of the model do in a run: what the pipeline ribbon shows, without its widgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from psygnal import Signal

from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.events import (
    BaseReady,
    Cancelled,
    CandidatesRanked,
    Event,
    Failed,
    Finished,
    ImageReady,
    Preview,
    Progress,
    Started,
)
from t2i_studio.core.image import Image
from t2i_studio.core.request import Load

TEXT = "text"  # encodes in one go: it is never part of a plan, and done when another begins
PRIOR = "prior"
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
class StageView:
    """All that is shown of one stage; `scores` are cosines, best first."""

    key: str
    title: str
    state: StageState = StageState.idle
    step: int = 0
    steps: int = 0
    tokens: tuple[Token, ...] = ()
    scores: tuple[float, ...] = ()
    before: Image | None = None
    after: Image | None = None
    detail: str = ""

    @property
    def share(self) -> float:
        """How much of the stage is done, 0 to 1."""
        return min(1.0, self.step / self.steps) if self.steps else 0.0


class Ribbon:
    """The stages in order, folded from the events of one run after the other (main thread)."""

    listed = Signal()  # there are other stages
    changed = Signal(str)  # the key of the stage that looks different

    def __init__(self) -> None:
        self._stages: dict[str, StageView] = {}
        self._active = ""
        self._count = 1

    @property
    def stages(self) -> tuple[StageView, ...]:
        return tuple(self._stages.values())

    def stage(self, key: str) -> StageView | None:
        return self._stages.get(key)

    def reset(self, capabilities: Capabilities | None) -> None:
        """Show the stages of a model at rest; none while there is no model."""
        stages = capabilities.stages if capabilities else ()
        self._stages = {stage.key: _resting(stage) for stage in stages}
        self._active = ""
        self.listed.emit()

    def show_tokens(self, tokens: Sequence[str], kept: int) -> None:
        """Show the prompt as the text encoder reads it: the first `kept` of its tokens."""
        views = tuple(Token(text, place < kept) for place, text in enumerate(tokens))
        view = self._stages.get(TEXT)
        if view is not None and view.tokens != views:
            self._update(TEXT, tokens=views, detail=_counted(views), state=StageState.idle)

    def handle(self, event: Event) -> None:
        """Fold an event of the run into the stages."""
        match event:
            case Started():
                self._start(event)
            case Progress():
                self._advance(event)
            case CandidatesRanked():
                best = f"best of {len(event.scores)}" if len(event.scores) > 1 else ""
                self._update(PRIOR, scores=event.scores, detail=best)
            case Preview():
                self._update(self._active, after=event.image)
            case BaseReady():
                self._show_base(event.image)
            case ImageReady():
                image = event.enlarged or event.image
                self._update(self._last, after=image, detail=_size(image))
            case Finished():
                self._end(_finished)
            case Cancelled():
                self._end(_cancelled)
            case Failed():
                self._fail(event.message)

    @property
    def _last(self) -> str:
        """The key of the stage that makes the finished picture."""
        used = [view.key for view in self.stages if view.state is not StageState.skipped]
        return used[-1] if used else ""

    def _start(self, event: Started) -> None:
        planned = {stage.key: stage.steps for stage in event.plan}
        self._count = 1 if isinstance(event.request, Load) else event.request.count
        self._active = TEXT
        for key in self._stages:
            self._update(key, step=0, scores=(), before=None, after=None)
            if key == TEXT:
                self._update(
                    key, state=StageState.running, detail=_counted(self._stages[key].tokens)
                )
            elif planned.get(key):
                steps = planned[key] // self._count
                self._update(key, state=StageState.waiting, steps=steps, detail="")
            else:
                self._update(key, state=StageState.skipped, detail="")

    def _advance(self, event: Progress) -> None:
        if event.stage not in self._stages:
            return
        self._active = event.stage
        keys = list(self._stages)
        place = keys.index(event.stage)
        for key in keys[:place]:
            self._settle(key, StageState.done)
        for key in keys[place + 1 :]:
            self._settle(key, StageState.waiting)
            self._update(key, before=None, after=None)  # they were of the picture before this one
        self._hand_on(keys[place - 1] if place else "", event.stage)
        is_done = event.stage_step >= event.stage_steps
        self._update(
            event.stage,
            state=StageState.done if is_done else StageState.running,
            step=event.stage_step,
            steps=event.stage_steps,
        )
        if self._count > 1 and event.stage != PRIOR:
            self._update(event.stage, detail=f"picture {event.index + 1} of {self._count}")

    def _hand_on(self, giver: str, taker: str) -> None:
        """Show a further upsampler beside what the one before it made."""
        made = self._stages[giver].after if giver.startswith(UPSAMPLER) else None
        if made is not None and self._stages[taker].before is None:
            self._update(giver, detail=_size(made))
            self._update(taker, before=made)

    def _settle(self, key: str, state: StageState) -> None:
        """Move a stage that is not at work to before or behind the one that is."""
        if self._stages[key].state is not StageState.skipped:
            self._update(key, state=state)

    def _show_base(self, image: Image) -> None:
        keys = list(self._stages)
        upsampler = next((key for key in keys if key.startswith(UPSAMPLER)), "")
        if not upsampler:
            self._update(self._last, after=image, detail=_size(image))
            return
        self._update(upsampler, before=image)
        place = keys.index(upsampler)
        if place:
            self._update(keys[place - 1], after=image, detail=_size(image))

    def _end(self, how: Callable[[StageView], StageView]) -> None:
        self._active = ""
        for view in self.stages:
            if view.state in (StageState.waiting, StageState.running):
                self._put(how(view))

    def _fail(self, message: str) -> None:
        """Mark the stage at work; a run that never started changes nothing."""
        self._update(self._active, state=StageState.failed, detail=message)
        self._end(_cancelled)

    def _update(self, key: str, **changes: Any) -> None:
        view = self._stages.get(key)
        if view is not None:
            self._put(replace(view, **changes))

    def _put(self, view: StageView) -> None:
        if view != self._stages[view.key]:
            self._stages[view.key] = view
            self.changed.emit(view.key)


def _resting(stage: Stage) -> StageView:
    return StageView(stage.key, stage.title, steps=stage.steps)


def _finished(view: StageView) -> StageView:
    return replace(view, state=StageState.done, step=view.steps)


def _cancelled(view: StageView) -> StageView:
    return replace(view, state=StageState.idle, step=0, detail="")


def _counted(tokens: tuple[Token, ...]) -> str:
    count, kept = len(tokens), sum(token.is_kept for token in tokens)
    if kept < count:
        return f"{kept} of {count} tokens"
    return f"{count} token" if count == 1 else f"{count} tokens" if tokens else ""


def _size(image: Image) -> str:
    return f"{image.extent.width} × {image.extent.height} px"
