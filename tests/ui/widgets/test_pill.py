from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from t2i_studio.ui.widgets.pill import draw_pill

PICTURE = QRectF(0, 0, 100, 60)
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
TOP, BOTTOM = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom


def darkened(text: str, corner: Qt.AlignmentFlag) -> set[tuple[bool, bool]]:
    """The quarters (is_right, is_bottom) of a white picture that a pill touches."""
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_pill(painter, PICTURE, text, corner)
    painter.end()
    places = [(x, y) for x in range(100) for y in range(60) if image.pixelColor(x, y).red() < 128]
    return {(x >= 50, y >= 30) for x, y in places}


def test_it_lies_in_its_corner(qapp: QApplication) -> None:
    assert darkened("1", LEFT | TOP) == {(False, False)}
    assert darkened("1", RIGHT | TOP) == {(True, False)}
    assert darkened("1", RIGHT | BOTTOM) == {(True, True)}


def test_long_words_stay_on_the_picture(qapp: QApplication) -> None:
    assert darkened("a very long label " * 5, LEFT | BOTTOM) == {(False, True), (True, True)}
