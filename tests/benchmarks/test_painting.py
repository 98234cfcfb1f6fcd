"""The canvas under a hand: what is measured, with a picture that is small enough for a test."""

import pytest
from PySide6.QtWidgets import QApplication

from t2i_studio.benchmarks import painting
from t2i_studio.benchmarks.painting import BRUSHES, DABS, FRAMES, Figures
from t2i_studio.core.geometry import Extent
from t2i_studio.studio.document import Document

SMALL = Extent(900, 700)


@pytest.fixture(scope="module")
def figures(qapp: QApplication) -> Figures:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(painting, "STROKES", 20)
        patch.setattr(painting, "SETTLE_MS", 20)
        return painting.measured(2, SMALL)


def test_each_round_is_measured_and_the_first_is_left_out(figures: Figures) -> None:
    assert set(figures.dabs) == set(BRUSHES)
    assert [len(each) for rounds in figures.dabs.values() for each in rounds] == 2 * len(
        BRUSHES
    ) * [DABS]
    for rounds in (figures.pan, figures.zoom):
        assert [len(each) for each in rounds] == [FRAMES, FRAMES]
    assert len(figures.opening) == 2
    assert len(figures.undo) == 2 * len(BRUSHES)


def test_everything_takes_time(figures: Figures) -> None:
    every = [*figures.undo, *(s for rounds in figures.dabs.values() for r in rounds for s in r)]
    every += [
        s for rounds in (figures.pan, figures.zoom, figures.opening) for r in rounds for s in r
    ]
    assert min(every) > 0


def test_a_dab_renews_no_more_than_its_rectangle(figures: Figures) -> None:
    assert 0 < min(figures.excess) <= max(figures.excess) <= 1


def test_every_stroke_stays_in_the_history(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painting, "STROKES", 20)
    with painting.open_easel(SMALL) as easel:
        document: Document = easel.document
        size = easel.fill_history()
        assert size == document.history.size_bytes > 0
        assert len(document.history.steps) == 20 + 1  # and the layer
