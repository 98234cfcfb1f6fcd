import hashlib
from pathlib import Path

import pytest

from t2i_studio.catalogue import store
from t2i_studio.catalogue.store import family, fingerprint, installed, locate
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError, UserError


def checkpoint(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "unclip.json").write_text("{}")
    return folder


def test_embedded_model_is_always_there() -> None:
    found = locate("scenes")

    assert (found.name, found.family) == ("scenes", "unclip")
    assert installed() == ("scenes",)


def test_installed_model_is_found_by_name() -> None:
    folder = checkpoint(paths.models_folder() / "karlo")

    found = locate("karlo")

    assert (found.name, found.folder, found.family) == ("karlo", folder, "unclip")
    assert installed() == ("scenes", "karlo")


def test_installed_models_are_sorted_and_whole() -> None:
    for name in ("b", "a", "scenes"):
        checkpoint(paths.models_folder() / name)
    (paths.models_folder() / "half").mkdir()
    (paths.models_folder() / "file").touch()

    assert installed() == ("scenes", "a", "b")


def test_models_folder_that_cannot_be_read_counts_as_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(folder: Path, pattern: str) -> list[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", denied)

    assert installed() == ("scenes",)


def test_folder_is_found_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = checkpoint(tmp_path / "mine")
    monkeypatch.chdir(folder)

    for path in (str(folder), ".", "../mine"):
        assert locate(path).name == "mine"


def test_name_means_the_installed_model_before_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint(tmp_path / "here" / "karlo")
    installed_folder = checkpoint(paths.models_folder() / "karlo")
    monkeypatch.chdir(tmp_path / "here")

    assert locate("karlo").folder == installed_folder


@pytest.mark.parametrize("name", ["", "a\0b", "none", "..", "../../etc", "x" * 5000, "\udcff"])
def test_anything_else_is_the_users_mistake(name: str) -> None:
    paths.models_folder().mkdir(parents=True)

    with pytest.raises(UserError) as caught:
        locate(name)

    assert "\n" not in str(caught.value)


def test_name_never_leaves_the_models_folder() -> None:
    paths.models_folder().mkdir(parents=True)
    checkpoint(paths.data_folder() / "secret")

    with pytest.raises(UserError, match="no model or folder"):
        locate("../secret")


def test_what_is_installed_is_told_when_there_is_no_such_model() -> None:
    checkpoint(paths.models_folder() / "karlo")

    with pytest.raises(UserError, match="Installed: scenes, karlo"):
        locate("kalro")


def test_other_folders_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"neither unclip\.json nor"):
        family(tmp_path)

    (tmp_path / "model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    with pytest.raises(UserError, match="diffusers pipeline"):
        family(tmp_path)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    for name in ("b/model.safetensors", "a/model.safetensors"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "a" / "config.json").touch()
    return tmp_path


def test_fingerprint_covers_names_and_weights(weights: Path) -> None:
    names = (b"a/model.safetensors", b"b/model.safetensors")

    assert fingerprint(weights) == hashlib.sha256(b"".join(n * 2 for n in names)).hexdigest()


def test_fingerprint_reads_large_files_whole(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = fingerprint(weights)
    monkeypatch.setattr(store, "HASH_BLOCK", 3)

    assert fingerprint(weights) == whole


@pytest.mark.parametrize("change", ["a/model.safetensors", "b/model.safetensors"])
def test_fingerprint_changes_with_any_weight(weights: Path, change: str) -> None:
    before = fingerprint(weights)

    (weights / change).write_bytes(b"other")

    assert fingerprint(weights) != before


def test_fingerprint_does_not_change_with_anything_else(weights: Path) -> None:
    before = fingerprint(weights)

    (weights / "a" / "config.json").write_text("{}")

    assert fingerprint(weights) == before


def test_weights_that_cannot_be_read_are_the_machines_fault(weights: Path) -> None:
    (weights / "c.safetensors").mkdir()

    with pytest.raises(MachineError, match=r"c\.safetensors: Cannot be read"):
        fingerprint(weights)
