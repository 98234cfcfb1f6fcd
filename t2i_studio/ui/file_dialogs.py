"""Ask for files without holding up the window; Qt remembers the folder that was used last."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_file(
    window: QWidget, title: str, filters: str, chosen: Callable[[str], object]
) -> QFileDialog:
    """Let one file that exists be chosen."""
    dialog = _dialog(window, title, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def ask_for_files(
    window: QWidget, title: str, filters: str, chosen: Callable[[list[str]], object]
) -> QFileDialog:
    """Let any number of files that exist be chosen."""
    dialog = _dialog(window, title, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(chosen)
    dialog.open()
    return dialog


def ask_where_to_save(
    window: QWidget, title: str, name: str, filters: str, chosen: Callable[[str, str], object]
) -> QFileDialog:
    """Let a place be chosen, and one of the filters; a name without suffix gets that of `name`."""
    dialog = _dialog(window, title, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: chosen(path, dialog.selectedNameFilter()))
    dialog.open()
    return dialog


def _dialog(window: QWidget, title: str, filters: str) -> QFileDialog:
    dialog = QFileDialog(window, title, "", filters)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
