"""What is dropped on the window, pasted into it, or given to the command: where it goes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.project_file import SUFFIX
from t2i_studio.studio.session import Session
from t2i_studio.ui.drops import dropped_picture
from t2i_studio.ui.files import PictureFiles, Source
from t2i_studio.ui.icons import icon
from t2i_studio.ui.mask_files import MaskFiles
from t2i_studio.ui.project_files import ProjectFiles

LONGEST_NAME = 40  # characters


class Incoming(QObject):
    """Opens it where there is nothing yet; otherwise asks in a small menu, where it was dropped."""

    def __init__(
        self,
        session: Session,
        files: PictureFiles,
        masks: MaskFiles,
        projects: ProjectFiles,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.menu: QMenu | None = None  # that is open
        self._session = session
        self._files = files
        self._masks = masks
        self._projects = projects
        self._window = window

    def take(self, dropped: object, at: QPoint | None = None) -> None:
        """Take a QImage, or paths; `at` is where the choice is shown, on the screen."""
        sources = _sources(dropped)
        if not sources:
            self._say(tr("Only pictures and projects on this machine can be opened."))
        elif project := _project(sources):
            self._projects.open_path(project)
        elif self._session.document.extent is None:
            self._files.show(sources[0])
        else:
            self._ask(sources, at or QCursor.pos())

    def paste(self) -> None:
        """Take what was copied: into an open picture as a layer."""
        held: QMimeData | None = QGuiApplication.clipboard().mimeData()
        # Nothing at all is None, whatever the signature says.
        sources = _sources(dropped_picture(held)) if held else []
        if not sources:
            self._say(tr("There is no picture on the clipboard."))
        elif project := _project(sources):
            self._projects.open_path(project)
        elif self._session.document.extent is None:
            self._files.show(sources[0])
        else:
            self._files.add_layers(sources)

    def _ask(self, sources: Sequence[Source], at: QPoint) -> None:
        first, is_one = sources[0], len(sources) == 1
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addAction(_title(sources)).setEnabled(False)
        menu.addSeparator()
        choices: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            (
                "open",
                tr("&Open"),
                tr("In the place of what is on the canvas; undo brings that back"),
                lambda: self._files.show(first),
            ),
            (
                "layers",
                tr("As &layer") if is_one else tr("As &layers"),
                tr("Over the active layer, scaled down to fit"),
                lambda: self._files.add_layers(sources),
            ),
            (
                "mask",
                tr("As &mask"),
                tr("White is repainted; or what is transparent, where anything is"),
                lambda: self._masks.take(first),
            ),
            (
                "explore",
                tr("&Explore"),
                tr("Look at what it means, and change that"),
                lambda: self._files.explore(first),
            ),
        )
        for name, text, tip, call in choices:
            menu.addAction(icon(name), text, call).setToolTip(tip)
        menu.destroyed.connect(self._forget)
        self.menu = menu
        menu.popup(at)

    def _forget(self) -> None:
        self.menu = None

    def _say(self, text: str) -> None:
        self._session.noticed.emit(Notice(Level.info, text))


def _sources(dropped: object) -> list[Source]:
    if isinstance(dropped, QImage):
        return [] if dropped.isNull() else [dropped]
    return [path for path in dropped if path] if isinstance(dropped, list) else []


def _project(sources: Sequence[Source]) -> str:
    """Return the first path of a project; empty if there is none."""
    paths = (source for source in sources if isinstance(source, str))
    return next((path for path in paths if path.lower().endswith(SUFFIX)), "")


def _title(sources: Sequence[Source]) -> str:
    first = sources[0]
    if len(sources) > 1:
        return tr("{count} pictures", count=len(sources))
    name = Path(first).name if isinstance(first, str) else tr("Picture")
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
