"""What the canvas shows: the document's picture, and what is laid over it for a while."""

from dataclasses import dataclass
from enum import Enum

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Pixels


@dataclass(frozen=True)
class Overlay:
    """A preview or a staged result; `bounds` is the part of the picture that it covers."""

    image: Image
    bounds: Bounds | None = None


class SketchKind(Enum):
    """What a line under the pointer is going to be."""

    lasso = "lasso"
    rectangle = "rectangle"
    crop = "crop"  # what lies outside is dimmed
    text_box = "text_box"


@dataclass(frozen=True)
class Sketch:
    """A line that a tool draws while it is in use; `points` in px of the picture.

    `has_handles`: with a handle at every corner and, for four points, in the middle of each side.
    """

    points: tuple[tuple[float, float], ...]
    is_closed: bool = False
    kind: SketchKind = SketchKind.lasso
    has_handles: bool = False


@dataclass(frozen=True, eq=False)
class Floating:
    """Pixels over the picture that are not part of it yet: moved ones, or a text.

    `pixels`: (H, W, 4) uint8 RGBA, straight alpha; (x, y) is where the top left lies, in px of
    the picture. `behind`, (H, W, 4) of the picture's size, is drawn instead of the picture, and
    no mask if `hides_mask`: what is moved is not seen where it was.
    """

    pixels: Pixels
    x: int = 0
    y: int = 0
    behind: Pixels | None = None
    hides_mask: bool = False


@dataclass(frozen=True)
class FrameView:
    """How the generation frame looks; everything in px of the picture, and may stick out.

    `region` is what the model is really going to see, where that is not `bounds`.
    """

    bounds: Bounds
    region: Bounds | None = None
    label: str = ""
    warning: str = ""
    is_active: bool = False  # the frame tool is in hand


def shown_extent(document: Extent | None, blank: Extent, overlay: Overlay | None) -> Extent:
    """Return the size of what is shown, in pixels of the picture.

    A preview grows to the size of the picture it is going to be, unless its shape says that it
    is going to be another one.
    """
    frame = document or blank
    if overlay is None:
        return frame
    if overlay.bounds is not None:
        return document or overlay.bounds.extent
    own = overlay.image.extent
    has_its_shape = own.width * frame.height == own.height * frame.width
    is_at_most = document is not None or own.width <= frame.width
    return frame if has_its_shape and is_at_most else own


def overlay_bounds(document: Extent | None, shown: Extent, overlay: Overlay) -> Bounds:
    """Return where the overlay lies on what is shown; it may stick out."""
    if overlay.bounds is not None and document is not None:
        return overlay.bounds
    return Bounds.at_origin(shown)
