from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.qimage import from_qimage, to_qimage
from tests.ui.canvas.conftest import LEFT, NO_MODIFIER, Canvas

COPY = Qt.DropAction.CopyAction
RED = Image.filled(Extent(3, 2), (255, 0, 0))


def files(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def pixels(picture: QImage | QPixmap, *urls: str) -> QMimeData:
    data = files(*urls)
    data.setImageData(picture)
    return data


def drop(canvas: Canvas, data: QMimeData) -> tuple[bool, bool, list[object]]:
    """Drag and drop; return whether each was accepted, and what was told."""
    told: list[object] = []
    canvas.view.picture_dropped.connect(told.append)
    enter = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NO_MODIFIER)
    QApplication.sendEvent(canvas.view, enter)
    fall = QDropEvent(QPointF(9, 9), COPY, data, LEFT, NO_MODIFIER)
    fall.ignore()
    QApplication.sendEvent(canvas.view, fall)
    return enter.isAccepted(), fall.isAccepted(), told


def test_files_are_told_by_path(blank_canvas: Canvas) -> None:
    data = files("file:///tmp/a%20b.png", "file:///tmp/c.jpg", "https://example.org/d.png")
    assert drop(blank_canvas, data) == (True, True, [["/tmp/a b.png", "/tmp/c.jpg"]])


@pytest.mark.parametrize("kind", [QImage, QPixmap.fromImage], ids=["image", "pixmap"])
def test_a_picture_from_a_browser_is_told_as_it_is(
    blank_canvas: Canvas, kind: Callable[[QImage], QImage | QPixmap]
) -> None:
    data = pixels(kind(to_qimage(RED)), "https://example.org/d.png")
    *accepted, told = drop(blank_canvas, data)
    assert accepted == [True, True]
    assert isinstance(told[0], QImage)
    assert from_qimage(told[0]) == RED


@pytest.mark.parametrize(
    "data",
    [files("https://example.org/d.png"), QMimeData(), pixels(QImage())],
    ids=["remote", "nothing", "no pixels"],
)
def test_anything_else_is_refused(blank_canvas: Canvas, data: QMimeData) -> None:
    *accepted, told = drop(blank_canvas, data)
    assert accepted == [False, False]
    assert told == []


def test_a_document_may_outlive_the_canvas(qapp: QApplication) -> None:
    document = Document()
    view = CanvasView(document, ToolOptions())
    shiboken6.delete(view)
    document.start(RED)
    document.invert_mask()
    assert document.has_mask


def test_it_asks_for_room(blank_canvas: Canvas) -> None:
    assert blank_canvas.view.sizeHint().width() >= 640
