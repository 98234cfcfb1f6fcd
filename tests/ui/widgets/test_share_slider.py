import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.share_slider import KNOB, ShareSlider

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot: QtBot, qapp: QApplication) -> ShareSlider:
    theme.apply(qapp, theme.DARK)
    return shown(qtbot, ShareSlider(default=0.35))


@pytest.fixture
def changes(slider: ShareSlider) -> list[float]:
    return recorded(slider.value_changed)


@pytest.fixture
def rests(slider: ShareSlider) -> list[float]:
    return recorded(slider.settled)


def shown(qtbot: QtBot, slider: ShareSlider) -> ShareSlider:
    slider.setAccessibleName("Theta")
    qtbot.addWidget(slider)
    slider.resize(300, 28)
    slider.show()
    slider.activateWindow()
    slider.setFocus()
    qtbot.waitUntil(slider.track.hasFocus)
    return slider


def recorded(signal: object) -> list[float]:
    heard: list[float] = []
    signal.connect(heard.append)  # type: ignore[attr-defined]  # a bound signal
    return heard


def is_waiting(slider: ShareSlider) -> bool:
    timer = slider.findChild(QTimer)
    assert timer is not None
    return timer.isActive()


def at(slider: ShareSlider, share: float) -> QPoint:
    room = slider.track.width() - KNOB
    return QPoint(round(KNOB / 2 + share * room), slider.track.height() // 2)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Left, 0.34),
        (Qt.Key.Key_Right, 0.36),
        (Qt.Key.Key_PageUp, 0.45),
        (Qt.Key.Key_PageDown, 0.25),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, 1.0),
    ],
)
def test_keys_turn_it(
    qtbot: QtBot, slider: ShareSlider, changes: list[float], key: Qt.Key, value: float
) -> None:
    qtbot.keyClick(slider.track, key)
    assert changes == [value]
    assert slider.number.text() == f"{value:.2f}"


def test_keys_settle_once_after_a_rest(
    qtbot: QtBot, slider: ShareSlider, rests: list[float]
) -> None:
    with qtbot.waitSignal(slider.settled):
        for _ in range(3):
            qtbot.keyClick(slider.track, Qt.Key.Key_Right)
        assert rests == []
    assert rests == [0.38]


def test_dragging_changes_all_the_time_and_settles_on_release(
    qtbot: QtBot, slider: ShareSlider, changes: list[float], rests: list[float]
) -> None:
    qtbot.mousePress(slider.track, LEFT, pos=at(slider, 0.35))
    qtbot.mouseMove(slider.track, at(slider, 0.6))
    qtbot.mouseMove(slider.track, at(slider, 0.8))
    assert changes == [0.6, 0.8]
    assert rests == []
    qtbot.mouseRelease(slider.track, LEFT, pos=at(slider, 0.8))
    assert rests == [0.8]


def test_a_hand_that_holds_still_rests_before_it_lets_go(
    qtbot: QtBot, slider: ShareSlider, rests: list[float]
) -> None:
    qtbot.keyClick(slider.track, Qt.Key.Key_Right)
    qtbot.mousePress(slider.track, LEFT, pos=at(slider, 0.9))
    qtbot.waitUntil(lambda: rests == [0.9])
    qtbot.mouseRelease(slider.track, LEFT, pos=at(slider, 0.9))
    assert rests == [0.9]


def test_a_click_on_the_knob_changes_nothing(
    qtbot: QtBot, slider: ShareSlider, changes: list[float], rests: list[float]
) -> None:
    qtbot.mouseClick(slider.track, LEFT, pos=at(slider, 0.35) + QPoint(4, 0))
    qtbot.mouseClick(slider.track, Qt.MouseButton.RightButton, pos=at(slider, 0.9))
    assert (changes, rests) == ([], [])


def test_a_double_click_goes_back_to_the_default(
    qtbot: QtBot, slider: ShareSlider, rests: list[float]
) -> None:
    slider.set_value(0.9)
    qtbot.mouseDClick(slider.track, LEFT, pos=at(slider, 0.9))
    assert slider.value == 0.35
    assert rests[-1] == 0.35


def test_what_the_owner_sets_is_not_told(
    slider: ShareSlider, changes: list[float], rests: list[float]
) -> None:
    slider.set_value(0.5)
    assert (slider.value, slider.number.text()) == (0.5, "0.50")
    slider.set_value(7)
    assert slider.value == 1
    assert (changes, rests) == ([], [])
    assert not is_waiting(slider)


def test_an_owner_that_tells_the_value_back_does_not_keep_it_from_settling(
    qtbot: QtBot, slider: ShareSlider
) -> None:
    slider.value_changed.connect(slider.set_value)
    with qtbot.waitSignal(slider.settled) as heard:
        qtbot.keyClick(slider.track, Qt.Key.Key_End)
    assert heard.args == [1.0]


@pytest.mark.parametrize(("text", "value"), [("0.5", 0.5), ("0,42", 0.42), ("1", 1.0)])
def test_a_number_can_be_typed(qtbot: QtBot, slider: ShareSlider, text: str, value: float) -> None:
    typed(qtbot, slider, text)
    assert slider.number.text() == text
    qtbot.keyClick(slider.number, Qt.Key.Key_Return)
    assert (slider.value, slider.number.text()) == (value, f"{value:.2f}")


@pytest.mark.parametrize("text", ["2", "-1", "much", "nan", "inf"])
def test_what_is_no_number_of_the_range_is_marked_and_goes(
    qtbot: QtBot, slider: ShareSlider, changes: list[float], text: str
) -> None:
    slider.number.setFocus()
    slider.number.selectAll()
    QTest.keyClicks(slider.number, text)
    assert slider.number.property("invalid")
    slider.setFocus()
    assert slider.number.text() == "0.35"
    assert not slider.number.property("invalid")
    assert changes == []


def test_the_number_can_be_stepped_as_well(qtbot: QtBot, slider: ShareSlider) -> None:
    slider.number.setFocus()
    qtbot.keyClick(slider.number, Qt.Key.Key_Up)
    assert slider.number.text() == "0.36"
    qtbot.keyClick(slider.number, Qt.Key.Key_PageDown)
    assert slider.number.text() == "0.26"


def test_the_wheel_turns_it_only_while_focused(qtbot: QtBot, slider: ShareSlider) -> None:
    slider.number.setFocus()
    turn(slider.track)
    assert slider.value == 0.35
    slider.setFocus()
    turn(slider.track)
    assert slider.value > 0.35


def test_hidden_it_waits_no_more_and_settles_when_it_is_back(
    qtbot: QtBot, slider: ShareSlider, rests: list[float]
) -> None:
    qtbot.keyClick(slider.track, Qt.Key.Key_End)
    slider.hide()
    assert not is_waiting(slider)
    with qtbot.waitSignal(slider.settled):
        slider.show()
    assert rests == [1.0]


def test_other_ranges_begin_at_their_default(qtbot: QtBot, qapp: QApplication) -> None:
    slider = shown(qtbot, ShareSlider(0, -3, 3, zone=None))
    assert (slider.value, slider.number.text()) == (0, "0.00")
    qtbot.keyClick(slider.track, Qt.Key.Key_Home)
    assert slider.number.text() == "-3.00"
    assert not slider.grab().isNull()


def test_screen_readers_hear_name_and_value(slider: ShareSlider) -> None:
    interface = QAccessible.queryAccessibleInterface(slider.track)
    assert interface.role() == QAccessible.Role.Slider
    assert slider.track.accessibleName() == "Theta"
    assert slider.track.accessibleDescription() == "0.35, usual 0.25 to 0.50"
    assert slider.number.accessibleName() == "Theta, number"
    slider.set_value(0.5)
    assert slider.track.accessibleDescription().startswith("0.50")


def typed(qtbot: QtBot, slider: ShareSlider, text: str) -> None:
    slider.number.setFocus()
    slider.number.selectAll()
    qtbot.keyClicks(slider.number, text)


def turn(widget: QWidget) -> None:
    QTest.wheelEvent(widget.window().windowHandle(), middle_of(widget), QPoint(0, 120))


def middle_of(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), widget.rect().center())
