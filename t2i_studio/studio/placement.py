"""Where a repaint goes when the document has changed since it was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image
from t2i_studio.core.request import Editing, Inpaint

SEAM: Final = 8  # px around the mask that the repaint was blended with


@dataclass
class Placement:
    """What a result needs to know of the canvas that it was asked for on.

    `origin`: where in the document its left upper corner lies; `settings`: as they were then, for
    an undo to bring back. A job and its results share one, which follows the document.
    """

    origin: tuple[int, int] = (0, 0)
    settings: Mapping[str, Any] | None = None

    def move(self, dx: int, dy: int) -> None:
        """Follow a document that is cropped, or grows, at its left or top."""
        self.origin = self.origin[0] + dx, self.origin[1] + dy
        if self.settings is not None:
            self.settings = with_moved_frame(self.settings, dx, dy)


def with_moved_frame(state: Mapping[str, Any], dx: int, dy: int) -> Mapping[str, Any]:
    """Return settings whose generation frame, if there is one, lies elsewhere."""
    match state:
        case {"frame": {"bounds": {"x": int(x), "y": int(y)} as bounds} as frame}:
            moved = {**bounds, "x": x + dx, "y": y + dy}
            return {**state, "frame": {**frame, "bounds": moved}}
    return state


def fits(request: Editing, origin: tuple[int, int], picture: Image) -> bool:
    """Tell whether the picture is still the same around what was repainted."""
    asked = Bounds.at_origin(request.image.extent)
    whole = Bounds.at_origin(picture.extent).moved(-origin[0], -origin[1])
    near = changed(request).padded(SEAM).intersection(asked).intersection(whole)
    kept = _kept(request, near)
    was = request.image.pixels[near.slices][kept]
    now = picture.pixels[near.moved(*origin).slices][kept]
    return np.array_equal(was, now)


def changed(request: Editing) -> Bounds:
    """Return the part of the request's picture that a result may have changed."""
    if isinstance(request, Inpaint):
        return request.mask.bounds
    return request.frame or Bounds.at_origin(request.image.extent)


def _kept(request: Editing, near: Bounds) -> NDArray[np.bool_]:
    """Return which pixels of `near` the result has as they were."""
    if isinstance(request, Inpaint):
        return np.asarray(request.mask.pixels[near.slices] == 0)
    kept = np.ones((near.height, near.width), np.bool_)
    kept[changed(request).intersection(near).moved(-near.x, -near.y).slices] = False
    return kept
