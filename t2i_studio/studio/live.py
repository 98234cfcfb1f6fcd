"""Live mode: a picture that follows what somebody paints, writes or sets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from psygnal import EmissionInfo, Signal

from t2i_studio.core.errors import StudioError
from t2i_studio.core.events import Event, Failed, ImageReady, Progress
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import RANDOM_SEED
from t2i_studio.core.words import tr
from t2i_studio.engine.resolve import random_seed
from t2i_studio.studio.document import Document
from t2i_studio.studio.explorer.desk import Desk
from t2i_studio.studio.explorer.live import Live, coarse
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.jobs import renamed
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.orders import Order, Wanted
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.settings import Settings
from t2i_studio.studio.staging import Candidate, Staging

UNSEEN: Final = frozenset({"count", "rerank", "history"})  # settings that change no live picture


@dataclass(frozen=True)
class Look:
    """One picture of the canvas as it was; `extent` is the size that it had."""

    request: Wanted
    placement: Placement
    extent: Extent | None
    is_coarse: bool


class LiveMode:
    """Makes a small picture of the newest state at once, and the full one when nothing changes.

    Whoever has a clock waits: a moment after the last `touched` it calls `refresh`, and later
    `settle`; `rested` ends the waiting. The seed stays the same, so that only what somebody does
    changes the picture. It is shown over the canvas as a draft, which is kept nowhere (main
    thread).
    """

    toggled = Signal(bool)
    touched = Signal()  # something has changed
    rested = Signal()  # nothing is to be made for now
    kept = Signal(Candidate)  # somebody wants a draft to stay
    noticed = Signal(Notice)

    def __init__(
        self,
        settings: Settings,
        document: Document,
        frame: GenerationFrame,
        staging: Staging,
        desk: Desk,
        ask: Callable[[], Order],
    ) -> None:
        self.is_on = False
        self.run = Live(desk, self._complain)
        self._settings, self._document, self._staging = settings, document, staging
        self._ask = ask
        self._drawn: int | None = None  # the seed, if nobody had chosen one
        self._kept: Candidate | None = None  # the last draft that was
        self._told = ""  # the last complaint
        self.run.heard.connect(self._hear)
        settings.events.connect(self._follow_setting)
        frame.events.connect(self._touch, max_args=0)
        document.history.changed.connect(self._touch)
        document.extent_changed.connect(self._touch, max_args=0)
        for painted in (document.picture_changed, document.mask_changed):
            painted.connect(self._uncover, max_args=0)

    @property
    def progress(self) -> Progress | None:
        """How far the picture in work is."""
        return self.run.progress

    def toggle(self) -> None:
        if self.is_on:
            self.stop()
        else:
            self.start()

    def start(self) -> None:
        """Follow from now on; a random seed is drawn once, and stays."""
        self.is_on, self._told = True, ""
        if self._settings.seed == RANDOM_SEED:
            self._drawn = self._settings.seed = random_seed()
        self.toggled.emit(True)
        self._touch()

    def stop(self) -> None:
        """Leave nothing behind: no picture, and the seed as it was."""
        if not self.is_on:
            return
        self.is_on = False
        self.rest()
        self._staging.end_preview()
        if self._settings.seed == self._drawn:
            self._settings.seed = RANDOM_SEED
        self._drawn = None
        self.toggled.emit(False)

    def rest(self) -> None:
        """Make nothing until the next change."""
        self.run.stop()
        self.rested.emit()

    def refresh(self) -> None:
        """Show quickly where the newest state goes."""
        self._show(is_coarse=True)

    def settle(self) -> None:
        """Make the full picture: nothing has changed for a while."""
        self._show(is_coarse=False)

    def keep(self) -> None:
        """Put the full picture that is shown into the gallery."""
        if draft := self._staging.draft:
            self.keep_once(draft)
            self.noticed.emit(Notice(Level.ok, tr("The picture is kept in the gallery.")))
        else:
            text = tr("Wait for the full picture, then keep it.")
            self.noticed.emit(Notice(Level.info, text))

    def keep_once(self, draft: Candidate) -> None:
        """Let a draft stay, however often it is asked for."""
        if draft is not self._kept:
            self._kept = draft
            self.kept.emit(draft)

    def _show(self, *, is_coarse: bool) -> None:
        if not self.is_on or self._document.is_painting:
            return
        try:
            order = self._ask()
        except StudioError as error:
            self._tell(str(error))
            return
        request = order.request.single(0)
        if is_coarse:
            request = coarse(request, order.capabilities)
        extent = self._document.extent
        self.run.show(Look(renamed(request), order.placement, extent, is_coarse))

    def _hear(self, event: Event, look: Look) -> None:
        """Show a picture, unless the canvas has become another one, or a hand is at work."""
        is_current = look.extent == self._document.extent and not self._document.is_painting
        if not isinstance(event, ImageReady) or not self.is_on or not is_current:
            return
        self._told = ""
        draft = Candidate(event.image, event.recipe, placement=look.placement)
        self._staging.begin()
        self._staging.preview(event.image, draft.bounds, None if look.is_coarse else draft)

    def _follow_setting(self, emission: EmissionInfo) -> None:
        if emission.signal.name not in UNSEEN:
            self._touch()

    def _touch(self) -> None:
        if self.is_on:
            self.touched.emit()

    def _uncover(self) -> None:
        """Show what is being painted, and not what was made of the state before."""
        if self.is_on and self._document.is_painting:
            self._staging.end_preview()

    def _complain(self, event: Failed) -> None:
        self._tell(f"{event.message} {event.hint}".strip())

    def _tell(self, text: str) -> None:
        """Say it once, and not at each stroke."""
        if text != self._told:
            self._told = text
            self.noticed.emit(Notice(Level.warn, text))
