"""Cut a part out of a layer, onto the clipboard."""

import numpy as np
from PySide6.QtGui import QGuiApplication

from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Pixels
from t2i_studio.core.words import tr
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Ink
from t2i_studio.ui.qimage import with_alpha


def cut_from_layer(document: Document) -> None:
    """Take what the mask covers, or everything, from the active layer; raises UserError.

    What is cut can be pasted as a layer of its own; it is one step.
    """
    layer = document.active_layer
    if layer is None:
        raise UserError(
            tr("Only a layer can be cut from."), tr("Choose one in the layers, and mask a part.")
        )
    bounds = document.mask.bounds if document.has_mask else document.bounds
    rows = slice(bounds.y, bounds.bottom), slice(bounds.x, bounds.right)
    covered = document.mask_pixels[rows] if document.has_mask else None
    cover = np.full((bounds.height, bounds.width), 255, np.uint8) if covered is None else covered
    QGuiApplication.clipboard().setImage(with_alpha(_part(layer.pixels[rows], cover)))
    document.apply_cover(cover.copy(), bounds, Ink.erase, name=tr("Cut"))


def _part(pixels: Pixels, cover: Pixels) -> Pixels:
    """Return (H, W, 4) pixels that are as opaque as both they and the cover are."""
    part = pixels.copy()
    part[..., 3] = (pixels[..., 3].astype(np.uint16) * cover // 255).astype(np.uint8)
    return part
