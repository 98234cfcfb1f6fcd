"""Zip files from outside: each bad one is refused with one line, before it costs anything."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from t2i_studio.core import archive
from t2i_studio.core.archive import opened
from t2i_studio.core.errors import MachineError, UserError


def packed(members: dict[str, bytes], form: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", form) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def encrypted() -> bytes:
    data = bytearray(packed({"a": b"secret"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def immense_directory() -> bytes:
    data = bytearray(packed({"a": b"1"}))
    struct.pack_into("<I", data, data.index(b"PK\x05\x06") + 12, archive.MAX_DIRECTORY + 1)
    return bytes(data)


def of_64_bits() -> bytes:
    data = packed({"a": b"1"})
    end = data.index(b"PK\x05\x06")
    return data[:end] + b"PK\x06\x07" + bytes(16) + data[end:]


def lying() -> bytes:
    """Small, and declares that it holds 3 GB."""
    data = bytearray(packed({"a": b"1"}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 3_000_000_000)
    return bytes(data)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "work.ora"


def test_members_are_read_by_name(file: Path) -> None:
    file.write_bytes(packed({"a": b"one", "folder/b": b"two", "folder/": b""}))

    with opened(file) as found:
        assert list(found) == ["a", "folder/b"]
        assert "a" in found
        assert found.read("folder/b") == b"two"
        with pytest.raises(KeyError):
            found.read("c")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "damaged, cut off, or no project"),
        (b"\x89PNG no zip at all", "damaged, cut off, or no project"),
        (packed({"a": b"1" * 500})[:-30], "damaged, cut off, or no project"),
        (packed({"a": b"1"})[-22:-3], "damaged, cut off, or no project"),
        (packed({"a": b"1"}).replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged or cut off"),
        (packed({"../a": b"1"}), "outside of itself"),
        (packed({"a/../../b": b"1"}), "outside of itself"),
        (packed({"..\\a": b"1"}), "outside of itself"),
        (packed({"/etc/passwd": b"1"}), "outside of itself"),
        (packed({"\\\\host\\a": b"1"}), "outside of itself"),
        (packed({"C:/a": b"1"}), "outside of itself"),
        (packed({"c:a": b"1"}), "outside of itself"),
        (packed({"a": b"1"}, zipfile.ZIP_LZMA), "packed in a way"),
        (encrypted(), "encrypted"),
        (immense_directory(), "too many or too large"),
        (of_64_bits(), "too many or too large"),
        (lying(), "too much room"),
        (packed({"a": bytes(archive.MUCH + 1)}), "too much room"),
    ],
)
def test_a_bad_file_is_refused_by_name(file: Path, data: bytes, why: str) -> None:
    file.write_bytes(data)

    with pytest.raises(UserError, match=rf"^work\.ora: .*{why}"), opened(file):
        pass


def test_a_bomb_of_many_small_members_is_refused(file: Path) -> None:
    file.write_bytes(packed({str(index): bytes(2**20) for index in range(40)}))

    with pytest.raises(UserError, match="too much room"), opened(file):
        pass


def test_a_member_that_is_too_large_is_not_read(file: Path) -> None:
    file.write_bytes(packed({"list": b"12345"}))

    with opened(file) as found, pytest.raises(UserError, match="list in it is too large"):
        found.read("list", most=4)


def test_a_damaged_member_is_named(file: Path) -> None:
    data = bytearray(packed({"a": b"plain text"}, zipfile.ZIP_STORED))
    data[data.index(b"plain")] ^= 1
    file.write_bytes(data)

    with pytest.raises(UserError, match=r"work\.ora: a in it is damaged"), opened(file) as found:
        found.read("a")


def test_memory_that_does_not_suffice_is_told(file: Path) -> None:
    def read() -> NoReturn:
        raise MemoryError

    file.write_bytes(packed({"a": b"1"}))

    with pytest.raises(MachineError, match=r"work\.ora: There is not enough memory"), opened(file):
        read()


def folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("make", "why"), [(folder, "This is a folder, not a project"), (nothing, "no such file")]
)
def test_what_is_no_file_is_told(file: Path, make: Callable[[Path], None], why: str) -> None:
    make(file)

    with pytest.raises(UserError, match=why), opened(file):
        pass
