"""Results that are not part of the document yet: browse, accept one, or discard."""

from dataclasses import dataclass, field
from pathlib import Path

from psygnal import Signal

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Editing
from t2i_studio.studio.placement import Placement

ORIGINAL = 0


@dataclass(frozen=True)
class Candidate:
    """A finished picture; `is_saved` unless the disk refused it, then at `path`.

    `score` is its cosine to the prompt in CLIP space, where that was asked for.
    """

    image: Image
    recipe: Recipe
    is_saved: bool = True
    placement: Placement = field(default_factory=Placement)
    path: Path | None = None  # in the gallery
    score: float | None = None

    @property
    def origin(self) -> tuple[int, int]:
        """Where in the document its left upper corner lies."""
        return self.placement.origin

    @property
    def bounds(self) -> Bounds | None:
        """The part of the document that it covers; None for a picture of its own."""
        if not isinstance(self.recipe.request, Editing):
            return None
        return Bounds.at_origin(self.image.extent).moved(*self.origin)


@dataclass(frozen=True)
class Live:
    """The preview of the picture in work, and the part of the document that it covers.

    `draft` is the finished picture of a live mode, which nobody has kept yet.
    """

    image: Image
    frame: Bounds | None
    draft: Candidate | None = None


class Staging:
    """Item 0 is the original, then the candidates, then the live preview while there is one.

    It follows the newest from a press of Generate until somebody selects or clears.
    """

    listed = Signal()  # items came or went
    shown_changed = Signal()  # what the canvas should show

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.live: Live | None = None
        self.index = ORIGINAL
        self._follows = True

    @property
    def is_active(self) -> bool:
        return bool(self.candidates) or self.live is not None

    @property
    def shows_live(self) -> bool:
        return self.live is not None and self.index > len(self.candidates)

    @property
    def selected(self) -> Candidate | None:
        """The candidate on the canvas, a draft as well; None for the original and a preview."""
        if self.shows_live:
            return self.draft
        return self.candidates[self.index - 1] if 0 < self.index <= len(self.candidates) else None

    @property
    def draft(self) -> Candidate | None:
        """The finished picture of a live mode, which nobody has kept yet."""
        return self.live.draft if self.live else None

    @property
    def length(self) -> int:
        return 1 + len(self.candidates) + (self.live is not None)

    def begin(self) -> None:
        """Follow what comes: somebody has asked for it."""
        self._follows = True

    def stay(self) -> None:
        """Leave the canvas as it is: somebody works on it."""
        self._follows = False

    def preview(self, image: Image, frame: Bounds | None, draft: Candidate | None = None) -> None:
        is_new, self.live = self.live is None, Live(image, frame, draft)
        if self._follows:
            self.index = self.length - 1
        if is_new:
            self.listed.emit()
        if self.shows_live:
            self.shown_changed.emit()

    def put(self, old: Candidate, new: Candidate) -> None:
        """Put `new` in the place of `old`, or at the end if that is not staged."""
        for place, candidate in enumerate(self.candidates):
            if candidate is old:
                self.candidates[place] = new
                self.listed.emit()
                return
        self.add(new)

    def add(self, candidate: Candidate) -> None:
        self.candidates.append(candidate)
        self.live = None
        if self._follows:
            self.index = len(self.candidates)
        self._tell()

    def end_preview(self) -> None:
        """Take the live preview away: its run has ended."""
        if self.live is not None:
            self.live = None
            self.index = min(self.index, len(self.candidates))
            self._tell()

    def select(self, index: int) -> None:
        self._follows = False
        self.index = max(ORIGINAL, min(index, self.length - 1))
        self.shown_changed.emit()

    def step(self, by: int) -> None:
        """Go to the next or previous item, around the ends."""
        self.select((self.index + by) % self.length)

    def discard(self) -> None:
        """Drop the selected candidate; its file stays in the gallery."""
        if self.shows_live and self.draft:
            self.end_preview()
        elif self.selected is not None:
            del self.candidates[self.index - 1]
            self.index = min(self.index, len(self.candidates))
            self._tell()

    def clear(self) -> None:
        """Go back to the original, also for what is still to come, and drop what is saved.

        What the disk refused stays: it is nowhere else.
        """
        self._follows = False
        if self.is_active or self.index:
            self.candidates = [kept for kept in self.candidates if not kept.is_saved]
            self.live, self.index = None, ORIGINAL
            self._tell()

    def _tell(self) -> None:
        self.listed.emit()
        self.shown_changed.emit()
