from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.background import InlineBackground
from t2i_studio.ui import theme
from t2i_studio.ui.explorer.mix_tab import MixTab
from tests.studio.conftest import Bench
from tests.studio.conftest import bench as bench  # a fixture

RED = Image.filled(Extent(8, 8), (200, 40, 40))


@pytest.fixture
def tab(qtbot: QtBot, qapp: QApplication, bench: Bench) -> Iterator[MixTab]:
    theme.apply(qapp, theme.DARK)
    tab = MixTab(bench.session, InlineBackground())
    qtbot.addWidget(tab)
    tab.resize(336, 560)
    tab.show()
    yield tab
    tab.unbind()


def titles(bench: Bench) -> list[str]:
    return [pick.title for pick in bench.session.explorer.state.picks]


def test_two_corners_make_a_mix_and_the_hint_goes(tab: MixTab, bench: Bench) -> None:
    assert not tab.hint.isHidden()
    assert not tab.strip.button.isEnabled()
    tab.put_prompt(0, "red")
    tab.put_prompt(1, "blue")
    assert tab.hint.isHidden()
    assert tab.strip.button.isEnabled()
    assert bench.session.explorer.state.uses_mix


def test_an_empty_prompt_is_told(tab: MixTab, bench: Bench) -> None:
    tab.put_prompt(0, "   ")
    assert "empty" in bench.notices[-1].text
    assert titles(bench) == []


def test_dragging_the_point_moves_the_mix(tab: MixTab, bench: Bench) -> None:
    tab.put_prompt(0, "red")
    tab.put_prompt(1, "blue")
    tab.board.moved.emit(0.25, 0.0)
    tab.board.settled.emit(0.25, 0.0)
    bench.run()
    explorer = bench.session.explorer
    assert explorer.state.point == (0.25, 0.0)
    assert explorer.result is not None
    assert explorer.result.image.pixels.mean(axis=(0, 1)) == pytest.approx([160, 48, 80], abs=4)


def test_pictures_texts_and_files_can_be_dropped(tab: MixTab, bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(RED.to_png())
    green = QImage(4, 4, QImage.Format.Format_RGB32)
    green.fill(QColor("green"))
    tab.board.corner_dropped.emit(0, [str(tmp_path / "red.png")])
    tab.board.corner_dropped.emit(1, green)
    tab.board.corner_dropped.emit(3, "a blue sky")
    assert titles(bench) == ["red.png", "Picture", "a blue sky"]


def test_a_file_that_is_no_picture_is_told(tab: MixTab, bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"no")
    tab.board.corner_dropped.emit(0, [str(tmp_path / "x.png")])
    assert "not a picture" in bench.notices[-1].text


def test_the_noise_of_the_pictures_can_be_mixed_too(tab: MixTab, bench: Bench) -> None:
    tab.noise.click()
    assert bench.session.explorer.state.noise == "inverted"
    bench.session.explorer.undo()
    assert not tab.noise.isChecked()


def test_a_corner_takes_the_canvas_and_is_cleared(tab: MixTab, bench: Bench) -> None:
    actions = {action.text(): action for action in tab.corner_menu(0).actions()}
    actions["Picture on the canvas"].trigger()
    assert "no picture" in bench.notices[-1].text
    bench.session.open_picture(RED)
    actions["Picture on the canvas"].trigger()
    assert titles(bench) == ["Picture"]
    {action.text(): action for action in tab.corner_menu(0).actions()}["Clear corner"].trigger()
    assert titles(bench) == []


def test_clearing_the_board_goes_back_to_the_single_picture(tab: MixTab, bench: Bench) -> None:
    tab.put_prompt(0, "red")
    tab.put_prompt(1, "blue")
    tab.clear.click()
    assert not bench.session.explorer.state.uses_mix
    assert titles(bench) == []
