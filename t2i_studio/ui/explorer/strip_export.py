"""Film strips as files: a strip, an animation, or single pictures."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from t2i_studio.core.words import tr
from t2i_studio.gallery.exporters.frames import Frame, there_and_back
from t2i_studio.gallery.exporters.strip import save_folder, save_gif, save_strip, save_webp
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on

Save = Callable[[Path, Sequence[Frame]], None]


class StripExport(QPushButton):
    """A button with a menu of formats, there as soon as every frame is."""

    def __init__(
        self,
        run: FilmStripRun,
        session: Session,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Export"), parent)
        self._run, self._session, self._background = run, session, background
        self.setAccessibleName(tr("Export film strip"))
        self.setMenu(self._menu())
        self._bindings = Bindings([on(run.changed, self._show)])
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _show(self) -> None:
        self.setVisible(self._run.is_complete)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, suffix, save in (
            (tr("Strip (PNG)…"), ".png", save_strip),
            (tr("Animation (GIF)…"), ".gif", _save_gif),
            (tr("Animation (WebP)…"), ".webp", _save_webp),
        ):
            menu.addAction(text, self._file_asker(text, suffix, save))
        menu.addAction(tr("Single pictures in a folder…"), self._ask_folder)
        return menu

    def _file_asker(self, title: str, suffix: str, save: Save) -> Callable[[], None]:
        def ask() -> None:
            dialog = QFileDialog(self.window(), title, f"film-strip{suffix}", f"*{suffix}")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix.removeprefix("."))
            dialog.fileSelected.connect(lambda name: self.write(Path(name), save))
            dialog.open()

        return ask

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), tr("Folder for the pictures"), "film-strip")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self.write(Path(name), self._save_folder))
        dialog.open()

    def _save_folder(self, path: Path, frames: Sequence[Frame]) -> None:
        save_folder(path, frames, self._session.shelf.gallery)

    def write(self, path: Path, save: Save) -> None:
        """Save the strip in the background, and say where it is or what went wrong."""
        frames = [
            Frame(frame.image, frame.recipe, frame.caption)
            for frame in self._run.frames
            if frame.image is not None and frame.recipe is not None
        ]

        def done(_: None) -> None:
            self._session.noticed.emit(Notice(Level.ok, tr("Saved as {path}.", path=path)))

        self._background.run(
            lambda: save(path, frames),
            done,
            lambda error: self._session.noticed.emit(notice_of(error)),
        )


def _save_gif(path: Path, frames: Sequence[Frame]) -> None:
    save_gif(path, there_and_back(frames))


def _save_webp(path: Path, frames: Sequence[Frame]) -> None:
    save_webp(path, there_and_back(frames))
