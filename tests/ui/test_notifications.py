"""Who is told that the queue is done, and how."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.studio.dispatch import Round
from t2i_studio.ui.notifications import Notifications, QtDesktop
from tests.ui.conftest import OpenStudio

LONG, SHORT = Round(6.0, 4, 0), Round(1.0, 1, 0)


class Desktop:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def beep(self) -> None:
        self.heard.append("beep")

    def notify(self, title: str, text: str) -> None:
        self.heard.append(f"{title}: {text}")

    def forget(self) -> None:
        self.heard.append("forget")


class Window(QWidget):
    """One that says of itself whether it is in front."""

    is_in_front = True

    def isActiveWindow(self) -> bool:  # noqa: N802  # Qt's name
        return self.is_in_front


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize(
    ("done", "is_in_front", "expected"),
    [
        pytest.param(LONG, True, True, id="it took long"),
        pytest.param(SHORT, True, False, id="somebody waited for it"),
        pytest.param(SHORT, False, True, id="somebody looked elsewhere"),
    ],
)
def test_who_was_away_is_told(
    studio: Studio, window: Window, done: Round, is_in_front: bool, expected: bool
) -> None:
    desktop = Desktop()
    studio.session.notify.has_sound = studio.session.notify.has_notification = True
    window.is_in_front = is_in_front
    notifications = Notifications(studio.session, window, desktop)
    studio.session.dispatcher.drained.emit(done)
    assert bool(desktop.heard) is expected
    notifications.unbind()


@pytest.mark.parametrize(
    ("has_sound", "has_notification", "expected"),
    [
        (False, False, []),
        (True, False, ["beep"]),
        (False, True, ["The queue is done: 4 pictures are ready."]),
        (True, True, ["The queue is done: 4 pictures are ready.", "beep"]),
    ],
)
def test_both_are_optional(
    studio: Studio, window: Window, has_sound: bool, has_notification: bool, expected: list[str]
) -> None:
    desktop, options = Desktop(), studio.session.notify
    options.has_sound, options.has_notification = has_sound, has_notification
    notifications = Notifications(studio.session, window, desktop)
    studio.session.dispatcher.drained.emit(LONG)
    assert desktop.heard == expected
    notifications.unbind()


def test_what_was_said_goes_when_the_window_is_looked_at(studio: Studio, window: Window) -> None:
    desktop = Desktop()
    notifications = Notifications(studio.session, window, desktop)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert desktop.heard == ["forget"]
    notifications.unbind()
    studio.session.notify.has_sound = True
    studio.session.dispatcher.drained.emit(LONG)
    assert "beep" not in desktop.heard


def test_the_system_is_asked_as_far_as_it_goes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, said, clicked, shown = QWidget(), [], [], []
    qtbot.addWidget(window)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, *texts: said.append(texts))
    # The offscreen platform warns when it is asked for a tray.
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _: shown.append(True))
    monkeypatch.setattr(QSystemTrayIcon, "hide", lambda _: shown.append(False))
    desktop = QtDesktop(window, lambda: clicked.append(True))
    desktop.forget()
    desktop.beep()
    for _ in range(2):
        desktop.notify("The queue is done", "1 picture is ready.")
    assert said == [("The queue is done", "1 picture is ready.")] * 2
    [tray] = window.findChildren(QSystemTrayIcon)
    tray.messageClicked.emit()
    tray.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert clicked == [True, True]
    desktop.forget()
    assert shown == [True, True, False]


def test_without_a_tray_the_window_is_marked_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, alerted = QWidget(), []
    qtbot.addWidget(window)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    monkeypatch.setattr(QApplication, "alert", staticmethod(lambda *args: alerted.append(args)))
    QtDesktop(window, lambda: None).notify("a", "b")
    assert len(alerted) == 1
    assert window.findChildren(QSystemTrayIcon) == []


def test_the_options_and_the_paces_are_there_again_after_a_restart(
    open_studio: OpenStudio, qtbot: QtBot
) -> None:
    first = open_studio()
    first.session.notify.has_sound = True
    first.session.settings.prompt = "a red cube"
    first.session.generate()
    qtbot.waitUntil(lambda: len(first.session.jobs) == 0)
    learnt = first.session.dispatcher.forecast.to_json()
    assert learnt["scenes"].keys() == {"prior", "decoder", "upsampler"}
    second = open_studio()
    assert second.session.notify.has_sound
    assert not second.session.notify.has_notification
    assert second.session.dispatcher.forecast.to_json() == learnt
