"""Projects by menu, dialog and title; what is unsaved is asked for."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.ui.project_files import ProjectFiles
from tests.ui.conftest import OpenStudio
from tests.ui.outside import PICTURE, dialog_of, half, said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Köln 🖼.ora"


@pytest.fixture
def projects(studio: Studio) -> ProjectFiles:
    return studio.window.projects


@pytest.fixture
def saved(qtbot: QtBot, studio: Studio, path: Path) -> Path:
    """A project that is open as it is on disk."""
    studio.session.open_picture(PICTURE)
    save_as(studio, path)
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    studio.window.toasts.clear()
    return path


def save_as(studio: Studio, path: Path) -> None:
    studio.window.projects.save()
    dialog = dialog_of(studio.window)
    dialog.fileSelected.emit(str(path))
    dialog.close()


def answer(projects: ProjectFiles, text: str) -> None:
    assert projects.question is not None
    buttons = projects.question.findChildren(QPushButton)
    next(button for button in buttons if button.text() == text).click()


def test_the_title_follows_the_project(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, path: Path
) -> None:
    window = studio.window
    assert window.windowTitle() == "T2I Studio"
    studio.session.open_picture(PICTURE)
    assert (window.windowTitle(), window.isWindowModified()) == ("Untitled[*] – T2I Studio", True)
    save_as(studio, path)
    qtbot.waitUntil(lambda: window.windowTitle() == "Köln 🖼[*] – T2I Studio")
    assert not window.isWindowModified()
    studio.session.document.set_mask(half())
    assert window.isWindowModified()
    studio.session.document.undo()
    assert not window.isWindowModified()


def test_a_project_that_has_a_file_is_saved_without_asking(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, saved: Path
) -> None:
    before = saved.read_bytes()
    studio.session.document.set_mask(half())
    projects.save()
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    assert saved.read_bytes() != before
    assert "Saved as" in said(studio)


def test_save_as_proposes_the_name_and_folder_that_it_has(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, saved: Path
) -> None:
    projects.save_as()
    dialog = dialog_of(studio.window)
    assert dialog.directory().path() == str(saved.parent)
    other = saved.with_name("other.ora")
    dialog.fileSelected.emit(str(other))
    dialog.close()
    qtbot.waitUntil(other.exists)
    qtbot.waitUntil(lambda: projects.recent == (other, saved))


def test_an_empty_canvas_is_not_saved(studio: Studio, projects: ProjectFiles) -> None:
    projects.save()
    assert said(studio) == "There is no picture to be saved yet."


def test_a_saved_project_is_left_without_asking(
    studio: Studio, projects: ProjectFiles, saved: Path
) -> None:
    projects.new()
    assert projects.question is None
    assert studio.session.document.extent is None


def test_a_chosen_project_is_opened(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, saved: Path
) -> None:
    projects.new()
    studio.window.commands["file.open"].trigger()
    dialog = dialog_of(studio.window)
    dialog.fileSelected.emit(str(saved))
    dialog.close()
    qtbot.waitUntil(lambda: studio.session.document.picture == PICTURE)


@pytest.fixture
def changed(studio: Studio, saved: Path) -> Path:
    """A project with changes that are in no file."""
    studio.session.document.set_mask(half())
    return saved


def test_changes_are_asked_for_and_can_be_discarded(
    studio: Studio, projects: ProjectFiles, changed: Path
) -> None:
    projects.new()
    assert projects.question is not None
    assert "Köln" in projects.question.text()
    assert projects.question.isVisible()
    assert not studio.window.isHidden()
    answer(projects, "&Discard")
    assert studio.session.document.extent is None
    assert projects.question is None


@pytest.mark.parametrize("refuse", ["button", "escape"])
def test_whoever_cancels_stays(
    studio: Studio, projects: ProjectFiles, changed: Path, refuse: str
) -> None:
    projects.new()
    if refuse == "button":
        answer(projects, "Cancel")
    else:
        QTest.keyClick(projects.question, Qt.Key.Key_Escape)
    assert projects.question is None
    assert studio.session.document.has_mask


def test_changes_are_saved_before_another_project_is_opened(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, changed: Path
) -> None:
    projects.open_path(str(changed))
    answer(projects, "&Save")
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    qtbot.waitUntil(lambda: not studio.session.document.history.can_undo)
    assert studio.session.document.mask == half()


def test_what_has_no_file_yet_is_asked_for_one_and_then_left(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, path: Path
) -> None:
    studio.session.open_picture(PICTURE)
    projects.new()
    answer(projects, "&Save")
    dialog = dialog_of(studio.window)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: studio.session.document.extent is None)
    assert path.exists()


def test_a_save_that_fails_leaves_everything(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    studio.session.open_picture(PICTURE)
    projects.new()
    answer(projects, "&Save")
    dialog = dialog_of(studio.window)
    dialog.fileSelected.emit(str(tmp_path / "file" / "x.ora"))
    dialog.close()
    qtbot.waitUntil(lambda: "Cannot write into" in said(studio))
    assert studio.session.document.picture == PICTURE


def test_a_recent_project_is_opened(
    qtbot: QtBot, studio: Studio, projects: ProjectFiles, saved: Path
) -> None:
    projects.new()
    projects.open_recent(projects.recent[0])
    qtbot.waitUntil(lambda: studio.session.document.picture == PICTURE)


def test_a_recent_project_that_is_gone_is_told_and_forgotten(
    studio: Studio, projects: ProjectFiles, saved: Path
) -> None:
    saved.unlink()
    projects.open_recent(saved)
    assert "is not there any more" in said(studio)
    assert projects.recent == ()


def test_recent_projects_can_be_forgotten(projects: ProjectFiles, saved: Path) -> None:
    projects.forget_recent()
    assert projects.recent == ()


def test_what_lasts_is_said(qtbot: QtBot, studio: Studio, projects: ProjectFiles) -> None:
    projects._patience.setInterval(0)
    studio.session.open_picture(PICTURE)
    project = projects._project
    project._do("Saving work.ora…")
    qtbot.waitUntil(lambda: "Saving work.ora…" in said(studio))
    project._do("")
    assert not projects._patience.isActive()


def test_the_next_start_goes_on_with_the_project(
    qtbot: QtBot, open_studio: OpenStudio, path: Path
) -> None:
    studio = open_studio()
    studio.session.open_picture(PICTURE)
    save_as(studio, path)
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    studio.session.document.set_mask(half())

    again = open_studio()

    qtbot.waitUntil(lambda: again.session.document.extent is not None)
    assert again.window.windowTitle() == "Köln 🖼[*] – T2I Studio"
    assert again.window.isWindowModified()
    assert again.session.document.mask == half()
    assert again.window.projects.recent == (path,)
