"""Masks into the window and out of it: black and white, or as the transparency of a picture."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Mask
from t2i_studio.core.layers import MASK
from t2i_studio.core.mask_tools import alpha_png, mask_of, read_mask_file
from t2i_studio.core.words import later, tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.file_dialogs import ask_for_file, ask_where_to_save
from t2i_studio.ui.files import PATTERNS, READ_FILTER, Source
from t2i_studio.ui.qimage import rgba_of

BLACK_AND_WHITE: Final = later("Black and white, white = repaint (*.png)")
TRANSPARENT: Final = later("The picture, transparent = repaint (*.png)")


class MaskFiles(QObject):
    """Reads and writes in the background; every trouble is a notice."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self._window = parent

    def import_mask(self) -> None:
        """Ask for a picture that says what to repaint."""
        if self._has_picture():
            filters = tr(READ_FILTER, patterns=PATTERNS)
            ask_for_file(self._window, tr("Import mask"), filters, self.take)

    def export_mask(self) -> None:
        """Ask where the mask should go, and in which form."""
        if not self._session.document.has_mask:
            self._say(Level.info, tr("There is no mask to be exported yet."))
            return
        filters = f"{tr(BLACK_AND_WHITE)};;{tr(TRANSPARENT)}"
        ask_where_to_save(self._window, tr("Export mask"), "mask.png", filters, self._export)

    def take(self, source: Source) -> None:
        """Make a picture the mask: white, or where it has any, transparent = repaint."""
        extent = self._session.document.extent
        if not self._has_picture() or extent is None:
            return

        def read() -> tuple[Mask, Extent]:
            if isinstance(source, QImage):
                mask = mask_of(rgba_of(source))
                return mask.resized(extent), mask.extent
            return read_mask_file(Path(source), extent)

        self._background.read(read, lambda found: self._put(*found), self._complain)

    def export_path(self, name: str, *, with_picture: bool = False) -> None:
        """Write the mask, or the picture that is transparent where the mask is."""
        document, path = self._session.document, Path(name)
        picture, mask = document.picture if with_picture else None, document.mask

        def write() -> None:
            save_atomic(path, alpha_png(picture, mask) if picture else mask.to_png())

        def saved(_: None) -> None:
            self._say(Level.ok, tr("Saved as {name}.", name=path.name))

        self._background.run(write, saved, self._complain)

    def _export(self, name: str, chosen_filter: str) -> None:
        self.export_path(name, with_picture=chosen_filter == tr(TRANSPARENT))

    def _put(self, mask: Mask, original: Extent) -> None:
        document = self._session.document
        if document.extent != mask.extent:
            self._say(Level.warn, tr("The canvas has changed meanwhile: import the mask again."))
            return
        document.set_mask(mask, tr("Import mask"))
        document.activate(MASK)
        if mask.is_empty:
            text = tr("The mask is empty: what is white in it, or transparent, is repainted.")
            self._say(Level.warn, text)
        elif original != mask.extent:
            text = tr("The mask was scaled from {old} to {new}.", old=original, new=mask.extent)
            self._say(Level.info, text)

    def _has_picture(self) -> bool:
        if self._session.document.extent is None:
            self._say(Level.info, tr("Open a picture first: a mask belongs to one."))
            return False
        return True

    def _complain(self, error: Exception) -> None:
        self._session.noticed.emit(notice_of(error))

    def _say(self, level: Level, text: str) -> None:
        self._session.noticed.emit(Notice(level, text))
