"""Pictures to Qt and back, always as copies unless it says otherwise."""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from t2i_studio.core.image import OVERSAMPLING, Image, Pixels


def to_qimage(image: Image) -> QImage:
    """Copy a picture into a QImage (RGB888)."""
    return shared(np.ascontiguousarray(image.pixels)).copy()


def from_qimage(source: QImage) -> Image:
    """Copy any QImage that is not null; transparency is laid over white."""
    if source.hasAlphaChannel():
        source = _over_white(source)
    flat = source.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return Image(rows[:, : 3 * flat.width()].reshape(flat.height(), flat.width(), 3).copy())


def miniature(pixels: Pixels, edge: int) -> QImage:
    """Scale (H, W, 4) RGBA with straight alpha down to fit into `edge` x `edge`, as a copy.

    Takes every n-th pixel and smooths only those: the cost depends on `edge` alone.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, edge / max(height, width))
    size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
    down = max(1, height // (OVERSAMPLING * size.height()))
    across = max(1, width // (OVERSAMPLING * size.width()))
    taken = np.ascontiguousarray(pixels[down // 2 :: down, across // 2 :: across])
    form = QImage.Format.Format_ARGB32_Premultiplied
    image = shared(taken, QImage.Format.Format_RGBA8888).convertToFormat(form)
    how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image if image.size() == size else image.scaled(size, *how)


def shared(pixels: Pixels, form: QImage.Format = QImage.Format.Format_RGB888) -> QImage:
    """Wrap contiguous pixels without a copy: the array must outlive the QImage."""
    if not pixels.flags.c_contiguous:
        raise ValueError("Qt would read past the end of this array.")
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], form)


def _over_white(source: QImage) -> QImage:
    white = QImage(source.size(), QImage.Format.Format_RGB32)
    white.setDevicePixelRatio(source.devicePixelRatio())  # or it would be drawn smaller
    white.fill(0xFFFFFFFF)
    painter = QPainter(white)
    painter.drawImage(0, 0, source)
    painter.end()
    return white


def rgba_of(source: QImage) -> Pixels:
    """Copy any QImage that is not null, with its transparency: (H, W, 4), straight alpha."""
    flat = source.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : 4 * flat.width()].reshape(flat.height(), flat.width(), 4).copy()


def with_alpha(pixels: Pixels) -> QImage:
    """Copy (H, W, 4) pixels into a QImage (RGBA8888)."""
    return shared(np.ascontiguousarray(pixels), QImage.Format.Format_RGBA8888).copy()
