"""The canvas and all that lies on it: document, frame, staged results, and their way into it."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Editing, Inpaint
from t2i_studio.core.words import later, tr
from t2i_studio.studio.compose import Composed, Task, compose
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import Area, Direction, GenerationFrame, in_pixels
from t2i_studio.studio.intent import Intent
from t2i_studio.studio.placement import Placement, changed, fits, with_moved_frame
from t2i_studio.studio.settings import Settings
from t2i_studio.studio.staging import Candidate, Staging

USUAL_SIZE: Final = Extent(256, 256)  # of a model that is not known
LONGEST_NAME: Final = 40  # characters
NOT_RESTORED: Final = frozenset({"history", "model"})  # by the undo of an accepted result
ACCEPT: Final = later("Accept result")

Place = tuple[int, int]


class Workspace:
    """What compose and accept need (main thread)."""

    def __init__(self, settings: Settings, document: Document, staging: Staging) -> None:
        self._settings = settings
        self._document = document
        self._staging = staging
        self.frame = GenerationFrame()
        self.intent = Intent(settings, document, self.frame)
        self._corner = document.corner  # which the frame's place counts from
        document.moved.connect(self._follow_corner, max_args=0)

    @property
    def shows_picture(self) -> bool:
        """Whether the canvas shows any, which is quicker to know than which one."""
        return self._staging.selected is not None or self._document.extent is not None

    def compose(
        self, capabilities: Capabilities | None, settings: Settings | None = None
    ) -> tuple[Composed, Placement]:
        """Snapshot what is asked for and what its results have to know; raises ValidationError.

        settings: other ones than those that are shown.
        """
        asked = settings or self._settings
        native = self.native(capabilities, asked)
        composed = compose(asked, self._document, self.frame, native)
        return composed, Placement(composed.origin, self._state(asked))

    def native(self, capabilities: Capabilities | None, settings: Settings | None = None) -> Extent:
        """Return the size that the model works at."""
        own = capabilities.sizes[0] if capabilities else USUAL_SIZE
        return (settings or self._settings).size or own

    def choose_area(self, area: Area, native: Extent) -> None:
        """Let the model see another part; the first frame lies in the middle of the picture."""
        if area is Area.frame and self.frame.bounds is None:
            self.fit_frame(native)
        else:
            self.frame.area = area

    def fit_frame(self, native: Extent) -> None:
        """Make the frame as large as the model works."""
        self.frame.fit_optimal(native, self._document.extent or native)

    def outpaint(self, direction: Direction, amount: float, unit: str) -> None:
        """Let the frame stick out over one border by "px" or "%" of the picture."""
        if extent := self._document.extent:
            self.frame.outpaint(direction, in_pixels(amount, unit, direction, extent), extent)

    def accept(self, *, as_layer: bool = False) -> Candidate | None:
        """Lay the selected candidate into the picture, or over it: one step.

        Taking it back brings the mask back, and settings and frame as they were asked with.
        """
        candidate = self._staging.selected
        if candidate is None:
            return None
        was_outpaint = self.intent.task is Task.outpaint
        settings, corner = candidate.placement.settings, self._document.corner
        with self._document.history.transaction(tr(ACCEPT)):
            self._place(candidate, as_layer=as_layer)
            if settings is not None:
                self._document.history.record(_Restoring(self, settings, corner))
        if was_outpaint and self.intent.task is not Task.outpaint:
            self.frame.area = Area.auto  # it is done; a box inside would repaint all of itself
        self._staging.clear()
        return candidate

    def _place(self, candidate: Candidate, *, as_layer: bool) -> None:
        document, image, request = self._document, candidate.image, candidate.recipe.request
        picture, name = document.picture, tr(ACCEPT)
        title = _title(request.title) if as_layer else None
        if picture is None:
            document.open(image, name)
        elif isinstance(request, Editing):
            self._lay(candidate, request, picture, title)
        elif as_layer or picture.extent == image.extent:
            document.paste(image, (0, 0), None, title, name)
        else:
            document.open(image, name)

    def _lay(
        self, candidate: Candidate, request: Editing, picture: Image, title: str | None
    ) -> None:
        """Lay in a result; beyond the picture's border only what is new of it."""
        (x, y), document = candidate.origin, self._document
        cover = _cover(request, candidate.origin, picture)
        room = document.bounds.union(changed(request).moved(x, y)).moved(-x, -y)
        part = Bounds.at_origin(candidate.image.extent).intersection(room)
        seen = cover.crop(part) if cover else None
        at = part.x + x, part.y + y
        document.paste(candidate.image.crop(part), at, seen, title, tr(ACCEPT))

    def _follow_corner(self) -> None:
        """Let the frame stay where it is on the picture."""
        dx, dy = _way(self._document.corner, self._corner)
        self._corner = self._document.corner
        if self.frame.bounds:
            self.frame.bounds = self.frame.bounds.moved(dx, dy)

    def _state(self, settings: Settings) -> dict[str, Any]:
        values = settings.to_json()
        kept = {name: values[name] for name in values.keys() - NOT_RESTORED}
        return {"settings": kept, "frame": self.frame.to_json()}

    def _restore(self, state: Mapping[str, Any]) -> None:
        self._settings.restore(state.get("settings", {}))
        self.frame.restore(state.get("frame", {}))


class _Restoring:
    """Swaps the settings with those of another time, at each undo and redo."""

    size_bytes = 0  # next to nothing

    def __init__(self, workspace: Workspace, state: Mapping[str, Any], corner: Place) -> None:
        self._workspace, self._state, self._corner = workspace, state, corner

    def apply(self, document: Document) -> None:
        workspace = self._workspace
        now = workspace._state(workspace._settings), workspace._corner
        # The document has its new corner, or has it still, and says so when the step is complete.
        here = _way(document.corner, self._corner)
        workspace._restore(with_moved_frame(self._state, *here))
        workspace._corner = document.corner
        self._state, self._corner = now

    revert = apply


def _way(corner: Place, before: Place) -> Place:
    """Return by how much a place in the document changes if its corner does."""
    return before[0] - corner[0], before[1] - corner[1]


def _cover(request: Editing, origin: tuple[int, int], picture: Image) -> Mask | None:
    """Return what a result has changed; None, all of it, where the picture is another by now."""
    if not fits(request, origin, picture):
        return None
    if isinstance(request, Inpaint):
        return request.mask
    if request.frame is None:
        return None
    pixels = np.zeros((request.image.extent.height, request.image.extent.width), np.uint8)
    inside = request.frame.intersection(Bounds.at_origin(request.image.extent))
    pixels[inside.slices] = 255
    return Mask(pixels)


def _title(prompt: str) -> str:
    """Name a layer after what it shows."""
    line = " ".join(prompt.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"
