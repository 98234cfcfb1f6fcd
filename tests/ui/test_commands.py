"""What the menus can do, with the picture, the mask, the queue and the result."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.layers import MASK
from t2i_studio.studio.document import Document
from t2i_studio.ui.language import ENGLISH, available, install
from t2i_studio.ui.menus import MENUS, STEP, paths
from tests.ui.conftest import OpenStudio
from tests.ui.test_main_window import press_generate, wait_for_results, write

GREY = Image.filled(Extent(256, 256), (200, 190, 180))


def run(studio: Studio, *names: str) -> None:
    for name in names:
        studio.window.commands[name].trigger()


def is_enabled(studio: Studio, name: str) -> bool:
    return studio.window.commands[name].isEnabled()


def with_picture(studio: Studio) -> Document:
    studio.session.open_picture(GREY)
    return studio.session.document


def with_mask(studio: Studio) -> Document:
    document = with_picture(studio)
    pixels = np.zeros((256, 256), np.uint8)
    pixels[64:128, 32:96] = 255
    document.set_mask(Mask(pixels))
    return document


def menu(studio: Studio, *titles: str) -> QMenu:
    """Return a menu as people find it."""
    actions: list[QAction] = studio.window.menuBar().actions()
    found = None
    for title in titles:
        [found] = [a.menu() for a in actions if a.text().replace("&", "") == title]
        assert isinstance(found, QMenu)
        found.aboutToShow.emit()
        actions = found.actions()
    assert isinstance(found, QMenu)
    return found


def texts(of: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in of.actions() if not action.isSeparator()]


def test_without_a_picture_little_can_be_done(studio: Studio) -> None:
    off = [c.id for c in studio.window.commands if not is_enabled(studio, c.id)]
    assert {"layer.new", "mask.invert", "generate.outpaint_left", "generate.accept"} <= set(off)
    assert not {"generate.generate", "file.open", "edit.undo", "help.shortcuts"} & set(off)


def test_layers_are_made_copied_merged_and_removed(studio: Studio) -> None:
    document = with_picture(studio)
    run(studio, "layer.new")
    assert len(document.layers) == 2
    assert is_enabled(studio, "layer.remove")
    run(studio, "layer.duplicate")
    assert len(document.layers) == 3
    run(studio, "layer.merge")
    assert len(document.layers) == 2
    run(studio, "layer.remove")
    assert len(document.layers) == 1
    assert not is_enabled(studio, "layer.remove")
    run(studio, "layer.duplicate", "layer.flatten")
    assert len(document.layers) == 1
    assert document.picture == GREY


def test_what_a_command_cannot_do_is_told(studio: Studio) -> None:
    document = with_picture(studio)
    run(studio, "layer.new")
    document.change_layer(document.active, is_visible=False)
    run(studio, "layer.merge")
    assert studio.window.toasts.toasts
    assert len(document.layers) == 2


def test_the_picture_is_cropped_to_frame_and_mask(studio: Studio) -> None:
    document = with_mask(studio)
    assert not is_enabled(studio, "layer.crop_to_frame")
    studio.session.frame.put(Bounds(-16, 0, 272, 256))
    run(studio, "layer.crop_to_frame")
    assert document.extent == Extent(272, 256)
    run(studio, "edit.undo", "layer.crop_to_mask")
    assert document.extent == Extent(64, 64)
    assert document.history.undo_name == "Crop to mask"


@pytest.mark.parametrize("what", ["grow", "shrink", "feather"])
def test_the_mask_is_changed_by_an_amount(qtbot: QtBot, studio: Studio, what: str) -> None:
    document = with_mask(studio)
    before = document.mask
    run(studio, f"mask.{what}")
    popover = studio.window.canvas.options.mask_menu.popover
    assert popover.isVisible()
    popover.apply.click()
    qtbot.waitUntil(lambda: document.mask != before)


def test_transparent_parts_become_the_mask(studio: Studio) -> None:
    document = with_picture(studio)
    assert not is_enabled(studio, "mask.from_transparency")
    document.recanvas(Bounds(0, 0, 320, 256))
    run(studio, "mask.from_transparency")
    expected = np.zeros((256, 320), np.uint8)
    expected[:, 256:] = 255
    assert np.array_equal(document.mask.pixels, expected)


def test_the_mask_is_hidden_and_shown(studio: Studio) -> None:
    action = studio.window.commands["mask.show"]
    assert action.isChecked()
    action.trigger()
    assert not studio.session.tools.is_mask_visible
    assert not action.isChecked()


def test_keys_of_the_mask_are_heard_on_the_canvas_only(studio: Studio) -> None:
    document = with_mask(studio)
    window = studio.window
    window.activateWindow()
    shift = Qt.KeyboardModifier.ShiftModifier
    window.gallery.strip.setFocus()
    QTest.keyClick(window.gallery.strip, Qt.Key.Key_C, shift)
    assert document.has_mask
    window.canvas.view.setFocus()
    QTest.keyClick(window.canvas.view, Qt.Key.Key_C, shift)
    assert not document.has_mask


def test_typing_capital_letters_cancels_nothing(studio: Studio) -> None:
    studio.session.dispatcher.pause()
    write(studio, "X")
    press_generate(studio)
    write(studio, "a FOX CVX")
    assert studio.window.prompt.prompt.toPlainText() == "a FOX CVX"
    assert len(studio.session.jobs) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_front_of_the_queue_is_one_key_away(studio: Studio, key: Qt.Key) -> None:
    studio.session.dispatcher.pause()
    for prompt in ("first", "second"):
        write(studio, prompt)
        press_generate(studio)
    write(studio, "urgent")
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(studio.window.prompt.prompt, key, modifiers)
    assert [job.request.prompt for job in studio.session.jobs] == ["urgent", "first", "second"]


def test_the_queue_pauses_and_goes_on(qtbot: QtBot, studio: Studio) -> None:
    run(studio, "generate.pause")
    assert studio.window.commands["generate.pause"].isChecked()
    write(studio, "a red cube")
    press_generate(studio)
    assert studio.session.jobs.current is None
    run(studio, "generate.pause")
    assert not studio.window.commands["generate.pause"].isChecked()
    wait_for_results(qtbot, studio, 1)


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier),
        (
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
        ),
    ],
)
def test_the_job_that_runs_is_cancelled_by_either_key(
    qtbot: QtBot, studio: Studio, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    studio.session.settings.count = 50
    write(studio, "a red cube")
    press_generate(studio)
    qtbot.waitUntil(lambda: studio.session.jobs.current is not None)
    studio.window.canvas.view.setFocus()
    QTest.keyClick(studio.window.canvas.view, key, modifiers)
    qtbot.waitUntil(lambda: len(studio.session.jobs) == 0)
    assert len(studio.session.staging.candidates) < 50


def test_a_result_is_accepted_as_a_layer(qtbot: QtBot, studio: Studio) -> None:
    document = with_picture(studio)
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    run(studio, "generate.accept_as_layer")
    assert len(document.layers) == 2


def test_the_frame_sticks_out_for_outpainting(studio: Studio) -> None:
    with_picture(studio)
    run(studio, "generate.outpaint_left")
    bounds = studio.session.frame.bounds
    assert bounds is not None
    assert bounds.x == -128


def test_live_mode_is_on_or_off(studio: Studio) -> None:
    run(studio, "generate.live")
    assert studio.session.live.is_on
    assert studio.window.commands["generate.live"].isChecked()
    run(studio, "generate.live")
    assert not studio.session.live.is_on


def test_the_history_lists_the_last_steps_and_goes_to_them(studio: Studio) -> None:
    document = with_picture(studio)
    assert texts(menu(studio, "Edit", "History"))[-1] == "Beginning"
    for _ in range(24):
        document.invert_mask()
    history = menu(studio, "Edit", "History")
    assert len(history.actions()) == 20
    assert [a.isChecked() for a in history.actions()] == [True] + 19 * [False]
    history.actions()[3].trigger()
    assert document.history.position == len(document.history.steps) - 3
    again = menu(studio, "Edit", "History")
    assert [a.isChecked() for a in again.actions()].index(True) == 3


def test_an_empty_history_says_so(studio: Studio) -> None:
    history = menu(studio, "Edit", "History")
    assert texts(history) == ["Nothing was done yet"]
    assert not history.actions()[0].isEnabled()


def test_copy_and_paste_go_to_the_text_that_has_the_focus(studio: Studio) -> None:
    with_picture(studio)
    studio.window.activateWindow()
    write(studio, "a red cube")
    studio.window.prompt.prompt.selectAll()
    run(studio, "edit.copy")
    assert QGuiApplication.clipboard().text() == "a red cube"
    studio.window.canvas.view.setFocus()
    run(studio, "edit.copy")
    assert QGuiApplication.clipboard().image().width() == 256
    QGuiApplication.clipboard().setText("two")
    studio.window.prompt.prompt.setFocus()
    studio.window.prompt.prompt.selectAll()
    run(studio, "edit.paste")
    assert studio.window.prompt.prompt.toPlainText() == "two"


def test_zooms_are_those_of_the_menu(studio: Studio) -> None:
    with_picture(studio)
    view = studio.window.canvas.view
    for digit, zoom in (("2", 2.0), ("3", 4.0), ("4", 8.0), ("1", 1.0)):
        run(studio, f"view.zoom_{digit}")
        assert view.zoom == zoom


def test_menus_name_where_things_are(studio: Studio) -> None:
    places = paths()
    assert places["generate.outpaint_left"] == f"Generate{STEP}Outpaint"
    assert places["edit.undo"] == "Edit"
    assert [m.title.replace("&", "") for m in MENUS][:4] == ["File", "Edit", "Layer", "Mask"]


@pytest.fixture
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Speak a language while the window is made."""
    yield install(qapp, request.param)
    install(qapp, ENGLISH)


@pytest.mark.parametrize("language", available(), indirect=True)
def test_no_two_entries_of_a_menu_have_the_same_letter(
    language: str, open_studio: OpenStudio
) -> None:
    bar = open_studio().window.menuBar()
    for entries in (bar, *bar.findChildren(QMenu)):
        texts = [action.text().replace("&&", "") for action in entries.actions()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert sorted(letters) == sorted(set(letters)), texts


def test_about_can_be_read(studio: Studio) -> None:
    run(studio, "help.about")
    [box] = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == "About T2I Studio"]
    assert "unCLIP" in box.informativeText()
    box.close()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes


def test_what_the_mask_covers_is_cut_from_a_layer(studio: Studio) -> None:
    document = with_mask(studio)
    document.activate(document.layers[0].id)
    studio.window.canvas.view.setFocus()
    run(studio, "edit.cut")
    assert QGuiApplication.clipboard().image().width() == 64
    expected = np.zeros((256, 256), bool)
    expected[64:128, 32:96] = True
    assert np.array_equal(document.unknown, expected)
    assert document.history.undo_name == "Cut"


def test_nothing_can_be_cut_from_the_mask(studio: Studio) -> None:
    document = with_mask(studio)
    document.activate(MASK)
    studio.window.canvas.view.setFocus()
    run(studio, "edit.cut")
    assert "Only a layer can be cut from" in studio.window.toasts.toasts[-1].text


def test_without_a_mask_all_of_the_layer_is_cut_and_comes_back_as_one(
    qtbot: QtBot, studio: Studio
) -> None:
    document = with_picture(studio)
    document.activate(document.layers[0].id)
    studio.window.canvas.view.setFocus()
    run(studio, "edit.cut")
    assert document.unknown is not None
    assert document.unknown.all()
    run(studio, "edit.paste_picture")
    qtbot.waitUntil(lambda: len(document.layers) == 2)
    assert document.picture == GREY


def test_the_frame_fills_the_view(studio: Studio) -> None:
    with_picture(studio)
    view = studio.window.canvas.view
    studio.session.frame.put(Bounds(200, 200, 64, 64))
    run(studio, "view.fit_frame")
    corners = [view.from_picture(QPointF(*at)) for at in ((200, 200), (264, 264))]
    assert all(view.rect().contains(corner.toPoint()) for corner in corners)
    middle = (corners[0] + corners[1]) / 2
    assert abs(middle.x() - view.width() / 2) <= 2


def test_projects_and_pictures_are_opened_by_one_dialog(
    qtbot: QtBot, studio: Studio, tmp_path: Path
) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(GREY.to_png())
    run(studio, "file.open")
    [dialog] = studio.window.findChildren(QFileDialog)
    assert "*.ora" in dialog.nameFilters()[0]
    assert "*.png" in dialog.nameFilters()[0]
    dialog.fileSelected.emit(str(file))
    dialog.close()
    qtbot.waitUntil(lambda: studio.session.document.picture == GREY)
    target = tmp_path / "project.ora"
    studio.window.projects._project.save(target)
    qtbot.waitUntil(lambda: studio.window.projects.recent == (target,))
    run(studio, "file.new")
    recent = menu(studio, "File", "Open recent")
    assert texts(recent) == [f"project.ora – {tmp_path.name}", "Clear the list"]
    recent.actions()[0].trigger()
    qtbot.waitUntil(lambda: studio.session.document.picture == GREY)
    menu(studio, "File", "Open recent").actions()[-1].trigger()
    assert texts(menu(studio, "File", "Open recent")) == ["No project was open yet"]
