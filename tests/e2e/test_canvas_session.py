"""An afternoon at the canvas, by mouse and keys, with the real model."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.image import Image, Pixels
from t2i_studio.core.request import Refine
from t2i_studio.studio.compose import Task
from t2i_studio.studio.frame import Direction
from t2i_studio.ui.canvas.view import CanvasView
from tests.e2e.oracle import find
from tests.e2e.test_journey import PICTURE_MS, STACK, type_seed
from tests.ui.conftest import OpenStudio
from tests.ui.test_main_window import press_generate, write

Points = tuple[tuple[float, float], ...]
LEFT = Qt.MouseButton.LeftButton


def canvas(studio: Studio) -> CanvasView:
    """Give the canvas the focus, and return it."""
    studio.window.canvas.view.setFocus()
    return studio.window.canvas.view


def press(studio: Studio, key: Qt.Key) -> None:
    QTest.keyClick(canvas(studio), key)


def drag(studio: Studio, way: Points, button: Qt.MouseButton = LEFT) -> None:
    """Drag along points of the picture."""
    view = studio.window.canvas.view
    places = [at(view, x, y) for x, y in way]
    QTest.mousePress(view, button, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(view, place)
    QTest.mouseRelease(view, button, pos=places[-1])


def at(view: CanvasView, x: float, y: float) -> QPoint:
    return view.from_picture(QPointF(x, y)).toPoint()


def made(qtbot: QtBot, studio: Studio) -> Image:
    """Generate as the settings say, and return the picture."""
    session, before = studio.session, len(studio.session.staging.candidates)
    press_generate(studio)
    qtbot.waitUntil(lambda: len(session.staging.candidates) > before, timeout=PICTURE_MS)
    qtbot.waitUntil(lambda: len(session.jobs) == 0)
    return session.staging.candidates[-1].image


def stack_on_the_canvas(qtbot: QtBot, studio: Studio) -> Image:
    type_seed(studio, 8)
    write(studio, STACK)
    stack = made(qtbot, studio)
    press(studio, Qt.Key.Key_Return)
    return stack


def kept_outside(mask: Pixels, before: Image, after: Image) -> bool:
    return np.array_equal(after.pixels[mask == 0], before.pixels[mask == 0])


def shown(studio: Studio) -> Image:
    picture = studio.session.document.picture
    assert picture is not None
    return picture


def test_paint_lasso_feather_inpaint_compare_accept_undo_outpaint_save_reopen(
    qtbot: QtBot, open_studio: OpenStudio, tmp_path: Path
) -> None:
    studio = open_studio()
    session = studio.session
    stack = stack_on_the_canvas(qtbot, studio)

    # A brush stroke, some of it erased, and a lasso around the rest of the blue cube.
    press(studio, Qt.Key.Key_B)
    session.tools.brush_size = 40
    drag(studio, ((70, 170), (180, 170)))
    painted = session.document.mask.pixels
    drag(studio, ((70, 100), (70, 240)), Qt.MouseButton.RightButton)
    assert session.document.mask.pixels.sum() < painted.sum()
    press(studio, Qt.Key.Key_L)
    drag(studio, ((60, 140), (200, 140), (200, 240), (60, 240), (60, 140)))
    lassoed = session.document.mask.pixels
    assert lassoed[200, 130] == 255
    assert session.document.history.undo_name == "Mask lasso"

    # Softened by a number of pixels that is typed.
    studio.window.canvas.options.mask_menu.ask("Feather")
    popover = studio.window.canvas.options.mask_menu.popover
    popover.amount.setValue(6)
    QTest.keyClick(popover, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not np.array_equal(session.document.mask.pixels, lassoed))
    mask = session.document.mask.pixels

    # Repainted: nothing changes where the mask is 0.
    write(studio, "a green ball")
    assert studio.window.prompt.button.text() == "Inpaint"
    repainted = made(qtbot, studio)
    assert find(repainted, "green").is_there
    assert kept_outside(mask, stack, repainted)

    # Compared by a divider and by holding a key, then accepted: one step.
    press(studio, Qt.Key.Key_M)
    assert studio.window.staging.comparison.is_wiping
    press(studio, Qt.Key.Key_M)
    view = canvas(studio)
    QTest.keyPress(view, Qt.Key.Key_O)
    assert studio.window.staging.comparison.is_held
    QTest.keyRelease(view, Qt.Key.Key_O)
    press(studio, Qt.Key.Key_Return)
    assert shown(studio) == repainted
    assert not session.document.has_mask

    # One undo brings picture, mask and prompt back; a redo the result.
    write(studio, "something else")
    canvas(studio)
    studio.window.commands.run("edit.undo")
    assert shown(studio) == stack
    assert np.array_equal(session.document.mask.pixels, mask)
    assert session.settings.prompt == "a green ball"
    studio.window.commands.run("edit.redo")
    assert shown(studio) == repainted

    # The frame over the right border: the picture grows and stays as it was.
    studio.window.commands.run(f"generate.outpaint_{Direction.right}")
    assert session.intent.task is Task.outpaint
    assert studio.window.prompt.button.text() == "Outpaint"
    write(studio, "a white background")
    wide = made(qtbot, studio)
    press(studio, Qt.Key.Key_Return)
    assert shown(studio) == wide
    assert wide.extent.width > 256
    assert np.array_equal(wide.pixels[:, :256], repainted.pixels)

    # Saved, and opened by another start on another canvas.
    path = tmp_path / "afternoon.ora"
    studio.project.save(path)
    qtbot.waitUntil(lambda: not studio.project.is_modified)
    studio.window.commands.run("file.new")
    qtbot.waitUntil(lambda: session.document.extent is None)
    studio = open_studio()
    studio.window.projects.open_path(str(path))
    qtbot.waitUntil(lambda: studio.session.document.extent == wide.extent)
    assert shown(studio) == wide
    assert studio.session.settings.prompt == "a white background"


def test_a_picture_is_refined_from_what_is_there(qtbot: QtBot, open_studio: OpenStudio) -> None:
    studio = open_studio()
    stack = stack_on_the_canvas(qtbot, studio)
    changes = []
    for strength in (0.2, 0.8):
        studio.session.settings.strength = strength
        assert studio.window.prompt.button.text() == "Refine"
        refined = made(qtbot, studio)
        changes.append(float(np.abs(refined.pixels.astype(float) - stack.pixels).mean()))
        assert isinstance(studio.session.staging.candidates[-1].recipe.request, Refine)

    assert changes[0] < changes[1]
    assert find(refined, "red").is_there
