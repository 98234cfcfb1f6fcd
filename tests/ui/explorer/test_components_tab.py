from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.core.request import FitBasis
from t2i_studio.gallery.exporters.carried import read_recipes
from t2i_studio.gallery.exporters.strip import save_strip
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.presets import words
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui import theme
from t2i_studio.ui.explorer.components_tab import ComponentsTab
from tests.studio.explorer.conftest import World
from tests.studio.explorer.conftest import world as world  # a fixture


@pytest.fixture
def tab(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[ComponentsTab]:
    theme.apply(qapp, theme.DARK)
    background = InlineBackground()
    session = Session(Shelf(world.gallery, background), background)
    session.explorer = world.explorer
    tab = ComponentsTab(session, background)
    qtbot.addWidget(tab)
    tab.resize(320, 700)
    tab.show()
    yield tab
    tab.unbind()


def test_the_gallery_is_mapped_and_gives_named_sliders(world: World, tab: ComponentsTab) -> None:
    world.paint("red", "green", "blue", "red")
    assert not tab.sliders.isVisible()
    tab.map.map_button.click()
    world.run()
    assert tab.sliders.isVisible()
    request = world.started[-1]
    assert isinstance(request, FitBasis)
    assert request.words == words()


@pytest.mark.parametrize("width", [320, 600])
def test_nothing_is_wider_than_the_tab(world: World, tab: ComponentsTab, width: int) -> None:
    world.paint("red", "green", "blue", "red")
    tab.map.map_button.click()
    world.run()
    tab.resize(width, 700)
    QApplication.processEvents()
    assert tab.widget().minimumSizeHint().width() <= width
    assert tab.widget().width() == tab.viewport().width()


def test_everything_that_takes_the_focus_has_a_name(world: World, tab: ComponentsTab) -> None:
    world.paint("red", "green", "blue", "red")
    tab.map.map_button.click()
    world.run()
    world.atlas.select([0])
    for widget in tab.widget().findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, widget


def test_unbound_it_follows_nothing_more(world: World, tab: ComponentsTab) -> None:
    tab.unbind()
    world.explorer.follow_model(None)
    assert tab.map.map_button.isEnabled()


def test_the_strip_of_reconstructions_is_saved(
    world: World, tab: ComponentsTab, tmp_path: Path
) -> None:
    world.paint("red", "green", "blue", "red")
    tab.map.map_button.click()
    world.run()
    tab.atlas.explore(0)
    world.run()
    assert tab.export.isHidden()
    tab.sliders.rebuild.click()
    world.run()
    assert not tab.export.isHidden()
    tab.export.write(tmp_path / "figure7.png", save_strip)
    assert len(read_recipes(tmp_path / "figure7.png")) == len(tab.sliders.strip.frames)
