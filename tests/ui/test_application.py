"""Signals close the window; exceptions that nobody caught are told and logged."""

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.ui.application import catch_exceptions, closing_on_signals


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_while_qt_waits(qtbot: QtBot, name: signal.Signals) -> None:
    closed: list[bool] = []
    before = signal.getsignal(name)
    with closing_on_signals(lambda: closed.append(True)):
        os.kill(os.getpid(), name)
        assert closed == []  # not in the middle of what runs
        qtbot.waitUntil(lambda: closed == [True])
    assert signal.getsignal(name) is before


def test_what_nobody_caught_is_told_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    told: list[Exception] = []
    catch_exceptions(told.append)
    error = ValueError("odd")
    sys.excepthook(ValueError, error, None)
    assert told == [error]
    assert "not caught" in caplog.text


def test_ending_the_program_is_nobodys_error(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[type] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda kind, error, trace: ended.append(kind))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    catch_exceptions(lambda error: pytest.fail("told"))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert ended == [KeyboardInterrupt]
