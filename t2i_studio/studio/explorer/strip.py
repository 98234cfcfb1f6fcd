"""Film strips: pictures that belong together, made as one run."""

from collections.abc import Sequence
from dataclasses import dataclass

from psygnal import Signal

from t2i_studio.core.events import (
    CandidatesRanked,
    Event,
    Failed,
    ImageReady,
    Progress,
    Started,
    Terminal,
)
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Frame, Strip
from t2i_studio.studio.explorer.desk import Desk


@dataclass(frozen=True)
class StripFrame:
    """A picture of a strip; image and recipe are None until it is made."""

    caption: str
    request: Frame
    image: Image | None = None
    recipe: Recipe | None = None


class FilmStripRun:
    """One strip at a time; a new one takes the place of the old (main thread)."""

    changed = Signal()  # a frame came, or the run began or ended
    finished = Signal()  # all frames are there

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._run = ""  # while it runs
        self._made = ""  # the run that makes or made the frames
        self.frames: tuple[StripFrame, ...] = ()
        self.ranked: CandidatesRanked | None = None  # of the first frame that has any
        self.progress: Progress | None = None
        self.message = ""  # why it failed

    @property
    def is_busy(self) -> bool:
        return bool(self._run)

    @property
    def images(self) -> tuple[Image, ...]:
        """Those that are made, in order."""
        return tuple(frame.image for frame in self.frames if frame.image is not None)

    @property
    def is_complete(self) -> bool:
        return bool(self.frames) and len(self.images) == len(self.frames)

    def made(self, place: int) -> ImageReady | None:
        """Return a frame as the engine told of it; None until it is made."""
        frame = self.frames[place]
        if frame.image is None or frame.recipe is None:
            return None
        return ImageReady(
            request_id=self._made, index=place, image=frame.image, recipe=frame.recipe
        )

    def make(self, requests: Sequence[Frame], captions: Sequence[str]) -> None:
        """Run these frames; captions are what stands under each."""
        self.cancel()
        strip = Strip(model=requests[0].model, frames=tuple(requests))
        pairs = zip(captions, requests, strict=True)
        self.frames = tuple(StripFrame(caption, request) for caption, request in pairs)
        self.ranked, self.message = None, ""
        self._run = self._made = strip.id
        self._desk.ask(strip, self._hear)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop; what is made stays."""
        if self._run:
            self._desk.cancel(self._run)

    def clear(self) -> None:
        """Stop, and forget the frames."""
        self.cancel()
        self._run, self.frames, self.ranked, self.message = "", (), None, ""
        self.changed.emit()

    def _hear(self, event: Event) -> None:
        if event.request_id != self._run:
            return  # of a strip before this one
        match event:
            case Started(request=Strip() as strip):
                self._follow(strip)
            case Progress():
                self.progress = event
            case CandidatesRanked() if self.ranked is None:
                self.ranked = event
                self.changed.emit()
            case ImageReady():
                self._put(event)
            case _ if isinstance(event, Terminal):
                self._end(event)

    def _follow(self, strip: Strip) -> None:
        """Take over the requests with their defaults filled and their seeds drawn."""
        pairs = zip(self.frames, strip.frames, strict=True)
        self.frames = tuple(StripFrame(frame.caption, request) for frame, request in pairs)

    def _put(self, event: ImageReady) -> None:
        frames = list(self.frames)
        old = frames[event.index]
        frames[event.index] = StripFrame(old.caption, old.request, event.image, event.recipe)
        self.frames = tuple(frames)
        self.changed.emit()

    def _end(self, event: Event) -> None:
        self._run, self.progress = "", None
        self.message = str(event.message) if isinstance(event, Failed) else ""
        self.changed.emit()
        if self.is_complete:
            self.finished.emit()
