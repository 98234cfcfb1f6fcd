"""Dragging: what is measured in the real window, over the fake backend."""

import pytest
from PySide6.QtWidgets import QApplication

from t2i_studio.benchmarks import dragging
from t2i_studio.benchmarks.groups import Setting
from tests.studio.conftest import fake_registry


def test_every_drag_is_followed_and_settles(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dragging, "MOVES", 4)
    drags = dragging.measured(Setting("scenes", "cpu", 2, lambda device: fake_registry()))
    assert len(drags.settled) == len(drags.waits) == 2
    assert len(drags.coarse) >= 2
    assert min(drags.coarse + drags.settled) > 0
    assert all(sum(waits) > 4 * dragging.FRAME_MS / 1000 for waits in drags.waits)
