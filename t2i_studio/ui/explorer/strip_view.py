"""A film strip with what is made of it: progress, a caption, and files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.gallery.exporters.frames import Frame, there_and_back
from t2i_studio.gallery.exporters.strip import save_folder, save_gif, save_strip, save_webp
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.theme import GAP, set_kind
from t2i_studio.ui.widgets.film_strip import FilmStrip

Save = Callable[[Path, Sequence[Frame]], None]


class StripView(QWidget):
    """Shows one strip; `button` makes it, the menu beside it saves it. Hidden parts come with it.

    `chosen`: the number of the frame that was clicked, or walked to.
    """

    chosen = Signal(int)

    def __init__(
        self,
        run: FilmStripRun,
        session: Session,
        background: Background,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._run, self._session, self._background = run, session, background
        self._title = title
        self.button = QPushButton(icon("gallery"), title)
        self.stop = tool_button("stop", "Stop; the frames that are made stay")
        self.stop.setAccessibleName("Stop the film strip")
        self.export = QPushButton("Export")
        self.export.setAccessibleName("Export film strip")
        self.export.setMenu(self._menu())
        self.strip = FilmStrip()
        self.caption = QLabel()
        set_kind(self.caption, "muted")
        self.strip.scrubbed.connect(self._scrubbed)
        self.stop.clicked.connect(run.cancel)
        self._lay_out()
        self._is_stale = False
        self._bindings = Bindings(
            [on(run.changed, self._show), on(session.explorer.changed, self._age)]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.button)
        line.addWidget(self.stop)
        line.addStretch(1)
        line.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.strip)
        column.addWidget(self.caption)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, suffix, save in (
            ("Strip (PNG)…", ".png", save_strip),
            ("Animation (GIF)…", ".gif", _save_gif),
            ("Animation (WebP)…", ".webp", _save_webp),
        ):
            menu.addAction(text, self._file_asker(text, suffix, save))
        menu.addAction("Single pictures in a folder…", self._ask_folder)
        return menu

    def _age(self) -> None:
        """Say that the frames are of a state that is no more."""
        self._is_stale = bool(self._run.frames) and not self._run.is_busy
        self._show_caption()

    def _show(self) -> None:
        run = self._run
        self._is_stale = self._is_stale and not run.is_busy
        images = run.images
        self.strip.show_frames(
            images,
            tuple(frame.caption for frame in run.frames if frame.image is not None),
            expected=len(run.frames) if run.is_busy else 0,
        )
        for widget in (self.strip, self.caption):
            widget.setVisible(bool(run.frames))
        self.export.setVisible(run.is_complete)
        self.stop.setVisible(run.is_busy)
        self._show_caption()

    def _show_caption(self) -> None:
        run = self._run
        if run.message:
            self.caption.setText(run.message)
        elif run.is_busy:
            self.caption.setText(f"{len(run.images)} of {len(run.frames)} frames")
        else:
            before = "Of before the last change: " if self._is_stale else ""
            self.caption.setText(f"{before}{self.strip.caption}")

    def _scrubbed(self, frame: int) -> None:
        self._show_caption()
        self.chosen.emit(frame)

    # files -----------------------------------------------------------------------------------

    def _file_asker(self, title: str, suffix: str, save: Save) -> Callable[[], None]:
        def ask() -> None:
            dialog = QFileDialog(self.window(), title, f"film-strip{suffix}", f"*{suffix}")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(suffix.removeprefix("."))
            dialog.fileSelected.connect(lambda name: self.write(Path(name), save))
            dialog.open()

        return ask

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), "Folder for the pictures", "film-strip")
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
            self._session.noticed.emit(Notice(Level.ok, f"Saved as {path}."))

        self._background.run(
            lambda: save(path, frames),
            done,
            lambda error: self._session.noticed.emit(notice_of(error)),
        )


def _save_gif(path: Path, frames: Sequence[Frame]) -> None:
    save_gif(path, there_and_back(frames))


def _save_webp(path: Path, frames: Sequence[Frame]) -> None:
    save_webp(path, there_and_back(frames))
