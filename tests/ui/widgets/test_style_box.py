import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from t2i_studio.studio.prompting.styles import Style
from t2i_studio.ui.widgets.style_box import StyleBox

STYLES = (
    Style(name="Night", prompt="{prompt} at night", negative_prompt="sun"),
    Style(name="Winter", prompt="{prompt} in winter"),
)


@pytest.fixture
def box(qtbot: QtBot) -> StyleBox:
    box = StyleBox()
    qtbot.addWidget(box)
    box.show_styles(STYLES)
    box.show()
    return box


def names(box: StyleBox) -> list[str]:
    return [box.box.itemText(row) for row in range(box.box.count())]


def test_no_style_comes_first(box: StyleBox) -> None:
    assert names(box) == ["No style", "Night", "Winter"]
    assert box.box.currentText() == "No style"


def test_keys_choose_a_style(qtbot: QtBot, box: StyleBox) -> None:
    heard: list[str] = []
    box.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home):
        qtbot.keyClick(box.box, key)
    assert heard == ["Night", "Winter", ""]


def test_a_style_that_is_set_is_told_to_nobody(qtbot: QtBot, box: StyleBox) -> None:
    with qtbot.assertNotEmitted(box.chosen):
        box.set_chosen("night")
    assert box.box.currentText() == "Night"
    assert "{prompt} at night" in box.box.toolTip()
    assert "Negative prompt: sun" in box.box.toolTip()


def test_a_style_that_is_missing_stays_chosen_until_it_is_back(box: StyleBox) -> None:
    box.set_chosen("Lost")
    assert box.box.currentText() == "Lost (missing)"
    box.show_styles((*STYLES, Style(name="Lost")))
    assert box.box.currentText() == "Lost"
    box.set_chosen("")
    assert names(box) == ["No style", "Night", "Winter", "Lost"]


def test_the_button_asks_for_the_styles(qtbot: QtBot, box: StyleBox) -> None:
    with qtbot.waitSignal(box.manage_requested):
        qtbot.mouseClick(box.manage, Qt.MouseButton.LeftButton)


def test_a_long_name_does_not_make_it_wider(box: StyleBox) -> None:
    before = box.sizeHint().width()
    box.show_styles([Style(name="x" * 100)])
    assert box.minimumSizeHint().width() <= before
