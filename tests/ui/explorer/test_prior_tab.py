from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.background import InlineBackground
from t2i_studio.ui import theme
from t2i_studio.ui.explorer.prior_tab import STALE, PriorTab
from t2i_studio.ui.widgets.number_field import NumberField
from tests.studio.conftest import Bench
from tests.studio.conftest import bench as bench  # a fixture

LEFT = Qt.MouseButton.LeftButton
PRIORLESS = CAPABILITIES.model_copy(
    update={"title": "Plain", "stages": CAPABILITIES.stages[1:], "priors": ()}
)


@pytest.fixture
def tab(qtbot: QtBot, qapp: QApplication, bench: Bench) -> Iterator[PriorTab]:
    theme.apply(qapp, theme.DARK)
    tab = PriorTab(bench.session, InlineBackground())
    qtbot.addWidget(tab)
    tab.resize(320, 700)
    tab.show()
    yield tab
    tab.unbind()


def draw(tab: PriorTab, bench: Bench) -> None:
    tab.candidates.draw.click()
    bench.run()


def pinned(tab: PriorTab) -> list[int]:
    told = (tile.accessibleDescription() for tile in tab.candidates.tiles.tiles)
    return [place for place, text in enumerate(told) if "pinned" in text]


def number(tab: PriorTab, name: str) -> NumberField:
    fields = tab.findChildren(NumberField)
    return next(field for field in fields if field.accessibleName() == name)


def test_candidates_appear_with_their_scores_and_spread(tab: PriorTab, bench: Bench) -> None:
    assert tab.candidates.tiles.isHidden()
    draw(tab, bench)
    tiles = [shown.tile for shown in tab.candidates.tiles.tiles]
    assert [tile.title for tile in tiles] == [f"Candidate {place}" for place in range(1, 9)]
    assert tiles[0].score == pytest.approx(0.9)
    assert all(tile.image is not None for tile in tiles)
    assert "0.550 to 0.900, spread 0.350" in tab.candidates.note.text()


def test_while_they_are_drawn_the_button_stops(tab: PriorTab, bench: Bench) -> None:
    tab.candidates.draw.click()
    assert tab.candidates.draw.text() == "Stop"
    assert tab.candidates.note.text() == "0 of 8 pictures"
    tab.candidates.draw.click()
    bench.run()
    assert tab.candidates.draw.text() == "Draw candidates"
    assert tab.lab.candidates.images == ()


def test_a_click_on_the_pin_pins_and_the_chip_unpins(
    qtbot: QtBot, tab: PriorTab, bench: Bench
) -> None:
    draw(tab, bench)
    tile = tab.candidates.tiles.tiles[2]
    qtbot.mouseClick(tile, LEFT, pos=tile.badge.center().toPoint())
    assert bench.session.settings.prior_draw == 2
    assert tab.candidates.pin.text == "Candidate 3 pinned"
    assert tab.candidates.pin.isVisible()
    tab.candidates.pin.cross.click()
    assert bench.session.settings.prior_draw is None
    assert pinned(tab) == []
    assert tab.candidates.pin.isHidden()


def test_a_second_click_on_the_pin_unpins(qtbot: QtBot, tab: PriorTab, bench: Bench) -> None:
    draw(tab, bench)
    tile = tab.candidates.tiles.tiles[1]
    for _ in range(2):
        qtbot.mouseClick(tile, LEFT, pos=tile.badge.center().toPoint())
    assert bench.session.settings.prior_draw is None


def test_candidates_of_another_prompt_say_so_and_keep_no_pin(
    qtbot: QtBot, tab: PriorTab, bench: Bench
) -> None:
    draw(tab, bench)
    bench.session.settings.prompt = "a blue cube"
    assert tab.candidates.stale.isVisible()
    assert tab.candidates.stale.text() == STALE
    assert tab.candidates.prompt.text() == "“a blue cube”"
    tile = tab.candidates.tiles.tiles[1]
    qtbot.mouseClick(tile, LEFT, pos=tile.badge.center().toPoint())
    assert pinned(tab) == []


def test_the_form_sets_the_prior_of_generate_and_its_own_seed(tab: PriorTab, bench: Bench) -> None:
    settings = bench.session.settings
    number(tab, "Prior Steps").spin.setValue(7)
    number(tab, "Candidates").spin.setValue(3)
    tab.candidates.form.seed.edit.setText("5")
    tab.candidates.form.seed.edit.textEdited.emit("5")
    assert (settings.prior_steps, tab.lab.count, tab.lab.seed) == (7, 3, 5)
    assert settings.candidates is None
    settings.prior_guidance = 1.5
    assert number(tab, "Prior Guidance").value == 1.5


def test_the_seed_that_was_drawn_can_be_used_again(tab: PriorTab, bench: Bench) -> None:
    seed = tab.candidates.form.seed
    assert not seed.reuse.isEnabled()
    draw(tab, bench)
    drawn = tab.lab.drawn_seed
    assert seed.edit.placeholderText() == f"random: {drawn}"
    seed.reuse.click()
    assert tab.lab.seed == seed.value == drawn


def test_the_prior_can_be_switched_off(tab: PriorTab, bench: Bench) -> None:
    settings = bench.session.settings
    tab.candidates.form.use.click()
    assert settings.prior_kind == "none"
    settings.prior_kind = "diffusion"
    assert tab.candidates.form.use.isChecked()


def test_the_comparison_shows_three_pictures_to_keep_or_explore(
    tab: PriorTab, bench: Bench
) -> None:
    tab.ablation.compare.click()
    bench.run()
    cards = tab.ablation.cards.cards
    assert [card.title.text() for card in cards] == ["Caption only", "Text embedding", "Prior"]
    cards[0].keep.click()
    assert len(bench.session.shelf.pictures) == 1
    cards[2].explore.click()
    assert bench.session.explorer.before is tab.lab.ablation.frames[2].image


def test_it_says_what_to_do_first(tab: PriorTab, bench: Bench) -> None:
    bench.session.settings.prompt = ""
    assert tab.candidates.note.text().startswith("Write a prompt first")
    assert not tab.candidates.draw.isEnabled()
    assert not tab.ablation.compare.isEnabled()
    assert tab.candidates.prompt.isHidden()


def test_it_follows_the_model(tab: PriorTab, bench: Bench) -> None:
    form = tab.candidates.form
    rows = form.layout().rowCount()
    bench.session.describe_model()
    assert form.layout().rowCount() == rows
    bench.session.capabilities = PRIORLESS
    bench.session.model_described.emit()
    assert form.isHidden()
    assert tab.candidates.note.text().startswith("Plain has no prior")


@pytest.mark.parametrize("width", [320, 560])
def test_nothing_is_wider_than_the_tab(tab: PriorTab, bench: Bench, width: int) -> None:
    bench.session.settings.prompt = "a red cube " * 20
    draw(tab, bench)
    tab.lab.pin(0)
    tab.ablation.compare.click()
    bench.run()
    tab.resize(width, 700)
    QApplication.processEvents()
    assert tab.widget().minimumSizeHint().width() <= width
    assert tab.widget().width() == tab.viewport().width()


def test_everything_that_takes_the_focus_has_a_name(tab: PriorTab, bench: Bench) -> None:
    draw(tab, bench)
    tab.lab.pin(0)
    assert nameless(tab) == []


def nameless(tab: QWidget) -> list[str]:
    return [
        type(widget).__name__
        for widget in tab.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or widget.focusProxy() or getattr(widget, "text", str)())
    ]
