import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from t2i_studio.ui.panels.brush_options import KNOTS
from t2i_studio.ui.widgets.slider_field import SliderField


@pytest.fixture
def field(qtbot: QtBot) -> SliderField:
    field = SliderField("Size", 1, 600, " px", KNOTS)
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize(
    ("place", "value"), [(0, 1), (40, 50), (55, 125), (70, 200), (85, 400), (100, 600)]
)
def test_the_slider_goes_from_knot_to_knot(field: SliderField, place: int, value: int) -> None:
    told: list[int] = []
    field.value_changed.connect(told.append)
    field.slider.setValue(50)
    field.slider.setValue(place)
    assert field.value == value
    assert told[-1] == value


@pytest.mark.parametrize("value", [1, 2, 49, 50, 51, 199, 333, 600])
def test_every_value_can_be_typed_and_stays(field: SliderField, value: int) -> None:
    told: list[int] = []
    field.set_value(300)
    field.value_changed.connect(told.append)
    field.number.setValue(value)
    assert told == [value]
    assert field.number.value() == value


def test_showing_a_value_tells_nobody(field: SliderField) -> None:
    told: list[int] = []
    field.value_changed.connect(told.append)
    field.set_value(200)
    assert told == []
    assert field.slider.value() == 70
    assert field.number.text() == "200 px"


def test_it_works_by_keyboard(field: SliderField) -> None:
    field.set_value(50)
    QTest.keyClick(field.slider, Qt.Key.Key_Right)
    assert field.value == 55
    QTest.keyClick(field.number, Qt.Key.Key_Up)
    assert field.value == 56


def test_both_parts_have_its_name(field: SliderField) -> None:
    field.set_tip("Tip")
    for part in (field.slider, field.number):
        assert part.accessibleName() == "Size"
        assert part.toolTip() == "Tip"


def test_without_knots_places_are_even(qtbot: QtBot) -> None:
    field = SliderField("Tolerance", 0, 255)
    qtbot.addWidget(field)
    field.slider.setValue(50)
    assert field.value == 128
