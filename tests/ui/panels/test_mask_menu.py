from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.mask_tools import feather, grow, shrink
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.cover_work import CoverWork
from t2i_studio.studio.session import Session
from t2i_studio.ui.panels.mask_menu import FEATHER, GROW, SHRINK, MaskMenu

BOX = Bounds(60, 50, 40, 30)


@pytest.fixture
def menu(qtbot: QtBot, desk: Session) -> Iterator[MaskMenu]:
    pixels = np.zeros((150, 200), np.uint8)
    pixels[BOX.slices] = 255
    desk.document.change_mask(pixels, "Box")
    button = QPushButton("Mask")
    qtbot.addWidget(button)
    button.show()
    menu = MaskMenu(desk.document, CoverWork(desk.document, InlineBackground()), button)
    yield menu
    menu.popover.hide()


@pytest.mark.parametrize(
    ("what", "change", "name"),
    [
        (GROW, grow, "Grow mask"),
        (SHRINK, shrink, "Shrink mask"),
        (FEATHER, feather, "Feather mask"),
    ],
)
def test_an_amount_is_asked_for_and_applied_in_one_step(
    menu: MaskMenu, desk: Session, what: str, change: object, name: str
) -> None:
    before = desk.document.mask_pixels.copy()
    menu.amounts[what].trigger()
    assert menu.popover.isVisible()
    assert menu.popover.amount.hasFocus()
    assert menu.popover.apply.text() == what
    menu.popover.amount.setValue(5)
    menu.popover.apply.click()
    assert menu.popover.isHidden()
    assert np.array_equal(desk.document.mask_pixels, change(before, 5))  # type: ignore[operator]  # one of three
    assert desk.document.history.undo_name == name


def test_return_applies_and_escape_does_not(menu: MaskMenu, desk: Session) -> None:
    menu.ask(GROW)
    QTest.keyClick(menu.popover.amount, Qt.Key.Key_Escape)
    assert menu.popover.isHidden()
    assert desk.document.mask.bounds == BOX
    menu.ask(GROW)
    menu.popover.amount.setValue(3)
    QTest.keyClick(menu.popover.amount, Qt.Key.Key_Return)
    assert desk.document.mask.bounds == BOX.padded(3)


def test_the_last_amount_of_each_is_kept(menu: MaskMenu) -> None:
    menu.ask(GROW)
    menu.popover.amount.setValue(21)
    menu.popover.apply.click()
    menu.ask(FEATHER)
    assert menu.popover.amount.value() == 8
    menu.ask(GROW)
    assert menu.popover.amount.value() == 21


def test_invert_and_clear(menu: MaskMenu, desk: Session) -> None:
    menu.invert.trigger()
    assert desk.document.mask_pixels[0, 0] == 255
    menu.clear_mask.trigger()
    assert not desk.document.has_mask


def test_files_are_left_to_whoever_hears(menu: MaskMenu) -> None:
    asked: list[str] = []
    menu.import_requested.connect(lambda: asked.append("import"))
    menu.export_requested.connect(lambda: asked.append("export"))
    menu.load.trigger()
    menu.export.trigger()
    assert asked == ["import", "export"]


def test_only_what_can_be_done_is_offered(menu: MaskMenu, desk: Session) -> None:
    menu.aboutToShow.emit()
    assert all(action.isEnabled() for action in menu.amounts.values())
    desk.document.clear_mask()
    menu.aboutToShow.emit()
    assert not any(action.isEnabled() for action in menu.amounts.values())
    assert not menu.export.isEnabled()
    assert menu.invert.isEnabled()
    desk.document.close()
    menu.aboutToShow.emit()
    assert not menu.invert.isEnabled()
    assert not menu.load.isEnabled()
