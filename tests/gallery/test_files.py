import contextlib
import errno
import os
import resource
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.gallery import files


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if files.LEFTOVER.fullmatch(path.name)]


def failing(code: int, at: int = 0) -> Callable[..., None]:
    """Return a stand-in for a system call that fails at its call number `at`."""
    calls = iter(range(100))

    def call(*arguments: object, **options: object) -> None:
        if next(calls) == at:
            raise OSError(code, os.strerror(code))

    return call


@contextlib.contextmanager
def small_disk() -> Iterator[None]:
    """Let no file grow beyond 1000 bytes; no fixture, as pytest's own output may be a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_saving_makes_the_folder_and_replaces_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    files.save_atomic(path, b"old")
    files.save_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def save_new(path: Path, data: bytes) -> None:
    """Write as the gallery does: whole, and only under a name that is free."""
    with files.claimed(path.parent, uuid.uuid4().hex) as temporary:
        files.write(temporary, data)
        files.move(temporary, path)


def test_a_new_name_is_claimed_once(tmp_path: Path) -> None:
    save_new(tmp_path / "file", b"first")
    with pytest.raises(FileExistsError):
        save_new(tmp_path / "file", b"second")
    assert (tmp_path / "file").read_bytes() == b"first"
    assert not leftovers(tmp_path)


def test_without_hard_links_names_are_claimed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise PermissionError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(files.os, "link", refuse)
    test_a_new_name_is_claimed_once(tmp_path)


def test_threads_that_want_one_name_get_it_once(tmp_path: Path) -> None:
    outcomes: list[str] = []

    def save(index: int) -> None:
        try:
            save_new(tmp_path / "file", bytes([index]) * 1000)
            outcomes.append("saved")
        except FileExistsError:
            outcomes.append("taken")

    threads = [threading.Thread(target=save, args=(index,)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved"] + ["taken"] * 7


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_whatever_fails_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    path = tmp_path / "file"
    files.save_atomic(path, b"old")
    monkeypatch.setattr(files.os, call, failing(code))
    with pytest.raises(MachineError, match=os.strerror(code)) as caught:
        files.save_atomic(path, b"new")
    assert str(tmp_path) in caught.value.message
    assert caught.value.hint
    assert path.read_bytes() == b"old"
    assert not leftovers(tmp_path)


def test_a_folder_that_does_not_reach_the_disk_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "fsync", failing(errno.EIO, at=1))
    with pytest.raises(MachineError):
        files.save_atomic(tmp_path / "file", b"new")


def test_a_full_disk_is_named_as_such(tmp_path: Path) -> None:
    with small_disk(), pytest.raises(MachineError, match=r"There is no room in .*Free some space"):
        files.save_atomic(tmp_path / "file", bytes(10_000))
    assert not list(tmp_path.iterdir())


def test_a_file_in_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"")
    with pytest.raises(MachineError, match="Cannot write into"):
        files.save_atomic(tmp_path / "folder" / "file", b"")
    with pytest.raises(MachineError, match="Cannot write into"):
        save_new(tmp_path / "folder" / "file", b"")


def test_a_read_only_folder_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MachineError, match="Read-only file system"):
        files.save_atomic(tmp_path / "file", b"")


def test_sweeping_removes_our_old_leftovers_only(tmp_path: Path) -> None:
    ours, fresh = tmp_path / ".t2i-00007.part", tmp_path / ".t2i-abc.part"
    foreign = tmp_path / ".other.part"
    for path in (ours, fresh, foreign):
        path.touch()
    for path in (ours, foreign):
        os.utime(path, (0, 0))
    assert files.sweep(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == sorted([fresh, foreign])
    assert files.sweep(tmp_path / "missing") == 0
