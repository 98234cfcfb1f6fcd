"""What comes from outside, for the tests of files."""

from pathlib import Path

import numpy as np
import PIL.Image
from numpy.typing import NDArray
from PySide6.QtWidgets import QFileDialog, QWidget

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask

EXTENT = Extent(64, 48)
PICTURE = Image.filled(EXTENT, (200, 180, 160))


def said(studio: Studio) -> str:
    return " ".join(toast.text for toast in studio.window.toasts.toasts)


def half() -> Mask:
    pixels = np.zeros((EXTENT.height, EXTENT.width), np.uint8)
    pixels[:, : EXTENT.width // 2] = 255
    return Mask(pixels)


def glass(width: int = 20, height: int = 10) -> NDArray[np.uint8]:
    """Return a picture that can be seen through in its left half."""
    pixels = np.full((height, width, 4), (10, 200, 30, 255), np.uint8)
    pixels[:, : width // 2, 3] = 0
    return pixels


def written(path: Path, pixels: NDArray[np.uint8]) -> Path:
    PIL.Image.fromarray(pixels).save(path)
    return path


def dialog_of(window: QWidget) -> QFileDialog:
    """Return the file dialog that is open."""
    return next(dialog for dialog in window.findChildren(QFileDialog) if dialog.isVisible())
