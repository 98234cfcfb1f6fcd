from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.gallery.embeddings import load
from t2i_studio.studio.explorer.exploration import DiffRow
from t2i_studio.ui.explorer.panel import ExplorerPanel
from t2i_studio.ui.explorer.text_diff_tab import TextDiffTab

RED = Image.filled(Extent(64, 64), (200, 40, 40))


def panel_of(studio: Studio) -> ExplorerPanel:
    return studio.window.explorer.panel


def explore(studio: Studio, qtbot: QtBot) -> ExplorerPanel:
    studio.session.explore(RED)
    qtbot.waitUntil(lambda: studio.session.explorer.result is not None)
    return panel_of(studio)


def test_exploring_a_picture_opens_the_panel(studio: Studio, qtbot: QtBot) -> None:
    assert not studio.window.explorer.isVisible()
    panel = explore(studio, qtbot)
    assert panel.isVisible()
    assert panel.keep.isEnabled()
    assert panel.readout.text() == "cos 1.00 to the start"


def test_tabs_are_made_when_they_are_first_shown(studio: Studio, qtbot: QtBot) -> None:
    panel = explore(studio, qtbot)
    assert panel.stack.count() == 1
    for name in ("Mix", "PCA", "Prior", "Labels"):
        panel.open_tab(name)
        assert panel.current == name
        assert panel.stack.currentIndex() == panel.stack.count() - 1
    panel.open_tab("Mix")
    assert panel.stack.currentIndex() == 1


def test_keep_saves_the_picture_and_stages_it(studio: Studio, qtbot: QtBot) -> None:
    panel = explore(studio, qtbot)
    panel.keep.click()
    qtbot.waitUntil(lambda: len(studio.session.shelf.pictures) == 1)
    assert len(studio.session.staging.candidates) == 1
    [picture] = studio.session.shelf.pictures
    recipe = studio.session.shelf.gallery.recipe(picture)
    assert recipe is not None
    assert recipe.request.kind == "decode"


def test_the_state_is_copied_as_a_command(studio: Studio, qtbot: QtBot) -> None:
    panel = explore(studio, qtbot)
    studio.session.explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    QGuiApplication.clipboard().clear()
    panel.copy.click()
    qtbot.waitUntil(lambda: "textdiff" in QGuiApplication.clipboard().text())
    line = QGuiApplication.clipboard().text()
    assert "--from red --to blue" in line


def test_a_kept_state_comes_back_with_its_sliders(studio: Studio, qtbot: QtBot) -> None:
    panel = explore(studio, qtbot)
    explorer = studio.session.explorer
    explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    qtbot.waitUntil(lambda: explorer.result is not None)
    assert explorer.result is not None
    recipe, made = explorer.result.recipe, explorer.result.image
    explorer.reset()
    studio.session.recall(recipe, what="all")
    qtbot.waitUntil(lambda: explorer.result is not None)
    assert explorer.state.rows == (DiffRow("red", "blue", 0.3),)
    assert explorer.result.image == made
    assert panel.isVisible()


def test_undo_and_redo_follow_the_state(studio: Studio, qtbot: QtBot) -> None:
    panel = explore(studio, qtbot)
    studio.session.explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    panel.undo.click()
    assert studio.session.explorer.state.rows == (DiffRow(),)
    assert panel.redo.isEnabled()
    panel.redo.click()
    assert studio.session.explorer.state.rows[0].theta == 0.3


def test_without_a_picture_it_says_what_to_do(studio: Studio) -> None:
    studio.window.explorer.toggle()
    assert panel_of(studio).isVisible()
    panel_of(studio).explore.click()
    assert not studio.session.explorer.before
    studio.window.explorer.toggle()
    assert not panel_of(studio).isVisible()


def test_it_pops_out_into_a_window_and_back(studio: Studio, qtbot: QtBot) -> None:
    dock = studio.window.explorer
    dock.open()
    panel_of(studio).pop_out.click()
    qtbot.waitUntil(dock.isFloating)
    assert dock.titleBarWidget() is None
    panel_of(studio).pop_out.click()
    qtbot.waitUntil(lambda: not dock.isFloating())
    assert dock.titleBarWidget() is not None


def test_a_stage_opens_the_tab_that_tells_more(studio: Studio) -> None:
    studio.window.ribbon.explore_requested.emit("prior")
    assert panel_of(studio).current == "Prior"


def test_a_model_without_image_encoder_is_told(studio: Studio) -> None:
    found = studio.session.capabilities
    assert found is not None
    blind = found.model_copy(update={"has_image_encoder": False})
    studio.session.explorer.follow_model(blind)
    assert "image encoder" in panel_of(studio).explore.toolTip()
    assert not panel_of(studio).explore.isEnabled()


def test_an_embedding_is_saved_with_how_it_was_made_and_explored_again(
    studio: Studio, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = explore(studio, qtbot)
    explorer = studio.session.explorer
    explorer.set_rows([DiffRow("red", "blue", 0.5)], is_moving=False)
    qtbot.waitUntil(lambda: explorer.result is not None)
    latent, concept = explorer.latent, explorer.state.concept
    assert latent is not None
    path = tmp_path / "purple.safetensors"
    panel.files.save(path)
    qtbot.waitUntil(path.exists)
    assert load(path).sources[0].request.concept == concept  # type: ignore[union-attr]

    panel.files.load(path)
    qtbot.waitUntil(lambda: explorer.latent is not None and explorer.latent is not latent)
    assert explorer.latent is not None
    assert explorer.latent.embedding == latent.embedding
    assert explorer.state.origin is not None
    assert "red to blue" in explorer.state.origin.title


def test_a_damaged_embedding_is_told(studio: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes(b"no embedding")
    notices: list[str] = []
    studio.session.noticed.connect(lambda notice: notices.append(notice.text))
    panel_of(studio).files.load(path)
    qtbot.waitUntil(lambda: bool(notices))
    assert "x.safetensors" in notices[0]


def test_undo_goes_to_the_explorer_while_it_has_the_focus(studio: Studio, qtbot: QtBot) -> None:
    panel = explore(studio, qtbot)
    studio.session.open_picture(RED)
    studio.session.explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    tab = panel.tab("Text diff")
    assert isinstance(tab, TextDiffTab)
    undo = studio.window.commands["edit.undo"]
    tab.rows[0].theta.setFocus()
    qtbot.waitUntil(lambda: panel.isAncestorOf(QApplication.focusWidget()))
    undo.trigger()
    assert studio.session.explorer.state.rows == (DiffRow(),)
    assert studio.session.document.picture == RED
    studio.window.canvas.view.setFocus()
    undo.trigger()
    assert studio.session.document.picture is None


def test_edits_are_named_whatever_tab_is_open_and_can_be_reset(
    studio: Studio, qtbot: QtBot
) -> None:
    panel = explore(studio, qtbot)
    assert panel.reset.isHidden()
    studio.session.explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    panel.open_tab("Mix")
    assert panel.edits.text() == "red to blue, 0.30"
    panel.reset.click()
    assert studio.session.explorer.state.edits == ()
    assert panel.reset.isHidden()


def test_the_status_bar_tells_of_the_exploration(studio: Studio, qtbot: QtBot) -> None:
    seen: list[str] = []
    live = studio.session.explorer.live
    live.progressed.connect(lambda: seen.append(studio.window.status.activity.text()))
    explore(studio, qtbot)
    assert any("Exploring: Inversion" in text for text in seen)
    qtbot.waitUntil(lambda: studio.window.status.activity.text() == "Ready")


def test_a_strip_of_an_earlier_state_says_so(studio: Studio, qtbot: QtBot) -> None:
    panel = explore(studio, qtbot)
    explorer = studio.session.explorer
    explorer.set_rows([DiffRow("red", "blue", 0.3)], is_moving=False)
    tab = panel.tab("Text diff")
    assert isinstance(tab, TextDiffTab)
    tab.strip.button.click()
    qtbot.waitUntil(lambda: explorer.strip.is_complete)
    assert tab.strip.caption.text() == "theta 0.30"
    explorer.set_rows([DiffRow("red", "blue", 0.1)], is_moving=False)
    assert tab.strip.caption.text() == "Of before the last change: theta 0.30"
    tab.strip.button.click()
    qtbot.waitUntil(lambda: explorer.strip.is_complete)
    assert tab.strip.caption.text() == "theta 0.10"
