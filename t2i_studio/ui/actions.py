"""Everything that the menus and the keyboard can do, as one table."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QPlainTextEdit, QWidget

from t2i_studio.ui.icons import icon


class Entry(NamedTuple):
    """A line of a menu; several shortcuts do the same."""

    text: str
    call: Callable[[], object]
    shortcuts: tuple[str, ...] = ()
    icon: str = ""


Menu = tuple[Entry | None, ...]  # None is a separator


def fill_menus(window: QMainWindow, menus: dict[str, Menu]) -> dict[str, QAction]:
    """Make the menu bar; return the actions by their text without `&`."""
    actions: dict[str, QAction] = {}
    for title, entries in menus.items():
        menu: QMenu = window.menuBar().addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                action = _action(entry, window)
                menu.addAction(action)
                actions[entry.text.replace("&", "")] = action
    return actions


def _action(entry: Entry, parent: QObject) -> QAction:
    action = QAction(entry.text, parent)
    if entry.icon:
        action.setIcon(icon(entry.icon))
    action.setShortcuts([QKeySequence(keys) for keys in entry.shortcuts])
    call = entry.call
    action.triggered.connect(lambda: call())
    return action


class Undoable(Protocol):
    """What has an undo and a redo of its own."""

    def undo(self) -> None: ...

    def redo(self) -> None: ...


def route_undo(
    document: Undoable, explorer: Undoable, explorer_widget: QWidget
) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return undo and redo that go to the focused text first, then to what has the focus."""

    def focused() -> Undoable:
        widget: QWidget | None = QApplication.focusWidget()  # whatever its signature says
        is_explorer = widget is not None and explorer_widget.isAncestorOf(widget)
        return explorer if is_explorer else document

    def undo() -> None:
        text = _focused_text()
        if text is not None and _can(text, "undo"):
            text.undo()
        else:
            focused().undo()

    def redo() -> None:
        text = _focused_text()
        if text is not None and _can(text, "redo"):
            text.redo()
        else:
            focused().redo()

    return undo, redo


def _focused_text() -> QPlainTextEdit | QLineEdit | None:
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, QPlainTextEdit | QLineEdit) else None


def _can(text: QPlainTextEdit | QLineEdit, what: str) -> bool:
    if isinstance(text, QPlainTextEdit):
        document = text.document()
        return document.isUndoAvailable() if what == "undo" else document.isRedoAvailable()
    return text.isUndoAvailable() if what == "undo" else text.isRedoAvailable()
