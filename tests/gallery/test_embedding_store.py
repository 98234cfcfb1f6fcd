import os
import random
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.latent import Space
from t2i_studio.gallery.embedding_store import DAMAGED, EmbeddingStore
from tests.gallery.latents import OTHER, SPACE, embeddings


def pictures(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number}.png" for number in range(count)]
    for path in paths:
        path.write_bytes(b"picture")
    return paths


def fill(folder: Path, count: int = 3) -> tuple[EmbeddingStore, list[Path]]:
    """Return a store that holds `embeddings(count)` of as many files."""
    store, paths = EmbeddingStore(folder / "store", SPACE), pictures(folder, count)
    store.put(store.missing(paths), embeddings(count))
    return store, paths


def test_an_embedding_returns_exactly_and_survives_a_restart(tmp_path: Path) -> None:
    _, paths = fill(tmp_path)
    store = EmbeddingStore(tmp_path / "store", SPACE)
    found = store.get(reversed(paths))
    assert found.paths == tuple(reversed(paths))
    assert found.embeddings is not None
    values = embeddings(3).vectors.values
    np.testing.assert_array_equal(found.embeddings.vectors.values, values[::-1])
    assert store.missing(paths) == []


def test_only_what_is_new_or_changed_is_missing(tmp_path: Path) -> None:
    store, paths = fill(tmp_path)
    paths[1].write_bytes(b"another picture")
    os.utime(paths[2], ns=(1, 1))
    new = tmp_path / "new.png"
    new.touch()
    assert [stamp.path for stamp in store.missing([*paths, new])] == [paths[1], paths[2], new]
    assert store.get([*paths, new]).paths == (paths[0],)


def test_a_changed_picture_takes_the_place_of_the_old(tmp_path: Path) -> None:
    store, paths = fill(tmp_path)
    paths[1].write_bytes(b"another picture")
    store.put(store.missing(paths), embeddings(1, seed=9))
    with sqlite3.connect(store.path) as db:
        assert db.execute("select count(*) from embeddings").fetchone() == (3,)
    assert store.get(paths).paths == tuple(paths)


def test_a_picture_that_changes_while_it_is_embedded_is_missing_again(tmp_path: Path) -> None:
    store, paths = EmbeddingStore(tmp_path / "store", SPACE), pictures(tmp_path, 1)
    stamps = store.missing(paths)
    paths[0].write_bytes(b"painted over")
    store.put(stamps, embeddings(1))
    assert [stamp.path for stamp in store.missing(paths)] == paths


def test_files_that_are_gone_are_neither_missing_nor_found(tmp_path: Path) -> None:
    store, paths = fill(tmp_path)
    for path in paths:
        path.unlink()
    assert store.missing([*paths, tmp_path / "a\0b"]) == []
    assert store.get(paths).embeddings is None


def test_a_relative_path_is_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = fill(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert store.missing([Path("0.png"), Path("store/../1.png")]) == []


def test_names_that_are_no_text_are_kept(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.png")
    path.touch()
    store = EmbeddingStore(tmp_path / "store", SPACE)
    store.put(store.missing([path]), embeddings(1))
    assert store.get([path]).paths == (path,)


def test_spaces_lie_apart(tmp_path: Path) -> None:
    store, paths = fill(tmp_path)
    wider = EmbeddingStore(tmp_path / "store", Space(id=SPACE.id, dim=9))
    assert len(wider.missing(paths)) == len(paths)
    with pytest.raises(UserError, match=r"scenes-1.*clip-vit-large-patch14"):
        store.put(store.missing(paths), embeddings(1, OTHER))


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    store, paths = EmbeddingStore(tmp_path / "store", SPACE), pictures(tmp_path, 3)
    with pytest.raises(ValueError, match="shorter"):
        store.put(store.missing(paths), embeddings(2))
    assert store.get(paths).embeddings is None


def test_a_write_torn_by_a_crash_loses_that_batch_only(tmp_path: Path) -> None:
    store, paths = fill(tmp_path)
    crashed = tmp_path / "crashed"
    with sqlite3.connect(store.path) as db:
        db.execute("pragma cache_size = 1")  # pages reach the file before the transaction ends
        db.execute("update embeddings set vector = zeroblob(32)")
        rows = ((bytes([n]), 1, 1, bytes(9000), 0) for n in range(99))
        db.executemany("insert into embeddings values (?, ?, ?, ?, ?)", rows)
        shutil.copytree(store.path.parent, crashed)
        db.rollback()
    assert len(list(crashed.iterdir())) == 2  # the file and its journal
    found = EmbeddingStore(crashed, SPACE).get(paths)
    assert found.embeddings == embeddings(3)


@pytest.mark.parametrize("damage", [b"", b"no database at all, but some text" * 9, None])
def test_a_damaged_file_is_set_aside_and_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    store, paths = fill(tmp_path)
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert store.get(paths).embeddings is None
    store.put(store.missing(paths), embeddings(3))
    assert store.get(paths).embeddings == embeddings(3)
    assert store.path.with_name(store.path.name + DAMAGED).exists() == (damage != b"")


def test_a_vector_with_a_flipped_bit_is_missing_from_then_on(tmp_path: Path) -> None:
    store, paths = fill(tmp_path)
    data, vector = bytearray(store.path.read_bytes()), embeddings(3).vectors.values[1].tobytes()
    data[data.index(vector) + 3] ^= 1
    store.path.write_bytes(data)
    assert store.get(paths).paths == (paths[0], paths[2])
    assert [stamp.path for stamp in store.missing(paths)] == [paths[1]]


def test_no_damage_gets_through(tmp_path: Path) -> None:
    store, paths = fill(tmp_path)
    whole, chance = store.path.read_bytes(), random.Random(0)
    wanted = embeddings(3).vectors.values
    used = [at for at, value in enumerate(whole) if value]
    for _ in range(60):
        data = bytearray(whole)
        data[chance.choice(used)] ^= 1 << chance.randrange(8)
        store.path.write_bytes(data)
        try:
            found = store.get(paths)
        except MachineError:
            continue
        rows = [paths.index(path) for path in found.paths]
        if found.embeddings is not None:
            np.testing.assert_array_equal(found.embeddings.vectors.values, wanted[rows])


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = EmbeddingStore(tmp_path / "file" / "store", SPACE)
    with pytest.raises(MachineError, match="cannot be used"):
        store.missing(pictures(tmp_path, 1))
    folder = EmbeddingStore(tmp_path / "store", SPACE)
    folder.path.mkdir(parents=True)
    with pytest.raises(MachineError, match="cannot be used"):
        folder.get(pictures(tmp_path, 1))
