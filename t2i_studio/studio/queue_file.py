"""The queue on disk: what waits is there again after a restart or a crash."""

import contextlib
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from psygnal import Signal
from pydantic import ValidationError

from t2i_studio.core.image import Raster
from t2i_studio.core.request import REQUEST, Making
from t2i_studio.core.words import tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.gallery.inputs import Inputs
from t2i_studio.studio.background import Background
from t2i_studio.studio.dispatch import Dispatcher
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.placement import Placement

VERSION: Final = 1
FILE: Final = "queue.json"
PICTURES: Final = "queue"  # the folder of what jobs start from
NAMED: Final = re.compile(r'"sha256": ?"([0-9a-f]{64})"')

Mark = tuple[str, JobState, int]


@dataclass(frozen=True)
class Entry:
    """What is kept of a job; one with a message has failed."""

    request: Making
    placement: Placement
    is_seed_drawn: bool
    message: str

    @classmethod
    def of(cls, job: Job) -> "Entry":
        """Keep what is still to be made."""
        request = job.rest().request if job.made else job.request
        return cls(request, job.placement, job.is_seed_drawn, job.message)

    @property
    def job(self) -> Job:
        state = JobState.failed if self.message else JobState.restored
        return Job(self.request, self.placement, self.is_seed_drawn, state, message=self.message)


@dataclass(frozen=True)
class Found:
    """What the last start has left."""

    entries: tuple[Entry, ...] = ()
    damage: str = ""  # what to say of what cannot be read


class QueueFile:
    """Writes the queue at each change, and brings it back once (main thread).

    What comes back waits until somebody lets it go on: a job that ended the program would do so at
    each start.
    """

    noticed = Signal(Notice)

    def __init__(self, dispatcher: Dispatcher, folder: Path, background: Background) -> None:
        self._dispatcher = dispatcher
        self._disk = _Disk(folder)
        self._background = background
        self._marks: tuple[Mark, ...] = ()  # of what was written last
        self._is_open = False  # not before what was there has been read
        self._held: tuple[Job, ...] | None = None  # what was to be done when the end began
        self._is_writing = False
        self._has_warned = False
        for signal in (dispatcher.jobs.listed, dispatcher.jobs.changed):
            signal.connect(self._save, max_args=0)

    def restore(self) -> None:
        """Bring back, in the background, what the last start has left."""
        self._background.read(self._disk.read, self._restored, self._warn)

    def hold(self) -> None:
        """Follow no longer: what is stopped from now on is to be done next time."""
        if self._is_open:
            self._is_open = False
            self._held = tuple(job for job in self._dispatcher.jobs if not job.is_cancelling)

    def close(self) -> None:
        """Write what was held, but for what has been made since, and never again."""
        if self._held is not None:
            left = [job for job in self._held if job.state is not JobState.finished]
            self._held, entries = None, tuple(map(Entry.of, left))
            self._background.run(lambda: self._disk.write(entries), lambda _: None, self._warn)

    def _entries(self) -> tuple[Entry, ...]:
        return tuple(map(Entry.of, self._dispatcher.jobs))

    def _save(self) -> None:
        """Write the newest state; while that is done, changes gather."""
        marks = tuple((job.id, job.state, job.made) for job in self._dispatcher.jobs)
        if not self._is_open or self._is_writing or marks == self._marks:
            return
        entries, self._marks, self._is_writing = self._entries(), marks, True
        self._background.run(lambda: self._disk.write(entries), self._written, self._warn)

    def _written(self, _: None) -> None:
        self._is_writing = False
        self._save()

    def _restored(self, found: Found) -> None:
        self._is_open = True
        self._dispatcher.add(*(entry.job for entry in found.entries))
        if found.damage:
            self.noticed.emit(Notice(Level.warn, found.damage))
        waiting = sum(not entry.message for entry in found.entries)
        if waiting:
            text = tr("1 job of the last time waits.")
            if waiting > 1:
                text = tr("{count} jobs of the last time wait.", count=waiting)
            self.noticed.emit(Notice(Level.info, text, tr("Resume"), self._dispatcher.resume))

    def _warn(self, error: Exception) -> None:
        """Go on without; the next change tries again."""
        self._is_writing = False
        if not self._has_warned:
            self._has_warned = True
            text = tr("The queue cannot be kept for the next start: {error}", error=error)
            self.noticed.emit(Notice(Level.warn, text))


class _Disk:
    """The file, and a folder with each picture once (one thread at a time)."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._pictures = _Pictures(folder / PICTURES)
        self._requests: dict[str, Any] = {}  # as JSON, by their id

    def write(self, entries: tuple[Entry, ...]) -> None:
        """Replace the file, and remove pictures that no job needs; raises MachineError."""
        self._requests = {entry.request.id: self._told(entry.request) for entry in entries}
        jobs = [
            {
                "request": self._requests[entry.request.id],
                "origin": entry.placement.origin,
                "settings": entry.placement.settings,
                "is_seed_drawn": entry.is_seed_drawn,
                "message": entry.message,
            }
            for entry in entries
        ]
        text = json.dumps({"version": VERSION, "jobs": jobs})
        save_atomic(self._path, text.encode())
        self._pictures.keep_only(set(NAMED.findall(text)))

    def read(self) -> Found:
        """Return what can be read; a file in which something cannot is set aside."""
        try:
            kept = json.loads(self._path.read_bytes())
            if not isinstance(kept, dict) or kept.get("version") != VERSION:
                raise ValueError("not a queue of this version")
            listed = list(kept["jobs"])
        except FileNotFoundError:
            return Found()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return Found((), self._set_aside())
        entries = tuple(entry for each in listed if (entry := self._entry(each)))
        lost = len(listed) - len(entries)
        return Found(entries, self._set_aside(lost) if lost else "")

    def _told(self, request: Making) -> Any:
        """Return a request as JSON; it never changes, so it is asked once."""
        known = self._requests.get(request.id)
        if known is None:
            context = {"blobs": self._pictures}
            known = REQUEST.dump_python(request, mode="json", context=context)
        return known

    def _entry(self, kept: Any) -> Entry | None:
        try:
            request = REQUEST.validate_python(kept["request"], context={"blobs": self._pictures})
            x, y = map(int, kept["origin"])
            settings, message = kept["settings"] or {}, str(kept["message"])
            is_seed_drawn = kept["is_seed_drawn"] is True
        except (ValidationError, LookupError, TypeError, ValueError, RecursionError):
            return None
        if not isinstance(request, Making) or not _is_state(settings):
            return None
        return Entry(request, Placement((x, y), settings or None), is_seed_drawn, message)

    def _set_aside(self, lost: int = 0) -> str:
        """Keep the bad file for whoever wants to look; say so."""
        kept = self._path.with_name(f"{FILE}.damaged-{int(time.time())}")
        what = tr("The queue of the last time cannot be read.")
        if lost:
            what = tr("Jobs of the last time that cannot be read: {count}.", count=lost)
        try:
            self._path.rename(kept)
        except OSError:
            return what
        where = tr("The file is kept as {name}.", name=kept.name)
        return f"{what} {where}"


def _is_state(settings: Any) -> bool:
    return isinstance(settings, dict) and all(isinstance(part, dict) for part in settings.values())


class _Pictures(Inputs):
    """What the jobs start from; each picture is looked at once while a job holds it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._seen: dict[int, tuple[Raster, str]] = {}  # by identity

    def put(self, raster: Raster) -> str:
        known = self._seen.get(id(raster))
        if known is None:
            known = self._seen[id(raster)] = raster, super().put(raster)
        return known[1]

    def keep_only(self, named: set[str]) -> None:
        """Remove every other picture."""
        self._seen = {key: known for key, known in self._seen.items() if known[1] in named}
        for path in self.folder.glob("*.png"):
            if path.stem not in named:
                with contextlib.suppress(OSError):
                    path.unlink()
