"""The editor of keys: what does what, and how to have it otherwise."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Notice
from t2i_studio.ui.dialogs.binding_panel import BindingPanel
from t2i_studio.ui.itemmodels.bindings import BindingModel, Show
from t2i_studio.ui.key_files import KeyFiles
from t2i_studio.ui.keymap import Keymap
from t2i_studio.ui.theme import CONTROL, GAP, MARGIN

SIZE: Final = 800, 600  # px
WIDTHS: Final = (300, 230, 90)  # px, of the first columns
SHOWN: Final = (later("All"), later("Changed"), later("In conflict"))


class ShortcutEditor(QDialog):
    """Not modal; every change works at once."""

    def __init__(
        self,
        keymap: Keymap,
        path: Callable[[str], str],
        background: Background,
        tell: Callable[[Notice], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self.model = BindingModel(keymap, path, self)
        self.search = QLineEdit()
        self.filter = QComboBox()
        self.table = QTableView()
        self.panel = BindingPanel(keymap)
        self.files = KeyFiles(keymap, background, tell, self)
        self.reset_all = QPushButton(tr("Reset all"))
        self.bring = QPushButton(tr("Import…"))
        self.save = QPushButton(tr("Export…"))
        self.leave = QPushButton(tr("Close"))
        self._set_up()
        self._lay_out()
        self._connect()
        self.table.selectRow(0)
        self.search.setFocus()

    def show_binding(self, name: str) -> None:
        """Choose one, whatever was searched before."""
        self.search.clear()
        self.filter.setCurrentIndex(Show.every)
        row = self.model.row_of(name)
        self.table.selectRow(row)
        self.table.scrollTo(self.model.index(row, 0))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.model.unbind()
        self.panel.unbind()
        super().closeEvent(event)

    def _set_up(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(*SIZE)
        self.search.setPlaceholderText(tr("Search for a command, a menu or a key"))
        self.search.setAccessibleName(tr("Search shortcuts"))
        self.filter.addItems([tr(text) for text in SHOWN])
        self.filter.setAccessibleName(tr("Which shortcuts are listed"))
        self.reset_all.setToolTip(tr("Every command gets the keys that it had at first."))
        self.bring.setToolTip(tr("Take the keys from a file that was exported."))
        self.save.setToolTip(tr("Write the keys that differ from ours into a file."))
        for button in (self.reset_all, self.bring, self.save, self.leave):
            button.setAutoDefault(False)  # Return belongs to the table and the search
        self._set_up_table()

    def _set_up_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self.model)
        table.setAccessibleName(tr("Shortcuts"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(CONTROL)
        for column, width in enumerate(WIDTHS):
            table.setColumnWidth(column, width)
        header.setSectionResizeMode(len(WIDTHS), QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(_row(self.search, self.filter, stretches=0))
        column.addWidget(self.table, 1)
        column.addWidget(self.panel)
        column.addLayout(_row(self.reset_all, self.bring, self.save, None, self.leave))

    def _connect(self) -> None:
        self.search.textChanged.connect(self.model.search)
        self.filter.currentIndexChanged.connect(lambda row: self.model.show(Show(row)))
        self.model.modelReset.connect(self._choose_first)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.activated.connect(lambda _: self.panel.add.listen())
        self.reset_all.clicked.connect(self._keymap.reset_all)
        self.bring.clicked.connect(self.files.open)
        self.save.clicked.connect(self.files.save)
        self.leave.clicked.connect(self.close)

    def _choose(self, index: QModelIndex) -> None:
        self.panel.show_binding(self.model.binding(index))

    def _choose_first(self) -> None:
        if self.model.rowCount():
            self.table.selectRow(0)
        else:
            self.panel.show_binding(None)


def _row(*widgets: QWidget | None, stretches: int | None = None) -> QHBoxLayout:
    """Lay widgets side by side; None takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for place, widget in enumerate(widgets):
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, int(place == stretches))
    return row
