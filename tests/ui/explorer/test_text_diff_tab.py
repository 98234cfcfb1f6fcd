from collections.abc import Iterator
from pathlib import Path

import PIL.Image
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.gallery.exporters.carried import read_recipes
from t2i_studio.gallery.exporters.strip import save_gif, save_strip
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.explorer.exploration import DiffRow, Pick
from t2i_studio.studio.presets import DiffPreset
from t2i_studio.ui import theme
from t2i_studio.ui.explorer.text_diff_tab import PRESET_THETA, TextDiffTab
from tests.studio.conftest import Bench
from tests.studio.conftest import bench as bench  # a fixture

RED = Image.filled(Extent(8, 8), (200, 40, 40))


@pytest.fixture
def tab(qtbot: QtBot, qapp: QApplication, bench: Bench) -> Iterator[TextDiffTab]:
    theme.apply(qapp, theme.DARK)
    bench.session.explorer.explore(Pick.picture(RED, text="red"))
    bench.run()
    tab = TextDiffTab(bench.session, InlineBackground())
    qtbot.addWidget(tab)
    tab.resize(336, 480)
    tab.show()
    yield tab
    tab.unbind()


def state_rows(bench: Bench) -> tuple[DiffRow, ...]:
    return bench.session.explorer.state.rows


def test_the_first_row_starts_from_what_the_picture_shows(tab: TextDiffTab) -> None:
    assert tab.rows[0].before.text() == "red"
    assert not tab.rows[0].theta.isEnabled()
    assert tab.rows[0].problem.isHidden()


def test_typing_a_goal_lets_the_slider_move(tab: TextDiffTab, bench: Bench) -> None:
    QTest.keyClicks(tab.rows[0].after, "blue")
    assert tab.rows[0].theta.isEnabled()
    tab.rows[0].theta.setFocus()
    QTest.keyClick(tab.rows[0].theta.focusWidget() or tab.rows[0].theta, Qt.Key.Key_PageUp)
    assert state_rows(bench)[0] == DiffRow("red", "blue", 0.1)


def test_a_slider_that_moves_is_followed_coarsely_and_then_in_full(
    tab: TextDiffTab, bench: Bench
) -> None:
    explorer = bench.session.explorer
    explorer.set_rows([DiffRow("red", "blue", 0.1)], is_moving=False)
    bench.run()
    tab.rows[0].theta.set_value(0.4)
    tab.rows[0].theta.value_changed.emit(0.4)
    bench.run()
    assert explorer.is_coarse
    tab.rows[0].theta.settled.emit(0.4)
    bench.run()
    assert explorer.result is not None


def test_the_same_texts_are_told(tab: TextDiffTab, bench: Bench) -> None:
    QTest.keyClicks(tab.rows[0].after, "red")
    assert "nothing changes" in tab.rows[0].problem.text()
    assert not tab.rows[0].problem.isHidden()


def test_a_preset_fills_the_empty_row_and_then_adds_one(tab: TextDiffTab, bench: Bench) -> None:
    tab.use(DiffPreset("Blue", "red", "blue"))
    assert state_rows(bench) == (DiffRow("red", "blue", PRESET_THETA),)
    tab.use(DiffPreset("Green", "red", "green"))
    assert [row.after for row in state_rows(bench)] == ["blue", "green"]


def test_rows_are_moved_swapped_and_removed(tab: TextDiffTab, bench: Bench) -> None:
    rows = [DiffRow("a", "b", 0.1), DiffRow("c", "d", 0.2)]
    bench.session.explorer.set_rows(rows, is_moving=False)
    tab.rows[0].moved.emit(1)
    assert [row.before for row in state_rows(bench)] == ["c", "a"]
    tab.rows[1].moved.emit(1)  # there is nothing below it
    tab.rows[0]._swap()
    assert state_rows(bench)[0] == DiffRow("d", "c", 0.2)
    tab.rows[0].removed.emit()
    assert state_rows(bench) == (DiffRow("a", "b", 0.1),)
    assert len(tab.rows) == 1


def test_reset_brings_every_slider_back_and_undo_forth(tab: TextDiffTab, bench: Bench) -> None:
    bench.session.explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    tab.reset.click()
    assert tab.rows[0].theta.value == 0
    bench.session.explorer.undo()
    assert tab.rows[0].theta.value == 0.3


def test_a_strip_is_made_and_saved_with_its_recipes(
    tab: TextDiffTab, bench: Bench, tmp_path: Path
) -> None:
    bench.session.explorer.set_rows([DiffRow("red", "blue", 0.4)], is_moving=False)
    tab.strip.button.click()
    bench.run()
    assert len(tab.strip.strip.frames) == 7
    assert not tab.strip.export.isHidden()

    tab.strip.export.write(tmp_path / "strip.png", save_strip)
    tab.strip.export.write(tmp_path / "strip.gif", save_gif)

    recipes = read_recipes(tmp_path / "strip.png", bench.session.shelf.gallery)
    assert len(recipes) == 7
    assert recipes[-1].request.concept.edits[0].theta == 0.4  # type: ignore[union-attr]
    with PIL.Image.open(tmp_path / "strip.gif") as animation:
        assert animation.is_animated


def test_a_place_that_cannot_be_written_is_told(
    tab: TextDiffTab, bench: Bench, tmp_path: Path
) -> None:
    bench.session.explorer.set_rows([DiffRow("red", "blue", 0.4)], is_moving=False)
    tab.strip.button.click()
    bench.run()
    tab.strip.export.write(tmp_path, save_strip)
    assert "folder" in bench.notices[-1].text
