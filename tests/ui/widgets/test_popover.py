import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui.widgets.popover import Popover


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(400, 300)
    place.show()
    return place


def opened(place: QWidget, at: QPoint) -> tuple[Popover, QPushButton]:
    button = QPushButton("Open", place)
    button.move(at)
    button.show()
    popover = Popover(button)
    popover.column.addWidget(QCheckBox("One"))
    popover.column.addWidget(QCheckBox("Two"))
    popover.open_at(button)
    return popover, button


def test_it_opens_below_its_button(place: QWidget) -> None:
    popover, button = opened(place, QPoint(50, 50))
    assert popover.isVisible()
    assert popover.y() >= button.mapToGlobal(QPoint(0, button.height())).y()
    popover.hide()


def test_it_opens_above_where_there_is_no_room_below(place: QWidget) -> None:
    screen = place.screen().availableGeometry()
    place.move(screen.right() - 60, screen.bottom() - 80)
    popover, button = opened(place, QPoint(10, 40))
    assert popover.geometry().bottom() < button.mapToGlobal(QPoint(0, 0)).y()
    assert screen.contains(popover.geometry())
    popover.hide()


def test_the_first_control_has_the_focus_and_escape_closes(place: QWidget) -> None:
    popover, _ = opened(place, QPoint(50, 50))
    boxes = popover.findChildren(QCheckBox)
    QApplication.processEvents()
    assert popover.focusWidget() is boxes[0]
    QTest.keyClick(boxes[0], Qt.Key.Key_Tab)
    assert popover.focusWidget() is boxes[1]
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert popover.isHidden()
