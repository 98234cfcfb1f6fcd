"""A row of controls of which those that do not fit wait behind a button."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import CONTROL, GAP
from t2i_studio.ui.widgets.popover import Popover

SPACING: Final = GAP


class FoldingRow(QWidget):
    """The first are the most important: the last one folds away first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QWidget] = []
        self._shown: list[QWidget] = []
        self.more = tool_button("menu", tr("More options"))
        self.popover = Popover(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self.more.clicked.connect(lambda: self.popover.open_at(self.more))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.more.hide()

    @property
    def folded(self) -> tuple[QWidget, ...]:
        """What waits behind the button."""
        return tuple(each for each in self._items if each not in self._shown)

    def show_items(self, items: Iterable[QWidget]) -> None:
        """Hold other controls, most important first; those that were held are let go, hidden."""
        wanted = list(items)
        for gone in self._items:
            if gone not in wanted:
                gone.hide()
                gone.setParent(self)
        self._items = wanted
        self._fold(is_forced=True)

    def sizeHint(self) -> QSize:
        return QSize(self._needed(self._items), CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.more.sizeHint().width(), CONTROL)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()  # a control may have become wider
        return super().event(event)

    def _fold(self, *, is_forced: bool = False) -> None:
        """Show as many of the first as there is room for."""
        shown = list(self._items)
        if self._needed(shown) > self.width():
            room = self.width() - self.more.width() - SPACING
            while shown and self._needed(shown) > room:
                shown.pop()
        if is_forced or shown != self._shown:
            self._shown = shown
            self._place()

    def _place(self) -> None:
        self.popover.hide()
        for number, each in enumerate(self._shown):
            self._row.insertWidget(number, each)
            each.show()
        for each in self.folded:
            self.popover.column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
            each.show()
        self.more.setVisible(bool(self.folded))

    def _needed(self, items: list[QWidget]) -> int:
        widths = [
            min(max(each.sizeHint().width(), each.minimumWidth()), each.maximumWidth())
            for each in items
        ]
        return sum(widths) + SPACING * max(0, len(widths) - 1)
