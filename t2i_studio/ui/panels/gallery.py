"""The strip of saved pictures, newest first."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from t2i_studio.core.errors import StudioError
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.words import tr
from t2i_studio.gallery.metadata import read_parameters
from t2i_studio.gallery.parameters import Parameters
from t2i_studio.gallery.store import Picture
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.icons import icon
from t2i_studio.ui.itemmodels.shelf import ShelfModel
from t2i_studio.ui.widgets.thumbnail_strip import ThumbnailStrip

THUMBNAIL = 88  # px


class GalleryPanel(QWidget):
    """Double click shows; the context menu recalls, sends to the canvas, or deletes."""

    show_requested = Signal(object)  # Picture

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._background = background
        self.model = ShelfModel(session.shelf, background, self)
        self.strip = ThumbnailStrip(
            THUMBNAIL, empty_text=tr("Finished pictures are saved and appear here, newest first.")
        )
        self.strip.setModel(self.model)
        self.strip.setAccessibleName(tr("Gallery"))
        self.strip.setSelectionMode(ThumbnailStrip.SelectionMode.ExtendedSelection)
        self.strip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.strip.customContextMenuRequested.connect(self._open_menu)
        self.strip.activated.connect(self._show)
        self._delete_action()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.strip)

    def unbind(self) -> None:
        self.model.unbind()

    def selected(self) -> list[Picture]:
        rows = sorted(index.row() for index in self.strip.selectedIndexes())
        return [self.model.picture(self.model.index(row)) for row in rows]

    def menu(self) -> QMenu | None:
        """Return the context menu of what is selected; None if nothing is."""
        chosen = self.selected()
        if not chosen:
            return None
        first, menu = chosen[0], QMenu(self)
        for text, what in (
            (tr("Use prompt"), "prompt"),
            (tr("Use seed"), "seed"),
            (tr("Use all settings"), "all"),
        ):
            menu.addAction(text, self._recaller(first, what))
        copy = tr("Copy evaluated prompt")
        menu.addAction(icon("copy"), copy, lambda: self._copy_prompt(first))
        menu.addSeparator()
        menu.addAction(icon("explore"), tr("Explore"), lambda: self._explore(first))
        menu.addAction(icon("grid"), tr("Make variations"), lambda: self._vary(first))
        menu.addAction(icon("canvas"), tr("Send to canvas"), lambda: self._send(first))
        menu.addAction(icon("folder"), tr("Show in folder"), lambda: show_in_folder(first.path))
        menu.addSeparator()
        menu.addAction(icon("trash"), tr("Delete"), lambda: self._session.shelf.delete(chosen))
        return menu

    def _delete_action(self) -> None:
        delete = QAction(tr("Delete"), self.strip)
        delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(lambda: self._session.shelf.delete(self.selected()))
        self.strip.addAction(delete)

    def _open_menu(self, position: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.strip.viewport().mapToGlobal(position))

    def _show(self, index: QModelIndex) -> None:
        self.show_requested.emit(self.model.picture(index))

    def _recaller(self, picture: Picture, what: str) -> Callable[[], None]:
        return lambda: self._recall(picture, what)

    def _recall(self, picture: Picture, what: str) -> None:
        def take(known: Recipe | Parameters) -> None:
            if isinstance(known, Recipe):
                self._session.recall(known, what=what)
            else:
                self._recall_text(known, picture, what)

        self._background.read(lambda: self._known(picture), take, self._complain)

    def _copy_prompt(self, picture: Picture) -> None:
        """Put what the model has read on the clipboard."""

        def copy(known: Recipe | Parameters) -> None:
            prompt = known.request.prompt if isinstance(known, Recipe) else known.get("prompt", "")
            if prompt:
                QGuiApplication.clipboard().setText(prompt)
            notice = (
                Notice(Level.ok, tr("Copied: {prompt}", prompt=prompt))
                if prompt
                else Notice(Level.info, tr("The picture carries no prompt."))
            )
            self._session.noticed.emit(notice)

        self._background.read(lambda: self._known(picture), copy, self._complain)

    def _known(self, picture: Picture) -> Recipe | Parameters:
        """Return the recipe; where it or a picture that it starts from is lost, the plain text."""
        with contextlib.suppress(StudioError):
            recipe = self._session.shelf.gallery.recipe(picture)
            if recipe is not None:
                return recipe
        return read_parameters(picture.path)

    def _recall_text(self, known: Parameters, picture: Picture, what: str) -> None:
        settings = self._session.settings
        if what in ("prompt", "all") and "raw_prompt" in known:
            settings.take_written(known["raw_prompt"], known.get("raw_negative", ""))
        elif what in ("prompt", "all") and "prompt" in known:
            settings.take_read(known["prompt"], known.get("negative_prompt", ""))
        if what in ("seed", "all") and "seed" in known:
            settings.seed = known["seed"]
        if what == "all" or not known:
            text = tr("{name} carries no complete recipe of T2I Studio.", name=picture.path.name)
            self._session.noticed.emit(Notice(Level.warn, text))

    def _explore(self, picture: Picture) -> None:
        def read() -> tuple[Image, Recipe | None]:
            known = self._known(picture)
            return read_picture(picture.path), known if isinstance(known, Recipe) else None

        self._background.read(read, lambda found: self._session.explore(*found), self._complain)

    def _vary(self, picture: Picture) -> None:
        def take(image: Image) -> None:
            self._session.make_variations(image)

        self._background.read(lambda: read_picture(picture.path), take, self._complain)

    def _send(self, picture: Picture) -> None:
        def take(image: Image) -> None:
            self._session.open_picture(image, tr("Send to canvas"))

        self._background.read(lambda: read_picture(picture.path), take, self._complain)

    def _complain(self, error: Exception) -> None:
        self._session.noticed.emit(notice_of(error))


def show_in_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
