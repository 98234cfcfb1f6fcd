import json
import os
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.gallery import tensors
from t2i_studio.gallery.tensors import pack_tensors, read_tensors

WHOLE = pack_tensors({"x": np.ones((2, 3), np.float32)}, {"a": "b"})


def raw(dtype: str, shape: list[int], data: bytes, **about: str) -> bytes:
    """Return a file with one tensor "embeddings" as any program could write it."""
    view = {"dtype": dtype, "shape": shape, "data_offsets": [0, len(data)]}
    header = json.dumps({"embeddings": view, **({"__metadata__": about} if about else {})}).encode()
    return struct.pack("<Q", len(header)) + header + data


def test_arrays_and_description_come_back(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(WHOLE)
    file = read_tensors(tmp_path / "a")
    np.testing.assert_array_equal(file.arrays["x"], np.ones((2, 3)))
    assert file.about == {"a": "b"}


@pytest.mark.parametrize(
    ("dtype", "data"),
    [
        ("F64", struct.pack("<2d", 1.5, -2)),
        ("F32", struct.pack("<2f", 1.5, -2)),
        ("F16", struct.pack("<2e", 1.5, -2)),
        ("BF16", b"\xc0\x3f\x00\xc0"),
    ],
)
def test_every_floating_point_type_is_read(tmp_path: Path, dtype: str, data: bytes) -> None:
    (tmp_path / "a").write_bytes(raw(dtype, [2], data))
    assert read_tensors(tmp_path / "a").arrays["embeddings"].tolist() == [1.5, -2.0]


def test_whole_numbers_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(raw("I32", [1], b"\1\0\0\0"))
    assert read_tensors(tmp_path / "a").arrays == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"short",
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        WHOLE[:-1],
        WHOLE[:20],
        struct.pack("<Q", 2**62) + b"{}",
        struct.pack("<Q", 90_000_000) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 100_000) + b"[" * 100_000,
        raw("F32", [2**40, 2**40], b"1234"),
        raw("F32", [3], b"12345678"),
        raw("F99", [1], b"1234"),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_whole_file_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(UserError, match="This is not a safetensors file") as caught:
        read_tensors(tmp_path / "a")
    assert "\n" not in str(caught.value)


def test_an_absurd_header_allocates_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(struct.pack("<Q", 2**40) + bytes(100))
    tracemalloc.start()
    with pytest.raises(UserError):
        read_tensors(tmp_path / "a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_a_file_of_over_a_gibibyte_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(tensors.MAX_BYTES + 1)  # sparse
    with pytest.raises(UserError, match="larger than 1024 MiB"):
        read_tensors(tmp_path / "a")


def test_missing_files_folders_and_pipes_are_told_apart(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, message in [
        (tmp_path / "none", "no such file"),
        (tmp_path / "a\0b", "no such file"),
        (tmp_path, "a folder"),
        (tmp_path / "pipe", "a device"),
    ]:
        with pytest.raises(UserError, match=message):
            read_tensors(path)


def test_an_unreadable_file_is_the_machines_fault(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(MachineError, match="Cannot be read"):
        read_tensors(loop)


def test_what_could_not_be_read_back_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensors, "MAX_ABOUT", 20)
    with pytest.raises(UserError, match="too much room"):
        pack_tensors({}, {"a": "x" * 11})
    monkeypatch.setattr(tensors, "MAX_BYTES", 30)
    with pytest.raises(UserError, match="does not fit"):
        pack_tensors({"x": np.ones(3)}, {})
