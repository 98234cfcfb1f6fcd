"""Where a repaint goes when the document has changed since it was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image
from t2i_studio.core.request import Inpaint

SEAM = 8  # px around the mask that the repaint was blended with


@dataclass(frozen=True)
class Placement:
    """What a result needs to know of the canvas that it was asked for on.

    `origin`: where in the document its left upper corner lies; `settings`: as they were then, for
    an undo to bring back.
    """

    origin: tuple[int, int] = (0, 0)
    settings: Mapping[str, Any] | None = None


def fits(request: Inpaint, picture: Image) -> bool:
    """Tell whether the picture, of the request's size, is still the same around the mask."""
    whole = Bounds.at_origin(picture.extent)
    near = request.mask.bounds.padded(SEAM).intersection(whole).slices
    kept = request.mask.pixels[near] == 0
    was, now = request.image.pixels[near][kept], picture.pixels[near][kept]
    return np.array_equal(was, now)


def laid_into(picture: Image, painted: Image, request: Inpaint) -> Image:
    """Take only what was repainted, and keep what has been changed elsewhere since."""
    repainted = (request.mask.pixels > 0)[..., None]
    return Image(np.where(repainted, painted.pixels, picture.pixels))
