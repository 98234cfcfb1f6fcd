import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QToolTip
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.label_bars import ROW, LabelBars
from tests.ui.widgets.still import hold_still

LABELS = ("red cube", "blue cube", "a very long label that finds no room in a narrow dock")
SHARES = (0.04, 0.93, 0.03)
BEFORE = (0.90, 0.05, 0.05)


@pytest.fixture
def bars(qtbot: QtBot, qapp: QApplication) -> LabelBars:
    theme.apply(qapp, theme.DARK)
    bars = LabelBars()
    qtbot.addWidget(bars)
    bars.resize(320, 200)
    bars.show()
    return bars


def test_labels_stand_in_the_given_order(bars: LabelBars) -> None:
    bars.show_shares(LABELS, SHARES)
    assert [bar.label for bar in bars.bars] == list(LABELS)
    bars.show_shares(LABELS, BEFORE)
    assert [bar.share for bar in bars.bars] == [0.90, 0.05, 0.05]


def test_the_best_one_is_marked(bars: LabelBars) -> None:
    bars.show_shares(LABELS, SHARES, BEFORE)
    assert [bar.is_best for bar in bars.bars] == [False, True, False]


def test_screen_readers_hear_every_label(bars: LabelBars) -> None:
    bars.show_shares(LABELS[:2], (0.07, 0.93))
    assert bars.accessibleDescription() == "red cube 7 %, blue cube 93 %"
    area = bars.findChild(QScrollArea)
    assert area is not None
    assert area.accessibleDescription() == bars.accessibleDescription()
    bars.setAccessibleName("What the model sees")
    assert area.accessibleName() == "What the model sees"


def test_without_labels_it_says_what_to_do(bars: LabelBars) -> None:
    bars.set_empty_text("Write labels")
    assert bars.accessibleDescription() == "Write labels"
    assert not bars.grab().isNull()
    bars.show_shares(LABELS, SHARES)
    bars.show_shares((), ())
    assert bars.bars == ()


def test_each_label_has_its_share(bars: LabelBars) -> None:
    with pytest.raises(ValueError, match="argument"):
        bars.show_shares(LABELS, SHARES[:2])
    with pytest.raises(ValueError, match="argument"):
        bars.show_shares(LABELS, SHARES, BEFORE[:2])


def test_a_tooltip_has_the_whole_label_and_what_it_was(qtbot: QtBot, bars: LabelBars) -> None:
    bars.show_shares(LABELS, SHARES, BEFORE)
    area = bars.findChild(QScrollArea)
    assert area is not None
    place = QPoint(10, round(2.5 * ROW))
    ask = QHelpEvent(QEvent.Type.ToolTip, place, area.widget().mapToGlobal(place))
    QApplication.sendEvent(area.widget(), ask)
    assert QToolTip.text() == f"{LABELS[2]}: 3 %, before 5 %"
    QToolTip.hideText()


def test_forty_labels_are_scrolled(qapp: QApplication, bars: LabelBars) -> None:
    bars.show_shares([f"label {place}" for place in range(40)], [0.025] * 40)
    qapp.processEvents()
    area = bars.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() > 0
    assert bars.sizeHint().height() < 40 * ROW
    assert not bars.grab().isNull()


def test_bars_glide_to_their_length_and_stop(qtbot: QtBot, bars: LabelBars) -> None:
    bars.show_shares(LABELS, BEFORE)
    bars.show_shares(LABELS, SHARES)
    assert bars.is_gliding
    assert [bar.shown for bar in bars.bars] == list(BEFORE)
    assert not bars.grab().isNull()
    qtbot.waitUntil(lambda: not bars.is_gliding)


def test_hidden_nothing_moves(bars: LabelBars) -> None:
    bars.set_busy(True)
    bars.show_shares(LABELS, SHARES)
    bars.hide()
    assert not bars.is_gliding
    bars.show_shares(LABELS, BEFORE)
    assert not bars.is_gliding
    assert bars.is_busy
    bars.set_busy(False)
    assert not bars.is_busy


def test_bars_jump_where_the_system_wants_nothing_to_move(bars: LabelBars) -> None:
    area = bars.findChild(QScrollArea)
    assert area is not None
    hold_still(area.widget())
    bars.show_shares(LABELS, SHARES)
    assert not bars.is_gliding
