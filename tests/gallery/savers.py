"""Processes that save pictures at once, or are killed while they do; run as a script.

It forks, and so must not run inside the tests' own process, which has threads.
"""

import os
import random
import select
import signal
import sys
from pathlib import Path
from typing import NoReturn

import numpy as np

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate
from t2i_studio.gallery.store import Gallery

LONGEST_LIFE = 0.06  # seconds


def picture(seed: int) -> Image:
    noise = np.random.default_rng(seed).integers(0, 256, (48, 48, 3), dtype=np.uint8)
    return Image(noise)


def recipe(seed: int) -> Recipe:
    return Recipe(
        request=Generate(prompt="a red cube", seed=seed, size=Extent(48, 48)),
        model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )


def together(folder: Path, processes: int, each: int) -> None:
    """Let `processes` processes save `each` pictures at the same time."""
    children = [
        _fork(folder, range(index * each, (index + 1) * each)) for index in range(processes)
    ]
    for child, pipe in children:
        while os.read(pipe, 65536):
            pass
        os.waitpid(child, 0)


def killed(folder: Path, kills: int) -> None:
    """Kill savers at random instants; print the names that they acknowledged."""
    chance = random.Random(0)
    for kill in range(kills):
        child, pipe = _fork(folder, range(kill * 10_000, (kill + 1) * 10_000))
        acknowledged = os.read(pipe, 65536)  # it has begun
        select.select([], [], [], chance.uniform(0.0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(pipe, 65536):
            acknowledged += more
        sys.stdout.write(acknowledged.decode())


def _fork(folder: Path, seeds: range) -> tuple[int, int]:
    """Start a process that saves and tells every name; return it and where to read the names."""
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        _save(folder, seeds, writable)
    os.close(writable)
    return child, readable


def _save(folder: Path, seeds: range, pipe: int) -> NoReturn:
    gallery = Gallery(folder)
    for seed in seeds:
        saved = gallery.add(picture(seed), recipe(seed))
        os.write(pipe, f"{saved.path}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "together":
        together(Path(sys.argv[2]), 8, 50)
    else:
        killed(Path(sys.argv[2]), 30)
