import contextlib
import json
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file
from safetensors.numpy import save as packed

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.latent import Space
from t2i_studio.gallery.embeddings import Kept, OfFile, load, load_basis, save, save_basis
from tests.gallery.latents import OTHER, SPACE, basis, embeddings, kept


def ours(**changes: str) -> dict[str, str]:
    """Return the metadata of three embeddings, with changes."""
    about = {
        "format": "t2i-studio embeddings",
        "version": "1",
        "space": SPACE.model_dump_json(),
        "titles": '["a", "b", "c"]',
        "sources": json.dumps([{"kind": "file", "name": "a.png"}] * 3),
    }
    return about | changes


def three(**changes: str) -> bytes:
    return packed({"embeddings": np.ones((3, 8), np.float32)}, ours(**changes))


def foreign(array: np.ndarray, name: str = "embeddings") -> bytes:
    return packed({name: array}, {"format": "pt"})


def test_embeddings_and_what_they_came_from_return_exactly(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.safetensors"
    save(path, kept())
    assert load(path) == kept()
    assert load(path, SPACE) == kept()


def test_any_program_reads_the_vectors(tmp_path: Path) -> None:
    save(tmp_path / "a", kept())
    values = kept().embeddings.vectors.values
    np.testing.assert_array_equal(load_file(tmp_path / "a")["embeddings"], values)


def test_a_name_with_half_a_character_can_be_kept(tmp_path: Path) -> None:
    one = embeddings(1)
    save(
        tmp_path / "a",
        Kept(embeddings=one, titles=("\udc80",), sources=(OfFile(name="\udc80.png"),)),
    )
    assert load(tmp_path / "a").titles == ("?",)


def test_every_row_has_a_title_and_a_source() -> None:
    with pytest.raises(ValueError, match="3 embeddings have 1 titles, 0 sources"):
        Kept(embeddings=embeddings(), titles=("a",), sources=())


def test_another_space_is_refused_and_both_are_named(tmp_path: Path) -> None:
    save(tmp_path / "a", kept())
    with pytest.raises(UserError, match=r"clip-vit-large-patch14.*scenes-1"):
        load(tmp_path / "a", OTHER)


@pytest.mark.parametrize(
    ("array", "name"),
    [
        (np.ones((2, 8), np.float32), "embeddings"),
        (np.ones((2, 8), np.float16), "image_embeds"),
        (np.ones((2, 8), np.float64), "x"),
    ],
)
def test_files_of_other_programs_load_when_their_space_is_said(
    tmp_path: Path, array: np.ndarray, name: str
) -> None:
    path = tmp_path / "fox.safetensors"
    path.write_bytes(foreign(array, name))
    found = load(path, SPACE)
    assert found.titles == ("fox 1", "fox 2")
    assert found.sources == (OfFile(name="fox.safetensors"),) * 2
    np.testing.assert_array_equal(found.embeddings.vectors.values, array)


def test_a_single_vector_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "fox.pt").write_bytes(foreign(np.ones(8, np.float32)))
    found = load(tmp_path / "fox.pt", SPACE)
    assert (len(found.embeddings), found.titles) == (1, ("fox",))


def test_a_foreign_file_needs_its_space(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(foreign(np.ones((2, 8), np.float32)))
    with pytest.raises(UserError, match="does not say of which space"):
        load(tmp_path / "a")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (foreign(np.ones((2, 9), np.float32)), "9 dimensions"),
        (foreign(np.ones((1, 2, 8), np.float32)), r"not \(1, 2, 8\)"),
        (foreign(np.array(1.0)), r"not \(\)"),
        (foreign(np.ones((0, 8), np.float32)), r"not \(0, 8\)"),
        (foreign(np.full((1, 8), np.nan, np.float32)), "no numbers"),
        (foreign(np.full((1, 8), -np.inf, np.float16)), "no numbers"),
        (foreign(np.full((1, 8), 1e300)), "no numbers"),
        (foreign(np.ones((1, 8), np.int32)), "it has 0"),
        (packed({"a": np.ones(8), "b\n": np.ones(8)}), r"it has 2 \('a', 'b\\n'\)"),
        (three(version="2"), "has version 2; this program reads up to 1"),
        (three(version="one\n"), "'one.n' is no version"),
        (three(space="{}"), "id: Field required"),
        (three(space='{"id":"a","dim":8,"x\\ny":1}'), "x y: Extra inputs"),
        (three(titles="["), "Invalid JSON"),
        (three(titles='["a"]'), "3 embeddings have 1 titles"),
        (three(sources='[{"kind":"concept","concept":{}}]'), "concept.base: Field required"),
        (packed({"x": np.ones(8)}, ours()), "it has no 'embeddings'"),
        (packed({"embeddings": np.ones((3, 8))}, {"format": ours()["format"]}), "no 'version'"),
    ],
)
def test_bad_content_is_one_clear_line(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(UserError, match=message) as caught:
        load(tmp_path / "a", SPACE)
    assert "\n" not in str(caught.value)


def test_more_than_a_gibibyte_as_float32_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("t2i_studio.gallery.embeddings.MAX_VALUES", 15)
    (tmp_path / "a").write_bytes(foreign(np.ones((2, 8), np.float16)))
    with pytest.raises(UserError, match="too many"):
        load(tmp_path / "a", SPACE)


def test_saving_onto_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MachineError):
        save(tmp_path, kept())


def test_a_basis_returns_exactly(tmp_path: Path) -> None:
    for names in [(), ("snow / grass", "red / blue")]:
        save_basis(tmp_path / "b", basis(names))
        assert load_basis(tmp_path / "b") == basis(names)


def test_embeddings_and_bases_are_not_mixed_up(tmp_path: Path) -> None:
    save(tmp_path / "a", kept())
    save_basis(tmp_path / "b", basis())
    with pytest.raises(UserError, match="not a basis"):
        load_basis(tmp_path / "a")
    with pytest.raises(UserError, match="a basis, not embeddings"):
        load(tmp_path / "b", SPACE)


def damaged_basis(about: dict[str, str], **arrays: np.ndarray) -> bytes:
    whole = {
        "mean": np.zeros((1, 8), np.float32),
        "components": np.eye(8, dtype=np.float32)[:2],
        "variances": np.array([2.0, 1.0]),
    }
    said = {
        "format": "t2i-studio basis",
        "version": "1",
        "space": SPACE.model_dump_json(),
        "names": "[]",
        "total_variance": "5.0",
        "count": "90",
    }
    return packed(whole | arrays, said | about)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (damaged_basis({}, components=np.ones((2, 8))), "not orthonormal"),
        (damaged_basis({}, components=np.ones((9, 8))), "not orthonormal"),
        (damaged_basis({}, variances=np.array([np.nan, 1.0])), "variances"),
        (damaged_basis({}, variances=np.array([-1.0, 1.0])), "variances"),
        (damaged_basis({}, variances=np.ones((2, 1))), "variances"),
        (damaged_basis({}, variances=np.ones(3)), "do not fit together"),
        (damaged_basis({}, mean=np.zeros(8)), "not \\(8,\\)"),
        (damaged_basis({}, mean=np.zeros((1, 9))), "do not fit together"),
        (damaged_basis({"names": '["a"]'}), "2 components have 1 names"),
        (damaged_basis({"count": "many"}), "'many' is no number"),
        (damaged_basis({"total_variance": "1e999"}), "'1e999' is no number"),
        (damaged_basis({"version": "7"}), "version 7"),
    ],
)
def test_a_bad_basis_is_one_clear_line(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "b").write_bytes(data)
    with pytest.raises(UserError, match=message):
        load_basis(tmp_path / "b")


@given(data=st.data())
def test_no_damage_gets_through(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    save(path, kept())
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)) | st.just(len(whole)))])
    for space in (None, Space(id="x", dim=8)):
        with contextlib.suppress(UserError, MachineError):
            assert len(load(path, space).embeddings) > 0


@given(st.binary(max_size=200))
def test_no_header_gets_through(tmp_path_factory: pytest.TempPathFactory, header: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "hostile"
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    with pytest.raises(UserError):
        load(path, SPACE)
