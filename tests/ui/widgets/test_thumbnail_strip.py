import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.thumbnail_strip import (
    BADGE,
    CAPTION,
    CAPTION_HEIGHT,
    MARK,
    ThumbnailStrip,
)

RED = QColor(200, 0, 0)


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> ThumbnailStrip:
    theme.apply(qapp, theme.DARK)
    strip = ThumbnailStrip(72, "Nothing yet")
    qtbot.addWidget(strip)
    strip.setModel(model_of(20, strip))
    strip.resize(300, strip.sizeHint().height())
    strip.show()
    return strip


def test_items_lie_in_one_row(strip: ThumbnailStrip) -> None:
    tops = {strip.visualRect(strip.model().index(row, 0)).y() for row in range(20)}
    assert len(tops) == 1
    assert strip.verticalScrollBar().maximum() == 0


def test_the_arrows_go_through_the_items(qtbot: QtBot, strip: ThumbnailStrip) -> None:
    strip.setCurrentIndex(strip.model().index(0, 0))
    for _ in range(3):
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.currentIndex().row() == 2


def test_what_is_selected_stays_in_sight_in_a_narrower_strip(strip: ThumbnailStrip) -> None:
    strip.setCurrentIndex(strip.model().index(2, 0))
    strip.resize(200, strip.height())
    assert strip.viewport().rect().contains(strip.visualRect(strip.currentIndex()).center())


def test_enter_and_double_click_activate(qtbot: QtBot, strip: ThumbnailStrip) -> None:
    second = strip.model().index(1, 0)
    strip.setCurrentIndex(second)
    with qtbot.waitSignal(strip.activated):
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    middle = strip.visualRect(second).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(strip.doubleClicked):
        qtbot.mouseDClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=middle)


@pytest.mark.parametrize("delta", [QPoint(0, -120), QPoint(-120, 0)], ids=["vertical", "tilted"])
def test_either_wheel_scrolls_sideways(strip: ThumbnailStrip, delta: QPoint) -> None:
    before = strip.horizontalScrollBar().value()
    turn(strip, delta)
    assert strip.horizontalScrollBar().value() == before + 120
    turn(strip, -delta)
    assert strip.horizontalScrollBar().value() == before


def test_pictures_are_drawn_and_the_selected_one_framed(strip: ThumbnailStrip) -> None:
    strip.setCurrentIndex(strip.model().index(1, 0))
    shown = strip.grab().toImage()
    first, second = (strip.visualRect(strip.model().index(row, 0)) for row in (0, 1))
    assert shown.pixelColor(first.center()) == RED
    accent = QColor(theme.DARK.accent)
    assert accent in colours(shown, second.left(), second.center().y(), 6)
    assert accent not in colours(shown, first.left(), first.center().y(), 6)


def test_pixmaps_and_missing_pictures_are_drawn_too(strip: ThumbnailStrip) -> None:
    model = strip.model()
    assert isinstance(model, QStandardItemModel)
    pixmap = QPixmap(10, 10)
    pixmap.fill(RED)
    model.item(0).setData(pixmap, Qt.ItemDataRole.DecorationRole)
    model.item(1).setData(None, Qt.ItemDataRole.DecorationRole)
    shown = strip.grab().toImage()
    at = [strip.visualRect(model.index(row, 0)).center() for row in (0, 1)]
    assert shown.pixelColor(at[0]) == RED
    assert shown.pixelColor(at[1]) == QColor(theme.DARK.control)


def test_wide_pictures_keep_their_shape(strip: ThumbnailStrip) -> None:
    model = strip.model()
    assert isinstance(model, QStandardItemModel)
    wide = QImage(40, 10, QImage.Format.Format_RGB32)
    wide.fill(RED)
    model.item(0).setData(wide, Qt.ItemDataRole.DecorationRole)
    shown, rect = strip.grab().toImage(), strip.visualRect(model.index(0, 0))
    assert shown.pixelColor(rect.center()) == RED
    assert shown.pixelColor(rect.center().x(), rect.top() + 10) != RED


def test_labels_are_written_on_the_picture(strip: ThumbnailStrip) -> None:
    plain = strip.grab().toImage()
    model = strip.model()
    assert isinstance(model, QStandardItemModel)
    model.item(0).setText("Original")
    assert strip.grab().toImage() != plain


def test_an_empty_strip_says_what_will_be_there(qtbot: QtBot, strip: ThumbnailStrip) -> None:
    strip.setModel(QStandardItemModel(strip))
    wordless = ThumbnailStrip(72)
    qtbot.addWidget(wordless)
    wordless.resize(strip.size())
    wordless.show()
    assert strip.grab().toImage() != wordless.grab().toImage()


def model_of(count: int, parent: ThumbnailStrip) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    picture = QImage(144, 144, QImage.Format.Format_RGB32)
    picture.fill(RED)
    for row in range(count):
        item = QStandardItem()
        item.setData(picture, Qt.ItemDataRole.DecorationRole)
        item.setData(f"Picture {row}", Qt.ItemDataRole.AccessibleTextRole)
        model.appendRow(item)
    return model


def colours(image: QImage, x: int, y: int, count: int) -> list[QColor]:
    return [image.pixelColor(x + i, y) for i in range(count)]


def turn(strip: ThumbnailStrip, delta: QPoint) -> None:
    middle = QPointF(strip.viewport().rect().center())
    event = QWheelEvent(
        middle,
        strip.viewport().mapToGlobal(middle),
        QPoint(),
        delta,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip.viewport(), event)


@pytest.mark.parametrize("role", [BADGE, MARK, CAPTION], ids=["badge", "mark", "caption"])
def test_what_else_the_model_says_stands_on_or_under_the_picture(qtbot: QtBot, role: int) -> None:
    strip = ThumbnailStrip(72, caption=CAPTION_HEIGHT)
    qtbot.addWidget(strip)
    model = model_of(1, strip)
    strip.setModel(model)
    strip.resize(strip.sizeHint())
    before = strip.grab().toImage()
    model.item(0).setData("0.31", role)
    assert strip.grab().toImage() != before


def test_captions_take_their_height() -> None:
    plain, captioned = ThumbnailStrip(72), ThumbnailStrip(72, caption=CAPTION_HEIGHT)
    assert captioned.sizeHint().height() - plain.sizeHint().height() == CAPTION_HEIGHT
