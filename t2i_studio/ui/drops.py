"""What is dropped on a widget, as files, a picture or text."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QPixmap


def dropped_picture(data: QMimeData) -> list[str] | QImage | None:
    """Return local files, or else the picture itself, as browsers give it."""
    if paths := [url.toLocalFile() for url in data.urls() if url.isLocalFile()]:
        return paths
    image = data.imageData()
    if isinstance(image, QPixmap):
        image = image.toImage()
    return image if isinstance(image, QImage) and not image.isNull() else None


def dropped_start(data: QMimeData) -> list[str] | QImage | str | None:
    """Return a picture as above, or else text; the address of a page is neither."""
    text = "" if data.urls() else data.text().strip()
    return dropped_picture(data) or text or None
