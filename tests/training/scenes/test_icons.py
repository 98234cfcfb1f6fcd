"""Icon sets: found, fetched by npm, read; and one clear line when that fails."""

import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError, StudioError, UserError
from t2i_studio.training.scenes import icons
from t2i_studio.training.scenes.icons import ICON_SETS
from t2i_studio.training.scenes.vocabulary import ARTS, NOUNS

NOTO = ICON_SETS["sticker"]


def make_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put a program called npm, and nothing else, on the path."""
    npm = folder / "npm"
    npm.write_text("\n".join(["#!/bin/sh", f'PATH="{os.environ["PATH"]}"', *lines]))
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def write_archive(path: Path, table: object) -> None:
    content = json.dumps(table).encode()
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo("package/icons.json")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))


def test_every_art_has_icons_with_a_licence() -> None:
    assert set(ICON_SETS) == set(ARTS)
    assert {icon_set.licence for icon_set in ICON_SETS.values()} == {"Apache-2.0", "MIT"}


def test_npm_fetches_the_pinned_version_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_npm(tmp_path, monkeypatch, 'echo "$@" >> "$0.log"', f"echo whole > {NOTO.archive}")

    paths = {icons.fetched(NOTO, tmp_path / "cache") for _ in range(2)}

    assert [path.read_text() for path in paths] == ["whole\n"]
    assert "".join((tmp_path / "npm.log").read_text().split("--loglevel=error ")) == (
        "pack @iconify-json/noto@1.2.9\n"
    )


def test_without_npm_one_line_tells_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(MachineError, match=r"npm, which fetches .*, is not installed") as caught:
        icons.fetched(NOTO, tmp_path)

    assert "--icons FOLDER" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_what_npm_could_not_fetch_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_npm(tmp_path, monkeypatch, f"touch {NOTO.archive}", "echo 'npm error code EX' >&2; exit 1")

    with pytest.raises(MachineError, match=r"could not fetch @iconify-json/noto@1.2.9 \(EX\)\."):
        icons.fetched(NOTO, tmp_path / "cache")

    assert not (tmp_path / "cache").exists()


def test_an_archive_is_read_without_being_unpacked(tmp_path: Path, icon_folder: Path) -> None:
    unpacked = icons.located(NOTO, icon_folder)
    write_archive(tmp_path / NOTO.archive, json.loads(unpacked.read_text()))

    documents = icons.documents(NOTO, icons.located(NOTO, tmp_path))

    assert documents == icons.documents(NOTO, unpacked)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [NOTO.archive]


def test_every_noun_becomes_a_document_with_the_size_of_its_icon(icon_folder: Path) -> None:
    documents = icons.documents(NOTO, icons.located(NOTO, icon_folder))

    assert set(documents) == set(NOUNS)
    assert documents["owl"].startswith("<svg ")
    assert 'viewBox="0 0 32 32"' in documents["owl"]


def test_aliases_and_second_names_are_followed(tmp_path: Path, icon_folder: Path) -> None:
    table = json.loads(icons.located(NOTO, icon_folder).read_text())
    table["icons"]["fox"] = table["icons"].pop("fox-face")
    table["icons"]["night-bird"] = {"body": "<g/>", "height": 33}
    del table["icons"]["owl"]
    table["aliases"] = {"owl": {"parent": "night-bird"}}
    write_archive(tmp_path / NOTO.archive, table)

    documents = icons.documents(NOTO, tmp_path / NOTO.archive)

    assert "circle" in documents["fox"]
    assert 'viewBox="0 0 32 33"' in documents["owl"]


def test_a_noun_without_icon_is_named(tmp_path: Path, icon_folder: Path) -> None:
    table = json.loads(icons.located(NOTO, icon_folder).read_text())
    del table["icons"]["fox-face"]
    write_archive(tmp_path / NOTO.archive, table)

    with pytest.raises(UserError, match="noto has no icon fox-face or fox for fox"):
        icons.documents(NOTO, tmp_path / NOTO.archive)


def test_a_folder_without_the_set_is_told_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"has no iconify-json-noto-1\.2\.9\.tgz") as caught:
        icons.located(NOTO, tmp_path)

    assert "npm pack @iconify-json/noto@1.2.9" in caught.value.hint


@pytest.mark.parametrize(
    "content",
    [b"", b"half an archive", pytest.param(None, id="cut"), pytest.param({"a": 1}, id="other")],
)
def test_a_file_that_is_not_whole_is_one_line(tmp_path: Path, content: object) -> None:
    path = tmp_path / NOTO.archive
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        write_archive(path, content or {"icons": {str(i): i**9 for i in range(999)}})
    if content is None:
        path.write_bytes(path.read_bytes()[:2000])

    with pytest.raises(StudioError, match="is not a whole icon set") as caught:
        icons.documents(NOTO, path)

    assert "\n" not in str(caught.value)
