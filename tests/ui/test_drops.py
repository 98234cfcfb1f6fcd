from collections.abc import Iterable

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from t2i_studio.ui.drops import dropped_picture, dropped_start


def data(text: str = "", urls: Iterable[str] = (), image: QImage | None = None) -> QMimeData:
    result = QMimeData()
    if text:
        result.setText(text)
    if urls:
        result.setUrls([QUrl(url) for url in urls])
    if image is not None:
        result.setImageData(image)
    return result


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (data(), None),
        (data(" a fox \n"), "a fox"),
        (data("  "), None),
        (data(urls=["file:///a.png", "https://example.org/b.png"]), ["/a.png"]),
        (data(text="a page", urls=["https://example.org/"]), None),
        (data(image=QImage()), None),
    ],
    ids=["nothing", "text", "blank", "files first", "an address", "a null picture"],
)
def test_a_start_is_a_file_or_text(held: QMimeData, expected: object) -> None:
    assert dropped_start(held) == expected


def test_a_picture_goes_before_its_text() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    held = data(text="a fox", image=image)
    start = dropped_start(held)
    assert isinstance(start, QImage)
    assert start.size() == image.size()


def test_text_is_no_picture() -> None:
    assert dropped_picture(data("a fox")) is None
