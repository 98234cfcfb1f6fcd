"""What a training tells while it runs: a log that programs read, sample grids, and events."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from t2i_studio.gallery.files import save_atomic, unusable

LONGEST_LINE = 65536  # bytes


@dataclass(frozen=True)
class Entry:
    """Where a part stands: one line of the log."""

    part: str
    step: int
    samples: int  # over all ranks
    samples_per_second: float
    loss: float  # running mean
    lr: float
    minutes: float  # of training so far, over all resumptions
    eta: float  # minutes left
    measured: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Resumed:
    """A part goes on from its checkpoint."""

    part: str
    step: int


@dataclass(frozen=True)
class Skipped:
    """A part had been trained by this plan before."""

    part: str


@dataclass(frozen=True)
class CheckpointSaved:
    """What is trained so far survives a crash."""

    part: str
    step: int


@dataclass(frozen=True)
class PictureSaved:
    """A new grid of samples is on the disk."""

    part: str
    path: Path


@dataclass(frozen=True)
class Finished:
    """A part is trained, and its network saved in `folder`."""

    part: str
    folder: Path


Event = Entry | Resumed | Skipped | CheckpointSaved | PictureSaved | Finished


class Journal:
    """Writes `log.jsonl` and `samples/` into the run's folder; `tell` hears of everything."""

    def __init__(self, folder: Path, tell: Callable[[Event], None] = lambda event: None) -> None:
        self.tell = tell
        self._folder = folder
        self._log = folder / "log.jsonl"
        self._is_mended = False

    def write(self, entry: Entry) -> None:
        """Append to the log and tell. Raises MachineError."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"time": now, **asdict(entry)}) + "\n"
        try:
            self._append(line.encode())
        except OSError as error:
            raise unusable(self._folder, error) from error
        self.tell(entry)

    def draw(self, part: str, step: int, picture: Image.Image) -> None:
        """Save a grid of samples and tell. Raises MachineError."""
        path = self._folder / "samples" / f"{part}-{step:06d}.png"
        buffer = BytesIO()
        picture.save(buffer, "PNG")
        save_atomic(path, buffer.getvalue())
        self.tell(PictureSaved(part, path))

    def _append(self, line: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab+") as file:
            if not self._is_mended:
                _cut_half_line(file)
                self._is_mended = True
            file.write(line)


def _cut_half_line(file: BinaryIO) -> None:
    """Remove the beginning of a line whose writer was killed."""
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, size - LONGEST_LINE))
    file.truncate(start + file.read().rfind(b"\n") + 1)
