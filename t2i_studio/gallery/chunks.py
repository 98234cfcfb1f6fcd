"""The text chunks of a PNG file, read without decoding the picture.

Files come from anywhere: sizes are limited, and what is damaged counts as not there.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.words import tr

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_CHUNK = 16 * 2**20  # bytes
MAX_TEXT = 32 * 2**20  # bytes, all texts of a file together
MAX_CHUNKS = 100_000


def read_texts(path: Path) -> dict[str, str]:
    """Return the texts by keyword, the first of each; nothing if the file is no PNG.

    Raises UserError or MachineError when the file cannot be opened.
    """
    texts: dict[str, str] = {}
    room = MAX_TEXT
    try:
        with path.open("rb") as file:
            for kind, data in _text_chunks(file):
                keyword, text = _READERS[kind](data, room)
                room -= len(text)
                texts.setdefault(keyword, text)
    except FileNotFoundError as error:
        raise UserError(tr("{path}: There is no such file.", path=path)) from error
    except IsADirectoryError as error:
        raise UserError(tr("{path}: This is a folder, not a picture.", path=path)) from error
    except OSError as error:
        raise MachineError(
            tr("{path}: Cannot be read ({reason}).", path=path, reason=error.strerror)
        ) from error
    texts.pop("", None)
    return texts


def _text_chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and data of the whole text chunks."""
    if file.read(len(SIGNATURE)) != SIGNATURE:
        return
    for _ in range(MAX_CHUNKS):
        header = file.read(8)
        if len(header) < 8 or header[4:] == b"IEND":
            return
        length, kind = struct.unpack(">I4s", header)
        if kind not in _READERS or length > MAX_CHUNK:
            file.seek(length + 4, 1)
            continue
        data, checksum = file.read(length), file.read(4)
        if checksum == struct.pack(">I", zlib.crc32(kind + data)):
            yield kind, data


def _text(data: bytes, room: int) -> tuple[str, str]:
    """Read tEXt: keyword, NUL, Latin-1 text."""
    keyword, _, text = data.partition(b"\0")
    return keyword.decode("latin-1"), text[:room].decode("latin-1")


def _compressed(data: bytes, room: int) -> tuple[str, str]:
    """Read zTXt: keyword, NUL, method 0, deflated Latin-1 text."""
    keyword, _, rest = data.partition(b"\0")
    return keyword.decode("latin-1"), _inflate(rest[1:], room).decode("latin-1")


def _international(data: bytes, room: int) -> tuple[str, str]:
    """Read iTXt: keyword, NUL, flag, method, language, NUL, translation, NUL, UTF-8 text."""
    keyword, _, rest = data.partition(b"\0")
    _language, _, rest_text = rest[2:].partition(b"\0")
    _translation, _, text = rest_text.partition(b"\0")
    raw = _inflate(text, room) if rest[:1] == b"\1" else text[:room]
    try:
        return keyword.decode("latin-1"), raw.decode()
    except UnicodeDecodeError:
        return "", ""


def _inflate(data: bytes, room: int) -> bytes:
    """Return what was deflated; nothing if it is damaged or larger than `room`."""
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(data, max(room, 1))
    except zlib.error:
        return b""
    return raw if stream.eof else b""


_READERS = {b"tEXt": _text, b"zTXt": _compressed, b"iTXt": _international}
