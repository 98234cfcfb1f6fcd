import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QColorDialog
from pytestqt.qtbot import QtBot

from t2i_studio.ui.widgets.colour_button import ColourButton


@pytest.fixture
def button(qtbot: QtBot) -> ColourButton:
    button = ColourButton("Colour of the brush")
    qtbot.addWidget(button)
    button.set_colour("#FF8000")
    return button


def middle(button: ColourButton) -> str:
    image = button.icon().pixmap(button.iconSize()).toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name()


def test_it_shows_its_colour_and_says_it(button: ColourButton) -> None:
    assert middle(button) == "#ff8000"
    assert button.accessibleName() == "Colour of the brush"
    assert button.accessibleDescription() == "#ff8000"


def test_a_choice_is_told_as_it_is_kept(button: ColourButton) -> None:
    told: list[str] = []
    button.colour_changed.connect(told.append)
    button.click()
    dialog = button.findChild(QColorDialog)
    assert dialog is not None
    assert dialog.currentColor() == QColor("#FF8000")
    dialog.setCurrentColor(QColor("#0080ff"))
    dialog.accept()
    assert told == ["#0080FF"]
    assert middle(button) == "#0080ff"


def test_a_cancelled_dialog_changes_nothing(button: ColourButton) -> None:
    told: list[str] = []
    button.colour_changed.connect(told.append)
    button.click()
    dialog = button.findChild(QColorDialog)
    assert dialog is not None
    dialog.setCurrentColor(QColor("#0080ff"))
    dialog.reject()
    assert told == []
    assert middle(button) == "#ff8000"


def test_it_is_drawn_anew_when_the_theme_changes(button: ColourButton) -> None:
    before = button.icon().cacheKey()
    QApplication.sendEvent(button, QEvent(QEvent.Type.PaletteChange))
    assert button.icon().cacheKey() != before
    assert middle(button) == "#ff8000"
