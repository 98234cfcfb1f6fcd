from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.candidate_tile import CandidateTile, wrapped
from t2i_studio.ui.widgets.candidate_tiles import CandidateTiles, Tile

RED = Image.filled(Extent(64, 64), (200, 0, 0))
LEFT = Qt.MouseButton.LeftButton
SCORES = (0.912, 0.880, 0.875, 0.700)
CANDIDATES = tuple(Tile(RED, "", score, f"Candidate of {score}") for score in SCORES)
ABLATION = tuple(
    Tile(RED, title, None, "") for title in ("Caption only", "Text embedding", "Prior")
)


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication) -> CandidateTiles:
    theme.apply(qapp, theme.DARK)
    grid = CandidateTiles()
    qtbot.addWidget(grid)
    grid.resize(320, 400)
    grid.show_candidates(CANDIDATES)
    grid.show()
    grid.activateWindow()
    return grid


@pytest.fixture
def pins(grid: CandidateTiles) -> list[int]:
    heard: list[int] = []
    grid.pinned.connect(heard.append)
    return heard


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


def pinned(grid: CandidateTiles) -> list[int]:
    told = (tile.accessibleDescription() for tile in grid.tiles)
    return [place for place, text in enumerate(told) if "pinned" in text]


def pin_of(tile: CandidateTile) -> QPoint:
    return tile.badge.center().toPoint()


def test_a_click_selects(qtbot: QtBot, grid: CandidateTiles) -> None:
    assert grid.selected == -1
    for _ in range(2):
        qtbot.mouseClick(grid.tiles[1], LEFT)
        assert grid.selected == 1
        assert [tile.isChecked() for tile in grid.tiles] == [False, True, False, False]


def test_arrows_go_from_tile_to_tile(qtbot: QtBot, grid: CandidateTiles) -> None:
    qtbot.mouseClick(grid.tiles[0], LEFT)
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Right):
        press(qtbot, key)
        seen.append(grid.selected)
    assert seen == [1, 1, 3, 3]
    press(qtbot, Qt.Key.Key_Up)
    assert grid.selected == 0
    assert grid.tiles[0].hasFocus()


def test_tab_comes_to_one_tile_only(qtbot: QtBot, grid: CandidateTiles) -> None:
    def entries() -> list[int]:
        tab = Qt.FocusPolicy.TabFocus
        return [place for place, tile in enumerate(grid.tiles) if tile.focusPolicy() & tab == tab]

    assert entries() == [0]
    qtbot.mouseClick(grid.tiles[2], LEFT)
    assert entries() == [2]


def test_space_pins_and_again_unpins(qtbot: QtBot, grid: CandidateTiles, pins: list[int]) -> None:
    qtbot.mouseClick(grid.tiles[2], LEFT)
    press(qtbot, Qt.Key.Key_Space, Qt.Key.Key_P, Qt.Key.Key_P)
    assert pins == [2, -1, 2]
    press(qtbot, Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert (pins[-1], pinned(grid)) == (1, [1])


def test_a_click_on_the_pin_pins_without_selecting(
    qtbot: QtBot, grid: CandidateTiles, pins: list[int]
) -> None:
    qtbot.mouseClick(grid.tiles[3], LEFT, pos=pin_of(grid.tiles[3]))
    qtbot.mouseClick(grid.tiles[3], LEFT, pos=pin_of(grid.tiles[3]))
    assert pins == [3, -1]
    assert grid.selected == -1


def test_enter_and_a_double_click_activate(qtbot: QtBot, grid: CandidateTiles) -> None:
    heard: list[int] = []
    grid.activated.connect(heard.append)
    qtbot.mouseClick(grid.tiles[1], LEFT)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.mouseDClick(grid.tiles[3], LEFT)
    assert heard == [1, 3]


def test_what_the_owner_pins_is_not_told(grid: CandidateTiles, pins: list[int]) -> None:
    grid.set_pinned(1)
    assert "pinned" in grid.tiles[1].accessibleDescription()
    grid.set_pinned(-1)
    assert "pinned" not in grid.tiles[1].accessibleDescription()
    assert pins == []


def test_screen_readers_hear_rank_and_score(grid: CandidateTiles) -> None:
    assert grid.tiles[0].accessibleName() == "rank 1"
    assert grid.tiles[0].accessibleDescription() == "score 0.912"
    assert grid.tiles[0].toolTip() == "Candidate of 0.912"
    grid.show_candidates(ABLATION)
    assert [tile.accessibleName() for tile in grid.tiles] == [
        "Caption only",
        "Text embedding",
        "Prior",
    ]


def test_ranks_and_bars_follow_the_scores(grid: CandidateTiles) -> None:
    tiles = [Tile(RED, "", score, "") for score in (0.2, 0.9, None, 0.5)]
    grid.show_candidates(tuple(tiles))
    assert [tile.place.rank for tile in grid.tiles] == [3, 1, None, 2]
    shares = [tile.place.share for tile in grid.tiles]
    assert 0 < shares[0] < shares[3] < shares[1] == 1
    assert shares[2] == 0


def test_pictures_that_arrive_keep_selection_and_pin(qtbot: QtBot, grid: CandidateTiles) -> None:
    waiting = tuple(Tile(None, "", None, "") for _ in CANDIDATES)
    grid.show_candidates(waiting)
    assert grid.tiles[1].accessibleDescription() == "no picture yet"
    assert not grid.grab().isNull()
    qtbot.mouseClick(grid.tiles[1], LEFT)
    grid.set_pinned(2)
    grid.show_candidates(CANDIDATES)
    assert (grid.selected, pinned(grid)) == (1, [2])
    grid.show_candidates(ABLATION)
    assert (grid.selected, pinned(grid)) == (-1, [])


@pytest.mark.parametrize("width", [72, 140, 300, 320, 460, 600])
def test_tiles_wrap_inside_any_width(qapp: QApplication, grid: CandidateTiles, width: int) -> None:
    grid.resize(width, grid.heightForWidth(width))
    places = [tile.geometry() for tile in grid.tiles]
    assert all(grid.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for a, b in pairwise(places))
    assert all(64 <= edge_of(place) <= 96 for place in places)


def test_without_tiles_keys_do_nothing(qtbot: QtBot, grid: CandidateTiles, pins: list[int]) -> None:
    grid.show_candidates(())
    assert grid.heightForWidth(320) == 0
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert pins == []


def test_titles_wrap_to_two_lines(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    width = metrics.horizontalAdvance("Text embed")
    assert wrapped("", metrics, width) == []
    assert wrapped("Prior", metrics, width) == ["Prior"]
    assert len(wrapped("Text embedding", metrics, width)) == 2
    lines = wrapped("Text embedding as picture embedding", metrics, width)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert max(metrics.horizontalAdvance(line) for line in lines) <= width


@pytest.mark.parametrize("kind", ["dark", "light"])
def test_every_state_can_be_drawn(
    qtbot: QtBot, qapp: QApplication, grid: CandidateTiles, kind: str
) -> None:
    theme.apply(qapp, theme.THEMES[kind])
    grid.set_pinned(0)
    qtbot.mouseClick(grid.tiles[1], LEFT)
    assert not grid.grab().isNull()
    grid.show_candidates((*ABLATION, Tile(None, "Prior of another model", 0.5, "")))
    assert not grid.grab().isNull()


def edge_of(tile: QRect) -> int:
    return tile.width() - 8
