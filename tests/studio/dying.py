"""Sessions that are killed while they are kept; run as a script.

It forks, and so must not run inside the tests' own process, which has threads. A session sets
layers, mask and frame to the same number, and tells it once it is kept.
"""

import os
import random
import select
import signal
import sys
from pathlib import Path

import numpy as np

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.autosave import Autosave
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.document import Document
from t2i_studio.studio.session import Session
from t2i_studio.studio.strokes import Ink
from tests.studio.conftest import bench_over

SIDE = 64  # px
HIGHEST = 250
KILLS_EACH = 8  # of the same session
LONGEST_LIFE = 0.15  # seconds


def numbers(document: Document) -> set[int]:
    """Return all values of all layers and of the mask."""
    arrays = [layer.pixels[..., :3] for layer in document.layers] + [document.mask_pixels]
    return {int(value) for array in arrays for value in np.unique(array)}


def work(folder: Path, pipe: int) -> None:
    """Go on from where the session was, as fast as possible."""
    with bench_over(folder) as bench:
        autosave, document = kept(bench.session, folder), bench.session.document
        os.write(pipe, b"\0")  # it has begun
        if document.extent is None:
            document.start(Image.filled(Extent(SIDE, SIDE), (0, 0, 0)))
            document.add_layer("Above")
        for value in range(max(numbers(document)) + 1, HIGHEST):
            fill(document, value)
            bench.session.frame.put(Bounds(value, value, 64, 64))
            autosave.save()
            os.write(pipe, bytes([value]))
    os._exit(0)


def kept(session: Session, folder: Path) -> Autosave:
    autosave = Autosave(session, folder / "session", InlineBackground())
    autosave.restore()
    autosave.restore_canvas()
    return autosave


def fill(document: Document, value: int) -> None:
    everywhere = np.full((SIDE, SIDE), 255, np.uint8)
    for layer in document.layers:
        document.activate(layer.id)
        document.apply_cover(everywhere, document.bounds, Ink.paint, (value,) * 3)
    document.change_mask(np.full((SIDE, SIDE), value, np.uint8), "Mask")


def found(folder: Path) -> int:
    """Return the number that the next start finds in every piece; 0 if nothing was kept yet."""
    with bench_over(folder) as bench:
        kept(bench.session, folder)
        document, frame = bench.session.document, bench.session.frame
        if bench.notices:
            raise AssertionError(bench.said)
        if document.extent is None:
            return 0
        (value,) = numbers(document)
        if len(document.layers) != 2 or frame.bounds != Bounds(value, value, 64, 64):
            raise AssertionError(f"a mixture: {value}, {frame}, {document.layers}")
        return value


def killed(folder: Path, kills: int) -> None:
    """Kill sessions at random instants; print what each had told and what was found then."""
    chance = random.Random(0)
    value = 0
    for kill in range(kills):
        if kill % KILLS_EACH == 0:
            place, value = folder / str(kill), 0
        readable, writable = os.pipe()
        child = os.fork()
        if child == 0:
            work(place, writable)
        os.close(writable)
        told = os.read(readable, 65536)
        select.select([], [], [], chance.uniform(0.0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(readable, 65536):
            told += more
        os.close(readable)
        told_last, value = max(value, told[-1]), found(place)
        sys.stdout.write(f"{told_last} {value}\n")


if __name__ == "__main__":
    killed(Path(sys.argv[1]), int(sys.argv[2]))
