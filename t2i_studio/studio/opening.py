"""Pictures from outside, with their transparency, as the document or as one more layer."""

import numpy as np
import PIL.Image

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import window
from t2i_studio.core.words import tr
from t2i_studio.studio.session import Session


def open_pixels(session: Session, pixels: Pixels, name: str = "") -> None:
    """Put a picture, (H, W, 4), on the canvas: one step; raises UserError.

    What is transparent stays so: it is unknown, and will be painted. The array is the document's
    from then on: copying a large one takes longer than a frame.
    """
    session.staging.clear()
    session.frame.leave()
    session.document.take(pixels, name)


def add_pixels(session: Session, pixels: Pixels, title: str) -> None:
    """Put a picture, (H, W, 4), over the active layer: one step; raises UserError.

    It lies in the middle, scaled down where it is larger than the document; without a picture
    there it is opened.
    """
    extent = session.document.extent
    if extent is None:
        open_pixels(session, pixels)
    else:
        session.document.add_layer(title, centred(pixels, extent), step=tr("Add layer"))


def centred(pixels: Pixels, extent: Extent) -> Pixels:
    """Bring (H, W, 4) pixels of any size into the middle of a layer (any thread)."""
    height, width = pixels.shape[:2]
    if (height, width) == (extent.height, extent.width):
        return pixels
    scale = min(extent.width / width, extent.height / height)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        how = PIL.Image.Resampling.LANCZOS
        pixels = np.asarray(PIL.Image.fromarray(np.ascontiguousarray(pixels)).resize(size, how))
        height, width = pixels.shape[:2]
    x, y = (extent.width - width) // 2, (extent.height - height) // 2
    return window(pixels, Bounds(-x, -y, extent.width, extent.height))
