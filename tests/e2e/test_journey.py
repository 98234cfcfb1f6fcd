"""From prompt to picture to repaint to restart, with keys and mouse and the real model."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.request import Inpaint
from t2i_studio.studio.stages import StageState
from tests.e2e.oracle import find
from tests.ui.conftest import OpenStudio
from tests.ui.test_main_window import press_generate, write

STACK = "a red cube on top of a blue cube on a white background"
PICTURE_MS = 60_000


def result(qtbot: QtBot, studio: Studio) -> Image:
    """Wait for the one result and return it."""
    session = studio.session
    qtbot.waitUntil(lambda: len(session.jobs) == 0, timeout=PICTURE_MS)
    qtbot.waitUntil(lambda: bool(session.staging.candidates))
    return session.staging.candidates[-1].image


def type_seed(studio: Studio, seed: int) -> None:
    edit = studio.window.prompt.seed.edit
    edit.selectAll()
    QTest.keyClicks(edit, str(seed))


def paint_over(studio: Studio, left: int, top: int, right: int, bottom: int) -> None:
    """Paint a rectangle of the picture with the mouse, row after row."""
    view = studio.window.canvas.view
    studio.session.tools.brush_size = 40

    def at(x: float, y: float) -> QPoint:
        return view.from_picture(QPointF(x, y)).toPoint()

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(left, top))
    for row, y in enumerate(range(top, bottom + 1, 20)):
        for x in (left, right) if row % 2 == 0 else (right, left):
            QTest.mouseMove(view, at(x, y))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(left, bottom))


def test_from_prompt_to_picture_to_repaint_to_restart(
    qtbot: QtBot, open_studio: OpenStudio
) -> None:
    studio = open_studio()
    type_seed(studio, 8)
    write(studio, STACK)
    press_generate(studio)
    qtbot.waitUntil(lambda: studio.session.staging.shows_live, timeout=PICTURE_MS)
    stack = result(qtbot, studio)

    red, blue = find(stack, "red"), find(stack, "blue")
    assert red.is_there
    assert blue.is_there
    assert red.y < blue.y - 0.1
    states = {stage.key: stage.state for stage in studio.session.ribbon.stages}
    assert states.pop("upsampler_1024") is StageState.skipped  # the picture has 256 px
    assert set(states.values()) == {StageState.done}

    view = studio.window.canvas.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert studio.session.document.picture == stack
    paint_over(studio, 60, 150, 196, 230)
    mask = studio.session.document.mask
    write(studio, "a green ball")
    press_generate(studio)
    repainted = result(qtbot, studio)

    green = find(repainted, "green")
    assert green.is_there
    assert green.y > red.y
    assert find(repainted, "red").share > 0.5 * red.share
    assert find(repainted, "blue").share < 0.3 * blue.share
    kept = mask.pixels == 0
    assert np.array_equal(repainted.pixels[kept], stack.pixels[kept])

    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert studio.session.document.picture == repainted
    qtbot.waitUntil(lambda: studio.window.gallery.model.rowCount() == 2)
    newest, oldest = (read_picture(picture.path) for picture in studio.session.shelf.pictures)
    assert (newest, oldest) == (repainted, stack)

    studio = open_studio()
    assert studio.window.prompt.prompt.toPlainText() == "a green ball"
    qtbot.waitUntil(lambda: studio.session.document.picture == repainted)
    qtbot.waitUntil(lambda: studio.window.gallery.model.rowCount() == 2)

    gallery = studio.window.gallery
    gallery.strip.setCurrentIndex(gallery.model.index(1))
    menu = gallery.menu()
    assert menu is not None
    next(a for a in menu.actions() if a.text() == "Use all settings").trigger()
    qtbot.waitUntil(lambda: studio.window.prompt.prompt.toPlainText() == STACK)
    assert studio.window.prompt.seed.value == 8
    menu.deleteLater()

    studio.window.commands["file.close"].trigger()
    press_generate(studio)
    again = result(qtbot, studio)
    assert np.abs(again.pixels.astype(int) - stack.pixels).max() <= 1


def test_a_repaint_is_replayed_from_its_file(qtbot: QtBot, open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.session.open_picture(Image.filled(Extent(200, 140), (250, 250, 250)))
    paint_over(studio, 60, 40, 120, 100)
    write(studio, "a red cube on a white background")
    press_generate(studio)
    first = result(qtbot, studio)
    shelf = studio.session.shelf
    recipe = shelf.gallery.recipe(shelf.pictures[0])
    assert recipe is not None
    assert isinstance(recipe.request, Inpaint)
    assert first.extent == recipe.request.image.extent
    studio.session.staging.clear()
    studio.session.document.set_mask(recipe.request.mask)
    studio.session.recall(recipe, what="all")
    press_generate(studio)
    second = result(qtbot, studio)
    assert np.abs(second.pixels.astype(int) - first.pixels).max() <= 1
