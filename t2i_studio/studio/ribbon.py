"""What the stages of the model do in a run: what the pipeline ribbon shows, without its widgets."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from psygnal import Signal

from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.concept import TextDiff
from t2i_studio.core.events import (
    BaseReady,
    Cancelled,
    CandidatesRanked,
    Estimate,
    Event,
    Failed,
    Finished,
    ImageReady,
    LatentReady,
    PlannedStage,
    Preview,
    Progress,
    Started,
)
from t2i_studio.core.image import Image
from t2i_studio.core.request import (
    AnyPictures,
    AnyRequest,
    Decode,
    Generate,
    Inpaint,
    Refine,
    Strip,
)
from t2i_studio.core.words import tr
from t2i_studio.studio.pinned_draw import candidate_title
from t2i_studio.studio.stages import (
    DECODER,
    INVERSION,
    PRIOR,
    TEXT,
    UPSAMPLER,
    Cosine,
    Frame,
    StageState,
    StageView,
    Token,
)


class Ribbon:
    """The stages in order, folded from the events of one run after the other (main thread)."""

    listed = Signal()  # there are other stages
    changed = Signal(str)  # the key of the stage that looks different

    def __init__(self) -> None:
        self._stages: dict[str, StageView] = {}
        self._active = ""
        self._pictures: tuple[AnyPictures, ...] = ()  # what makes each picture of the run
        self._index = 0  # which of them is made
        self._makes_strip = False
        self._is_followed = True  # whether the run makes pictures

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

    def show_tokens(self, tokens: Sequence[str], room: int) -> None:
        """Show the prompt as the text encoder reads it: the first `room` of its tokens."""
        views = tuple(Token(text, place < room) for place, text in enumerate(tokens))
        view = self._stages.get(TEXT)
        if view is not None and (view.tokens, view.room) != (views, room):
            detail = _counted(views, room)
            self._update(TEXT, tokens=views, room=room, detail=detail, state=StageState.idle)

    def handle(self, event: Event) -> None:
        """Fold an event into the stages; runs without pictures leave them as they are."""
        if isinstance(event, Started):
            self._is_followed = bool(_pictures(event.request))
        if self._is_followed:
            self._fold(event)

    def _fold(self, event: Event) -> None:
        match event:
            case Started():
                self._start(event)
            case Progress():
                self._turn_to(event.index)
                self._advance(event)
            case Finished():
                self._end(_finished)
            case Cancelled():
                self._end(_cancelled)
            case Failed():
                self._fail(event.message)
            case _:
                self._show(event)

    def _show(self, event: Event) -> None:
        """Keep what a stage made."""
        match event:
            case CandidatesRanked():
                self._turn_to(event.index)
                self._show_candidates(event)
            case LatentReady():
                self._turn_to(event.index)
                self._show_latent(event)
            case Preview():
                self._show_preview(event.image)
            case BaseReady():
                self._show_base(event)
            case ImageReady():
                image = event.enlarged or event.image
                self._update(self._last, after=image, detail=_size(image))

    @property
    def _last(self) -> str:
        """The key of the stage that makes the finished picture."""
        used = [view.key for view in self.stages if view.state is not StageState.skipped]
        return used[-1] if used else ""

    @property
    def _request(self) -> AnyPictures | None:
        """What makes the picture at work; None if that was not told."""
        return self._pictures[self._index] if self._index < len(self._pictures) else None

    @property
    def _numbered(self) -> str:
        """Say which of several pictures is made."""
        number, count = self._index + 1, len(self._pictures)
        if count < 2:
            return ""
        if self._makes_strip:
            return tr("frame {number} of {count}", number=number, count=count)
        return tr("picture {number} of {count}", number=number, count=count)

    def _start(self, event: Started) -> None:
        self._pictures, self._index = _pictures(event.request), 0
        self._makes_strip = isinstance(event.request, Strip)
        self._list_inversion(event.plan)
        steps = {stage.key: stage.steps for stage in event.plan}
        used = [key for key in self._stages if steps.get(key)]
        if _reads_text(self._pictures, used):
            used = [TEXT, *(key for key in used if key != TEXT)]
        self._active = used[0] if used else ""
        for key in self._stages:
            self._clear(key)
            self._update(key, step=0, scores=(), draws=(), chosen=0, picture="", detail="")
            self._update(key, state=StageState.waiting if key in used else StageState.skipped)
            if key != TEXT and key in used:
                self._update(key, steps=max(1, steps[key] // len(self._pictures)))
        if TEXT in self._stages and TEXT in used:
            text = self._stages[TEXT]
            detail = _counted(text.tokens, text.room)
            self._update(TEXT, state=StageState.running, detail=detail)

    def _list_inversion(self, plan: Sequence[PlannedStage]) -> None:
        """Let the inversion come before the decoder in a run that has one, and go with the next."""
        is_planned = any(stage.key == INVERSION for stage in plan)
        if not self._stages or is_planned == (INVERSION in self._stages):
            return
        views = [view for view in self.stages if view.key != INVERSION]
        if is_planned:
            place = [view.key for view in views].index(DECODER)
            views.insert(place, StageView(INVERSION, tr("Inversion")))
        self._stages = {view.key: view for view in views}
        self.listed.emit()

    def _turn_to(self, index: int) -> None:
        """Put away what belongs to the picture before this one."""
        if index != self._index:
            self._index = index
            for key in self._stages:
                self._clear(key)

    def _clear(self, key: str) -> None:
        self._update(key, before=None, after=None, frames=(), cosines=())

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
        self._hand_on(keys[place - 1] if place else "", event.stage)
        is_done = event.stage_step >= event.stage_steps
        self._update(
            event.stage,
            state=StageState.done if is_done else StageState.running,
            step=event.stage_step,
            steps=event.stage_steps,
            picture=self._numbered,
        )

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

    def _show_candidates(self, event: CandidatesRanked) -> None:
        request = self._request
        pinned = request.prior.draw if request else None
        chosen, count = 0, len(event.scores)
        detail = tr("best of {count}", count=count) if count > 1 else ""
        if pinned is not None and pinned in event.draws:
            chosen = event.draws.index(pinned)
            detail = tr("{candidate} pinned", candidate=candidate_title(pinned))
        self._update(
            PRIOR,
            scores=event.scores,
            draws=event.draws,
            chosen=chosen,
            detail=detail,
        )

    def _show_latent(self, event: LatentReady) -> None:
        """Say where an edited embedding lies, on the card of what would have made it."""
        request = self._request
        if not isinstance(request, Decode):
            return
        edits = request.concept.edits
        texts = [
            tr("“{prompt}”", prompt=edit.after) for edit in edits if isinstance(edit, TextDiff)
        ]
        near = zip((tr("start"), *texts), (event.to_start, *event.to_texts), strict=False)
        cosines = tuple(Cosine(to, value) for to, value in near)
        self._update(PRIOR if PRIOR in self._stages else DECODER, cosines=cosines)

    def _show_preview(self, image: Image) -> None:
        view = self._stages.get(self._active)
        if view is None:
            return
        self._update(view.key, after=image)
        if not view.key.startswith(UPSAMPLER):
            earlier = (frame for frame in view.frames if frame.step < view.step)
            self._update(view.key, frames=(*earlier, Frame(view.step, image)))

    def _show_base(self, event: BaseReady) -> None:
        keys = list(self._stages)
        upsampler = next((key for key in keys if key.startswith(UPSAMPLER)), "")
        self._update(upsampler, before=event.image)
        makers = keys[: keys.index(upsampler)] if upsampler else [self._last]
        for key in makers[-1:]:
            self._update(key, after=event.image, detail=_size(event.image))
            self._keep_estimates(key, event.estimates)

    def _keep_estimates(self, key: str, estimates: Sequence[Estimate]) -> None:
        """Show all of them: previews on the way may have been dropped."""
        if estimates:
            frames = tuple(Frame(each.step, each.image) for each in estimates)
            self._update(key, frames=frames)

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
    return StageView(stage.key, tr(stage.title), steps=stage.steps)


def _finished(view: StageView) -> StageView:
    return replace(view, state=StageState.done, step=view.steps)


def _cancelled(view: StageView) -> StageView:
    return replace(view, state=StageState.idle, step=0, detail="")


def _counted(tokens: tuple[Token, ...], room: int) -> str:
    """Say how many tokens are read, of how many that could be, and how many are not."""
    kept = sum(token.is_kept for token in tokens)
    cut = len(tokens) - kept
    if cut:
        return tr("{kept} of {room} tokens, {cut} cut", kept=kept, room=room, cut=cut)
    return tr("{kept} of {room} tokens", kept=kept, room=room) if tokens else ""


def _pictures(request: AnyRequest) -> tuple[AnyPictures, ...]:
    """Return what makes each picture of a run."""
    match request:
        case Generate() | Inpaint() | Refine() | Decode():
            return (request,) * request.count
        case Strip():
            return request.frames
    return ()


def _reads_text(pictures: Sequence[AnyPictures], planned: Collection[str]) -> bool:
    """Tell whether the text encoder works: an embedding can be decoded without a caption."""
    is_planned = TEXT in planned or PRIOR in planned
    return is_planned or any(not isinstance(each, Decode) or each.prompt for each in pictures)


def _size(image: Image) -> str:
    return f"{image.extent.width} × {image.extent.height} px"
