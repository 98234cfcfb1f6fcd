import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.number_field import Number, NumberField


@pytest.fixture
def steps(qtbot: QtBot, qapp: QApplication) -> NumberField:
    theme.apply(qapp, theme.DARK)
    field = NumberField(15, 1, 100)
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def heard(steps: NumberField) -> list[Number | None]:
    values: list[Number | None] = []
    steps.value_changed.connect(values.append)
    return values


def test_begins_with_the_default_and_says_so(steps: NumberField) -> None:
    assert steps.value is None
    assert steps.spin.text() == "15 (default)"
    assert not steps.reset.isVisible()


def test_a_changed_number_can_be_reset(
    qtbot: QtBot, steps: NumberField, heard: list[Number | None]
) -> None:
    qtbot.keyClick(steps.spin, Qt.Key.Key_Up)
    assert (steps.value, steps.spin.text()) == (16, "16")
    assert steps.reset.isVisible()
    qtbot.mouseClick(steps.reset, Qt.MouseButton.LeftButton)
    assert (steps.value, steps.spin.text()) == (None, "15 (default)")
    assert heard == [16, None]


def test_typing_over_the_default_keeps_what_is_typed(qtbot: QtBot, steps: NumberField) -> None:
    steps.spin.setFocus()
    steps.spin.selectAll()
    qtbot.keyClicks(steps.spin, "42")
    assert steps.value == 42
    assert steps.spin.text() == "42"


def test_a_whole_number_is_an_int(qtbot: QtBot, steps: NumberField) -> None:
    qtbot.keyClick(steps.spin, Qt.Key.Key_Down)
    assert isinstance(steps.value, int)


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (2.5, "2.5"), (2.25, "2.25"), (9.0, "9")])
def test_other_numbers_are_written_without_needless_zeros(
    qtbot: QtBot, value: float, text: str
) -> None:
    field = NumberField(7.0, 0.0, 20.0)
    qtbot.addWidget(field)
    field.set_value(value)
    assert field.value == value
    assert field.spin.text() == text


def test_setting_tells_nobody(steps: NumberField, heard: list[Number | None]) -> None:
    steps.set_value(20)
    assert steps.value == 20
    steps.set_value(None)
    assert steps.value is None
    assert heard == []


def test_the_default_can_be_chosen_as_a_number(steps: NumberField) -> None:
    steps.set_value(15)
    assert (steps.value, steps.spin.text()) == (15, "15")


def test_numbers_carry_their_unit(qtbot: QtBot) -> None:
    field = NumberField(4, 0, 256, suffix=" px")
    qtbot.addWidget(field)
    assert field.spin.text() == "4 px (default)"
    field.set_value(8)
    assert field.spin.text() == "8 px"


def test_the_wheel_changes_it_only_while_focused(qtbot: QtBot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    column, field, other = QVBoxLayout(panel), NumberField(15, 1, 100), QLineEdit()
    column.addWidget(field)
    column.addWidget(other)
    panel.show()
    panel.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    turn(field)
    assert field.value is None
    field.setFocus()
    turn(field)
    assert field.value == 16


def test_the_reset_button_does_not_cover_the_number(steps: NumberField) -> None:
    steps.resize(140, 28)
    steps.set_value(20)
    line = steps.spin.lineEdit()
    end = line.x() + line.width() - line.textMargins().right()
    assert end <= steps.reset.x()


def test_the_name_reaches_what_is_focused(steps: NumberField) -> None:
    steps.setAccessibleName("Decoder Steps")
    assert steps.spin.accessibleName() == "Decoder Steps"
    assert steps.reset.accessibleName() == "Reset Decoder Steps"


def turn(field: NumberField) -> None:
    middle = QPointF(field.spin.rect().center())
    event = QWheelEvent(
        middle,
        field.spin.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.spin, event)
