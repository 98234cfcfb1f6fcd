"""From the state of the studio to one frozen request."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np

from t2i_studio.core.concept import Concept, FromPicture
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.inpaint import frame_for
from t2i_studio.core.masked_content import with_content
from t2i_studio.core.request import Decode, Generate, Inpaint, Refine
from t2i_studio.core.words import tr
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import Area, GenerationFrame
from t2i_studio.studio.layer_edits import require_room
from t2i_studio.studio.settings import Settings

VARIATIONS = 4  # at least: what DALL·E 2 offered
OPAQUE: Final = 255
SAMPLES: Final = 512  # of a side of the frame, to tell how much of it is known


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
    """Snapshot everything that the result will depend on; raises ValidationError and UserError.

    native: what the model works at, which decides how much it sees around a mask.
    """
    shared = _shared(settings)
    task = task_of(settings, document, frame)
    if task is Task.generate:
        return Composed(Generate.model_validate(shared))
    window = _window(document, frame)
    shared |= {
        "image": _picture(document, window),
        "strength": settings.strength,
        "colour_match": settings.colour_match,
    }
    origin = window.x, window.y
    if task is Task.refine:
        shared |= {"frame": _box(frame, window)}
        return Composed(Refine.model_validate(shared), origin)
    mask = _mask(document, window, frame)
    how: dict[str, Any] = {"content": settings.content, "seam": settings.seam}
    if settings.feather is not None:
        how["feather"] = settings.feather
    shared |= {"mask": mask, "frame": _sight(frame, mask, window, native), **how}
    return Composed(Inpaint.model_validate(shared), origin)


def known_share(document: Document, frame: GenerationFrame) -> float:
    """Return how much of the box shows the picture as it stays, 0 to 1; 1 without a box."""
    if frame.bounds is None or document.extent is None:
        return 1.0
    inside = frame.bounds.intersection(document.bounds)
    if inside.is_empty:
        return 0.0
    step = max(1, max(inside.width, inside.height) // SAMPLES)
    stays = (document.composite_pixels[inside.slices][::step, ::step, 3] == OPAQUE) & (
        document.mask_pixels[inside.slices][::step, ::step] < OPAQUE // 2
    )
    return float(stays.mean()) * inside.extent.area / frame.bounds.extent.area


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
    if frame.area is not Area.frame or frame.bounds is None:
        return document.bounds
    if frame.bounds.intersection(document.bounds).is_empty:
        raise UserError(tr("The frame lies outside the picture: move it so that it touches it."))
    window = document.bounds.union(frame.bounds)
    require_room(window.extent, len(document.layers))
    return window


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
    picture = _known(document)
    if window == document.bounds:
        return picture
    inner = document.bounds.moved(-window.x, -window.y)
    pixels = np.empty((window.height, window.width, 3), np.uint8)
    pixels[inner.slices] = picture.pixels
    rows = pixels[inner.y : inner.bottom]
    rows[:, : inner.x] = rows[:, inner.x, None]
    rows[:, inner.right :] = rows[:, inner.right - 1, None]
    pixels[: inner.y] = rows[0]
    pixels[inner.bottom :] = rows[-1]
    pixels.flags.writeable = False
    return Image(pixels)


def _known(document: Document) -> Image:
    """Return the picture; what can be looked through takes the colours around it.

    A soft border shows some of what lies there: white would be a line.
    """
    picture = document.picture
    assert picture is not None
    if not document.has_transparency:
        return picture
    clear = Mask(OPAQUE - document.composite_pixels[..., 3])
    return with_content(picture, clear, "fill", 0)


def _mask(document: Document, window: Bounds, frame: GenerationFrame) -> Mask:
    """Return what is to be repainted: what is painted and what is not there.

    A box limits it; one in which all is known and nothing painted is repainted as a whole.
    """
    box = _box(frame, window)
    wanted = _wanted(document, frame.bounds if box and frame.bounds else window)
    if box is None:
        pixels = wanted
    else:
        pixels = np.zeros((window.height, window.width), np.uint8)
        pixels[box.slices] = wanted if wanted.any() else OPAQUE
    pixels.flags.writeable = False
    return Mask(pixels)


def _wanted(document: Document, part: Bounds) -> Pixels:
    """Return 255 beyond the border; elsewhere what is painted, or how far the picture is clear."""
    wanted = np.full((part.height, part.width), OPAQUE, np.uint8)
    known = part.intersection(document.bounds)
    inside = wanted[known.moved(-part.x, -part.y).slices]
    inside[...] = document.mask_pixels[known.slices]
    if document.has_transparency:
        alpha = document.composite_pixels[known.slices][..., 3]
        np.maximum(inside, OPAQUE - alpha, out=inside)
    return wanted
