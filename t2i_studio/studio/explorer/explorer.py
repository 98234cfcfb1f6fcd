"""The explorer: an origin, sliders on it, and a picture that follows them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from psygnal import Signal

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.concept import TextDiff
from t2i_studio.core.events import BaseReady, Event, Failed, ImageReady, LatentReady
from t2i_studio.core.image import Image
from t2i_studio.core.request import UPSAMPLERS, Decode
from t2i_studio.core.words import tr
from t2i_studio.engine.api import Engine
from t2i_studio.studio.explorer.desk import Desk
from t2i_studio.studio.explorer.exploration import DiffRow, Exploration, Pick
from t2i_studio.studio.explorer.live import Asked, Live, coarse
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.explorer.timeline import Timeline
from t2i_studio.studio.notices import Level, Notice, warning_of
from t2i_studio.studio.settings import Settings

FRAMES = 7  # of a film strip


class Explorer:
    """One exploration and its pictures (main thread).

    Whatever moves calls a `set_...` with `is_moving`: a coarse picture is made at once. When the
    hand rests the same is called without it, or `settle`: the full picture follows.
    """

    changed = Signal()  # the state
    shown_changed = Signal()  # before, after, cosines, or whether they are coarse
    noticed = Signal(Notice)
    opened = Signal()  # there is something to explore
    kept = Signal(object)  # ImageReady: somebody wants to keep it

    def __init__(self, settings: Settings) -> None:
        self.desk = Desk()
        self.live = Live(self.desk, self._complain)
        self.strip = FilmStripRun(self.desk)
        self.board_strip = FilmStripRun(self.desk)
        self.capabilities: Capabilities | None = None
        self.after: Image | None = None
        self.is_coarse = False
        self.latent: LatentReady | None = None
        self.goals: tuple[str, ...] = ()  # the texts that `latent.to_texts` compares with
        self.result: ImageReady | None = None  # the full picture of the state, once it is there
        self._settings = settings
        self._exploration = 0  # counts what is explored: answers for what was before do not count
        self._newest = ""  # the id of the newest full request
        self._timeline = Timeline(Exploration())
        self._timeline.changed.connect(self.changed.emit)
        self.live.heard.connect(self._hear)

    # state -----------------------------------------------------------------------------------

    @property
    def state(self) -> Exploration:
        return self._timeline.state

    @property
    def model(self) -> str:
        """The name of the model that requests are for."""
        return self._settings.model

    @property
    def before(self) -> Image | None:
        """What the exploration started from; None for what has not been seen yet."""
        return None if self.state.origin is None else self.state.origin.image

    @property
    def problem(self) -> str:
        """Why nothing can be explored; empty if it can."""
        found = self.capabilities
        if found is None:
            return tr("Load a model first.")
        if "decode" not in found.kinds:
            return tr(
                "{title} has no image embeddings, so there is nothing to explore.",
                title=found.title,
            )
        if not found.has_image_encoder:
            return tr(
                "{title} has no image encoder, so it cannot look at pictures: put the "
                "image encoder of its CLIP into the checkpoint's folder image_encoder.",
                title=found.title,
            )
        return ""

    @property
    def can_undo(self) -> bool:
        return self._timeline.can_undo

    @property
    def can_redo(self) -> bool:
        return self._timeline.can_redo

    def connect(self, engine: Engine) -> None:
        self.desk.connect(engine)

    def follow_model(self, capabilities: Capabilities | None) -> None:
        """Drop what belongs to another model's space: a basis, and embeddings."""
        self.capabilities = capabilities
        space = capabilities.space if capabilities else None
        if space and self.state.in_space(space) != self.state:
            self._begin()
            self._timeline.restart(self.state.in_space(space))
        self.changed.emit()

    def handle(self, event: Event) -> bool:
        """Take an event of the engine; False if it belongs to somebody else."""
        return self.desk.handle(event)

    def undo(self) -> None:
        self._travel(self._timeline.undo)

    def redo(self) -> None:
        self._travel(self._timeline.redo)

    # what is explored ------------------------------------------------------------------------

    def explore(self, pick: Pick) -> None:
        """Start from something; sliders go back, what they are for stays."""
        if self.problem:
            self.noticed.emit(Notice(Level.warn, self.problem))
            return
        state = replace(
            self.state.without_edits(),
            origin=pick,
            rows=_rows_for(pick, self.state),
            is_mixed=False,
            template=None,
        )
        self._begin()
        self._change(state)
        self.opened.emit()

    def recall(self, request: Decode) -> None:
        """Go on from what made a picture."""
        state = Exploration.of(request)
        if self.capabilities and not self.problem:
            self._begin()
            self._change(state)
            self.opened.emit()

    def set_rows(self, rows: Sequence[DiffRow], gesture: str = "", *, is_moving: bool) -> None:
        self._change(replace(self.state, rows=tuple(rows)), gesture, is_moving=is_moving)

    def set_corner(self, place: int, pick: Pick | None) -> None:
        """Put something on a corner of the board, or clear it."""
        corners = list(self.state.corners)
        corners[place] = pick
        state = replace(self.state, corners=tuple(corners))
        self._change(replace(state, is_mixed=len(state.picks) > 1))

    def set_point(self, x: float, y: float, *, is_moving: bool) -> None:
        """Move the point on the board; that makes the mix what is explored."""
        state = replace(self.state, point=(x, y), is_mixed=True)
        self._change(state, "point", is_moving=is_moving)

    def set_mix(self, state: Exploration) -> None:
        """Take over how a mix is made: whether it is used, its noise, its seed."""
        self._change(state)

    def set_components(
        self, shifts: Sequence[float], kept: int | None, gesture: str = "", *, is_moving: bool
    ) -> None:
        """Move along the components of the basis, or keep only the first `kept`."""
        state = replace(self.state, shifts=tuple(shifts), kept=kept)
        self._change(state, gesture, is_moving=is_moving)

    def set_basis(self, state: Exploration) -> None:
        """Take over a basis, with its sliders at rest."""
        self._timeline.change(state)

    def reset(self) -> None:
        """Bring every slider back."""
        self._change(self.state.without_edits())

    def settle(self) -> None:
        """Make the full picture of the state: the hand rests."""
        self._timeline.end_gesture()
        self._show(is_coarse=False)

    # pictures --------------------------------------------------------------------------------

    def request(self, state: Exploration, *, is_coarse: bool = False) -> Decode | None:
        """Return what makes the picture of a state; None while there is nothing to make."""
        concept = state.concept
        if concept is None:
            return None
        request = Decode(
            model=self.model,
            concept=concept,
            noise="inverted" if state.is_inverted else "drawn",
            seed=state.seed,
            **_settings_of(state),
        )
        return coarse(request, self.capabilities) if is_coarse else request

    def make_strip(
        self,
        states: Sequence[Exploration],
        captions: Sequence[str],
        strip: FilmStripRun | None = None,
    ) -> None:
        """Make a film strip of states: on `strip`, or on the explorer's own."""
        requests = [request for state in states if (request := self.request(state))]
        if len(requests) == len(states):
            (strip or self.strip).make(requests, captions)

    def diff_strip(self, frames: int = FRAMES) -> None:
        """Make a strip from the origin to the sliders as they stand."""
        shares = [place / (frames - 1) for place in range(frames)]
        states = [self._at(share) for share in shares]
        self.make_strip(states, [self._way(share) for share in shares])

    def mix_strip(self, frames: int = FRAMES) -> None:
        """Make a strip along the board, from left to right at the height of the point."""
        shares = [place / (frames - 1) for place in range(frames)]
        states = [replace(self.state, point=(x, self.state.point[1])) for x in shares]
        self.make_strip(states, [f"{share:.2f}" for share in shares], self.board_strip)

    def keep(self) -> None:
        """Ask for the full picture to be saved, or say that it is not there yet."""
        if self.result is None:
            self.noticed.emit(Notice(Level.info, tr("Wait for the full picture, then keep it.")))
        else:
            self.kept.emit(self.result)

    def _way(self, share: float) -> str:
        """Say how far along that is: by theta where one slider is all there is."""
        thetas = [row.theta for row in self.state.rows if row.edit]
        if len(self.state.edits) == len(thetas) == 1:
            return tr("theta {theta}", theta=f"{share * thetas[0]:.2f}")
        return tr("{share} of the way", share=f"{share:.0%}")

    def _at(self, share: float) -> Exploration:
        """Bring all sliders to this share of where they stand."""
        state = self.state
        rows = tuple(replace(row, theta=row.theta * share) for row in state.rows)
        return replace(state, rows=rows, shifts=tuple(amount * share for amount in state.shifts))

    def _travel(self, step: Callable[[], None]) -> None:
        """Go to another state; what was on its way for another origin is not shown there."""
        origin = self.state.origin
        step()
        if self.state.origin != origin:
            self._begin()
        self.settle()

    def _change(self, state: Exploration, gesture: str = "", *, is_moving: bool = False) -> None:
        if state != self.state:
            self._timeline.change(state, gesture)
            self._show(is_coarse=is_moving)
        elif not is_moving:
            self.settle()

    def _begin(self) -> None:
        """Forget the pictures of what was explored before, those on their way, too."""
        self._exploration += 1
        self.after, self.latent, self.result = None, None, None

    def _show(self, *, is_coarse: bool) -> None:
        self.result = None
        request = self.request(self.state, is_coarse=is_coarse)
        if request is None:
            self.live.stop()
            self.after, self.latent = None, None
            self.shown_changed.emit()
        else:
            self._newest = "" if is_coarse else request.id
            self.live.show(Asked(request, is_coarse, self._exploration))

    def _hear(self, event: LatentReady | BaseReady | ImageReady, asked: Asked) -> None:
        if asked.exploration != self._exploration:
            return
        match event:
            case LatentReady():
                self.latent = event
                edits = asked.request.concept.edits
                self.goals = tuple(edit.after for edit in edits if isinstance(edit, TextDiff))
            case BaseReady():
                self.after, self.is_coarse = event.image, True
            case ImageReady():
                self._take(event, asked)
        self.shown_changed.emit()

    def _take(self, event: ImageReady, asked: Asked) -> None:
        """Show a picture; it is the result if nothing was asked for after it."""
        self.after, self.is_coarse = event.image, asked.is_coarse
        if asked.request.id == self._newest:
            self.result = event
            self._remember_origin(event.image)

    def _remember_origin(self, image: Image) -> None:
        """Show what a prompt or an embedding stands for as soon as it has been seen."""
        origin = self.state.origin
        if origin and origin.image is None and not self.state.edits and not self.state.uses_mix:
            self._timeline.amend(replace(self.state, origin=replace(origin, image=image)))

    def _complain(self, event: Failed) -> None:
        self.noticed.emit(warning_of(event))


def _rows_for(pick: Pick, state: Exploration) -> tuple[DiffRow, ...]:
    """Bring the sliders back, and let the rows leave from what is explored now."""
    old = state.origin.text if state.origin else ""
    rows = state.without_edits().rows or (DiffRow(old),)
    return tuple(replace(row, before=pick.text) if row.before == old else row for row in rows)


def _settings_of(state: Exploration) -> dict[str, Any]:
    """Return what a recalled request says about how, as long as it fits what is explored now."""
    known = state.template
    if known is None:
        return {}
    decoder = known.decoder
    if state.edits != known.concept.edits:  # the guidance was that of its edits
        decoder = decoder.model_copy(update={"guidance": None})
    kept = ("prompt", "negative_prompt", "size", "prior", "inversion", *UPSAMPLERS)
    return {**{name: getattr(known, name) for name in kept}, "decoder": decoder}
