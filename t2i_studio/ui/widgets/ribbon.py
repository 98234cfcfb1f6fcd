"""The pipeline ribbon: the stages of the model at work, each with its own small picture."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from t2i_studio.studio.ribbon import TEXT, Ribbon
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import icon
from t2i_studio.ui.widgets.stage_cell import HEIGHT, StageCell
from t2i_studio.ui.widgets.stage_inspector import StageInspector

ARROW = 16  # px between cells
STRETCH = {TEXT: 4}  # tokens want room
USUAL_STRETCH = 3


class PipelineRibbon(QWidget):
    """A view of the studio's ribbon; a click on a stage opens its inspector, another closes it."""

    stage_activated = Signal(str)

    def __init__(self, ribbon: Ribbon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ribbon = ribbon
        self._cells: dict[str, StageCell] = {}
        self._inspector: StageInspector | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(ARROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Pipeline")
        self.setFixedHeight(HEIGHT + 16)
        self._bindings = Bindings([on(ribbon.listed, self._relist), on(ribbon.changed, self._show)])
        self._relist()

    def unbind(self) -> None:
        self._bindings.clear()

    @property
    def cells(self) -> tuple[StageCell, ...]:
        return tuple(self._cells.values())

    @property
    def inspector(self) -> StageInspector | None:
        """The open inspector."""
        shown = self._inspector
        return shown if shown is not None and not shown.isHidden() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from stage to stage with the arrows; Esc closes the inspector."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}
        if event.key() == Qt.Key.Key_Escape and self.inspector:
            self.close_inspector()
        elif event.key() in steps:
            self._move_focus(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arrows between the cells."""
        painter = QPainter(self)
        for cell in self.cells[1:]:
            middle = cell.geometry().center().y()
            place = QRect(cell.x() - ARROW + 1, middle - 6, ARROW - 2, ARROW - 2)
            icon("expand", "muted").paint(painter, place)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def close_inspector(self) -> None:
        """Close the inspector and give the focus back to its stage."""
        if self._inspector is None:
            return
        had_focus = self._inspector.isAncestorOf(self.window().focusWidget() or self)
        self._inspector.hide()
        for cell in self.cells:
            if cell.isChecked() and had_focus:
                cell.setFocus()
            cell.setChecked(False)

    def _relist(self) -> None:
        self.close_inspector()
        for cell in self.cells:
            self._row.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = {view.key: StageCell(view) for view in self._ribbon.stages}
        for key, cell in self._cells.items():
            cell.clicked.connect(lambda _=False, key=key: self._activate(key))
            self._row.addWidget(cell, STRETCH.get(key, USUAL_STRETCH))
        self.update()

    def _show(self, key: str) -> None:
        view = self._ribbon.stage(key)
        if view is None or key not in self._cells:
            return
        self._cells[key].show_view(view)
        if self.inspector and self.inspector.key == key:
            self.inspector.show_view(view)

    def _activate(self, key: str) -> None:
        for other, cell in self._cells.items():
            cell.setChecked(cell.isChecked() and other == key)
        if not self._cells[key].isChecked():
            self.close_inspector()
            return
        self._open_inspector(key)
        self.stage_activated.emit(key)

    def _open_inspector(self, key: str) -> None:
        view = self._ribbon.stage(key)
        assert view is not None
        if self._inspector is None or self._inspector.parentWidget() is not self.window():
            self._inspector = StageInspector(self.window())
            self._inspector.closed.connect(self.close_inspector)
        cell = self._cells[key]
        corner = cell.mapTo(self.window(), cell.rect().bottomLeft())
        self._inspector.open_at(view, corner)

    def _move_focus(self, by: int) -> None:
        cells = list(self.cells)
        places = [place for place, cell in enumerate(cells) if cell.hasFocus()]
        if places and 0 <= places[0] + by < len(cells):
            cells[places[0] + by].setFocus(Qt.FocusReason.TabFocusReason)
