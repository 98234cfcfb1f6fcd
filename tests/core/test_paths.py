from pathlib import Path

import pytest

from t2i_studio.core import paths


def test_all_folders_follow_the_override(data_folder: Path) -> None:
    assert paths.data_folder() == data_folder
    for path in (
        paths.gallery_folder(),
        paths.models_folder(),
        paths.cache_folder(),
        paths.log_file(),
    ):
        assert path.is_relative_to(data_folder)


def test_asking_makes_no_folder(data_folder: Path) -> None:
    paths.gallery_folder()

    assert not data_folder.exists()


def test_without_override_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("T2I_STUDIO_DATA")

    assert paths.data_folder().name == "t2i-studio"
    assert paths.data_folder().is_absolute()
    assert paths.cache_folder().name == "t2i-studio"
    assert paths.cache_folder() != paths.data_folder()


def test_resource_is_found_in_the_source_tree() -> None:
    assert (paths.resource("checkpoints/scenes") / "unclip.json").is_file()


def test_installed_resource_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "t2i_studio" / "core" / "paths.py"
    packed = tmp_path / "t2i_studio" / "resources" / "a.txt"
    packed.parent.mkdir(parents=True)
    packed.touch()
    monkeypatch.setattr(paths, "__file__", str(module))

    assert paths.resource("a.txt") == packed
