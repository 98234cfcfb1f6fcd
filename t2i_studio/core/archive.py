"""Zip files from outside: read with limits, and never unpacked to the disk."""

import contextlib
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.pictures import blamed
from t2i_studio.core.words import tr

MAX_DIRECTORY: Final = 2**20  # bytes: some 10,000 members
MAX_TOTAL: Final = 2**32  # bytes, unpacked
MAX_RATIO: Final = 100  # of unpacked to packed, where there is much
MUCH: Final = 2**24  # bytes
END, LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x07"  # of the directory: the record, and zip64's
TAIL: Final = 22 + 2**16  # bytes: that record with the longest comment
DRIVE: Final = re.compile(r"[A-Za-z]:")
# What zipfile raises for damaged files, depending on where the damage is.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,  # and NotImplementedError
    OverflowError,
)


class Archive:
    """The members of an open zip file by name."""

    def __init__(self, file: zipfile.ZipFile, packed_bytes: int) -> None:
        self._file = file
        self._members = {info.filename: info for info in file.infolist() if not info.is_dir()}
        _check(self._members.values(), packed_bytes)

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def read(self, member: str, most: int = MAX_TOTAL) -> bytes:
        """Return a member of up to `most` bytes; raises KeyError, or UserError for a bad one."""
        info = self._members[member]
        if info.file_size > most:
            raise UserError(tr("{member} in it is too large.", member=member))
        try:
            return self._file.read(info)
        except DAMAGE as error:
            raise UserError(tr("{member} in it is damaged.", member=member)) from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a zip file; what is wrong with it, also while it is read, is said with its name.

    Raises UserError, and MachineError when the disk fails or the memory does not suffice.
    """
    with blamed(path, tr("This is a folder, not a project.")):
        file = path.open("rb")
    with file, _named(path.name):
        try:
            _check_directory(file)
            archive = Archive(zipfile.ZipFile(file), file.seek(0, 2))
        except DAMAGE as error:
            raise UserError(tr("The file is damaged or cut off.")) from error
        yield archive


@contextlib.contextmanager
def _named(name: str) -> Iterator[None]:
    try:
        yield
    except UserError as error:
        raise UserError(f"{name}: {error.message}", error.hint) from error
    except MemoryError as error:
        what = tr("There is not enough memory to open it.")
        raise MachineError(f"{name}: {what}", tr("Close other programs.")) from error


def _check_directory(file: BinaryIO) -> None:
    """Refuse a directory that is missing or immense, before anything of it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise UserError(tr("The file is damaged, cut off, or no project."))
    directory_bytes: int = struct.unpack_from("<I", tail, at + 12)[0]
    is_64 = at >= 20 and tail[at - 20 : at - 16] == LOCATOR_64
    if is_64 or directory_bytes > MAX_DIRECTORY:
        raise UserError(tr("It holds too many or too large parts."))


def _check(members: Iterable[zipfile.ZipInfo], packed_bytes: int) -> None:
    """Judge the archive by what it declares; reading never goes beyond that."""
    total = 0
    for info in members:
        if _leads_outside(info.filename):
            raise UserError(tr("It names a file outside of itself."))
        if info.flag_bits & 1:
            raise UserError(tr("It is encrypted."))
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UserError(tr("It is packed in a way that cannot be read."))
        total += info.file_size
    if total > MAX_TOTAL or total > max(MUCH, MAX_RATIO * packed_bytes):
        raise UserError(tr("It would take too much room unpacked."))


def _leads_outside(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return ".." in parts or not parts[0] or bool(DRIVE.match(member))
