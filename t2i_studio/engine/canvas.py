"""The picture around an edit: what the model is shown of it, and where its work is laid."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from t2i_studio.core.blending import bend_seam, keep_detail, match_colours
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.inpaint import composite, cut, feathered, frame_around, shaped
from t2i_studio.core.masked_content import with_content
from t2i_studio.core.request import Editing, Inpaint

SOFT: Final = 16  # a refined frame blends over this part of its shorter side
NEAR: Final = 24  # what is known around a hole counts up to this part of its longer side
LEAST_NEAR: Final = 8  # px


@dataclass(frozen=True)
class Canvas:
    """The request's picture with the frame that the model sees."""

    request: Editing
    frame: Bounds
    seen: Image  # of the frame's size; where it is repainted, what the masked content says
    hole: Mask | None  # of the frame's size, None: all of it is made anew
    under: Image  # the picture, and what the new is mixed with where its weight is less than full
    weights: Mask  # of the picture's size: how much of the new shows
    glance: tuple[Image, Mask]  # picture and weights of the frame, at the preview's size

    def start(self, seed: int) -> Image | None:
        """Return what sampling begins with, of the frame's size; None where that is noise."""
        request = self.request
        if request.strength == 1:
            return None
        if isinstance(request, Inpaint) and self.hole and request.content == "noise":
            return with_content(self.seen, self.hole, "noise", seed)
        return self.seen

    def finish(self, painted: Image) -> Image:
        """Lay the frame's new content into the picture."""
        fresh = painted.resized(self.frame.extent)
        if self.request.strength < 1:
            fresh = keep_detail(self.seen, fresh, self.request.strength)
        if self.request.colour_match or self._seam:
            near, fitted = self._fitted(fresh)
            return composite(self.under, fitted, near, self.weights)
        return composite(self.under, fresh, self.frame, self.weights)

    def preview(self, painted: Image) -> Image:
        """Lay an estimate into a small copy of the frame."""
        known, weights = self.glance
        whole = Bounds.at_origin(known.extent)
        return composite(known, painted.resized(known.extent), whole, weights)

    @property
    def _seam(self) -> int:
        return self.request.seam if isinstance(self.request, Inpaint) else 0

    def _fitted(self, fresh: Image) -> tuple[Bounds, Image]:
        """Return the surroundings of what changes with the new in them, fitted to the known."""
        changing, picture = self.weights.bounds, self.request.image
        margin = max(LEAST_NEAR, max(changing.width, changing.height) // NEAR)
        near = changing.padded(margin).intersection(Bounds.at_origin(picture.extent))
        known, hole = picture.crop(near), self.weights.pixels[near.slices] > 0
        pixels = known.pixels.copy()
        new = fresh.pixels[changing.moved(-self.frame.x, -self.frame.y).slices]
        pixels[changing.moved(-near.x, -near.y).slices] = new
        painted = Image(pixels)
        if self.request.colour_match:
            painted = match_colours(known, painted, hole)
        return near, bend_seam(known, painted, hole, self._seam)


def canvas_of(request: Editing) -> Canvas:
    assert request.size is not None
    limit = request.frame or Bounds.at_origin(request.image.extent)
    if isinstance(request, Inpaint):
        mask = _within(request.mask, limit)
        return _canvas(request, mask, feathered(mask, request.feather), _frame(request, mask))
    everything = _within(Mask.empty(request.image.extent).inverted(), limit)
    weights = feathered(everything, min(limit.width, limit.height) // SOFT)
    return _canvas(request, None, weights, shaped(limit, request.image.extent, request.size))


def _canvas(request: Editing, mask: Mask | None, weights: Mask, frame: Bounds) -> Canvas:
    assert request.size is not None
    known = cut(request.image, frame)
    hole = cut(mask, frame) if mask else None
    seen = _seen(request, known, hole)
    small = _preview_extent(frame.extent, request.size)
    return Canvas(
        request=request,
        frame=frame,
        seen=seen,
        hole=hole,
        under=request.image if seen is known else _pasted(request.image, seen, frame),
        weights=weights,
        glance=(seen.resized(small), cut(weights, frame).resized(small)),
    )


def _seen(request: Editing, known: Image, hole: Mask | None) -> Image:
    """Return what the model is shown: of noise it would only learn that there is noise."""
    if not isinstance(request, Inpaint) or hole is None:
        return known
    content = "fill" if request.content == "noise" else request.content
    return with_content(known, hole, content, request.seed)


def _pasted(picture: Image, seen: Image, frame: Bounds) -> Image:
    """Put what lies in the frame back where it was cut."""
    inside = frame.intersection(Bounds.at_origin(picture.extent))
    pixels = picture.pixels.copy()
    pixels[inside.slices] = seen.pixels[inside.moved(-frame.x, -frame.y).slices]
    return Image(pixels)


def _within(mask: Mask, limit: Bounds) -> Mask:
    """Return the part of the mask that lies in `limit`."""
    inside = limit.intersection(Bounds.at_origin(mask.extent))
    if inside == Bounds.at_origin(mask.extent):
        return mask
    pixels = np.zeros_like(mask.pixels)
    pixels[inside.slices] = mask.pixels[inside.slices]
    return Mask(pixels)


def _frame(request: Inpaint, mask: Mask) -> Bounds:
    """Return the frame of a repaint, in the shape of the model."""
    assert request.size is not None
    if request.frame is None:
        return frame_around(mask.bounds, request.image.extent, request.size)
    return shaped(request.frame, request.image.extent, request.size)


def _preview_extent(frame: Extent, native: Extent) -> Extent:
    return frame if frame.area <= native.area else native
