"""Signals close the window; exceptions that nobody caught are told and logged."""

import os
import signal
import subprocess
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


@pytest.mark.parametrize(
    ("scale", "environment", "expected"),
    [(100, {}, "1.0"), (150, {}, "1.5"), (150, {"QT_SCALE_FACTOR": "2"}, "2.0")],
    ids=["as it is", "preferred", "the system's word counts"],
)
def test_the_window_is_as_large_as_preferred(
    scale: int, environment: dict[str, str], expected: str
) -> None:
    code = (
        "from t2i_studio.studio.preferences import Preferences;"
        "from t2i_studio.ui.application import make_application;"
        f"app = make_application(Preferences(scale={scale}, theme='Light', language='de'));"
        "from t2i_studio.ui import theme; from t2i_studio.core.words import tr;"
        "print(app.devicePixelRatio(), theme.current().name, tr('Layers'))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert answer.stdout.split() == [expected, "light", "Ebenen"]
