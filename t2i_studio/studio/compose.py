"""From the state of the studio to one frozen request."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np

from t2i_studio.core.concept import Concept, FromPicture
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.inpaint import frame_for
from t2i_studio.core.request import Decode, Generate, Inpaint, Refine
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import Area, GenerationFrame
from t2i_studio.studio.settings import Settings

VARIATIONS = 4  # at least: what DALL·E 2 offered
OPAQUE: Final = 255


class Task(StrEnum):
    """What Generate will do."""

    generate = "generate"
    inpaint = "inpaint"
    outpaint = "outpaint"  # an inpaint that makes the picture larger
    refine = "refine"  # image to image


@dataclass(frozen=True)
class Composed:
    """A request, and where in the document its pictures belong: their left upper corner."""

    request: Generate | Inpaint | Refine
    origin: tuple[int, int] = (0, 0)


def task_of(settings: Settings, document: Document, frame: GenerationFrame) -> Task:
    """Tell what Generate will do with the canvas as it is."""
    if document.extent is None:
        return Task.generate
    box = frame.bounds if frame.area is Area.frame else None
    if box and box.intersection(document.bounds) != box:
        return Task.outpaint
    if document.has_mask or document.has_transparency:
        return Task.inpaint
    if settings.strength < 1:
        return Task.refine
    return Task.inpaint if box else Task.generate


def compose(
    settings: Settings, document: Document, frame: GenerationFrame, native: Extent
) -> Composed:
    """Snapshot everything that the result will depend on; raises ValidationError.

    native: what the model works at, which decides how much it sees around a mask.
    """
    shared = _shared(settings)
    task = task_of(settings, document, frame)
    if task is Task.generate:
        return Composed(Generate.model_validate(shared))
    window = _window(document, frame)
    unknown = _unknown(document, window)
    shared |= {
        "image": _picture(document, window),
        "strength": settings.strength,
        "colour_match": settings.colour_match,
    }
    origin = window.x, window.y
    if task is Task.refine:
        shared |= {"frame": _box(frame, window)}
        return Composed(Refine.model_validate(shared), origin)
    mask = _mask(document, window, unknown, frame)
    how: dict[str, Any] = {"content": settings.content, "seam": settings.seam}
    if settings.feather is not None:
        how["feather"] = settings.feather
    shared |= {"mask": mask, "frame": _sight(frame, mask, window, native), **how}
    return Composed(Inpaint.model_validate(shared), origin)


def known_share(document: Document, frame: GenerationFrame) -> float:
    """Return how much of the box shows the picture as it stays, 0 to 1; 1 without a box."""
    if frame.bounds is None or document.extent is None:
        return 1.0
    inside = frame.bounds.intersection(document.bounds).slices
    stays = (document.composite_pixels[inside][..., 3] == OPAQUE) & (
        document.mask_pixels[inside] < OPAQUE // 2
    )
    return float(np.count_nonzero(stays)) / frame.bounds.extent.area


def variations(settings: Settings, image: Image) -> Decode:
    """Ask for pictures that mean the same: the decoder alone, from new noise."""
    return Decode(
        model=settings.model,
        concept=Concept(base=FromPicture(image=image)),
        seed=settings.seed,
        count=max(settings.count, VARIATIONS),
        size=settings.size,
    )


def _shared(settings: Settings) -> dict[str, Any]:
    return {
        "prompt": settings.prompt,
        "negative_prompt": settings.negative_prompt,
        "model": settings.model,
        "seed": settings.seed,
        "count": settings.count,
        "size": settings.size,
        "rerank": settings.rerank,
        **settings.stages(),
    }


def _window(document: Document, frame: GenerationFrame) -> Bounds:
    """Return the part of the canvas that the result will show: all of the picture, at least."""
    if frame.area is Area.frame and frame.bounds:
        return document.bounds.union(frame.bounds)
    return document.bounds


def _box(frame: GenerationFrame, window: Bounds) -> Bounds | None:
    if frame.area is Area.frame and frame.bounds:
        return frame.bounds.moved(-window.x, -window.y)
    return None


def _sight(frame: GenerationFrame, mask: Mask, window: Bounds, native: Extent) -> Bounds | None:
    """Return what the model sees of the window; None leaves it to the engine."""
    if frame.area is Area.frame:
        return _box(frame, window)
    return frame_for(frame.area, mask.bounds, frame.padding, window.extent, native)


def _picture(document: Document, window: Bounds) -> Image:
    """Return what is in the window; what lies beyond the border repeats it."""
    assert document.picture is not None
    pixels = _padded(document.picture.pixels, document.bounds, window, "edge")
    return Image(pixels) if pixels is not document.picture.pixels else document.picture


def _unknown(document: Document, window: Bounds) -> Pixels:
    """Return how much of each pixel is not there: 255 beyond the border, less where it shines."""
    inside = OPAQUE - document.composite_pixels[..., 3]
    return _padded(inside, document.bounds, window, "constant", constant_values=OPAQUE)


def _mask(document: Document, window: Bounds, unknown: Pixels, frame: GenerationFrame) -> Mask:
    """Return what is to be repainted: what is painted and what is not there.

    A box limits it; one in which all is known and nothing painted is repainted as a whole.
    """
    painted = _padded(document.mask_pixels, document.bounds, window, "constant")
    pixels = np.maximum(painted, unknown)
    box = _box(frame, window)
    if box:
        within = np.zeros_like(pixels)
        within[box.slices] = pixels[box.slices] if pixels[box.slices].any() else OPAQUE
        pixels = within
    pixels.flags.writeable = False
    return Mask(pixels)


def _padded(pixels: Pixels, bounds: Bounds, window: Bounds, mode: Any, **how: Any) -> Pixels:
    if bounds == window:
        return pixels
    down = bounds.y - window.y, window.bottom - bounds.bottom
    across = bounds.x - window.x, window.right - bounds.right
    rest = ((0, 0),) * (pixels.ndim - 2)
    return np.pad(pixels, (down, across, *rest), mode, **how)
