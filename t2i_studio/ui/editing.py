"""Undo, redo, cut, copy and paste go to the text that has the focus, or else to the picture."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

Text = QPlainTextEdit | QTextEdit | QLineEdit
Call = Callable[[], None]


class Undoable(Protocol):
    """What has an undo and a redo of its own."""

    def undo(self) -> None: ...

    def redo(self) -> None: ...


def route_undo(
    document: Undoable, explorer: Undoable, explorer_widget: QWidget
) -> tuple[Call, Call]:
    """Return undo and redo that go to the focused text first, then to what has the focus."""

    def focused() -> Undoable:
        widget: QWidget | None = QApplication.focusWidget()  # whatever its signature says
        is_explorer = widget is not None and explorer_widget.isAncestorOf(widget)
        return explorer if is_explorer else document

    def undo() -> None:
        text = focused_text()
        if text is not None and _can(text, "undo"):
            text.undo()
        else:
            focused().undo()

    def redo() -> None:
        text = focused_text()
        if text is not None and _can(text, "redo"):
            text.redo()
        else:
            focused().redo()

    return undo, redo


def focused_text() -> Text | None:
    """Return what one writes into now."""
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, Text) else None


def text_first(do: Callable[[Text], None], otherwise: Callable[[], object]) -> Call:
    """Return a call that works on the focused text, or on the picture where there is none."""

    def call() -> None:
        text = focused_text()
        if text is None:
            otherwise()
        else:
            do(text)

    return call


def _can(text: Text, what: str) -> bool:
    of = text if isinstance(text, QLineEdit) else text.document()
    return of.isUndoAvailable() if what == "undo" else of.isRedoAvailable()
