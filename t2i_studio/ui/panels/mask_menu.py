"""What can be done to the whole mask, in the menu of one button."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSpinBox, QWidget

from t2i_studio.core.image import Pixels
from t2i_studio.core.mask_tools import MOST, feather, grow, shrink
from t2i_studio.core.words import later, tr
from t2i_studio.studio.cover_work import CoverWork
from t2i_studio.studio.document import Document
from t2i_studio.ui.icons import icon
from t2i_studio.ui.theme import indent, set_kind
from t2i_studio.ui.widgets.popover import Popover

Change = Callable[[Pixels, int], Pixels]
USUAL: Final = 8  # px
GROW: Final = later("Grow")
SHRINK: Final = later("Shrink")
FEATHER: Final = later("Feather")
CHANGES: Final[dict[str, tuple[Change, str]]] = {
    GROW: (grow, later("Grow mask")),
    SHRINK: (shrink, later("Shrink mask")),
    FEATHER: (feather, later("Feather mask")),
}


class MaskMenu(QMenu):
    """Every entry is one undo step; files are read and written by whoever hears the signals."""

    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, document: Document, covers: CoverWork, button: QWidget) -> None:
        super().__init__(button)
        self._document = document
        self._covers = covers
        self._button = button
        self.popover = AmountPopover(self._change, button)
        self.invert = self.addAction(icon("invert"), tr("Invert"), document.invert_mask)
        self.amounts = {
            what: self.addAction(tr("{what}…", what=tr(what)), partial(self.ask, what))
            for what in CHANGES
        }
        self.clear_mask = self.addAction(icon("clear"), tr("Clear"), document.clear_mask)
        self.addSeparator()
        self.load = self.addAction(icon("open"), tr("Import mask…"), self.import_requested.emit)
        self.export = self.addAction(icon("export"), tr("Export mask…"), self.export_requested.emit)
        self.aboutToShow.connect(self._enable)

    def ask(self, what: str) -> None:
        """Ask beside the button by how many pixels to grow, shrink or feather."""
        self.popover.ask(what, self._button)

    def _change(self, what: str, amount: int) -> None:
        change, name = CHANGES[what]
        self._covers.change_mask(lambda mask: change(mask, amount), tr(name))

    def _enable(self) -> None:
        has_picture, has_mask = self._document.extent is not None, self._document.has_mask
        self.invert.setEnabled(has_picture)
        self.load.setEnabled(has_picture)
        for action in (*self.amounts.values(), self.clear_mask, self.export):
            action.setEnabled(has_mask)


class AmountPopover(Popover):
    """A number of pixels, and a button that says what happens by it."""

    def __init__(self, change: Callable[[str, int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._change = change
        self._what = GROW
        self._last: dict[str, int] = {}
        self.label = QLabel()
        self.amount = QSpinBox()
        self.amount.setRange(1, MOST)
        self.amount.setSuffix(tr(" px"))
        self.amount.setAccessibleName(tr("Amount"))
        indent(self.amount)
        self.apply = QPushButton()
        set_kind(self.apply, "primary")
        line = QHBoxLayout()
        for widget in (self.label, self.amount, self.apply):
            line.addWidget(widget)
        self.column.addLayout(line)
        self.apply.clicked.connect(self._take)

    def ask(self, what: str, button: QWidget) -> None:
        self._what = what
        self.label.setText(tr("{what} by", what=tr(what)))
        self.apply.setText(tr(what))
        self.amount.setValue(self._last.get(what, USUAL))
        self.open_at(button)
        self.amount.setFocus()
        self.amount.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self._last[self._what] = self.amount.value()
        self.close()
        self._change(self._what, self.amount.value())
