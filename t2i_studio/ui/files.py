"""Pictures into the window and out of it: open, add as layers, copy, save."""

import contextlib
import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import PIL.Image
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import on_white, opaque
from t2i_studio.core.openraster import layer_png
from t2i_studio.core.pictures import SUFFIXES, read_layer
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.words import later, tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.gallery.metadata import read_recipe
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.opening import add_pixels, centred, open_pixels
from t2i_studio.studio.session import Session
from t2i_studio.ui.file_dialogs import ask_for_files, ask_where_to_save
from t2i_studio.ui.qimage import rgba_of, with_alpha

PATTERNS: Final = " ".join(f"*{suffix}" for suffix in SUFFIXES)
READ_FILTER: Final = later("Pictures ({patterns})")
WRITE_FILTER: Final = "PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)"
QUALITY: Final = 95
FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}

Source = str | QImage  # a path, or the picture itself


class PictureFiles(QObject):
    """Reads and writes in the background; every trouble is a notice."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._window = parent

    def ask_for_layers(self) -> None:
        """Ask for pictures that become layers."""
        filters = tr(READ_FILTER, patterns=PATTERNS)
        ask_for_files(self._window, tr("Open as layers"), filters, self.add_layers)

    def show(self, source: Source) -> None:
        """Put a picture on the canvas."""

        def open_it(found: tuple[Pixels, Recipe | None]) -> None:
            pixels, recipe = found
            open_pixels(self._session, pixels)
            if recipe is not None:
                self._offer(recipe)

        self._read(source, open_it)

    def add_layers(self, sources: Sequence[Source]) -> None:
        """Put each picture over the active layer, scaled down to fit; without one, open it."""
        extent = self._session.document.extent

        def fit(pixels: Pixels) -> Pixels:
            return centred(pixels, extent) if extent else pixels

        for source in sources:
            title = Path(source).stem if isinstance(source, str) else tr("Pasted picture")
            self._read(source, partial(self._add, title), fit)

    def explore(self, source: Source) -> None:
        """Start exploring a picture."""

        def explore_it(found: tuple[Pixels, Recipe | None]) -> None:
            self._session.explore(on_white(found[0]), found[1])

        self._read(source, explore_it)

    def copy(self) -> None:
        """Put what the canvas shows on the clipboard, with its transparency."""
        pixels = self._shown()
        if pixels is None:
            self._say(Level.info, tr("There is no picture on the canvas yet."))
        else:
            QGuiApplication.clipboard().setImage(with_alpha(pixels))

    def save(self) -> None:
        """Ask where what the canvas shows should go."""
        if self._session.shown_picture is None:
            self._say(Level.info, tr("There is no picture on the canvas yet."))
            return
        title = tr("Save picture as")
        ask_where_to_save(
            self._window, title, "picture.png", WRITE_FILTER, lambda name, _: self.save_path(name)
        )

    def save_path(self, name: str) -> None:
        pixels, path = self._shown(), Path(name)
        if pixels is None:
            return

        def write() -> None:
            save_atomic(path, encoded(pixels, path.suffix.lower()))

        def saved(_: None) -> None:
            self._say(Level.ok, tr("Saved as {name}.", name=path.name))

        self._background.run(write, saved, self._complain)

    def close(self) -> None:
        """Take the picture off the canvas; undo brings it back."""
        self._session.staging.clear()
        self._session.document.close()

    def _shown(self) -> Pixels | None:
        """Return a copy of what the canvas shows: the selected result, or the document."""
        selected, document = self._session.staging.selected, self._session.document
        if selected:
            return opaque(selected.image)
        return document.composite_pixels.copy() if document.extent else None

    def _read(
        self,
        source: Source,
        done: Callable[[tuple[Pixels, Recipe | None]], None],
        change: Callable[[Pixels], Pixels] = lambda pixels: pixels,
    ) -> None:
        def read() -> tuple[Pixels, Recipe | None]:
            if isinstance(source, QImage):
                return change(rgba_of(source)), None
            path = Path(source)
            return change(read_layer(path)), self._recipe(path)

        def take(found: tuple[Pixels, Recipe | None]) -> None:
            try:
                done(found)
            except StudioError as error:
                self._complain(error)

        self._background.read(read, take, self._complain)

    def _add(self, title: str, found: tuple[Pixels, Recipe | None]) -> None:
        add_pixels(self._session, found[0], title)

    def _recipe(self, path: Path) -> Recipe | None:
        """Return the picture's settings; without readable ones it is still a picture."""
        with contextlib.suppress(StudioError):
            return read_recipe(path, self._session.shelf.gallery)
        return None

    def _offer(self, recipe: Recipe) -> None:
        def use() -> None:
            self._session.recall(recipe, what="all")

        text = tr("This picture carries its settings.")
        self._session.noticed.emit(Notice(Level.info, text, tr("Use them"), use))

    def _complain(self, error: Exception) -> None:
        self._session.noticed.emit(notice_of(error))

    def _say(self, level: Level, text: str) -> None:
        self._session.noticed.emit(Notice(level, text))


def encoded(pixels: Pixels, suffix: str) -> bytes:
    """Return (H, W, 4) pixels as a file of the format that its suffix names; raises UserError.

    JPEG has no transparency: there they lie on white.
    """
    if suffix not in FORMATS:
        raise UserError(
            tr("The picture cannot be saved as {suffix}.", suffix=suffix or tr("no kind of file")),
            tr("Use one of: {suffixes}.", suffixes=", ".join(FORMATS)),
        )
    if suffix == ".png":
        return layer_png(pixels)
    form, buffer = FORMATS[suffix], io.BytesIO()
    has_alpha = form == "WEBP" and pixels[..., 3].min() < 255
    picture = PIL.Image.fromarray(pixels) if has_alpha else on_white(pixels).to_pil()
    try:
        picture.save(buffer, form, quality=QUALITY)
    except (OSError, ValueError) as error:  # both formats end at some size
        extent = Extent(pixels.shape[1], pixels.shape[0])
        what = tr("{form} cannot hold {size} px.", form=form, size=extent)
        raise UserError(what, tr("Use .png.")) from error
    return buffer.getvalue()
