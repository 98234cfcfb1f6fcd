"""Figures of the window: what they are called, and when they are left out."""

import pytest
from PySide6.QtWidgets import QApplication

from t2i_studio.benchmarks import dragging, window
from t2i_studio.benchmarks.dragging import Drags
from t2i_studio.benchmarks.groups import Setting
from t2i_studio.benchmarks.report import LeftOut
from t2i_studio.ui import requirements
from tests.studio.conftest import fake_registry

SETTING = Setting("scenes", "cpu", 2, lambda device: fake_registry())


def test_waits_count_over_all_drags() -> None:
    drags = Drags([0.2, 0.1, 0.3], [1.0, 2.0], [[0.005] * 99 + [0.020], [0.005] * 99 + [0.040]])
    found = list(window._results("latent", drags))
    assert [result.value for result in found] == [200, 1500, 5, 40]
    assert [result.spread for result in found] == [50, 250, 0, 5]
    assert [result.target for result in found] == [250, 1500, 50, 50]
    assert len({result.name for result in found}) == 4


def test_without_what_qt_needs_they_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "missing", lambda: ["Qt needs libEGL.so.1."])
    (left,) = window.figures("latent", SETTING)
    assert isinstance(left, LeftOut)
    assert left.note == "Qt needs libEGL.so.1."


def test_on_no_screen_the_window_opens_off_screen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_LOGGING_RULES", "")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(dragging, "MOVES", 2)
    assert not requirements.has_display()
    assert len(list(window.figures("latent", SETTING))) == 4
    assert requirements.has_display()
