"""The composition root: builds every part and knows them all."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from t2i_studio.core import paths
from t2i_studio.core.words import later, tr
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.runner import Runner
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.autosave import Autosave, Part
from t2i_studio.studio.notices import Notice, notice_of
from t2i_studio.studio.preferences import stored
from t2i_studio.studio.project import Project
from t2i_studio.studio.queue_file import QueueFile
from t2i_studio.studio.session import Describe, Session, describe
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui import requirements

if TYPE_CHECKING:
    from t2i_studio.ui.background import ThreadBackground
    from t2i_studio.ui.engine_thread import EngineThread
    from t2i_studio.ui.main_window import MainWindow

SESSION = "session"  # the folder in which it is kept
ALREADY_OPEN = later("The studio is already open; its window has been raised.")
IS_CLOSING = later("The studio is just closing, or does not answer. Try again in a moment.")


def main(file: Path | None = None) -> int:
    """Open the studio, and a picture or project in it; return the process's exit code."""
    troubles = requirements.missing()
    if troubles:
        sys.stderr.write("".join(f"t2i-studio: {trouble}\n" for trouble in troubles))
        return 1
    from t2i_studio.ui.application import (
        catch_exceptions,
        closing_on_signals,
        make_application,
    )
    from t2i_studio.ui.single_instance import SingleInstance

    folder = paths.data_folder()
    app = make_application(stored(folder / SESSION))
    instance = SingleInstance(folder)
    named = str(file.absolute()) if file else ""
    if not instance.claim(named):
        text = tr(ALREADY_OPEN if instance.has_raised else IS_CLOSING)
        sys.stderr.write(f"t2i-studio: {text}\n")
        return 0 if instance.has_raised else 1
    studio = build(folder)
    catch_exceptions(lambda error: studio.session.noticed.emit(notice_of(error)))
    instance.raise_requested.connect(studio.window.raise_window)
    instance.file_requested.connect(studio.take_file)
    if named:
        studio.autosave.canvas_restored.connect(lambda: studio.take_file(named))
    studio.open()
    with closing_on_signals(studio.window.close):
        code = app.exec()
    instance.stop_answering()
    studio.close()
    instance.release()
    return code


def build(
    folder: Path,
    registry: Callable[[], Registry] = Registry,
    describe_model: Describe = describe,
) -> "Studio":
    """Make a studio over a data folder; needs a QApplication."""
    from t2i_studio.ui.background import ThreadBackground
    from t2i_studio.ui.engine_thread import EngineThread
    from t2i_studio.ui.main_window import MainWindow

    background = ThreadBackground()
    session = Session(Shelf(Gallery(folder / "gallery"), background), background, describe_model)
    engine = EngineThread(Runner(registry()))
    engine.event_received.connect(session.handle)
    session.connect(engine)
    project = Project(session, background)
    learnt: dict[str, Part] = {
        "recent": project.recent,
        "pace": session.dispatcher.forecast,
        "notify": session.notify,
    }
    autosave = Autosave(session, folder / SESSION, background, learnt, {"project": project})
    queue_file = QueueFile(session.dispatcher, folder / SESSION, background)
    queue_file.noticed.connect(session.noticed.emit)
    early: list[Notice] = []
    session.noticed.connect(early.append)
    autosave.restore()
    session.describe_model()
    session.noticed.disconnect(early.append)
    window = MainWindow(session, project, autosave, background)
    for notice in early:
        window.notify(notice)
    return Studio(session, engine, background, project, autosave, queue_file, window)


@dataclass(frozen=True)
class Studio:
    """All parts of a running program."""

    session: Session
    engine: "EngineThread"
    background: "ThreadBackground"
    project: Project
    autosave: Autosave
    queue_file: QueueFile
    window: "MainWindow"

    def open(self) -> None:
        """Show the window; load the model and the gallery once it has been painted."""
        self.window.first_painted.connect(self._start)
        self.window.show()

    def take_file(self, name: str) -> None:
        """Open a picture or project from outside, or ask what to do with it."""
        window = self.window
        window.incoming.take([name], window.mapToGlobal(window.rect().center()))

    def close(self) -> None:
        """Stop everything; a picture that is ready is written first."""
        from PySide6.QtCore import QCoreApplication

        self.session.live.stop()
        self.queue_file.hold()  # or what runs would count as cancelled
        self.engine.close()
        QCoreApplication.processEvents()  # the last events of the engine
        self.queue_file.close()
        self.background.finish()
        self.background.close()
        QCoreApplication.processEvents()  # the answers of the disk
        self.autosave.save_now()

    def _start(self) -> None:
        self.engine.start()
        self.session.warm_up()
        self.autosave.restore_canvas()
        self.queue_file.restore()
        self.session.shelf.load()
        self.session.shelf.tidy()
