"""Folders that are replaced as a whole, so that there is a whole one whenever we are killed.

A new folder is written beside the last one and reaches the disk before it takes its place:

    name.new/  is being written, or nobody's
    name/      the last whole one
    name.old/  the one before; it counts only while there is no name/
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from safetensors import SafetensorError

from t2i_studio.core.errors import MachineError
from t2i_studio.gallery.files import unusable


def replace(folder: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill an empty folder and put it in place of `folder`.

    Raises MachineError; the last one stays until the new one is on the disk.
    """
    new = _beside(folder, "new")
    try:
        _remove(new)
        new.mkdir(parents=True)
        write(new)
        _sync(new)
        _put_in_place(new, folder)
    except OSError as error:
        raise unusable(folder.parent, error) from error
    except SafetensorError as error:  # what safetensors says of a full disk
        raise MachineError(
            f"Cannot write into {folder.parent} ({error}).", "Free space."
        ) from error
    finally:
        _remove(new)
    _remove(_beside(folder, "old"))


def last(folder: Path) -> Path | None:
    """Return where the last whole one lies."""
    return next((f for f in (folder, _beside(folder, "old")) if f.exists()), None)


def _put_in_place(new: Path, folder: Path) -> None:
    if folder.exists():
        old = _beside(folder, "old")
        _remove(old)
        os.rename(folder, old)
    os.rename(new, folder)
    _sync_one(folder.parent)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f"{folder.name}.{suffix}")


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Bring all that is in a folder to the disk."""
    for path in [*folder.rglob("*"), folder]:
        _sync_one(path)


def _sync_one(path: Path) -> None:
    if os.name != "posix" and path.is_dir():  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
