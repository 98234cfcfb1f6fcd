"""The rendered world on disk: pictures, captions and identities of a seed, made once."""

import contextlib
import errno
import json
import multiprocessing
import os
import random
import shutil
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core.errors import MachineError
from t2i_studio.training.corpus import Indices, generator, key_of
from t2i_studio.training.scenes.grammar import caption
from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sampler import Mix, scenes
from t2i_studio.training.scenes.scene import Scene
from t2i_studio.training.scenes.sprites import Sprites

CAPTIONS = 2
"""Paraphrases kept of each scene."""

_HARD_SHARE = 0.75  # of CLIP's batches


@dataclass(frozen=True)
class Order:
    """What is rendered: the first `count` scenes of a seed, for training or held out from it."""

    count: int
    size: int  # px
    seed: int
    is_held_out: bool = False
    mix: Mix = field(default_factory=Mix)
    shard: int = field(default=4096, repr=False)  # scenes that are rendered in one go

    @property
    def nbytes(self) -> int:
        """Bytes of all pictures."""
        return self.count * self.size**2 * 3

    @property
    def shards(self) -> range:
        return range(-(-self.count // self.shard))

    def slots(self, shard: int) -> slice:
        """Return the numbers of a shard's scenes."""
        return slice(shard * self.shard, min(self.count, (shard + 1) * self.shard))

    def scenes(self, shard: int) -> Iterator[Scene]:
        slots = self.slots(shard)
        drawn = scenes(self.seed, slots.start, is_held_out=self.is_held_out, mix=self.mix)
        yield from islice(drawn, slots.stop - slots.start)


class _Record(TypedDict):
    """What is kept of a scene besides its picture."""

    captions: list[str]
    key: int
    group: str  # scenes of one group are hard to tell apart by their backgrounds


@dataclass(frozen=True)
class RenderedWorld:
    """A `Corpus` of rendered scenes in a folder."""

    folder: Path
    order: Order

    def __len__(self) -> int:
        return self.order.count

    @cached_property
    def pictures(self) -> NDArray[np.uint8]:
        """All pictures: (N, S, S, 3), a memory map."""
        loaded: NDArray[np.uint8] = np.load(self.folder / "pictures.npy", mmap_mode="r")
        return loaded

    @cached_property
    def captions(self) -> list[tuple[str, ...]]:
        """Return the paraphrases of each scene."""
        return [tuple(record["captions"]) for record in self._records()]

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """Identities (N,) of what captions can tell."""
        return np.array([record["key"] for record in self._records()], dtype=np.int64)

    def preload(self) -> None:
        """Read all but the pictures now: processes that are forked later share it."""
        _ = self.captions, self.keys, self._groups

    def indices(self, batch: int, index: int, rank: int) -> Indices:
        """Draw scenes evenly: (batch,) int64."""
        rng = generator("indices", self.order.seed, index, rank)
        return np.sort(rng.integers(0, len(self), batch))

    def hard_indices(self, batch: int, index: int, rank: int) -> Indices:
        """Draw mostly scenes that share one of two backgrounds.

        Told apart by their backgrounds alone, scenes teach CLIP nothing about what stands there:
        the first version of this checkpoint knew 93 % of backgrounds and 51 % of nouns.
        """
        rng = generator("hard", self.order.seed, index, rank)
        if rng.random() >= _HARD_SHARE:
            return self.indices(batch, index, rank)
        chosen = rng.choice(len(self._groups), min(2, len(self._groups)), replace=False)
        pool = np.concatenate([self._groups[group] for group in chosen])
        return np.sort(rng.choice(pool, batch))

    def _records(self) -> Iterator[_Record]:
        """Read them one shard at a time: all of them at once would fill the memory."""
        for shard in self.order.shards:
            yield from json.loads(_marker(self.folder, shard).read_text(encoding="utf-8"))

    @cached_property
    def _groups(self) -> list[Indices]:
        names = np.array([record["group"] for record in self._records()])
        return [np.flatnonzero(names == name) for name in np.unique(names)]


def render_world(
    folder: Path,
    order: Order,
    sprites: Callable[[], Sprites],
    *,
    processes: int = 1,
    report: Callable[[int, int], None] = lambda done, count: None,
) -> RenderedWorld:
    """Render what is missing of an order; an interrupted rendering goes on where it stopped.

    sprites: loads them, in each process anew. report: is told the scenes done, and of how many;
    what it raises ends the rendering at once. Raises MachineError if the disk is full or a process
    is killed.
    """
    try:
        _prepare(folder, order)
        missing = [shard for shard in order.shards if not _marker(folder, shard).exists()]
        if missing:
            _reserve(folder / "pictures.npy")
        work = partial(_render_shard, folder, order, sprites)
        with contextlib.closing(_each(work, missing, processes)) as rendered:
            for done in rendered:
                report(order.slots(done).stop, order.count)
    except BrokenProcessPool as error:
        raise MachineError(
            "A process that rendered scenes was killed, as happens when memory is short.",
            "Close other programs; the same command goes on where it stopped.",
        ) from error
    except OSError as error:
        raise MachineError(
            f"The scenes cannot be kept in {folder} ({error.strerror}).",
            f"They take {order.nbytes / 1e9:.1f} GB; give another --output.",
        ) from error
    return RenderedWorld(folder, order)


def _each(
    work: Callable[[int], int], shards: list[int], processes: int
) -> Generator[int, None, None]:
    if processes < 2 or len(shards) < 2:
        yield from map(work, shards)
        _RENDERERS.clear()  # hundreds of megabytes of backgrounds
        return
    with _workers(min(processes, len(shards))) as workers:
        yield from workers.map(work, shards)


@contextlib.contextmanager
def _workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes that end with this block, whatever they are at, or with this process."""
    spawn = multiprocessing.get_context("spawn")
    theirs, ours = spawn.Pipe(duplex=False)
    workers = ProcessPoolExecutor(count, spawn, _begin_work, (theirs,))
    try:
        yield workers
    finally:
        ours.close()
        workers.shutdown(cancel_futures=True)
        theirs.close()


def _begin_work(lifeline: Connection) -> None:
    """Live as long as the other end of `lifeline`; Ctrl+C, which reaches all, is not for us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), name="lifeline", daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    lifeline.poll(None)  # nothing is ever sent: this is its end
    os._exit(1)


def _prepare(folder: Path, order: Order) -> None:
    """Make the file of all pictures, and forget those of another order."""
    folder.mkdir(parents=True, exist_ok=True)
    said, pictures = folder / "order.txt", folder / "pictures.npy"
    text = repr(order)
    if said.exists() and said.read_text(encoding="utf-8") == text:
        return
    for old in (said, *folder.glob("scenes-*.json"), pictures):
        old.unlink(missing_ok=True)
    _check_room(folder, order.nbytes)
    shape = (order.count, order.size, order.size, 3)
    np.lib.format.open_memmap(pictures, "w+", np.uint8, shape).flush()
    said.write_text(text, encoding="utf-8")


def _reserve(pictures: Path) -> None:
    """Take the disk's blocks now: where a file is sparse, a memory map on a full disk kills us."""
    state = pictures.stat()
    # Windows, which does not count blocks, takes them all when it makes a file.
    _check_room(pictures.parent, state.st_size - 512 * getattr(state, "st_blocks", state.st_size))
    if hasattr(os, "posix_fallocate"):
        with pictures.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, state.st_size)


def _check_room(folder: Path, nbytes: int) -> None:
    if shutil.disk_usage(folder).free < nbytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _marker(folder: Path, shard: int) -> Path:
    return folder / f"scenes-{shard:05d}.json"


def _render_shard(folder: Path, order: Order, sprites: Callable[[], Sprites], shard: int) -> int:
    """Render one shard, and say so by the file of its captions, which comes last."""
    renderer = _renderer(order.size, sprites)
    pictures = np.load(folder / "pictures.npy", mmap_mode="r+")
    records = []
    for index, scene in enumerate(order.scenes(shard), start=order.slots(shard).start):
        pictures[index] = renderer.render(scene)
        rng = random.Random(f"captions/{order.seed}/{index}")
        records.append(_record(scene, rng))
    pictures.flush()
    part = _marker(folder, shard).with_suffix(".part")
    part.write_text(json.dumps(records), encoding="utf-8")
    part.replace(_marker(folder, shard))
    return shard


def _record(scene: Scene, rng: random.Random) -> _Record:
    return {
        "captions": [caption(scene, rng) for _ in range(CAPTIONS)],
        "key": key_of(scene.key),
        "group": f"{scene.background}/{scene.kind == 'single'}",
    }


_RENDERERS: dict[int, Renderer] = {}


def _renderer(size: int, sprites: Callable[[], Sprites]) -> Renderer:
    """Keep one per process: its caches are what makes it fast."""
    if size not in _RENDERERS:
        _RENDERERS[size] = Renderer(size, sprites())
    return _RENDERERS[size]
