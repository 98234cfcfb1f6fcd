"""The dialog of grids, driven by keys and mouse in the window over the fake backend."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.gallery.exporters.carried import read_recipes
from t2i_studio.ui.dialogs.sweep import SweepDialog
from t2i_studio.ui.widgets.axis_field import AxisField

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
PICTURE = Image.filled(Extent(64, 64), (200, 180, 160))


@pytest.fixture
def dialog(studio: Studio) -> SweepDialog:
    studio.session.settings.prompt, studio.session.settings.seed = "a red cube", 5
    studio.window.commands["prompt.sweep"].trigger()
    return studio.window.dialogs.sweep()


def set_axis(field: AxisField, key: str, values: str) -> None:
    row = field.box.findData(key)
    field.box.setCurrentIndex(row)
    field.box.activated.emit(row)
    QTest.keyClicks(field.values, values)


def make(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    set_axis(dialog.x_axis, "decoder-steps", "2,3")
    set_axis(dialog.y_axis, "seed", "7-9")
    QTest.mouseClick(dialog.start, LEFT)
    qtbot.waitUntil(lambda: studio.session.grid.made == 6)
    qtbot.waitUntil(lambda: not studio.session.grid.is_busy)


def keys(field: AxisField) -> list[str]:
    return [str(field.box.itemData(row)) for row in range(field.box.count())]


def said(studio: Studio) -> str:
    return " ".join(toast.text for toast in studio.window.toasts.toasts)


def test_a_grid_is_chosen_made_and_shown(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    assert dialog.empty.isVisible()
    assert not dialog.save.isEnabled()
    make(qtbot, studio, dialog)
    assert dialog.view.isVisible()
    assert (dialog.model.rowCount(), dialog.model.columnCount()) == (3, 2)
    side = Qt.Orientation
    assert [dialog.model.headerData(c, side.Horizontal) for c in (0, 1)] == ["2", "3"]
    assert [dialog.model.headerData(r, side.Vertical) for r in (0, 1, 2)] == ["7", "8", "9"]
    for row in range(3):
        for column in range(2):
            index = dialog.model.index(row, column)
            assert index.data(Qt.ItemDataRole.DecorationRole) is not None
    assert dialog.state.text() == "6 of 6 pictures"
    assert len(studio.session.shelf.pictures) == 6
    assert not dialog.isModal()


def test_a_click_and_return_show_a_cell_on_the_canvas(
    qtbot: QtBot, studio: Studio, dialog: SweepDialog
) -> None:
    make(qtbot, studio, dialog)
    place = dialog.view.visualRect(dialog.model.index(1, 1)).center()
    QTest.mouseClick(dialog.view.viewport(), LEFT, pos=place)
    selected = studio.session.staging.selected
    assert selected is not None
    assert selected.recipe.request.seed == 8
    dialog.view.setFocus()
    QTest.keyClick(dialog.view, Qt.Key.Key_Down)
    QTest.keyClick(dialog.view, Qt.Key.Key_Left)
    QTest.keyClick(dialog.view, Qt.Key.Key_Return)
    selected = studio.session.staging.selected
    assert selected is not None
    assert (selected.recipe.request.seed, selected.recipe.request.decoder.steps) == (9, 2)


def test_cells_say_what_they_are(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    make(qtbot, studio, dialog)
    told = dialog.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Decoder steps: 2, Seed: 8\nA click shows it on the canvas."
    studio.session.grid.cells[2] = None
    assert "not made yet" in dialog.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_it_says_how_many_and_how_long(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    assert dialog.note.text() == "4 pictures"
    set_axis(dialog.y_axis, "seed", "1-3")
    qtbot.waitUntil(lambda: dialog.note.text() == "4 × 3 = 12 pictures")
    studio.session.generate()
    qtbot.waitUntil(lambda: len(studio.session.staging.candidates) == 1)
    studio.session.settings.prompt = "a blue star"
    qtbot.waitUntil(lambda: dialog.note.text().startswith("4 × 3 = 12 pictures, about "))
    set_axis(dialog.y_axis, "seed", "1")
    set_axis(dialog.x_axis, "decoder-steps", "2")
    qtbot.waitUntil(lambda: dialog.note.text().startswith("1 picture"))


def test_values_that_cannot_be_are_said_at_once(qtbot: QtBot, dialog: SweepDialog) -> None:
    set_axis(dialog.x_axis, "decoder-steps", "1-")
    qtbot.waitUntil(lambda: dialog.note.text().startswith("Decoder steps: 1- cannot be read."))
    assert not dialog.start.isEnabled()
    set_axis(dialog.x_axis, "decoder-steps", "1-30")
    set_axis(dialog.y_axis, "seed", "1-30")
    qtbot.waitUntil(lambda: "30 × 30 are 900 pictures; 400 are possible" in dialog.note.text())
    QTest.keyClick(dialog.x_axis.values, Qt.Key.Key_Return)
    assert dialog.model.rowCount() == 0


def test_an_empty_prompt_is_said(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    studio.session.settings.prompt = ""
    qtbot.waitUntil(lambda: "The prompt is empty" in dialog.note.text())


def test_return_in_the_values_makes_the_grid(
    qtbot: QtBot, studio: Studio, dialog: SweepDialog
) -> None:
    set_axis(dialog.x_axis, "seed", "1,2")
    QTest.keyClick(dialog.x_axis.values, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: studio.session.grid.made == 2)
    assert dialog.view.verticalHeader().isHidden()


def test_all_that_can_be_chosen_is_filled_in(dialog: SweepDialog) -> None:
    set_axis(dialog.x_axis, "sampler", "")
    assert dialog.x_axis.values.placeholderText() == "ddim, euler"
    QTest.mouseClick(dialog.x_axis.fill, LEFT)
    assert dialog.x_axis.values.text() == "ddim, euler"
    set_axis(dialog.x_axis, "seed", "")
    assert not dialog.x_axis.fill.isEnabled()
    assert dialog.x_axis.hint.text() == "Like 1-4; -1 draws one"


def test_axes_can_be_swapped(studio: Studio, dialog: SweepDialog) -> None:
    QTest.mouseClick(dialog.swap, LEFT)
    assert dialog.x_axis.chosen == ("decoder-guidance", "1-7 [4]")
    set_axis(dialog.y_axis, "seed", "1,2")
    QTest.mouseClick(dialog.swap, LEFT)
    assert dialog.x_axis.chosen == ("seed", "1,2")
    assert dialog.y_axis.chosen == ("decoder-guidance", "1-7 [4]")


def test_what_was_chosen_is_there_when_it_opens_again(studio: Studio, dialog: SweepDialog) -> None:
    set_axis(dialog.x_axis, "seed", "1,2")
    dialog.close()
    again = studio.window.dialogs.sweep()
    assert again.x_axis.chosen == ("seed", "1,2")


def test_cancel_keeps_what_is_made(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    grid = studio.session.grid

    def stop(_: int) -> None:
        if grid.made == 1 and dialog.cancel.isEnabled():
            QTest.mouseClick(dialog.cancel, LEFT)

    grid.cell_changed.connect(stop)
    set_axis(dialog.x_axis, "seed", "1-50")
    QTest.mouseClick(dialog.start, LEFT)
    assert dialog.bar.isVisible()
    qtbot.waitUntil(lambda: not grid.is_busy)
    assert 1 <= grid.made < 50
    assert dialog.save.isEnabled()
    assert not dialog.cancel.isEnabled()
    assert not dialog.bar.isVisible()


def test_the_grid_is_saved_with_its_recipes(
    qtbot: QtBot, studio: Studio, dialog: SweepDialog, tmp_path: Path
) -> None:
    make(qtbot, studio, dialog)
    dialog.save_file(str(tmp_path / "grid.png"))
    qtbot.waitUntil(lambda: "Saved as grid.png." in said(studio))
    assert len(read_recipes(tmp_path / "grid.png")) == 6
    dialog.save_file(str(tmp_path))
    qtbot.waitUntil(lambda: "folder or a device" in said(studio))


def test_save_asks_where_to(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    make(qtbot, studio, dialog)
    QTest.mouseClick(dialog.save, LEFT)
    [asked] = [each for each in dialog.findChildren(QFileDialog) if each.isVisible()]
    assert asked.windowTitle() == "Save grid as"
    asked.close()


def test_a_repaint_offers_what_counts_for_it(studio: Studio, dialog: SweepDialog) -> None:
    assert "strength" not in keys(dialog.x_axis)
    studio.session.open_picture(PICTURE)
    studio.session.document.set_mask(Mask.empty(PICTURE.extent).inverted())
    assert {"strength", "feather", "seam", "content"} <= set(keys(dialog.x_axis))
    set_axis(dialog.x_axis, "strength", "0.5, 1")
    studio.session.document.clear_mask()
    assert "strength" not in keys(dialog.x_axis)
    assert dialog.x_axis.chosen[0] == "prompt"


def test_another_model_offers_its_own(studio: Studio, dialog: SweepDialog) -> None:
    assert "sampler" in keys(dialog.x_axis)
    studio.session.capabilities = CAPABILITIES.model_copy(update={"samplers": ()})
    studio.session.model_described.emit()
    assert "sampler" not in keys(dialog.x_axis)
    assert keys(dialog.y_axis)[0] == ""


def test_cells_grow_and_shrink(qtbot: QtBot, studio: Studio, dialog: SweepDialog) -> None:
    make(qtbot, studio, dialog)
    before = dialog.view.edge
    dialog.view.setFocus()
    QTest.keyClick(dialog.view, Qt.Key.Key_Plus, CONTROL)
    assert dialog.view.edge == dialog.zoom.value() == before + 16
    QTest.keyClick(dialog.view, Qt.Key.Key_Minus, CONTROL)
    assert dialog.view.edge == before
    dialog.zoom.setValue(200)
    assert dialog.view.edge == 200
    assert dialog.view.columnWidth(0) > 200


def test_a_click_beside_the_cells_does_nothing(
    qtbot: QtBot, studio: Studio, dialog: SweepDialog
) -> None:
    make(qtbot, studio, dialog)
    corner = dialog.view.viewport().rect().bottomRight() - QPoint(3, 3)
    assert dialog.view.indexAt(corner) == QModelIndex()
    QTest.mouseClick(dialog.view.viewport(), LEFT, pos=corner)
    assert studio.session.staging.candidates == []


def test_drawn_cells_look_like_their_pictures(
    qtbot: QtBot, studio: Studio, dialog: SweepDialog
) -> None:
    set_axis(dialog.x_axis, "prompt", "red, blue")
    QTest.mouseClick(dialog.start, LEFT)
    qtbot.waitUntil(lambda: studio.session.grid.made == 2)
    qtbot.waitUntil(lambda: not studio.session.grid.is_busy)
    picture = dialog.view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()

    def colour(column: int) -> tuple[int, int]:
        middle = dialog.view.visualRect(dialog.model.index(0, column)).center() * ratio
        pixel = picture.pixelColor(middle)
        return pixel.red(), pixel.blue()

    assert colour(0)[0] > colour(0)[1] + 50
    assert colour(1)[1] > colour(1)[0] + 50
