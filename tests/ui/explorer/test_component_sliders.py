from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.explorer.component_sliders import ComponentSliders
from tests.studio.explorer.conftest import World
from tests.studio.explorer.conftest import world as world  # a fixture

SIX = ("red", "green", "blue", "red", "green", "blue")


@pytest.fixture
def sliders(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[ComponentSliders]:
    theme.apply(qapp, theme.DARK)
    sliders = ComponentSliders(world.atlas.components, world.explorer, QWidget())
    qtbot.addWidget(sliders)
    sliders.resize(320, 560)
    yield sliders
    sliders.unbind()


def explored(world: World) -> None:
    """Map six pictures and explore the first."""
    world.mapped(*SIX).explore(0)
    world.run()


def test_without_a_basis_there_is_nothing(sliders: ComponentSliders) -> None:
    assert sliders.isHidden()


def test_each_component_has_a_slider_named_by_words(
    world: World, sliders: ComponentSliders
) -> None:
    explored(world)
    assert not sliders.isHidden()
    shown = [name.text() for name in sliders.names if not name.isHidden()]
    assert shown == ["less 1 / more 1", "less 2 / more 2", "less 3 / more 3"]
    assert [not slider.isHidden() for slider in sliders.sliders] == [True] * 3 + [False] * 5
    assert sliders.sliders[0].track.accessibleName() == "less 1 / more 1"
    assert "% of the variance" in sliders.names[0].toolTip()


def test_a_moved_slider_is_followed_coarsely_and_settles(
    qtbot: QtBot, world: World, sliders: ComponentSliders
) -> None:
    explored(world)
    made = len(world.started)
    with qtbot.waitSignal(sliders.sliders[1].settled):
        sliders.sliders[1].track.setValue(150)
        assert world.explorer.state.shifts == (0.0, 1.5, 0.0)
    world.run()
    widths = [request.size.width for request in world.started[made:]]  # type: ignore[union-attr]
    assert widths == [64, 256]  # coarse, then full


def test_sliders_follow_the_state(world: World, sliders: ComponentSliders) -> None:
    explored(world)
    world.atlas.components.shift(2, -0.5, is_moving=False)
    assert sliders.sliders[2].value == -0.5
    world.explorer.undo()
    assert sliders.sliders[2].value == 0.0


def test_the_marker_keeps_components_and_the_box_gives_all_back(
    qtbot: QtBot, world: World, sliders: ComponentSliders
) -> None:
    explored(world)
    sliders.show()
    assert (sliders.plot.k, sliders.keeps.isChecked()) == (3, False)
    qtbot.keyClick(sliders.plot, Qt.Key.Key_Left)
    assert world.explorer.state.kept == 2
    assert world.explorer.live.is_busy
    assert sliders.keeps.text() == "Keep only the first 2 of 3 components"
    assert sliders.keeps.isChecked()
    qtbot.waitUntil(lambda: not sliders._rest.isActive())
    world.run()
    assert not world.explorer.is_coarse
    sliders.keeps.click()
    assert world.explorer.state.kept is None
    sliders.keeps.click()
    assert world.explorer.state.kept == 3


def test_the_strip_shows_what_each_component_adds(world: World, sliders: ComponentSliders) -> None:
    explored(world)
    assert sliders.strip.isHidden()
    sliders.rebuild.click()
    assert sliders.rebuild.text() == "Cancel"
    world.run()
    assert sliders.rebuild.text() == "Rebuild step by step"
    assert len(sliders.strip.frames) == 4
    assert sliders.caption.text() == "The whole embedding"
    sliders.strip.set_current(0)
    sliders.strip.scrubbed.emit(0)
    assert sliders.caption.text().startswith("1 component: ")


def test_a_frame_of_the_strip_is_gone_on_from(
    qtbot: QtBot, world: World, sliders: ComponentSliders
) -> None:
    explored(world)
    sliders.show()
    sliders.rebuild.click()
    world.run()
    qtbot.mouseClick(sliders.strip, Qt.MouseButton.LeftButton, pos=QPoint(100, 30))
    assert world.explorer.state.kept == 2
    assert sliders.caption.text().startswith("2 components: ")
    world.atlas.components.keep(1, is_moving=False)
    assert sliders.strip.current == 0


def test_a_strip_can_be_cancelled_and_goes_with_its_basis(
    world: World, sliders: ComponentSliders
) -> None:
    explored(world)
    sliders.rebuild.click()
    sliders.rebuild.click()
    world.run()
    assert (sliders.strip.frames, sliders.rebuild.text()) == ((), "Rebuild step by step")
    sliders.rebuild.click()
    world.run()
    world.atlas.map_gallery()
    world.run()
    assert sliders.strip.isHidden()
    assert sliders.caption.isHidden()


def test_without_a_picture_there_is_nothing_to_rebuild(
    world: World, sliders: ComponentSliders
) -> None:
    world.mapped(*SIX)
    assert not sliders.rebuild.isEnabled()
