"""Pictures into the window and out of it: open, paste, drop, save."""

import contextlib
import io
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import SUFFIXES, read_picture
from t2i_studio.core.recipe import Recipe
from t2i_studio.gallery.files import save_atomic
from t2i_studio.gallery.metadata import read_recipe
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.qimage import from_qimage, to_qimage

READ_FILTER = f"Pictures ({' '.join(f'*{suffix}' for suffix in SUFFIXES)})"
WRITE_FILTER = "PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)"
QUALITY = 95
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


class PictureFiles(QObject):
    """Reads and writes in the background; every trouble is a notice."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._window = parent

    def open(self) -> None:
        """Ask for a picture without holding up the window."""
        dialog = QFileDialog(self._window, "Open picture", "", READ_FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_path)
        dialog.open()

    def paste(self) -> None:
        """Take the picture, or the picture file, that was copied."""
        held: QMimeData | None = QGuiApplication.clipboard().mimeData()
        data = held or QMimeData()  # nothing at all is None, whatever the signature says
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        image = data.imageData()
        if files:
            self.take(files)
        elif isinstance(image, QImage):
            self.take(image)
        else:
            self._say(Level.info, "There is no picture on the clipboard.")

    def copy(self) -> None:
        """Put what the canvas shows on the clipboard."""
        picture = self._session.shown_picture
        if picture is None:
            self._say(Level.info, "There is no picture on the canvas yet.")
        else:
            QGuiApplication.clipboard().setImage(to_qimage(picture))

    def take(self, dropped: object) -> None:
        """Open what was dropped or pasted: a QImage, or paths of which the first counts."""
        if isinstance(dropped, QImage) and not dropped.isNull():
            self._session.open_picture(from_qimage(dropped))
        elif isinstance(dropped, list) and dropped:
            self.open_path(str(dropped[0]))
        else:
            self._say(Level.info, "Only pictures on this machine can be opened.")

    def open_path(self, name: str) -> None:
        path = Path(name)

        def read() -> tuple[Image, Recipe | None]:
            return read_picture(path), self._recipe(path)

        self._background.read(read, lambda found: self._show(*found), self._complain)

    def _recipe(self, path: Path) -> Recipe | None:
        """Return the picture's settings; without readable ones it is still a picture."""
        with contextlib.suppress(StudioError):
            return read_recipe(path, self._session.shelf.gallery)
        return None

    def save(self) -> None:
        """Ask where what the canvas shows should go."""
        if self._session.shown_picture is None:
            self._say(Level.info, "There is no picture on the canvas yet.")
            return
        dialog = QFileDialog(self._window, "Save picture as", "picture.png", WRITE_FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_path)
        dialog.open()

    def save_path(self, name: str) -> None:
        picture, path = self._session.shown_picture, Path(name)
        if picture is None:
            return

        def write() -> None:
            save_atomic(path, encoded(picture, path.suffix.lower()))

        def saved(_: None) -> None:
            self._say(Level.ok, f"Saved as {path.name}.")

        self._background.run(write, saved, self._complain)

    def close(self) -> None:
        """Take the picture off the canvas; undo brings it back."""
        self._session.staging.clear()
        self._session.document.close()

    def _show(self, image: Image, recipe: Recipe | None) -> None:
        self._session.open_picture(image)
        if recipe is not None:
            self._session.noticed.emit(
                Notice(
                    Level.info,
                    "This picture carries its settings.",
                    "Use them",
                    lambda: self._session.recall(recipe, what="all"),
                )
            )

    def _complain(self, error: Exception) -> None:
        self._session.noticed.emit(notice_of(error))

    def _say(self, level: Level, text: str) -> None:
        self._session.noticed.emit(Notice(level, text))


def encoded(picture: Image, suffix: str) -> bytes:
    """Return the file's bytes in the format that its suffix names; raises UserError."""
    if suffix not in FORMATS:
        raise UserError(
            f"The picture cannot be saved as {suffix or 'a file without a suffix'}.",
            f"Use one of: {', '.join(FORMATS)}.",
        )
    if suffix == ".png":
        return picture.to_png()
    buffer = io.BytesIO()
    try:
        picture.to_pil().save(buffer, FORMATS[suffix], quality=QUALITY)
    except (OSError, ValueError) as error:  # both formats end at some size
        raise UserError(f"{FORMATS[suffix]} cannot hold {picture.extent} px. Use .png.") from error
    return buffer.getvalue()
