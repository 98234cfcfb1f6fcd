"""Projects in the window: new, open, save, the recent ones, and the window's title."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QMessageBox

from t2i_studio.core.words import later, tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.project import Project
from t2i_studio.studio.project_file import SUFFIX
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.file_dialogs import ask_where_to_save
from t2i_studio.ui.theme import set_kind

FILTER: Final = later("Projects and OpenRaster pictures (*.ora)")
PROGRAM: Final = "T2I Studio"
PATIENCE_MS: Final = 500  # until it is said that something is still being done

GoOn = Callable[[], object]


class ProjectFiles(QObject):
    """Asks before anything is lost; closing the window asks nothing, as the next start goes on."""

    def __init__(self, session: Session, project: Project, window: QMainWindow) -> None:
        super().__init__(window)
        self.question: QMessageBox | None = None  # that is asked at the moment
        self._session = session
        self._project = project
        self._window = window
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._say_what_is_done)
        self._bindings = Bindings([on(project.changed, self._follow)])
        self._follow()

    @property
    def recent(self) -> tuple[Path, ...]:
        """The projects that were open last, newest first."""
        return self._project.recent.paths

    def new(self) -> None:
        """Begin with an empty canvas."""
        self._unless_lost(self._project.new)

    def open_path(self, name: str) -> None:
        self._unless_lost(lambda: self._project.open(Path(name), self._unless_lost))

    def open_recent(self, path: Path) -> None:
        """Open a project of the list; one that is gone is told, and forgotten."""
        if path.exists():
            self.open_path(str(path))
        else:
            self._project.recent.remove(path)
            text = tr("{path} is not there any more.", path=path)
            self._session.noticed.emit(Notice(Level.warn, text))

    def forget_recent(self) -> None:
        """Empty the list of recent projects."""
        self._project.recent.clear()

    def save(self) -> None:
        """Write the project to its file; without one, ask for it."""
        self._save_then(_nothing)

    def save_as(self) -> None:
        """Ask for another file."""
        self._ask_where(_nothing)

    def unbind(self) -> None:
        self._patience.stop()
        self._bindings.clear()

    def _save_then(self, go_on: GoOn) -> None:
        if self._project.path:
            self._project.save(self._project.path, go_on)
        else:
            self._ask_where(go_on)

    def _ask_where(self, go_on: GoOn) -> None:
        if self._session.document.extent is None:
            text = tr("There is no picture to be saved yet.")
            self._session.noticed.emit(Notice(Level.info, text))
            return
        proposal = self._project.path or Path(f"{self._project.name}{SUFFIX}")

        def save(name: str, _: str) -> None:
            self._project.save(Path(name), go_on)

        title = tr("Save project as")
        dialog = ask_where_to_save(self._window, title, proposal.name, tr(FILTER), save)
        if self._project.path:
            dialog.setDirectory(str(self._project.path.parent))

    def _unless_lost(self, go_on: GoOn) -> None:
        """Go on, but first ask what is to become of changes that are in no file."""
        if self._project.is_modified:
            self._ask(go_on)
        else:
            go_on()

    def _ask(self, go_on: GoOn) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Save the changes to “{name}”?", name=self._project.name))
        box.setInformativeText(tr("Otherwise they are lost."))
        save = box.addButton(tr("&Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("&Discard"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        set_kind(save, "primary")
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)

        def decide() -> None:
            self.question, chosen = None, box.clickedButton()
            if chosen is save:
                self._save_then(lambda: self._unless_lost(go_on))  # it may change meanwhile
            elif chosen is discard:
                go_on()

        box.finished.connect(decide)
        self.question = box
        box.open()

    def _follow(self) -> None:
        """Show name and modification in the title; what lasts is said."""
        name = self._project.name
        title = tr("{name}[*] – {program}", name=name, program=PROGRAM) if name else PROGRAM
        self._window.setWindowTitle(title)
        self._window.setWindowModified(self._project.is_modified)
        if not self._project.doing:
            self._patience.stop()
        elif not self._patience.isActive():
            self._patience.start()

    def _say_what_is_done(self) -> None:
        self._session.noticed.emit(Notice(Level.info, self._project.doing))


def _nothing() -> None:
    """Go on with nothing."""
