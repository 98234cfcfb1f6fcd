"""Make the pictures of the README: drive the real studio offscreen and grab its window.

Run with `make screenshots`; takes about a minute on two cores.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from t2i_studio.app import Studio, build
from t2i_studio.core.geometry import Extent
from t2i_studio.core.layers import MASK
from t2i_studio.studio.explorer.exploration import DiffRow
from t2i_studio.studio.frame import Direction
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.application import make_application
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.explorer.components_tab import ComponentsTab

FOLDER = Path(__file__).parent / "screenshots"
PATIENCE_MS = 300_000
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
STACK = "a red cube on top of a blue cube on a white background"
MAPPED_THINGS = ("fox", "house", "strawberry")
MAPPED_PLACES = ("in a winter landscape", "in a field at sunrise", "on a beach", "in outer space")
OTHERS = (
    ("a fox in a field at sunrise", 3),
    ("a house in a winter landscape", 2),
    ("a robot in outer space", 5),
    ("a strawberry on a beach", 1),
    ("a green sphere on a white background", 4),
)


def main() -> int:
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        studio = build(Path(folder))
        studio.window.set_theme("Dark")
        studio.window.resize(1280, 800)
        studio.open()
        session = studio.session
        wait(lambda: session.ready is not None)
        show_repaint(studio)
        grab(studio, "studio-dark")
        show_frame(studio)
        grab(studio, "canvas-dark")
        studio.window.set_theme("Light")
        show_layers(studio)
        grab(studio, "canvas-light")
        studio.window.commands.run("view.layers")
        session.staging.clear()
        show_generation(studio)
        grab(studio, "studio-light")
        session.cancel_all()
        wait(lambda: len(session.jobs) == 0)
        studio.window.prompt.advanced_section.set_open(False)
        show_map(studio)
        grab(studio, "explorer-light")
        studio.window.set_theme("Dark")
        show_text_diff(studio)
        grab(studio, "explorer-dark")
        studio.window.close()
        studio.close()
    app.quit()
    return 0


def show_repaint(studio: Studio) -> None:
    """Leave the window with three repaints to choose from."""
    session, view = studio.session, studio.window.canvas.view
    for prompt, seed in OTHERS:
        generate(studio, prompt, seed)
        session.staging.clear()
    generate(studio, STACK, 8)
    session.accept()
    settle()
    session.tools.brush_size = 44
    lines = ((62, 156), (194, 156), (194, 186), (62, 186), (62, 216), (194, 216), (194, 232))
    drag(view, *lines, (62, 232))
    generate(studio, "a green ball", 2, count=3)
    session.staging.select(2)
    settle()


def show_frame(studio: Studio) -> None:
    """Leave the frame sticking out over the right border, ready to outpaint."""
    session = studio.session
    session.staging.clear()
    session.document.close()
    generate(studio, "a fox in a field at sunrise", 3)
    session.accept()
    session.settings.prompt = "a field at sunrise"
    session.tools.tool = Tool.frame
    session.outpaint(Direction.right, 60, "%")
    settle()


def show_layers(studio: Studio) -> None:
    """Leave an outpainted picture with a label on a layer, compared with the original."""
    session, view = studio.session, studio.window.canvas.view
    generate(studio, "a field at sunrise", 4, count=2)
    session.accept()
    studio.window.commands.run("view.layers")
    session.tools.tool = Tool.text
    settle()
    QTest.mouseClick(view, LEFT, pos=at(view, 270, 60))
    QTest.keyClicks(QApplication.focusWidget(), "iPod")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)
    session.document.activate(MASK)
    session.tools.tool = Tool.rectangle
    view.setFocus()
    drag(view, (20, 120), (120, 220))
    generate(studio, "a strawberry in a field at sunrise", 3, count=2)
    studio.window.commands.run("view.compare")
    settle()


def show_generation(studio: Studio) -> None:
    """Leave the window in the middle of a picture, with the settings of the stages open."""
    session = studio.session
    session.staging.clear()
    session.document.close()
    studio.window.prompt.advanced_section.set_open(True)
    session.settings.seed, session.settings.count = 7, 4
    session.settings.prompt = "a 3d render of a lion in a field at sunrise"
    session.generate()
    wait(lambda: session.staging.shows_live and _step(studio) > 30)


def show_text_diff(studio: Studio) -> None:
    """Leave a winter landscape that a slider has turned into autumn, with the way there."""
    session, explorer = studio.session, studio.session.explorer
    session.staging.clear()
    before, after = (f"a fox in {season} landscape" for season in ("a winter", "an autumn"))
    generate(studio, before, 8)
    session.accept()
    session.explore_shown()
    wait(lambda: explorer.result)
    studio.window.explorer.panel.open_tab("Text diff")
    explorer.set_rows([DiffRow(before, after, 0.4)], is_moving=False)
    wait(lambda: explorer.result)
    explorer.diff_strip()
    wait(lambda: explorer.strip.is_complete)
    settle()


def show_map(studio: Studio) -> None:
    """Leave a map of foxes and houses in several places, with sliders along its components."""
    session, panel = studio.session, studio.window.explorer.panel
    session.staging.clear()
    session.settings.size = Extent(64, 64)
    for thing, place in product(MAPPED_THINGS, MAPPED_PLACES):
        generate(studio, f"a {thing} {place}", 1, count=2)
        session.staging.clear()
    session.settings.size = None
    studio.window.explorer.open()
    panel.open_tab("PCA")
    tab = panel.tab("PCA")
    assert isinstance(tab, ComponentsTab)
    tab.atlas.map_gallery()
    wait(lambda: tab.atlas.map)
    settle()


def drag(view: CanvasView, *way: tuple[float, float]) -> None:
    """Drag with the left button along points of the picture."""
    places = [at(view, x, y) for x, y in way]
    QTest.mousePress(view, LEFT, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(view, place)
    QTest.mouseRelease(view, LEFT, pos=places[-1])


def at(view: CanvasView, x: float, y: float) -> QPoint:
    return view.from_picture(QPointF(x, y)).toPoint()


def _step(studio: Studio) -> int:
    job = studio.session.jobs.current
    return job.progress.step if job and job.progress else 0


def generate(studio: Studio, prompt: str, seed: int, count: int = 1) -> None:
    session = studio.session
    session.settings.prompt, session.settings.seed = prompt, seed
    session.settings.count = count
    session.generate()
    wait(lambda: len(session.jobs) == 0 and len(session.staging.candidates) == count)


def wait(is_done: Callable[[], object]) -> None:
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not is_done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if deadline.hasExpired():
            raise TimeoutError


def settle() -> None:
    """Let thumbnails arrive and layouts come to rest."""
    deadline = QDeadlineTimer(500)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def grab(studio: Studio, name: str) -> None:
    QApplication.processEvents()
    studio.window.grab().save(str(FOLDER / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main())
