import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui.widgets import toast as module
from t2i_studio.ui.widgets.toast import ToastHost


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    return window


@pytest.fixture
def host(window: QWidget) -> ToastHost:
    return ToastHost(window)


def texts(host: ToastHost) -> list[str]:
    return [toast.label.text() for toast in host.toasts]


def test_nothing_lies_over_the_window_without_messages(host: ToastHost) -> None:
    assert not host.isVisible()


def test_a_message_stands_in_the_corner(window: QWidget, host: ToastHost) -> None:
    host.show_message("Saved.", "ok")
    assert host.isVisible()
    assert host.geometry().bottomRight() == window.rect().bottomRight()
    window.resize(500, 400)
    assert host.geometry().bottomRight() == window.rect().bottomRight()


def test_the_newest_of_three_is_at_the_bottom(host: ToastHost) -> None:
    for text in "abcd":
        host.show_message(text)
    assert texts(host) == ["b", "c", "d"]
    tops = [toast.y() for toast in host.toasts]
    assert tops == sorted(tops)


def test_long_messages_are_shown_whole(host: ToastHost) -> None:
    toast = host.show_message("word " * 60, "warn", action_text="Undo")
    host.layout().activate()  # type: ignore[union-attr]  # it has one
    label = toast.label
    assert label.height() >= label.heightForWidth(label.width())
    assert host.rect().contains(toast.geometry())


def test_the_same_message_is_counted(host: ToastHost) -> None:
    first = host.show_message("Full.", "danger")
    assert host.show_message("Full.", "danger") is first
    assert host.show_message("Full.", "warn") is not first
    assert texts(host) == ["Full. (×2)", "Full."]


def test_markup_is_shown_as_it_is(host: ToastHost) -> None:
    toast = host.show_message("<b>a</b>")
    assert toast.label.textFormat() == Qt.TextFormat.PlainText


def test_the_action_runs_once_and_closes(qtbot: QtBot, host: ToastHost) -> None:
    done: list[str] = []
    toast = host.show_message("Deleted.", action_text="Undo", action=lambda: done.append("undone"))
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert host.toasts == ()
    assert not host.isVisible()


@pytest.mark.parametrize("level", ["info", "danger"])
def test_the_button_of_a_counted_message_does_all_of_it(
    qtbot: QtBot, host: ToastHost, level: str
) -> None:
    done: list[int] = []
    for number in range(3):
        host.show_message("Gone.", level, "Undo", lambda number=number: done.append(number))
    assert texts(host) == ["Gone. (×3)"]
    qtbot.mouseClick(host.toasts[0].button, Qt.MouseButton.LeftButton)
    assert done == [0, 1, 2]
    assert host.toasts == ()


def test_messages_with_other_buttons_are_not_counted_as_one(host: ToastHost) -> None:
    host.show_message("Gone.")
    host.show_message("Gone.", action_text="Undo", action=host.clear)
    assert texts(host) == ["Gone.", "Gone."]


def test_a_failure_that_can_be_put_right_stays(host: ToastHost) -> None:
    failure = host.show_message("Not saved.", "danger", "Try again", host.clear)
    assert not failure._timer.isActive()
    for text in "abcd":
        host.show_message(text)
    assert texts(host) == ["Not saved.", "c", "d"]
    host.show_message("Not saved.", "danger", "Try again", host.clear)
    assert texts(host) == ["Not saved. (×2)", "c", "d"]
    assert not failure._timer.isActive()


@pytest.mark.parametrize(("level", "action_text"), [("danger", ""), ("info", "Undo")])
def test_other_messages_go_by_themselves(host: ToastHost, level: str, action_text: str) -> None:
    action = host.clear if action_text else None
    assert host.show_message("a", level, action_text, action)._timer.isActive()
    host.clear()


def test_without_an_action_there_is_no_button(host: ToastHost) -> None:
    assert not host.show_message("Saved.").button.isVisible()


def test_the_cross_and_escape_close(qtbot: QtBot, host: ToastHost) -> None:
    host.show_message("a", seconds=0)
    host.show_message("b", seconds=0)
    qtbot.mouseClick(host.toasts[1].close_button, Qt.MouseButton.LeftButton)
    assert texts(host) == ["a"]
    host.toasts[0].close_button.setFocus()
    qtbot.keyClick(host.toasts[0].close_button, Qt.Key.Key_A)
    assert texts(host) == ["a"]
    qtbot.keyClick(host.toasts[0].close_button, Qt.Key.Key_Escape)
    assert host.toasts == ()


def test_time_closes(qtbot: QtBot, host: ToastHost) -> None:
    host.show_message("a", seconds=0.01)
    qtbot.waitUntil(lambda: host.toasts == ())


def test_no_timer_runs_for_what_stays_or_is_closed(host: ToastHost) -> None:
    stays = host.show_message("a", seconds=0)
    assert not stays._timer.isActive()
    goes = host.show_message("b", seconds=60)
    assert goes._timer.isActive()
    host.clear()
    assert not goes._timer.isActive()


def test_it_waits_under_the_mouse(host: ToastHost) -> None:
    toast = host.show_message("a", seconds=60)
    origin = QPointF(1, 1)
    QApplication.sendEvent(toast, QEnterEvent(origin, origin, origin))
    assert not toast._timer.isActive()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()
    host.clear()


def test_it_takes_no_focus(window: QWidget, host: ToastHost) -> None:
    edit = QLineEdit(window)
    edit.show()
    edit.setFocus()
    host.show_message("a", action_text="Undo")
    assert edit.hasFocus()
    host.clear()
    assert edit.hasFocus()


@pytest.mark.parametrize("level", ["info", "ok", "warn", "danger"])
def test_every_level_is_drawn(host: ToastHost, level: str) -> None:
    assert not host.show_message("a", level).grab().isNull()
    host.clear()


def test_screen_readers_are_told(host: ToastHost, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    class Listening(module.QAccessible):
        @staticmethod
        def isActive() -> bool:  # noqa: N802  # Qt's name
            return True

        @staticmethod
        def updateAccessibility(event: module.QAccessibleAnnouncementEvent) -> None:  # noqa: N802
            told.append(event.message())

    monkeypatch.setattr(module, "QAccessible", Listening)
    host.show_message("Disk full.", "danger")
    assert told == ["Disk full."]
    host.clear()
