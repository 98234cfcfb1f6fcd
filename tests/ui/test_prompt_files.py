"""Prompts from a file, by the menu."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio


def said(studio: Studio) -> str:
    return " ".join(toast.text for toast in studio.window.toasts.toasts)


def test_each_line_becomes_a_job(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    path = tmp_path / "prompts.txt"
    path.write_text("# mine\na red cube\n\na blue star\n")
    studio.window.prompt_files.take(str(path))
    qtbot.waitUntil(lambda: "2 jobs queued." in said(studio))
    qtbot.waitUntil(lambda: len(studio.session.staging.candidates) == 2)
    made = [each.recipe.request.prompt for each in studio.session.staging.candidates]
    assert made == ["a red cube", "a blue star"]


def test_a_bad_file_is_one_line(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("# nothing\n")
    studio.window.prompt_files.take(str(tmp_path / "empty.txt"))
    qtbot.waitUntil(lambda: "There is no prompt in it." in said(studio))
    assert len(studio.session.jobs) == 0


def test_the_menu_asks_for_the_file(studio: Studio) -> None:
    studio.window.commands["prompt.file"].trigger()
    [asked] = [each for each in studio.window.findChildren(QFileDialog) if each.isVisible()]
    assert asked.windowTitle() == "Prompts from a file"
    asked.close()
