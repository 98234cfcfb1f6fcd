"""Where a repaint goes when the document has changed since it was asked for."""

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image
from t2i_studio.core.request import Inpaint

SEAM = 8  # px around the mask that the repaint was blended with


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
