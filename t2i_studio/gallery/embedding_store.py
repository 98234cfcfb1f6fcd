"""CLIP embeddings of picture files on the disk, so that a folder is embedded once.

One SQLite file per space: a transaction is kept whole or not at all, several programs may use it
at once, and opening it reads none of it. What is in there can be made again, so a damaged file is
set aside and a new one begun.
"""

import contextlib
import hashlib
import os
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from t2i_studio.core.errors import MachineError
from t2i_studio.core.latent import Embeddings, Space, Vectors, check_space
from t2i_studio.core.words import tr

VERSION = 1  # in the file's name: another version makes another file
DAMAGED = ".damaged"
PATIENCE = 10.0  # seconds to wait for another program that writes
PAGE = 16_384  # bytes; five vectors of 768, at 4096 a quarter of the file is waste
SCHEMA = """create table if not exists embeddings (
    path blob primary key, size integer, mtime_ns integer, vector blob, checksum integer
)"""
STAMP = "select size, mtime_ns from embeddings where path = ?"
ROW = "select size, mtime_ns, vector, checksum from embeddings where path = ?"
PUT = "insert or replace into embeddings values (?, ?, ?, ?, ?)"
FORGET = "delete from embeddings where path = ?"
# What SQLite calls a file that it cannot make sense of; "error" is a table that is not ours.
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}

T = TypeVar("T")


@dataclass(frozen=True)
class Stamp:
    """A picture file as it was at one time; when it changes, so does its stamp."""

    path: Path
    size: int  # bytes
    mtime_ns: int

    @property
    def key(self) -> bytes:
        """The absolute path; as bytes, for not every name is text."""
        return os.fsencode(os.path.abspath(self.path))


@dataclass(frozen=True)
class Found:
    """The embeddings that are kept, row by row those of `paths`; None if there are none."""

    embeddings: Embeddings | None
    paths: tuple[Path, ...]


class EmbeddingStore:
    """Keeps embeddings of one space in `folder`, which is made when needed. Any thread."""

    def __init__(self, folder: Path, space: Space) -> None:
        digest = hashlib.sha256(space.model_dump_json().encode()).hexdigest()[:12]
        name = re.sub(r"[^0-9A-Za-z]+", "-", space.id).strip("-")[:40]
        self.space = space
        self.path = folder / f"{name}-{digest}-v{VERSION}.sqlite"

    def missing(self, paths: Iterable[Path]) -> list[Stamp]:
        """Return what has no embedding as it is now; files that are not there are left out.

        Take the stamps before the pictures are read, and give them to `put`: a picture that
        changes meanwhile is then missing again. Raises MachineError.
        """
        stamps = _stamps(paths)
        return self._query(
            lambda db: [
                stamp
                for stamp in stamps
                if db.execute(STAMP, (stamp.key,)).fetchone() != (stamp.size, stamp.mtime_ns)
            ]
        )

    def put(self, stamps: Sequence[Stamp], embeddings: Embeddings) -> None:
        """Keep the embedding of each, all or none; the newest of a path stays.

        Raises UserError for another space, and MachineError.
        """
        check_space(embeddings.space, self.space, tr("This embedding"))
        vectors = embeddings.vectors.values.astype("<f4")
        rows = [
            (stamp.key, stamp.size, stamp.mtime_ns, data, zlib.crc32(data))
            for stamp, data in zip(stamps, map(bytes, vectors), strict=True)
        ]
        self._query(lambda db: db.executemany(PUT, rows))

    def get(self, paths: Iterable[Path]) -> Found:
        """Return the embeddings of the files that have one as they are now; raises MachineError."""
        stamps = _stamps(paths)
        kept = self._query(lambda db: list(self._kept(db, stamps)))
        if not kept:
            return Found(None, ())
        values = np.frombuffer(b"".join(data for _, data in kept), "<f4")
        vectors = Vectors(values.reshape(len(kept), self.space.dim))
        embeddings = Embeddings(space=self.space, vectors=vectors)
        return Found(embeddings, tuple(path for path, _ in kept))

    def _kept(self, db: sqlite3.Connection, stamps: list[Stamp]) -> Iterator[tuple[Path, bytes]]:
        """Yield the vectors that are whole; what is damaged goes, to be missing from now on."""
        length = self.space.dim * np.dtype("<f4").itemsize
        for stamp in stamps:
            row = db.execute(ROW, (stamp.key,)).fetchone()
            if row is None or row[:2] != (stamp.size, stamp.mtime_ns):
                continue
            data, checksum = row[2:]
            if isinstance(data, bytes) and len(data) == length and zlib.crc32(data) == checksum:
                yield stamp.path, data
            else:
                db.execute(FORGET, (stamp.key,))

    def _query(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Run it in one transaction; in a new file, if this one is damaged."""
        try:
            try:
                return self._run(query)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode & 0xFF not in DAMAGE:
                    raise
                self._set_aside()
                return self._run(query)
        except (sqlite3.Error, OSError) as error:
            raise MachineError(
                tr(
                    "{path}: The embeddings kept here cannot be used ({reason}).",
                    path=self.path,
                    reason=error,
                ),
                tr("Make room and allow writing there, or remove the file: it is made again."),
            ) from error

    def _run(self, query: Callable[[sqlite3.Connection], T]) -> T:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(self.path, timeout=PATIENCE)) as db, db:
            db.text_factory = bytes  # damage can make text of anything
            db.execute(f"pragma page_size = {PAGE}")
            db.execute(SCHEMA)
            return query(db)

    def _set_aside(self) -> None:
        """Keep the last damaged file; its journal must not meet the new one."""
        os.replace(self.path, self.path.with_name(self.path.name + DAMAGED))
        self.path.with_name(self.path.name + "-journal").unlink(missing_ok=True)


def _stamps(paths: Iterable[Path]) -> list[Stamp]:
    """Return the stamps of the files that are there."""
    stamps = []
    for path in paths:
        with contextlib.suppress(OSError, ValueError):  # ValueError: NUL in it
            status = path.stat()
            stamps.append(Stamp(path, status.st_size, status.st_mtime_ns))
    return stamps
