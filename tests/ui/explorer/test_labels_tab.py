from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.explorer.exploration import Pick
from t2i_studio.studio.explorer.label_lab import PRESETS
from t2i_studio.ui import theme
from t2i_studio.ui.explorer.labels_tab import LabelsTab
from tests.studio.conftest import Bench
from tests.studio.conftest import bench as bench  # a fixture
from tests.ui.explorer.test_prior_tab import nameless
from tests.ui.widgets.still import hold_still

RED = Image.filled(Extent(64, 64), (200, 40, 40))
BLUE = Image.filled(Extent(64, 64), (40, 70, 200))


@pytest.fixture
def tab(qtbot: QtBot, qapp: QApplication, bench: Bench) -> Iterator[LabelsTab]:
    theme.apply(qapp, theme.DARK)
    tab = LabelsTab(bench.session, InlineBackground())
    qtbot.addWidget(tab)
    hold_still(tab.bars.bars)
    tab.resize(320, 700)
    tab.bars.labels.set_text("red, blue, white")
    yield tab
    tab.unbind()


@pytest.fixture
def shown(tab: LabelsTab, bench: Bench) -> LabelsTab:
    """Return the tab while it is to be seen, with a picture."""
    tab.show()
    bench.session.open_picture(RED)
    bench.run()
    return tab


def best(tab: LabelsTab) -> str:
    return next(bar.label for bar in tab.bars.bars.bars if bar.is_best)


def write(tab: LabelsTab, bench: Bench, word: str = "white") -> None:
    tab.attack.word.setText(word)
    tab.attack.word.textEdited.emit(word)
    tab.attack.letters.track.setValue(40)
    tab.attack.place.moved.emit(0.5, 0.5)
    bench.run()


def test_bars_follow_the_canvas(shown: LabelsTab, bench: Bench) -> None:
    assert best(shown) == "red"
    bench.session.open_picture(BLUE)
    assert shown.bars.bars.is_busy
    bench.run()
    assert best(shown) == "blue"
    assert not shown.bars.bars.is_busy


def test_a_tab_that_is_hidden_asks_nothing(shown: LabelsTab, bench: Bench) -> None:
    shown.hide()
    bench.session.open_picture(BLUE)
    bench.run()
    assert best(shown) == "red"
    shown.show()
    bench.run()
    assert best(shown) == "blue"


def test_the_explorers_picture_can_be_chosen(shown: LabelsTab, bench: Bench) -> None:
    shown.bars.source.setCurrentIndex(1)
    shown.bars.source.activated.emit(1)
    assert shown.bars.bars.bars == ()
    bench.session.explorer.explore(Pick.picture(BLUE))
    bench.run()
    assert best(shown) == "blue"


def test_what_cannot_be_used_is_said_below_its_field(shown: LabelsTab, bench: Bench) -> None:
    shown.bars.labels.set_text("red")
    assert shown.bars.labels_problem.isVisible()
    assert shown.bars.labels.accessibleDescription() == shown.bars.labels_problem.text() != ""
    shown.bars.labels.set_text("red, green")
    assert shown.bars.labels_problem.isHidden()
    shown.bars.templates.set_text("a photo")
    assert shown.bars.templates_problem.isVisible()


def test_examples_take_the_place_of_the_labels(shown: LabelsTab, bench: Bench) -> None:
    menu = shown.bars.presets.menu()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == list(PRESETS)
    menu.actions()[-1].trigger()
    bench.run()
    assert shown.bars.labels.toPlainText() == "granny smith, ipod, pizza"
    assert [bar.label for bar in shown.bars.bars.bars] == list(PRESETS["Granny Smith, iPod, pizza"])


def test_a_word_moves_the_bars_and_leaves_their_outlines(shown: LabelsTab, bench: Bench) -> None:
    assert shown.attack.place.isHidden()
    write(shown, bench)
    assert best(shown) == "white"
    assert max(shown.bars.bars.bars, key=lambda bar: bar.before or 0.0).label == "red"
    assert shown.bars.verdict.text() == "The word turns “red” into “white”."
    assert shown.attack.place.isVisible()


def test_the_word_can_be_moved_and_sized(qtbot: QtBot, shown: LabelsTab, bench: Bench) -> None:
    write(shown, bench)
    attack = shown.lab.attack
    assert (attack.centre, attack.height) == ((0.5, 0.5), 0.4)
    before = attack.image
    qtbot.keyClick(shown.attack.place, Qt.Key.Key_Up)
    assert attack.centre == pytest.approx((0.5, 0.48))
    assert attack.image != before
    assert shown.attack.place.centre == attack.centre


def test_what_the_font_lacks_is_said_below_the_word(shown: LabelsTab, bench: Bench) -> None:
    write(shown, bench, "狐")
    assert "font" in shown.attack.problem.text()
    assert shown.attack.problem.isVisible()
    assert shown.attack.place.isHidden()


def test_a_word_without_a_label_can_be_added(shown: LabelsTab, bench: Bench) -> None:
    assert shown.attack.missing.isHidden()
    write(shown, bench, "green")
    assert shown.attack.missing.text() == "No label has the word “green”."
    shown.attack.add.click()
    assert shown.bars.labels.toPlainText() == "red, blue, white, green"
    assert shown.attack.add.isHidden()


def test_what_clip_sees_is_decoded_and_can_be_kept(shown: LabelsTab, bench: Bench) -> None:
    write(shown, bench)
    shown.attack.decode.click()
    assert shown.attack.decode.text() == "Stop"
    bench.run()
    cards = shown.attack.cards.cards
    assert [card.title.text() for card in cards] == ["Seed 0", "Seed 1", "Seed 2", "Seed 3"]
    assert all(card.note.text().startswith("white ") for card in cards)
    cards[1].keep.click()
    assert len(bench.session.shelf.pictures) == 1
    cards[1].explore.click()
    assert bench.session.explorer.before is shown.lab.seen.frames[1].image


def test_the_picture_with_the_word_goes_to_canvas_or_explorer(
    shown: LabelsTab, bench: Bench
) -> None:
    write(shown, bench)
    written = shown.lab.attack.image
    shown.attack.explore.click()
    assert bench.session.explorer.before is written
    shown.attack.to_canvas.click()
    assert bench.session.document.picture == written
    assert shown.attack.word.text() == ""


def test_without_a_picture_it_says_where_one_is_missing(tab: LabelsTab) -> None:
    tab.show()
    assert "no picture on the canvas" in tab.bars.bars.accessibleDescription()


@pytest.mark.parametrize("width", [320, 560])
def test_nothing_is_wider_than_the_tab(shown: LabelsTab, bench: Bench, width: int) -> None:
    shown.bars.labels.set_text("red, a very long label that has no room in any row of the bars")
    write(shown, bench, "incomprehensibilities")
    shown.attack.decode.click()
    bench.run()
    shown.resize(width, 700)
    QApplication.processEvents()
    assert shown.widget().minimumSizeHint().width() <= width
    assert shown.widget().width() == shown.viewport().width()


def test_everything_that_takes_the_focus_has_a_name(shown: LabelsTab, bench: Bench) -> None:
    write(shown, bench)
    assert nameless(shown) == []
