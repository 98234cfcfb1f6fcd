from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui.explorer.map_files import files_button
from tests.studio.explorer.conftest import World
from tests.studio.explorer.conftest import world as world  # a fixture

THREE = ("red", "green", "blue")


@pytest.fixture
def button(qtbot: QtBot, world: World) -> Iterator[QToolButton]:
    window = QWidget()
    qtbot.addWidget(window)
    button = files_button(world.atlas, window)
    button.setParent(window)
    yield button
    for dialog in window.findChildren(QFileDialog):
        dialog.close()


def action(button: QToolButton, text: str) -> QAction:
    button.menu().aboutToShow.emit()
    return next(action for action in button.menu().actions() if action.text() == text)


def choose(button: QToolButton, text: str, path: Path) -> None:
    """Trigger an action and answer its dialog."""
    action(button, text).trigger()
    dialog = button.parentWidget().findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))


def test_what_is_not_there_cannot_be_saved(world: World, button: QToolButton) -> None:
    assert not action(button, "Save embeddings…").isEnabled()
    assert not action(button, "Save components…").isEnabled()
    world.mapped(*THREE)
    assert action(button, "Save embeddings…").isEnabled()
    assert action(button, "Save components…").isEnabled()


def test_embeddings_return_from_their_file(
    world: World, button: QToolButton, tmp_path: Path
) -> None:
    before = world.mapped(*THREE).map
    choose(button, "Save embeddings…", tmp_path / "walls.safetensors")
    choose(button, "Load embeddings…", tmp_path / "walls.safetensors")
    world.run()
    assert before is not None
    assert world.atlas.map is not None
    assert world.atlas.map is not before
    assert world.atlas.map.titles == before.titles


def test_components_return_from_their_file(
    world: World, button: QToolButton, tmp_path: Path
) -> None:
    basis = world.mapped(*THREE).components.basis
    choose(button, "Save components…", tmp_path / "basis.safetensors")
    world.explorer.undo()
    assert world.explorer.state.basis is None
    choose(button, "Load components…", tmp_path / "basis.safetensors")
    assert world.explorer.state.basis == basis
