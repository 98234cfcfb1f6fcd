"""Write files so that they are whole or not there, whatever happens meanwhile.

Bytes go to a temporary file in the same folder, reach the disk, and only then get their name.
Everything here may be called from any thread and from several programs at once.
"""

import contextlib
import errno
import os
import re
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from t2i_studio.core.errors import MachineError
from t2i_studio.core.words import tr

LEFTOVER = re.compile(r"\.t2i-[0-9a-z]+\.part")
STALE = 3600.0  # seconds after which a temporary file belongs to nobody
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def save_atomic(path: Path, data: bytes) -> None:
    """Write or replace a file, and make its folder; what was there stays if that fails.

    Raises MachineError.
    """
    with claimed(path.parent, uuid.uuid4().hex) as temporary:
        write(temporary, data)
        with _blamed(path.parent):
            os.replace(temporary, path)
            _sync_folder(path.parent)


@contextlib.contextmanager
def claimed(folder: Path, token: str) -> Iterator[Path]:
    """Hold an empty temporary file of which there is one per folder and `token` (a-z, 0-9).

    Raises FileExistsError while somebody else holds it, and MachineError.
    """
    temporary = folder / f".t2i-{token}.part"
    _make(folder)
    with _blamed(folder, FileExistsError):
        temporary.open("xb").close()
    try:
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write(temporary: Path, data: bytes) -> None:
    """Fill a temporary file; its bytes are on the disk afterwards."""
    with _blamed(temporary.parent), temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def move(source: Path, path: Path) -> None:
    """Give a whole file its name, in a folder that is made if need be, and never overwrite.

    Raises FileNotFoundError without a source, FileExistsError when the name is taken, and
    MachineError.
    """
    _make(path.parent)
    with _blamed(path.parent, FileExistsError, FileNotFoundError):
        _move_new(source, path)
        _sync_folder(path.parent)


def sweep(folder: Path, older_than: float = STALE) -> int:
    """Remove our temporary files that a crash left in `folder`; return how many."""
    oldest, count = time.time() - older_than, 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (
                LEFTOVER.fullmatch(entry.name)
                and entry.stat(follow_symlinks=False).st_mtime <= oldest
            ):
                os.unlink(entry)
                count += 1
    return count


def unusable(folder: Path, error: OSError) -> MachineError:
    """Say what keeps us from writing into `folder`, and what to do."""
    reason = error.strerror or str(error)
    if error.errno in FULL:
        return MachineError(
            tr("There is no room in {folder} ({reason}).", folder=folder, reason=reason),
            tr("Free some space or use another folder."),
        )
    return MachineError(
        tr("Cannot write into {folder} ({reason}).", folder=folder, reason=reason),
        tr("Allow writing there or use another folder."),
    )


def _move_new(source: Path, path: Path) -> None:
    try:
        os.link(source, path)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError:  # a file system without hard links, like FAT
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(source, path)
    else:
        source.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a new name survive a power failure, where folders can be opened (not on Windows)."""
    with contextlib.suppress(PermissionError), _opened(folder) as descriptor:
        os.fsync(descriptor)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _make(folder: Path) -> None:
    with _blamed(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def _blamed(folder: Path, *passing: type[OSError]) -> Iterator[None]:
    """Turn what the disk refuses into one sentence, all but what the caller expects."""
    try:
        yield
    except passing:
        raise
    except OSError as error:
        raise unusable(folder, error) from error
