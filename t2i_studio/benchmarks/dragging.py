"""How fast the explorer follows a hand: its real window, a slider of which is dragged."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from t2i_studio.app import Studio, build
from t2i_studio.benchmarks.groups import Setting
from t2i_studio.benchmarks.measure import raise_failure
from t2i_studio.core.concept import TextDiff
from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.events import Event, Failed, ImageReady
from t2i_studio.core.image import Image
from t2i_studio.core.request import Generate
from t2i_studio.studio.explorer.exploration import DiffRow
from t2i_studio.studio.explorer.live import Asked
from t2i_studio.ui import robot
from t2i_studio.ui.explorer.text_diff_tab import TextDiffTab
from t2i_studio.ui.widgets.share_slider import ShareSlider

SIZE = 1280, 800  # px of the window
FRAME_MS = 16  # between two moves of the hand
MOVES = 40  # of a drag
REST_MS = 200  # at most, between the last move and the release
NEAR, FAR = (0.15, 0.40), (0.60, 0.85)  # of the slider: a drag goes from the one to the other
PATIENCE_S = 300.0  # until a picture is there
SEED = 0
PROMPT = "a fox in a winter landscape"
EDIT = DiffRow("a photo in winter", "a photo in autumn", 0.3)


@dataclass(frozen=True)
class Drags:
    """What was measured, in seconds; the waits of the event loop are those of each drag."""

    coarse: list[float] = field(default_factory=list)
    settled: list[float] = field(default_factory=list)
    waits: list[list[float]] = field(default_factory=list)


def measured(setting: Setting) -> Drags:
    """Drag the slider once to warm up and `rounds` times to measure; raises StudioError."""
    with open_studio(setting) as studio:
        hand = Hand(studio)
        hand.explore()
        hand.drag(Drags())
        drags = Drags()
        for _ in range(setting.rounds):
            hand.drag(drags)
        return drags


@contextlib.contextmanager
def open_studio(setting: Setting) -> Iterator[Studio]:
    """Open the window over an empty folder, with the model that is measured."""
    robot.application()
    with TemporaryDirectory(prefix="t2i-studio-") as folder:
        studio = build(Path(folder), lambda: setting.make_registry(setting.device))
        try:
            studio.session.settings.model = setting.model
            studio.window.resize(*SIZE)
            studio.open()
            yield studio
        finally:
            studio.window.close()
            studio.close()
            robot.discard(studio.window)


class Hand:
    """Drags the slider of the first text diff with the mouse, and looks at the pictures."""

    def __init__(self, studio: Studio) -> None:
        self._studio, self._explorer = studio, studio.session.explorer
        self._random = Random(SEED)
        self._watch = robot.Watch()
        self._failed: Failed | None = None
        self._picture: Image | None = None  # the first that is made
        self._moved: dict[float, float] = {}  # theta -> when it was set
        self._released = 0.0
        self._drags = Drags()
        studio.engine.event_received.connect(self._hear)
        self._explorer.live.heard.connect(self._see)  # after the explorer, which shows it

    def explore(self) -> None:
        """Make a picture, explore it, and wait until its x_T is known."""
        session = self._studio.session
        self._wait(lambda: session.ready is not None)
        if self._explorer.problem:
            raise UserError(self._explorer.problem)
        self._studio.engine.submit(Generate(model=session.settings.model, prompt=PROMPT, seed=SEED))
        self._wait(lambda: self._picture is not None)
        assert self._picture is not None
        session.explore(self._picture)
        self._explorer.set_rows((EDIT,), is_moving=False)
        self._wait(lambda: self._explorer.result is not None)

    def drag(self, drags: Drags) -> None:
        """Drag from one side to the other, release, and wait for the settled picture."""
        self._drags, self._moved = drags, {}
        track, (start, end) = self._slider.track, self._way()
        self._watch.start()
        for move in range(MOVES + 1):
            x = start + (end - start) * move / MOVES
            self._move_to(x * track.width(), is_first=move == 0)
            robot.let_run(FRAME_MS)
        robot.let_run(self._random.randrange(REST_MS))
        self._released = perf_counter()
        robot.send(track, robot.RELEASE, end * track.width())
        self._wait(lambda: self._explorer.result is not None)
        drags.waits.append(self._watch.stop())

    @property
    def _slider(self) -> ShareSlider:
        tab = self._studio.window.explorer.panel.tab("Text diff")
        assert isinstance(tab, TextDiffTab)
        return tab.rows[0].theta

    def _way(self) -> tuple[float, float]:
        near, far = self._random.uniform(*NEAR), self._random.uniform(*FAR)
        return (near, far) if self._random.random() < 0.5 else (far, near)

    def _move_to(self, x: float, *, is_first: bool) -> None:
        """Press or move, and note when the value changed; x: in px of the track."""
        slider, started = self._slider, perf_counter()
        what = robot.PRESS if is_first else robot.MOVE
        robot.send(slider.track, what, x)
        self._moved.setdefault(slider.value, started)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Failed):
            self._failed = event
        elif isinstance(event, ImageReady) and self._picture is None:
            self._picture = event.image

    def _see(self, event: Event, asked: Asked) -> None:
        edits = asked.request.concept.edits
        if not isinstance(event, ImageReady) or not edits or not isinstance(edits[0], TextDiff):
            return
        if asked.is_coarse and edits[0].theta in self._moved:
            self._drags.coarse.append(perf_counter() - self._moved[edits[0].theta])
        elif not asked.is_coarse and self._moved:
            self._drags.settled.append(perf_counter() - self._released)

    def _wait(self, is_done: Callable[[], bool]) -> None:
        """Let the event loop run until something is done; raises StudioError if it fails."""
        ends = perf_counter() + PATIENCE_S
        while not is_done():
            if self._failed is not None:
                raise_failure(self._failed)
            if perf_counter() > ends:
                raise MachineError(f"The window showed no picture within {PATIENCE_S:.0f} s.")
            robot.let_run(robot.TICK_MS)
