"""How a large canvas follows a hand: strokes, undo, pan and zoom, and a picture that is opened."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from random import Random
from time import perf_counter
from typing import Final

import numpy as np

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import opaque
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui import robot
from t2i_studio.ui.canvas.view import CanvasView

SIDE: Final = 4096  # px of the picture
VIEW: Final = 1920, 1080  # px
COLOUR: Final = (200, 30, 60)
HARD, SOFT = Brush(Ink.paint, colour=COLOUR), Brush(Ink.paint, 0.5, 0.8, COLOUR)
BRUSHES: Final = {  # with their size in px
    "dab of 50 px": (HARD, 50),
    "dab of 200 px": (HARD, 200),
    "dab of 600 px": (HARD, 600),
    "soft dab of 600 px": (SOFT, 600),
}
DABS: Final = 20  # of a stroke
STEP: Final = 12  # px from dab to dab
STROKES: Final = 1000
FRAMES: Final = 120  # of a pan or a zoom
SMALL, LARGE = 0.1, 4.0  # between which is zoomed
SETTLE_MS: Final = 300  # after a picture was opened
GRAIN: Final = 3  # levels of noise in the picture: none would be too easy to pack
SEED: Final = 0
USUAL_SIZE: Final = 50  # px of the brush that fills the history


@dataclass
class Figures:
    """What was measured: seconds, by what was done; a list for each round."""

    dabs: dict[str, list[list[float]]] = field(
        default_factory=lambda: {name: [] for name in BRUSHES}
    )
    excess: list[float] = field(default_factory=list)  # pixels renewed / those under the dab
    undo: list[float] = field(default_factory=list)
    pan: list[list[float]] = field(default_factory=list)
    zoom: list[list[float]] = field(default_factory=list)
    opening: list[list[float]] = field(default_factory=list)  # waits of the event loop
    history_bytes: int = 0


def measured(rounds: int, extent: Extent | None = None) -> Figures:
    """Measure each figure `rounds` times after one that warms up."""
    extent = extent or Extent(SIDE, SIDE)
    with open_easel(extent) as easel:
        figures = Figures()
        for number in range(rounds + 1):
            found = figures if number else Figures()
            easel.paint(found)
            found.pan.append(easel.frames(easel.pan))
            found.zoom.append(easel.frames(easel.zoom))
        for number in range(rounds + 1):
            waits = easel.open_picture()
            figures.opening += [waits] if number else []
        figures.history_bytes = easel.fill_history()
    return figures


@contextlib.contextmanager
def open_easel(extent: Extent) -> Iterator["Easel"]:
    """Open a canvas, as large as a usual screen, over an empty document."""
    robot.application()
    easel = Easel(extent)
    try:
        yield easel
    finally:
        easel.view.unbind()
        robot.discard(easel.view)


class Easel:
    """A picture of two layers and a mask, in a real canvas."""

    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        self.random = Random(SEED)
        self.picture = _photo(extent)
        self.document = Document()
        self.view = CanvasView(self.document, ToolOptions())
        self.view.resize(*VIEW)
        self.view.show()
        self._changed: list[Bounds] = []
        self.document.picture_changed.connect(self._changed.append)
        self._prepare()

    def paint(self, figures: Figures) -> None:
        """Paint a stroke with each brush on the upper layer, and take it back."""
        for name, (brush, size) in BRUSHES.items():
            seconds, excess = self._stroke(brush, size)
            figures.dabs[name].append(seconds)
            figures.excess += excess
            figures.undo.append(_timed(self._undo))

    def frames(self, step: Callable[[float], None]) -> list[float]:
        """Move the view from frame to frame, 0 to 1, and draw each; return the seconds."""
        seconds = []
        for number in range(FRAMES):
            robot.let_run(0)
            seconds.append(_timed(partial(self._frame, step, number / FRAMES)))
        return seconds

    def pan(self, at: float) -> None:
        """Move along an ellipse at 100 %."""
        if at == 0:
            self.view.set_zoom(1.0)
        x, y = np.cos(2 * np.pi * at), np.sin(2 * np.pi * at)
        self.view.camera.pan(round(40 * float(x)), round(25 * float(y)))

    def zoom(self, at: float) -> None:
        """Zoom in from far away."""
        self.view.set_zoom(SMALL * (LARGE / SMALL) ** at)

    def open_picture(self) -> list[float]:
        """Open a picture; return how long the event loop let others wait."""
        self.document.start()
        self.view.fit()
        read = opaque(self.picture)  # what reading a file gives, in the background
        robot.let_run(SETTLE_MS)
        watch = robot.Watch()
        watch.start()
        self.document.take(read)
        robot.let_run(SETTLE_MS)
        return watch.stop()

    def fill_history(self) -> int:
        """Paint many strokes of a usual length; return the bytes that they can be undone from."""
        self._prepare()
        for _ in range(STROKES):
            x, y = (
                self.random.uniform(0, side) for side in (self.extent.width, self.extent.height)
            )
            dx, dy = self.random.uniform(-200, 200), self.random.uniform(-200, 200)
            self.document.begin_stroke(SOFT, Dab(x, y, USUAL_SIZE))
            self.document.extend_stroke(Dab(x + dx, y + dy, USUAL_SIZE))
            self.document.end_stroke()
        return self.document.history.size_bytes

    def _prepare(self) -> None:
        """Begin with a picture, half of a mask, and an upper layer that is worked on."""
        mask = np.zeros((self.extent.height, self.extent.width), np.uint8)
        mask[:, : self.extent.width // 2] = 255
        self.document.start(self.picture, Mask(mask))
        self.document.add_layer("Sketch", _half_clear(self.picture))
        self.view.fit()
        robot.let_run(SETTLE_MS)

    def _stroke(self, brush: Brush, size: int) -> tuple[list[float], list[float]]:
        """Return the seconds of each dab, and what share of its rectangle each has renewed."""
        seconds, excess = [], []
        x, y = self.extent.width / 2, self.extent.height / 2
        self.document.begin_stroke(brush, Dab(x, y, size))
        for _ in range(DABS):
            self._changed.clear()
            x += STEP
            to = Dab(x, y, size)
            seconds.append(_timed(partial(self._dab, to)))
            renewed = sum(bounds.extent.area for bounds in self._changed)
            excess.append(renewed / ((size + STEP + 2) * (size + 2)))
        self.document.end_stroke()
        self.view.repaint()
        return seconds, excess

    def _dab(self, to: Dab) -> None:
        self.document.extend_stroke(to)
        self.document.composite_pixels  # noqa: B018  # made when it is looked at

    def _undo(self) -> None:
        self.document.undo()
        self.document.composite_pixels  # noqa: B018

    def _frame(self, step: Callable[[float], None], at: float) -> None:
        step(at)
        self.view.repaint()


def _timed(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started


def _photo(extent: Extent) -> Image:
    """Return soft shapes with a little grain."""
    y, x = np.mgrid[: extent.height, : extent.width] / max(extent.width, extent.height)
    channels = [np.sin(5 * x + 3 * y), np.cos(4 * y * y + x), np.sin(9 * x * y)]
    random = np.random.default_rng(SEED)
    grain = random.integers(-GRAIN, GRAIN + 1, (extent.height, extent.width, 3))
    return Image(np.clip(128 + 90 * np.stack(channels, -1) + grain, 0, 255).astype(np.uint8))


def _half_clear(picture: Image) -> Pixels:
    """Return the picture upside down as a layer, the right half of which is clear."""
    height, width = picture.pixels.shape[:2]
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., :3] = picture.pixels[::-1]
    pixels[:, : width // 2, 3] = 255
    return pixels
