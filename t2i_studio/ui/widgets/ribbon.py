"""The pipeline ribbon: the stages of the model at work, each with its own small picture."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.ribbon import Ribbon
from t2i_studio.studio.stages import TEXT, StageView
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import icon
from t2i_studio.ui.theme import MARGIN
from t2i_studio.ui.widgets.stage_cell import HEIGHT, StageCell
from t2i_studio.ui.widgets.stage_inspector import StageInspector

ARROW = 16  # px between cells
LEAST = 72  # px of a cell
STRETCH = {TEXT: 4}  # tokens want room
USUAL_STRETCH = 3


class PipelineRibbon(QWidget):
    """A view of the studio's ribbon; a click on a stage opens its inspector, another closes it."""

    stage_activated = Signal(str)
    explore_requested = Signal(str)  # the key of the stage

    def __init__(self, ribbon: Ribbon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ribbon = ribbon
        self._cells: dict[str, StageCell] = {}
        self._inspector: StageInspector | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self._row.setSpacing(ARROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Pipeline"))
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
        """Go from stage to stage with the arrows, down into the inspector; Esc closes it."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}
        if event.key() == Qt.Key.Key_Escape and self.inspector:
            self.close_inspector()
        elif event.key() == Qt.Key.Key_Down and self.inspector:
            self.inspector.enter()
        elif event.key() in steps:
            self._move_focus(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Let the window be narrow: tiles go first, then titles are cut."""
        count = len(self._cells)
        return QSize(count * (LEAST + ARROW) - ARROW + 2 * MARGIN, HEIGHT + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

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
        """Show the stages that there are; cells stay with their stage, and so does the focus."""
        views = self._ribbon.stages
        if self.inspector and self._ribbon.stage(self.inspector.key) is None:
            self.close_inspector()
        for cell in self.cells:
            self._row.removeWidget(cell)
            if self._ribbon.stage(cell.view.key) is None:
                cell.hide()
                cell.deleteLater()
        kept = self._cells
        self._cells = {view.key: kept.get(view.key) or self._new_cell(view) for view in views}
        for view in views:
            self._row.addWidget(self._cells[view.key], STRETCH.get(view.key, USUAL_STRETCH))
            self._show(view.key)
        for before, after in pairwise(self.cells):
            self.setTabOrder(before, after)
        self._share_room()
        self.update()

    def _share_room(self) -> None:
        """Give the room that titles leave to what cells show beside them, from the left."""
        spare = self.width() - 2 * MARGIN - ARROW * (len(self._cells) - 1)
        spare -= sum(cell.bare_width for cell in self.cells)
        for cell in self.cells:
            is_roomy = spare >= cell.extra_width
            cell.set_roomy(is_roomy)
            spare -= cell.extra_width if is_roomy else 0

    def _new_cell(self, view: StageView) -> StageCell:
        cell = StageCell(view)
        cell.clicked.connect(lambda: self._activate(view.key))
        return cell

    def _show(self, key: str) -> None:
        view = self._ribbon.stage(key)
        if view is None or key not in self._cells:
            return
        extra = self._cells[key].extra_width
        self._cells[key].show_view(view)
        if self._cells[key].extra_width != extra:
            self._share_room()
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
            self._inspector.explore_requested.connect(self.explore_requested)
        cell = self._cells[key]
        corner = cell.mapTo(self.window(), cell.rect().bottomLeft())
        self._inspector.open_at(view, corner)
        self._inspector.come_after(cell)

    def _move_focus(self, by: int) -> None:
        cells = list(self.cells)
        places = [place for place, cell in enumerate(cells) if cell.hasFocus()]
        if places and 0 <= places[0] + by < len(cells):
            cells[places[0] + by].setFocus(Qt.FocusReason.TabFocusReason)
