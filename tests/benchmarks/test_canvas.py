"""Figures of the canvas: what they are called, and when they are left out."""

import pytest

from t2i_studio.benchmarks import canvas
from t2i_studio.benchmarks.groups import Setting
from t2i_studio.benchmarks.painting import Figures
from t2i_studio.benchmarks.report import LeftOut
from t2i_studio.ui import requirements

SETTING = Setting("scenes", "cpu", 2)


def test_each_figure_has_its_median_and_what_99_percent_keep() -> None:
    figures = Figures(
        dabs={"dab of 50 px": [[0.001] * 99 + [0.009], [0.003] * 100]},
        excess=[0.5, 1.0],
        undo=[0.002, 0.004],
        pan=[[0.010], [0.012]],
        zoom=[[0.010], [0.020]],
        opening=[[0.001, 0.040], [0.030]],
        history_bytes=32 * 2**20,
    )
    found = {result.name: result for result in canvas._results(figures)}
    assert {name: result.value for name, result in found.items()} == pytest.approx(
        {
            "dab of 50 px": 3.0,
            "dab of 50 px, 99 %": 3.0,
            "pixels renewed / under a dab": 0.75,
            "undo of a stroke": 3.0,
            "history of 1,000 strokes": 32.0,
            "frame of a pan": 11.0,
            "frame of a pan, 99 %": 12.0,
            "frame of a zoom": 15.0,
            "frame of a zoom, 99 %": 20.0,
            "longest wait while a picture opens": 40.0,
        }
    )
    targets = {name: result.target for name, result in found.items()}
    assert targets["dab of 50 px"] == 4
    assert targets["undo of a stroke"] == 10
    assert targets["history of 1,000 strokes"] == 64
    assert targets["frame of a zoom, 99 %"] == 16.7
    assert targets["longest wait while a picture opens"] == 50


def test_without_what_qt_needs_it_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "missing", lambda: ["Qt needs libEGL.so.1."])
    (left,) = canvas.canvas(SETTING)
    assert isinstance(left, LeftOut)
    assert left.note == "Qt needs libEGL.so.1."
