"""The user's own pictures on disk at the size of training: made once, then read as an array.

    <run>/own-64-<digest>.rgb   the whole pictures one after another, (N, S, S, 3) uint8
    <run>/own-64-<digest>.log   a line about each picture found: "ok" and its shorter side in px,
                                or why it cannot be read

The digest changes with the files. An interrupted preparation goes on where it stopped, after any
crash: pixels reach the disk before the lines about them, and what has no line is cut off.
"""

import contextlib
import hashlib
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

import numpy as np
import PIL.Image
from numpy.typing import NDArray

from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_picture
from t2i_studio.gallery import files
from t2i_studio.training.balance import BalancedSampler
from t2i_studio.training.corpus import Indices
from t2i_studio.training.folder import Captioned, Found
from t2i_studio.training.identity import identities
from t2i_studio.training.report import Findings, Problem, Report, printable

_OK = "ok "
_BLOCK = 256  # pictures between two writes to the disk
_BLOCK_BYTES = 2**26
_THREADS = 8  # decode at once; each may hold a picture of core.image.MAX_PIXELS

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class OwnPictures:
    """A `Corpus` of the user's own pictures, drawn with a balance of what they show."""

    pictures: Pixels
    """(N, S, S, 3), a memory map."""
    files: tuple[Captioned, ...]
    """Where they come from."""
    sides: tuple[int, ...]
    """The shorter side that each had, in px."""
    cap: int
    seed: int
    report: Report

    def __len__(self) -> int:
        return len(self.files)

    def part(self, slots: slice) -> "OwnPictures":
        """Take some of the pictures, which are not copied; the report stays that of all."""
        pictures, files, sides = self.pictures[slots], self.files[slots], self.sides[slots]
        return replace(self, pictures=pictures, files=files, sides=sides)

    @cached_property
    def captions(self) -> tuple[tuple[str, ...], ...]:
        """What is said of each."""
        return tuple(file.captions for file in self.files)

    @cached_property
    def sampler(self) -> BalancedSampler:
        """Chooses among these pictures, by their captions alone."""
        return BalancedSampler(self.captions, self.cap, self.seed)

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """Identities (N,): equal for pictures that share a caption."""
        return identities(self.captions)

    def indices(self, batch: int, index: int, rank: int) -> Indices:
        """Draw pictures by `sampler`: (batch,) int64."""
        return np.sort(self.sampler.indices(batch, index, rank))

    def hard_indices(self, batch: int, index: int, rank: int) -> Indices:
        """Draw as `indices` does: what is hard to tell apart is not known of strange pictures."""
        return self.indices(batch, index, rank)


def prepare(
    found: Found,
    size: int,
    folder: Path,
    *,
    cap: int,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda done, count: None,
) -> OwnPictures:
    """Bring pictures to `size` x `size`, or take up what was brought there before.

    folder: of the run; one process at a time brings pictures there, any number take them up.
    cap: pictures per query and epoch.
    progress: is told the pictures done, and of how many; what it raises ends the preparation.
    Raises UserError when no picture can be read, MachineError when the disk is full.
    """
    kept = _Kept(folder, found, size)
    try:
        _fill(kept, found.pictures, progress)
        lines = kept.lines()
    except OSError as error:
        raise files.unusable(folder, error) from error
    report = _report(found, lines)
    if not report.used:
        raise UserError(
            f"{found.folder}: No picture can be read: {report}", "Use PNG, JPEG, WebP or BMP."
        )
    told = list(zip(found.pictures, lines, strict=True))
    readable = tuple(picture for picture, line in told if line.startswith(_OK))
    sides = tuple(int(line.removeprefix(_OK)) for line in lines if line.startswith(_OK))
    return OwnPictures(kept.pictures(report.used), readable, sides, cap, seed, report)


def square(image: Image, size: int) -> Pixels:
    """Cut out the middle square and bring it to (size, size, 3), each pixel a mean of an area."""
    extent = image.extent
    side = min(extent.width, extent.height)
    left, top = (extent.width - side) // 2, (extent.height - side) // 2
    # The mean of an area enlarges to blocks.
    how = PIL.Image.Resampling.BOX if side >= size else PIL.Image.Resampling.BICUBIC
    middle = image.crop(Bounds(left, top, side, side)).to_pil()
    return np.asarray(middle.resize((size, size), how))


class _Kept:
    """The two files."""

    def __init__(self, folder: Path, found: Found, size: int) -> None:
        name = f"own-{size}-{_digest(found)}"
        self._others = f"own-{size}-*"
        self._folder = folder
        self._pixels, self._log = folder / f"{name}.rgb", folder / f"{name}.log"
        self.shape = (size, size, 3)

    @property
    def nbytes(self) -> int:
        """Bytes of one picture."""
        return int(np.prod(self.shape))

    def is_whole(self, count: int) -> bool:
        """Tell whether there is nothing left to do of so many pictures."""
        lines = self.lines()
        return len(lines) == count and self._holds(lines)

    def resume(self) -> int:
        """Cut both files to what both hold; return how many pictures that are."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in self._folder.glob(self._others):
            if path not in (self._pixels, self._log):
                path.unlink()
        lines = self.lines()
        if not self._holds(lines):
            lines = []
        for path in (self._pixels, self._log):
            path.touch()
        os.truncate(self._pixels, self._length(lines))
        os.truncate(self._log, sum(len(line.encode()) + 1 for line in lines))
        return len(lines)

    def lines(self) -> list[str]:
        """Return what is said of each picture; the last line counts only if it is whole."""
        if not self._log.exists():
            return []
        return self._log.read_bytes().decode().split("\n")[:-1]

    def _holds(self, lines: Sequence[str]) -> bool:
        """Tell whether the pixels are there that the lines are about."""
        return self._pixels.exists() and self._pixels.stat().st_size >= self._length(lines)

    def _length(self, lines: Sequence[str]) -> int:
        return _count(lines) * self.nbytes

    def append(self, results: Sequence[tuple[Pixels | None, str]]) -> None:
        """Add pictures, and the lines about them and about those that cannot be read."""
        whole = (pixels.tobytes() for pixels, _ in results if pixels is not None)
        _append(self._pixels, b"".join(whole))
        _append(self._log, "".join(f"{line}\n" for _, line in results).encode())

    def pictures(self, count: int) -> Pixels:
        return np.memmap(self._pixels, np.uint8, "r", shape=(count, *self.shape))


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _fill(kept: _Kept, pictures: Sequence[Captioned], progress: Callable[[int, int], None]) -> None:
    done = len(pictures) if kept.is_whole(len(pictures)) else kept.resume()
    progress(done, len(pictures))
    block = max(1, min(_BLOCK, _BLOCK_BYTES // kept.nbytes))
    rest = iter(pictures[done:])
    with _readers() as each:
        while results := list(each(partial(_read, size=kept.shape[0]), islice(rest, block))):
            kept.append(results)
            done += len(results)
            progress(done, len(pictures))


@contextlib.contextmanager
def _readers() -> Iterator[Callable[..., Iterator[tuple[Pixels | None, str]]]]:
    """Give a `map` over several threads."""
    # read_picture ignores warnings for a while, which is not safe in threads: whatever order they
    # restore the filters in, out here they all find and leave the same ones.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as threads:
            yield threads.map


def _read(picture: Captioned, size: int) -> tuple[Pixels | None, str]:
    """Return the picture, and the line about it."""
    try:
        image = read_picture(picture.path)
        side = min(image.extent.width, image.extent.height)
        return square(image, size), f"{_OK}{side}"
    except StudioError as error:
        path = picture.path
        reason = error.message.removeprefix(f"{path}: ").removeprefix(f"{path.name}: ")
        return None, printable(reason)


def _count(lines: Sequence[str]) -> int:
    """Return how many pictures could be read."""
    return sum(line.startswith(_OK) for line in lines)


def _report(found: Found, lines: Sequence[str]) -> Report:
    """Add to what was found what could not be read."""
    findings = Findings()
    for picture, line in zip(found.pictures, lines, strict=True):
        if not line.startswith(_OK):
            findings.add(Problem.broken, f"{_name(found, picture)}: {line.removesuffix('.')}")
    broken = findings.report(_count(lines))
    return replace(broken, findings=found.report.findings + broken.findings)


def _digest(found: Found) -> str:
    """Tell apart states of the folder by names, sizes and times of change."""
    digest = hashlib.blake2b(digest_size=8)
    for picture in found.pictures:
        digest.update(os.fsencode(_name(found, picture)))
        with contextlib.suppress(OSError):  # gone by now, which reading it will tell
            state = picture.path.stat()
            digest.update(f"/{state.st_size}/{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _name(found: Found, picture: Captioned) -> str:
    return os.path.relpath(picture.path, found.folder)
