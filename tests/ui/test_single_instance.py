"""One studio per data folder."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.ui.single_instance import SingleInstance


def test_a_second_start_raises_the_first_and_gives_way(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.raise_requested):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_other_folders_do_not_matter(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert first.claim()
    assert second.claim()
    assert (tmp_path / "a" / "studio.lock").exists()
    assert not SingleInstance(tmp_path / "b").claim()
    first.release()
    second.release()


def test_a_folder_that_takes_no_lock_is_no_reason_not_to_start(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    instance = SingleInstance(tmp_path / "file" / "data")
    assert instance.claim()
    instance.release()


@pytest.mark.parametrize("name", ["with space", "ümlaut 🎨", "x" * 200])
def test_any_folder_name_will_do(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    first, second = SingleInstance(folder), SingleInstance(folder)
    assert first.claim()
    assert not second.claim()
    first.release()


def test_the_very_first_start_holds_the_lock_too(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there yet"
    first, second = SingleInstance(folder), SingleInstance(folder)
    assert first.claim()
    assert not second.claim()
    assert second.has_raised
    first.release()


def test_one_that_is_closing_is_not_called_raised(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.claim()
    first.stop_answering()
    assert not second.claim()
    assert not second.has_raised
    first.release()


@pytest.mark.parametrize("name", ["/tmp/a.png", "/tmp/with ümlaut 🎨.ora", "/" + "x" * 4000])
def test_a_second_start_passes_its_file_on(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    told: list[str] = []
    first.raise_requested.connect(lambda: told.append("raise"))
    first.file_requested.connect(told.append)
    assert first.claim()
    assert not second.claim(name)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["raise", name]
    first.release()


def test_without_a_file_none_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    told: list[str] = []
    first.file_requested.connect(told.append)
    assert first.claim()
    with qtbot.waitSignal(first.raise_requested):
        assert not second.claim()
    qtbot.waitUntil(lambda: first._server is not None and not first._server.hasPendingConnections())
    assert told == []
    first.release()
