import random
import struct
import zlib
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.gallery import chunks
from t2i_studio.gallery.chunks import SIGNATURE, read_texts


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*parts: bytes) -> bytes:
    return SIGNATURE + b"".join(parts) + chunk(b"IEND", b"")


def itxt(keyword: bytes, text: bytes, *, compressed: bool = False) -> bytes:
    body = zlib.compress(text) if compressed else text
    return chunk(b"iTXt", keyword + b"\0" + bytes([compressed, 0]) + b"en\0key\0" + body)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.png"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        pytest.param(png(chunk(b"tEXt", b"a\0b\xe9\nc")), {"a": "bé\nc"}, id="tEXt"),
        pytest.param(png(chunk(b"zTXt", b"a\0\0" + zlib.compress(b"b"))), {"a": "b"}, id="zTXt"),
        pytest.param(png(itxt(b"a", "🦊".encode())), {"a": "🦊"}, id="iTXt"),
        pytest.param(png(itxt(b"a", "🦊".encode(), compressed=True)), {"a": "🦊"}, id="deflated"),
        pytest.param(
            png(chunk(b"IDAT", b"x" * 99), chunk(b"tEXt", b"a\0b")), {"a": "b"}, id="after"
        ),
        pytest.param(png(chunk(b"tEXt", b"a\0b"), chunk(b"tEXt", b"a\0c")), {"a": "b"}, id="twice"),
        pytest.param(png(itxt(b"a", b"\xff\xfe")), {}, id="not UTF-8"),
        pytest.param(png(chunk(b"zTXt", b"a\0\0damaged")), {"a": ""}, id="damaged deflate"),
        pytest.param(png(chunk(b"tEXt", b"a\0b")[:-1] + b"!"), {}, id="wrong checksum"),
        pytest.param(png(chunk(b"tEXt", b"")), {}, id="empty chunk"),
        pytest.param(png(chunk(b"iTXt", b"a")), {"a": ""}, id="no text"),
        pytest.param(SIGNATURE + chunk(b"tEXt", b"a\0b")[:-6], {}, id="cut off"),
        pytest.param(SIGNATURE + b"\xff\xff\xff\xfftEXt", {}, id="enormous length"),
        pytest.param(SIGNATURE, {}, id="nothing after the signature"),
        pytest.param(b"GIF89a", {}, id="not a PNG"),
        pytest.param(b"", {}, id="empty file"),
    ],
)
def test_texts(file: Path, data: bytes, texts: dict[str, str]) -> None:
    file.write_bytes(data)
    assert read_texts(file) == texts


def test_a_bomb_of_text_counts_as_nothing(file: Path) -> None:
    bomb = zlib.compress(bytes(chunks.MAX_TEXT + 1))
    file.write_bytes(png(chunk(b"zTXt", b"a\0\0" + bomb), chunk(b"tEXt", b"b\0c")))
    assert read_texts(file) == {"a": "", "b": "c"}


def test_all_texts_together_are_limited(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "MAX_TEXT", 10)
    monkeypatch.setattr(chunks, "MAX_CHUNKS", 3)
    texts = (chunk(b"tEXt", b"%c\0" % key + b"x" * 6) for key in b"abcd")
    file.write_bytes(png(*texts))
    assert read_texts(file) == {"a": "x" * 6, "b": "x" * 4, "c": ""}


def test_a_mutated_file_is_read_or_ignored(file: Path) -> None:
    whole = png(
        chunk(b"tEXt", b"a\0b"), chunk(b"zTXt", b"c\0\0" + zlib.compress(b"d")), itxt(b"e", b"f")
    )
    chance = random.Random(1)
    for _ in range(500):
        data = bytearray(
            whole[: chance.randrange(len(whole) + 1)] if chance.random() < 0.3 else whole
        )
        for _ in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        file.write_bytes(data)
        assert set(read_texts(file)) <= {"a", "c", "e"}


def test_what_cannot_be_opened_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="no such file"):
        read_texts(tmp_path / "missing.png")
    with pytest.raises(UserError, match="a folder"):
        read_texts(tmp_path)

    def refuse(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MachineError, match="Permission denied"):
        read_texts(tmp_path / "file")
