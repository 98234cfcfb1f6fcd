from typing import Any

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.studio.stages import Token
from t2i_studio.ui.widgets.stage_pictures import Chips, rows

PROMPT = ("a", "red", "cube", "on", "a", "table")
WORDS = [Token(word, place < 4) for place, word in enumerate(PROMPT)]


class CountingMetrics(QFontMetricsF):
    """Counts what is measured."""

    def __init__(self) -> None:
        super().__init__(QApplication.font())
        self.measured = 0

    def horizontalAdvance(self, *text: Any) -> float:  # noqa: N802  # Qt's name
        self.measured += 1
        return super().horizontalAdvance(*text)


def test_tokens_that_find_no_room_are_counted(qapp: QApplication) -> None:
    metrics = QFontMetricsF(qapp.font())
    everything = rows(WORDS, metrics, 10_000)
    assert [chip.text for chip in everything] == list(PROMPT)
    narrow = rows(WORDS, metrics, everything[3].rect.right())
    assert narrow[-1].text == "2 cut"
    assert not narrow[-1].is_kept
    assert narrow[-2].text.startswith("+")
    assert narrow[-1].rect.right() <= everything[3].rect.right()
    shown = len(narrow) - 2
    assert narrow[-2].text == f"+{4 - shown}"


def test_without_tokens_or_room_there_are_no_chips(qapp: QApplication) -> None:
    metrics = QFontMetricsF(qapp.font())
    assert rows([], metrics, 100) == []
    assert rows(WORDS, metrics, 1) == []


def test_many_tokens_fill_their_rows_and_the_rest_is_counted(qapp: QApplication) -> None:
    chips = rows(WORDS * 50, QFontMetricsF(qapp.font()), 200, most=3, lead="… ")
    assert max(chip.rect.right() for chip in chips) <= 200
    assert sorted({chip.rect.y() for chip in chips}) == [0, 24, 48]
    shown = [chip for chip in chips if not chip.is_rest]
    kept = sum(chip.is_kept for chip in shown)
    assert [chip.text for chip in chips[len(shown) :]] == [
        f"… +{200 - kept}",
        f"{100 - len(shown) + kept} cut",
    ]


@pytest.mark.parametrize("most", [1, 12])
def test_tokens_without_room_are_not_measured(qapp: QApplication, most: int) -> None:
    metrics = CountingMetrics()
    shown = rows(WORDS * 1000, metrics, 300, most)
    assert metrics.measured <= 3 * len(shown) + 5


def test_tokens_are_laid_out_once_for_many_paints(qtbot: QtBot) -> None:
    device, chips = QWidget(), Chips()
    qtbot.addWidget(device)
    tokens, font = tuple(WORDS), QApplication.font()
    first = chips.of(tokens, font, device, 300)
    assert chips.of(tokens, QFont(font), device, 300) is first
    larger = QFont(font)
    larger.setPointSizeF(2 * font.pointSizeF())
    assert chips.of(tokens, larger, device, 300) != first
    assert chips.of(tokens, font, device, 100) != first
    assert chips.of(tokens[1:], font, device, 300) != first
