from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.background import InlineBackground
from t2i_studio.ui import theme
from t2i_studio.ui.explorer.map_view import EMPTY, HINT, MapView
from tests.studio.explorer.conftest import COLOURS, World
from tests.studio.explorer.conftest import world as world  # a fixture

SIX = ("red", "green", "blue", "red", "green", "blue")


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[MapView]:
    theme.apply(qapp, theme.DARK)
    view = MapView(world.atlas, world.explorer, InlineBackground())
    qtbot.addWidget(view)
    view.resize(320, 560)
    view.show()
    yield view
    view.unbind()


def fill(world: World, view: MapView) -> None:
    world.paint(*SIX)
    view.map_button.click()
    world.run()


def click(qtbot: QtBot, view: MapView, index: int) -> None:
    place = view.scatter.place(index).toPoint()
    qtbot.mouseClick(view.scatter, Qt.MouseButton.LeftButton, pos=place)


def test_an_empty_map_teaches_and_offers_nothing_else(view: MapView) -> None:
    assert EMPTY in view.scatter._empty_text
    assert view.map_button.isEnabled()
    assert not view.across.isVisible()
    assert not view.explore.isVisible()
    assert not view.note.isVisible()


def test_mapping_shows_its_progress_and_then_the_pictures(world: World, view: MapView) -> None:
    world.paint(*SIX)
    view.map_button.click()
    assert (view.note.text(), view.map_button.text()) == ("0 of 6", "Cancel")
    assert view.progress.isVisible()
    world.run()
    assert (view.note.text(), view.map_button.text()) == ("6 pictures", "Map")
    assert not view.progress.isVisible()
    assert "6 pictures" in view.scatter.accessibleDescription()
    assert view.across.isVisible()


def test_mapping_can_be_cancelled(world: World, view: MapView) -> None:
    world.paint(*SIX)
    view.map_button.click()
    view.map_button.click()
    world.run()
    assert (world.atlas.is_busy, world.atlas.map) == (False, None)
    assert view.map_button.text() == "Map"


def test_a_clicked_picture_can_be_explored(qtbot: QtBot, world: World, view: MapView) -> None:
    fill(world, view)
    assert view.selected.text() == HINT
    assert not view.explore.isEnabled()
    click(qtbot, view, 1)
    assert view.selected.text() == "1 picture selected"
    view.explore.click()
    origin = world.explorer.state.origin
    assert origin is not None
    assert origin.text == "a green wall"


@pytest.mark.parametrize(
    ("count", "explore", "mix", "refit"),
    [
        (1, "Explore", False, False),
        (2, "Explore mean", True, False),
        (4, "Explore mean", True, True),
        (5, "Explore mean", False, True),
    ],
)
def test_a_selection_offers_what_can_be_done_with_so_many(
    world: World, view: MapView, count: int, explore: str, mix: bool, refit: bool
) -> None:
    fill(world, view)
    world.atlas.select(range(count))
    assert view.scatter.selection == tuple(range(count))
    assert view.explore.text() == explore
    assert (view.mix.isEnabled(), view.refit.isEnabled()) == (mix, refit)


def test_the_selection_goes_to_the_board_and_to_a_map_of_its_own(
    world: World, view: MapView
) -> None:
    fill(world, view)
    world.atlas.select([0, 1, 3])
    view.mix.click()
    assert len(world.explorer.state.picks) == 3
    view.refit.click()
    world.run()
    assert view.note.text() == "3 pictures"
    assert view.scatter.selection == ()


def test_the_axes_can_be_chosen_and_stay_on_another_map(world: World, view: MapView) -> None:
    fill(world, view)
    assert [view.across.currentIndex(), view.up.currentIndex()] == [0, 1]
    assert view.up.itemText(2) == "3: less 3 / more 3"
    before = view.scatter.place(0)
    view.up.setCurrentIndex(2)
    view.up.activated.emit(2)
    assert view.scatter.place(0) != before
    view.map_button.click()
    world.run()
    assert view.up.currentIndex() == 2


def test_few_pictures_are_shown_themselves(world: World, view: MapView) -> None:
    fill(world, view)
    shot = view.scatter.grab().toImage()
    ratio = shot.devicePixelRatio()
    place = view.scatter.place(0) * ratio
    assert shot.pixelColor(place.toPoint()) == QColor(*COLOURS["blue"])


def test_a_thumbnail_that_cannot_be_read_is_no_trouble(
    qtbot: QtBot, world: World, view: MapView
) -> None:
    fill(world, view)
    for picture in world.gallery.newest(9):
        picture.path.unlink()
    other = MapView(world.atlas, world.explorer, InlineBackground())
    qtbot.addWidget(other)
    assert not other.grab().isNull()
    other.unbind()


def test_a_folder_is_listed_once_and_mapped(world: World, view: MapView, tmp_path: Path) -> None:
    folder = tmp_path / "walls"
    folder.mkdir()
    for name, colour in COLOURS.items():
        Image.filled(Extent(8, 8), colour).to_pil().save(folder / f"{name}.png")
    for _ in range(2):
        view.map_folder(str(folder))
        world.run()
    listed = [view.source.itemText(index) for index in range(view.source.count())]
    assert listed == ["Gallery", "walls", "Choose a folder…"]
    assert view.source.currentText() == "walls"
    assert view.note.text() == "3 pictures"
    view.map_button.click()
    world.run()
    assert world.atlas.map is not None
    assert set(world.atlas.map.titles) == {"red.png", "green.png", "blue.png"}


def test_choosing_a_folder_asks_which(world: World, view: MapView, tmp_path: Path) -> None:
    view.source.setCurrentIndex(1)
    view.source.activated.emit(1)
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert view.source.currentText() == "Gallery"
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert view.source.currentText() == tmp_path.name
    view.source.activated.emit(1)  # a folder that is listed asks for nothing
    assert world.atlas.note.startswith("There is no picture here yet")
    assert view.note.text() == world.atlas.note


def test_a_model_that_cannot_see_says_so(world: World, view: MapView) -> None:
    world.explorer.follow_model(None)
    assert view.note.text() == "Load a model first."
    assert not view.map_button.isEnabled()


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=lambda look: look.name)
def test_long_names_of_axes_are_elided(
    qapp: QApplication, world: World, view: MapView, look: theme.Theme
) -> None:
    theme.apply(qapp, look)
    fill(world, view)
    assert view.minimumSizeHint().width() <= 296
    short = view.across.grab().toImage()
    view.resize(560, 560)
    assert view.across.grab().toImage().width() > short.width()
    theme.apply(qapp, theme.DARK)
