"""Bases and embeddings of the map from files and into them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.gallery.embeddings import SUFFIX
from t2i_studio.studio.explorer.atlas import Atlas
from t2i_studio.ui.icons import tool_button

SAVE = {
    "embedding": later("Save embedding as"),
    "embeddings": later("Save embeddings as"),
    "components": later("Save components as"),
}
LOAD = {
    "embedding": later("Load embedding"),
    "embeddings": later("Load embeddings"),
    "components": later("Load components"),
}

Take = Callable[[Path], None]


def files_button(atlas: Atlas, window: QWidget) -> QToolButton:
    """Return a button whose menu saves and loads."""
    button = tool_button(
        "menu", tr("Save and load\nEmbeddings and components, as safetensors files.")
    )
    menu = QMenu(button)
    save_map = menu.addAction(
        tr("Save embeddings…"), lambda: ask_to_save(window, "embeddings", atlas.save_embeddings)
    )
    save_basis = menu.addAction(
        tr("Save components…"), lambda: ask_to_save(window, "components", atlas.components.save)
    )
    menu.addSeparator()
    menu.addAction(
        tr("Load embeddings…"), lambda: ask_to_load(window, "embeddings", atlas.load_embeddings)
    )
    menu.addAction(
        tr("Load components…"), lambda: ask_to_load(window, "components", atlas.load_basis)
    )

    def follow() -> None:
        save_map.setEnabled(atlas.map is not None)
        save_basis.setEnabled(atlas.components.basis is not None)

    menu.aboutToShow.connect(follow)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button


def ask_to_save(window: QWidget, what: str, take: Take) -> QFileDialog:
    """Ask where to, without holding up the window."""
    dialog = QFileDialog(window, tr(SAVE[what]), f"{what}{SUFFIX}", _filter())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
    return _opened(dialog, take)


def ask_to_load(window: QWidget, what: str, take: Take) -> QFileDialog:
    """Ask where from, without holding up the window."""
    dialog = QFileDialog(window, tr(LOAD[what]), "", _filter())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, take)


def _filter() -> str:
    return tr("Embeddings ({pattern})", pattern=f"*{SUFFIX}")


def _opened(dialog: QFileDialog, take: Take) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.open()
    return dialog
