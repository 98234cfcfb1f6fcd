"""The window driven as people drive it: keys and mouse, over the fake backend."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import Inpaint
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.jobs import JobState
from t2i_studio.ui import theme
from t2i_studio.ui.main_window import _first_size
from t2i_studio.ui.qimage import from_qimage
from t2i_studio.ui.widgets.number_field import NumberField
from tests.ui.conftest import OpenStudio

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def write(studio: Studio, text: str) -> None:
    studio.window.prompt.prompt.setFocus()
    studio.window.prompt.prompt.selectAll()
    if text.isascii():
        QTest.keyClicks(studio.window.prompt.prompt, text)
    else:  # as an input method writes it: QTest has keys for Latin letters only
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(studio.window.prompt.prompt, event)


def press_generate(studio: Studio) -> None:
    QTest.keyClick(studio.window.prompt.prompt, Qt.Key.Key_Return, CONTROL)


def wait_for_results(qtbot: QtBot, studio: Studio, count: int) -> None:
    qtbot.waitUntil(lambda: len(studio.session.staging.candidates) == count)
    qtbot.waitUntil(lambda: len(studio.session.jobs) == 0)


def paint_left_half(studio: Studio) -> None:
    """Drag a wide brush down the left half of the canvas."""
    view = studio.window.canvas.view
    studio.session.tools.brush_size = 90
    x, height = view.width() // 2 - 60, view.height()
    QTest.mousePress(view, LEFT, pos=QPoint(x, height // 3))
    for y in range(height // 3, 2 * height // 3, 10):
        QTest.mouseMove(view, QPoint(x, y))
    QTest.mouseRelease(view, LEFT, pos=QPoint(x, 2 * height // 3))


def toast_texts(studio: Studio) -> str:
    return " ".join(toast.text for toast in studio.window.toasts.toasts)


def test_a_typed_prompt_becomes_a_saved_picture_on_the_canvas(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    image = studio.session.staging.candidates[0].image
    assert image.pixels[..., 0].mean() > image.pixels[..., 2].mean() + 50
    assert studio.window.staging.isVisible()
    qtbot.waitUntil(lambda: studio.window.gallery.model.rowCount() == 1)
    assert studio.session.shelf.pictures[0].path.exists()


def test_generate_never_disables_and_each_press_queues(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    button = studio.window.prompt.button
    for expected in (1, 2, 3):
        QTest.mouseClick(button, LEFT)
        assert button.isEnabled()
        assert len(studio.session.jobs) == expected
    wait_for_results(qtbot, studio, 3)
    assert len({c.recipe.request.seed for c in studio.session.staging.candidates}) == 3


def test_an_empty_prompt_is_told_and_the_queue_goes_on(qtbot: QtBot, studio: Studio) -> None:
    write(studio, " ")
    press_generate(studio)
    assert "prompt is empty" in toast_texts(studio)
    write(studio, "a blue star")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)


def test_an_example_writes_its_prompt_and_generates(qtbot: QtBot, studio: Studio) -> None:
    example = studio.window.canvas.empty.buttons[1]
    QTest.mouseClick(example, LEFT)
    wait_for_results(qtbot, studio, 1)
    assert studio.window.prompt.prompt.toPlainText() == example.text()
    assert not studio.window.canvas.empty.isVisible()


def test_painting_turns_generate_into_inpaint_and_keeps_the_rest(
    qtbot: QtBot, studio: Studio
) -> None:
    picture = Image.filled(Extent(256, 256), (200, 190, 180))
    studio.session.open_picture(picture)
    paint_left_half(studio)
    assert studio.window.prompt.button.text() == "Inpaint"
    mask = studio.session.document.mask
    write(studio, "a blue star")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    candidate = studio.session.staging.candidates[0]
    assert isinstance(candidate.recipe.request, Inpaint)
    kept = mask.pixels == 0
    assert np.array_equal(candidate.image.pixels[kept], picture.pixels[kept])
    assert (candidate.image.pixels[mask.pixels == 255] != (200, 190, 180)).any()


def test_accept_by_key_and_undo_by_key(qtbot: QtBot, studio: Studio) -> None:
    picture = Image.filled(Extent(256, 256), (200, 190, 180))
    studio.session.open_picture(picture)
    paint_left_half(studio)
    mask = studio.session.document.mask
    write(studio, "a green ball")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    result = studio.session.staging.candidates[0].image
    view = studio.window.canvas.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert studio.session.staging.selected is None
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert studio.session.document.picture == result
    assert not studio.session.document.has_mask
    studio.window.commands["edit.undo"].trigger()
    assert studio.session.document.picture == picture
    assert studio.session.document.mask == mask
    studio.window.commands["edit.redo"].trigger()
    assert studio.session.document.picture == result


def test_undo_goes_to_the_focused_text_first(studio: Studio) -> None:
    studio.session.open_picture(Image.filled(Extent(64, 64), (1, 2, 3)))
    write(studio, "a red cube")
    prompt = studio.window.prompt.prompt
    qt_focus = QApplication.focusWidget()
    assert qt_focus is prompt
    studio.window.commands["edit.undo"].trigger()
    assert prompt.toPlainText() != "a red cube"
    assert studio.session.document.picture is not None


def test_escape_leaves_the_staging_and_keeps_the_files(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    view = studio.window.canvas.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not studio.window.staging.isVisible()
    assert studio.session.shelf.pictures[0].path.exists()


def test_cancel_all_ends_every_job(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    jobs = []
    for _ in range(5):
        press_generate(studio)
    jobs = list(studio.session.jobs)
    studio.window.commands["generate.cancel_all"].trigger()
    qtbot.waitUntil(lambda: len(studio.session.jobs) == 0)
    assert jobs[-1].state is JobState.cancelled


def test_the_gallery_recalls_prompt_seed_and_settings(qtbot: QtBot, studio: Studio) -> None:
    studio.session.settings.seed = 42
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    write(studio, "something else")
    studio.session.settings.seed = 1
    gallery = studio.window.gallery
    gallery.strip.setCurrentIndex(gallery.model.index(0))
    menu = gallery.menu()
    assert menu is not None
    entries = {action.text(): action for action in menu.actions()}
    entries["Use prompt"].trigger()
    qtbot.waitUntil(lambda: studio.session.settings.prompt == "a red cube")
    assert studio.window.prompt.prompt.toPlainText() == "a red cube"
    assert studio.session.settings.seed == 1
    entries["Use all settings"].trigger()
    qtbot.waitUntil(lambda: studio.session.settings.seed == 42)
    menu.deleteLater()


def test_a_picture_goes_from_the_gallery_to_the_canvas(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    image = studio.session.staging.candidates[0].image
    gallery = studio.window.gallery
    gallery.strip.setCurrentIndex(gallery.model.index(0))
    menu = gallery.menu()
    assert menu is not None
    next(a for a in menu.actions() if a.text() == "Send to canvas").trigger()
    qtbot.waitUntil(lambda: studio.session.document.picture == image)
    menu.deleteLater()


def test_deleting_from_the_gallery_can_be_undone(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    path = studio.session.shelf.pictures[0].path
    gallery = studio.window.gallery
    gallery.strip.setCurrentIndex(gallery.model.index(0))
    gallery.strip.setFocus()
    QTest.keyClick(gallery.strip, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 0)
    assert not path.exists()
    undo = next(b for b in studio.window.toasts.findChildren(QPushButton) if b.text() == "Undo")
    QTest.mouseClick(undo, LEFT)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 1)
    assert path.exists()


def test_double_click_shows_the_picture_with_its_recipe(qtbot: QtBot, studio: Studio) -> None:
    studio.session.settings.seed = 42
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    gallery = studio.window.gallery
    gallery.strip.activated.emit(gallery.model.index(0))
    viewer = studio.window.viewer
    qtbot.waitUntil(viewer.isVisible)
    assert "a red cube" in viewer.recipe.toPlainText()
    assert "Seed 42" in viewer.recipe.toPlainText()
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_a_restart_restores_everything(
    qtbot: QtBot, open_studio: OpenStudio, data_folder: Path
) -> None:
    first = open_studio()
    picture = Image.filled(Extent(96, 64), (9, 120, 200))
    first.session.open_picture(picture)
    paint_left_half(first)
    mask = first.session.document.mask
    write(first, "a fox 🦊 with an umlaut: ü")
    first.session.settings.seed, first.session.settings.decoder_steps = 77, 3
    first.window.set_theme("Light")
    second = open_studio()
    assert second.session.settings.prompt == first.session.settings.prompt
    assert second.window.prompt.prompt.toPlainText() == "a fox 🦊 with an umlaut: ü"
    assert second.window.prompt.seed.value == 77
    assert second.session.settings.decoder_steps == 3
    qtbot.waitUntil(lambda: second.session.document.picture == picture)
    assert second.session.document.mask == mask
    assert theme.current() is theme.LIGHT


def test_dropping_a_picture_file_opens_it(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    picture = Image.filled(Extent(32, 20), (10, 20, 30))
    file = tmp_path / "ein Bild 🖼.png"
    file.write_bytes(picture.to_png())
    drop(studio, file)
    qtbot.waitUntil(lambda: studio.session.document.picture == picture)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n cut"])
def test_dropping_something_else_is_told(
    qtbot: QtBot, studio: Studio, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "thing.png"
    file.write_bytes(content)
    drop(studio, file)
    qtbot.waitUntil(lambda: "thing.png" in toast_texts(studio))
    assert studio.session.document.picture is None


def drop(studio: Studio, file: Path) -> None:
    """Drop a file, and open it if there is a choice."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    studio.window.dropEvent(event)
    if menu := studio.window.incoming.menu:
        next(action for action in menu.actions() if action.text() == "&Open").trigger()
        menu.close()


def test_a_dropped_result_offers_its_settings(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    studio.session.settings.seed = 42
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    write(studio, "x")
    drop(studio, studio.session.shelf.pictures[0].path)
    qtbot.waitUntil(lambda: "carries its settings" in toast_texts(studio))
    toasts = studio.window.toasts
    use = next(b for b in toasts.findChildren(QPushButton) if b.text() == "Use them")
    QTest.mouseClick(use, LEFT)
    assert studio.session.settings.prompt == "a red cube"


def test_pasting_a_picture_opens_it(qtbot: QtBot, studio: Studio) -> None:
    image = QImage(12, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    studio.window.commands["edit.paste_picture"].trigger()
    qtbot.waitUntil(lambda: studio.session.document.picture == from_qimage(image))


def test_pasting_nothing_is_told(studio: Studio) -> None:
    QGuiApplication.clipboard().clear()
    studio.window.commands["edit.paste_picture"].trigger()
    assert "no picture on the clipboard" in toast_texts(studio)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_the_canvas_is_saved_where_asked(
    qtbot: QtBot, studio: Studio, tmp_path: Path, suffix: str
) -> None:
    studio.session.open_picture(Image.filled(Extent(32, 20), (10, 20, 30)))
    target = tmp_path / f"canvas{suffix}"
    studio.window.files.save_path(str(target))
    qtbot.waitUntil(lambda: "Saved as" in toast_texts(studio))
    assert not QImage(str(target)).isNull()


def test_a_save_that_fails_is_told(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    studio.session.open_picture(Image.filled(Extent(32, 20), (10, 20, 30)))
    (tmp_path / "file").write_text("not a folder")
    studio.window.files.save_path(str(tmp_path / "file" / "x.png"))
    qtbot.waitUntil(lambda: str(tmp_path / "file") in toast_texts(studio))


def test_closing_while_a_picture_is_made_ends_the_engine(qtbot: QtBot, studio: Studio) -> None:
    studio.session.settings.count = 50
    write(studio, "a red cube")
    press_generate(studio)
    qtbot.waitUntil(lambda: bool(studio.session.shelf.pictures))
    studio.window.close()
    studio.close()
    assert not studio.engine.isRunning()
    made = len(studio.session.staging.candidates)
    assert made == len(list(studio.session.shelf.gallery.newest(100)))


def test_closing_at_once_after_saving_a_project_writes_it(studio: Studio, tmp_path: Path) -> None:
    studio.session.open_picture(Image.filled(Extent(32, 20), (10, 20, 30)))
    studio.project.save(tmp_path / "work.ora")
    studio.window.close()
    studio.close()
    assert (tmp_path / "work.ora").exists()


def test_the_negative_prompt_and_settings_reach_the_request(qtbot: QtBot, studio: Studio) -> None:
    window = studio.window
    window.prompt.negative_section.set_open(True)
    QTest.keyClicks(window.prompt.negative, "fog")
    window.prompt.advanced_section.set_open(True)
    steps = window.prompt.advanced.findChild(type(window.prompt), "decoder_steps")
    assert steps is None
    studio.session.settings.decoder_steps = 2
    studio.session.settings.prior_kind = "none"
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    request = studio.session.staging.candidates[0].recipe.request
    assert request.negative_prompt == "fog"
    assert request.decoder.steps == 2
    assert request.prior.kind == "none"
    assert request.decoder.sampler == "ddim"


def test_the_last_seed_can_be_reused_with_a_click(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    seed = studio.session.staging.candidates[0].recipe.request.seed
    assert studio.session.settings.seed == -1
    QTest.mouseClick(studio.window.prompt.seed.reuse, LEFT)
    assert studio.session.settings.seed == seed
    assert studio.window.prompt.seed.value == seed


def test_the_prompt_history_is_browsed_with_alt_up(qtbot: QtBot, studio: Studio) -> None:
    for text in ("a red cube", "a blue star"):
        write(studio, text)
        press_generate(studio)
    write(studio, "new")
    alt = Qt.KeyboardModifier.AltModifier
    prompt = studio.window.prompt.prompt
    QTest.keyClick(prompt, Qt.Key.Key_Up, alt)
    assert prompt.toPlainText() == "a blue star"
    QTest.keyClick(prompt, Qt.Key.Key_Up, alt)
    assert prompt.toPlainText() == "a red cube"
    QTest.keyClick(prompt, Qt.Key.Key_Down, alt)
    assert prompt.toPlainText() == "a blue star"
    qtbot.waitUntil(lambda: len(studio.session.jobs) == 0)


def test_a_seed_that_cannot_be_used_is_told_and_not_run(qtbot: QtBot, studio: Studio) -> None:
    write(studio, "a red cube")
    QTest.keyClicks(studio.window.prompt.seed.edit, "12x")
    QTest.mouseClick(studio.window.prompt.button, LEFT)
    assert "seed cannot be used" in toast_texts(studio)
    assert len(studio.session.jobs) == 0


def repaint(qtbot: QtBot, studio: Studio) -> Path:
    """Make a repaint and return its file."""
    studio.session.open_picture(Image.filled(Extent(256, 256), (200, 190, 180)))
    paint_left_half(studio)
    write(studio, "a blue star")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    qtbot.waitUntil(lambda: bool(studio.session.shelf.pictures))
    return studio.session.shelf.pictures[0].path


def test_a_saved_repaint_can_be_opened_with_its_settings(qtbot: QtBot, studio: Studio) -> None:
    path = repaint(qtbot, studio)
    result = studio.session.staging.candidates[0].image
    drop(studio, path)
    qtbot.waitUntil(lambda: studio.session.document.picture == result)
    assert "carries its settings" in toast_texts(studio)


def test_a_repaint_whose_original_is_lost_is_still_a_picture(
    qtbot: QtBot, studio: Studio, data_folder: Path
) -> None:
    path = repaint(qtbot, studio)
    result = studio.session.staging.candidates[0].image
    for blob in (data_folder / "gallery" / "inputs").iterdir():
        blob.unlink()
    drop(studio, path)
    qtbot.waitUntil(lambda: studio.session.document.picture == result)
    write(studio, "x")
    gallery = studio.window.gallery
    gallery.strip.setCurrentIndex(gallery.model.index(0))
    menu = gallery.menu()
    assert menu is not None
    next(a for a in menu.actions() if a.text() == "Use prompt").trigger()
    qtbot.waitUntil(lambda: studio.session.settings.prompt == "a blue star")
    menu.deleteLater()


def test_a_recalled_negative_prompt_is_shown(studio: Studio) -> None:
    assert not studio.window.prompt.negative_section.is_open
    studio.session.settings.negative_prompt = "fog"
    assert studio.window.prompt.negative_section.is_open


def test_the_menu_names_what_undo_takes_back(studio: Studio) -> None:
    studio.session.open_picture(Image.filled(Extent(256, 256), (1, 2, 3)))
    paint_left_half(studio)
    assert studio.window.commands["edit.undo"].text() == "&Undo Paint mask"
    studio.window.commands["edit.undo"].trigger()
    assert studio.window.commands["edit.redo"].text() == "&Redo Paint mask"


def test_a_canvas_of_another_format_is_refused_with_those_that_work(
    qtbot: QtBot, studio: Studio, tmp_path: Path
) -> None:
    studio.session.open_picture(Image.filled(Extent(32, 20), (10, 20, 30)))
    studio.window.files.save_path(str(tmp_path / "canvas.bmp"))
    qtbot.waitUntil(lambda: ".png, .jpg" in toast_texts(studio))
    assert not (tmp_path / "canvas.bmp").exists()


def result_on_canvas(qtbot: QtBot, studio: Studio) -> Image:
    write(studio, "a red cube")
    press_generate(studio)
    wait_for_results(qtbot, studio, 1)
    return studio.session.staging.candidates[0].image


def test_what_is_shown_is_what_is_saved_and_copied(
    qtbot: QtBot, studio: Studio, tmp_path: Path
) -> None:
    studio.session.open_picture(Image.filled(Extent(256, 256), (1, 2, 3)))
    result = result_on_canvas(qtbot, studio)
    studio.window.files.save_path(str(tmp_path / "shown.png"))
    qtbot.waitUntil(lambda: "Saved as" in toast_texts(studio))
    assert Image.from_png((tmp_path / "shown.png").read_bytes()) == result
    studio.window.commands["edit.copy_picture"].trigger()
    assert from_qimage(QGuiApplication.clipboard().image()) == result


def test_undo_first_leaves_the_result_that_is_shown(qtbot: QtBot, studio: Studio) -> None:
    picture = Image.filled(Extent(256, 256), (1, 2, 3))
    studio.session.open_picture(picture)
    result_on_canvas(qtbot, studio)
    studio.window.canvas.view.setFocus()
    studio.window.commands["edit.undo"].trigger()
    assert studio.session.staging.selected is None
    assert studio.session.document.picture == picture
    studio.window.commands["edit.undo"].trigger()
    assert studio.session.document.picture is None


def test_accepting_by_click_hands_the_focus_to_the_canvas(qtbot: QtBot, studio: Studio) -> None:
    result_on_canvas(qtbot, studio)
    studio.window.staging.accept.setFocus()
    QTest.mouseClick(studio.window.staging.accept, LEFT)
    assert QApplication.focusWidget() is studio.window.canvas.view


def test_painting_on_a_result_explains_and_offers_to_accept(qtbot: QtBot, studio: Studio) -> None:
    result = result_on_canvas(qtbot, studio)
    view = studio.window.canvas.view
    QTest.mouseClick(view, LEFT, pos=view.rect().center())
    assert "accept it to paint" in toast_texts(studio)
    toasts = studio.window.toasts
    accept = next(b for b in toasts.findChildren(QPushButton) if b.text() == "Accept")
    QTest.mouseClick(accept, LEFT)
    assert studio.session.document.picture == result


def test_the_wheel_changes_no_setting_in_passing(qtbot: QtBot, studio: Studio) -> None:
    size, count = studio.window.prompt.size_box, studio.window.prompt.count
    studio.window.prompt.prompt.setFocus()
    for control in (size, count):
        at = QPointF(control.rect().center())
        event = QWheelEvent(
            at,
            QPointF(control.mapToGlobal(at.toPoint())),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(control, event)
    assert studio.session.settings.size is None
    assert studio.session.settings.count == 1


def test_closing_with_an_unsaved_picture_asks_once(
    qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MachineError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(studio.session.shelf.gallery, "add", full)
        result_on_canvas(qtbot, studio)
    assert not studio.window.close()
    assert "not saved" in toast_texts(studio)
    studio.session.keeper.keep_again()
    qtbot.waitUntil(lambda: not studio.session.keeper.has_unsaved)
    assert studio.session.shelf.pictures[0].path.exists()


def test_settings_can_be_reset(studio: Studio) -> None:
    settings = studio.session.settings
    settings.prompt, settings.seed, settings.decoder_steps = "a fox", 5, 3
    studio.window.commands["generate.reset"].trigger()
    assert (settings.prompt, settings.seed, settings.decoder_steps) == ("a fox", -1, None)


def test_the_canvas_has_a_context_menu(qtbot: QtBot, studio: Studio) -> None:
    studio.window.canvas.view.customContextMenuRequested.emit(QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Copy picture" in [action.text().replace("&", "") for action in menu.actions()]
    menu.close()


def test_the_window_fits_the_screen() -> None:
    assert _first_size(QSize(1920, 1080)) == QSize(1280, 800)
    assert _first_size(QSize(1024, 600)) == QSize(1008, 536)


def test_the_guidance_shown_is_the_one_that_a_repaint_would_use(
    qtbot: QtBot, studio: Studio
) -> None:
    stages = [s.model_copy(update={"inpaint_guidance": 2.0}) for s in CAPABILITIES.stages]
    described = CAPABILITIES.model_copy(update={"stages": tuple(stages)})
    studio.session._describe = lambda model: described
    studio.session.describe_model()
    field = studio.window.prompt.advanced.findChild(NumberField, "decoder_guidance")
    assert field.spin.text() == "3 (default)"
    studio.session.open_picture(Image.filled(Extent(256, 256), (1, 2, 3)))
    paint_left_half(studio)
    assert field.spin.text() == "2 (default)"
    studio.session.document.clear_mask()
    assert field.spin.text() == "3 (default)"


def test_a_size_that_the_model_lacks_is_not_kept_unseen(studio: Studio) -> None:
    studio.session.settings.size = Extent(640, 480)
    assert studio.session.settings.size is None
    assert studio.window.prompt.size_box.currentText() == "256 × 256 px"


def test_every_size_of_the_model_can_be_chosen_from_small_to_large(studio: Studio) -> None:
    sizes = (*CAPABILITIES.sizes, Extent(1024, 1024))
    studio.session._describe = lambda model: CAPABILITIES.model_copy(update={"sizes": sizes})
    studio.session.describe_model()
    box = studio.window.prompt.size_box
    offered = [box.itemText(row) for row in range(box.count())]
    assert offered == ["64 × 64 px", "256 × 256 px", "1024 × 1024 px"]
    assert box.currentIndex() == 1
    chosen = []
    for row in (2, 0, 1):
        box.setCurrentIndex(row)
        box.activated.emit(row)
        chosen.append(studio.session.settings.size)
    assert chosen == [Extent(1024, 1024), Extent(64, 64), None]


def test_mask_actions_are_offered_when_there_is_something_to_do(studio: Studio) -> None:
    commands = studio.window.commands
    invert, clear = commands["mask.invert"], commands["mask.clear"]
    assert not invert.isEnabled()
    assert not clear.isEnabled()
    studio.session.open_picture(Image.filled(Extent(256, 256), (1, 2, 3)))
    assert invert.isEnabled()
    assert not clear.isEnabled()
    invert.trigger()
    assert clear.isEnabled()
    clear.trigger()
    assert not studio.session.document.has_mask
    assert not clear.isEnabled()
