"""The tools beside the canvas, in as many columns as its height needs."""

from typing import Final, NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.tools import Tool, ToolOptions
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import CONTROL, GAP

SPACE: Final = 4  # px between buttons
MOST_COLUMNS: Final = 3


class Entry(NamedTuple):
    """One tool: its icon, and what is said of it."""

    tool: Tool
    icon: str
    name: str
    tip: str


GROUPS: Final = (
    (
        Entry(Tool.brush, "brush", later("Brush"), later("Paint what to repaint, or on a layer")),
        Entry(Tool.eraser, "eraser", later("Eraser"), later("Take mask or paint away")),
        Entry(
            Tool.rectangle,
            "shape",
            later("Rectangle"),
            later("Drag it; Shift: square, Alt: take away"),
        ),
        Entry(
            Tool.lasso,
            "free",
            later("Lasso"),
            later("Drag around, or click corner by corner; Alt: take away"),
        ),
        Entry(
            Tool.fill,
            "fill",
            later("Fill"),
            later("What looks like the place that is clicked; Alt: take away"),
        ),
        Entry(
            Tool.colour_select,
            "colour_select",
            later("Select by colour"),
            later("Into the mask; Alt: take away"),
        ),
    ),
    (
        Entry(Tool.text, "text", later("Text"), later("Click where it begins")),
        Entry(
            Tool.eyedropper,
            "pipette",
            later("Eyedropper"),
            later("Take a colour from the picture; with the brush on a layer: hold Alt"),
        ),
    ),
    (
        Entry(
            Tool.move, "move", later("Move"), later("Shift the mask or the layer that is worked on")
        ),
        Entry(
            Tool.frame,
            "frame",
            later("Frame"),
            later("The part in which the model works; hold the key for one drag"),
        ),
        Entry(Tool.crop, "crop", later("Crop"), later("Cut or extend the canvas; Return applies")),
        Entry(Tool.pan, "hand", later("Hand"), later("Move the view; or hold Space")),
    ),
)
TIPS: Final = {entry.tool: entry.tip for group in GROUPS for entry in group}


class ToolColumn(QWidget):
    """One button a tool, of which the one in hand is down; `others` stand below them."""

    def __init__(
        self,
        options: ToolOptions,
        others: tuple[QToolButton, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = options
        self._columns = 0
        self.buttons: dict[Tool, QToolButton] = {}
        self._group = QButtonGroup(self)
        for entry in (entry for group in GROUPS for entry in group):
            self._add(entry)
        tools = (tuple(self.buttons[entry.tool] for entry in group) for group in GROUPS)
        self._groups = (*tools, *([others] if others else []))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE, GAP, SPACE, GAP)
        self._grid.setSpacing(SPACE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setAccessibleName(tr("Tools"))
        self.set_keys({})
        self._arrange(1)
        self._bindings = Bindings([on(options.events.tool, lambda _: self._show())])
        self._show()

    @property
    def columns(self) -> int:
        return self._columns

    def unbind(self) -> None:
        self._bindings.clear()

    def set_keys(self, keys: dict[Tool, str]) -> None:
        """Say in the tips which keys take the tools."""
        for entry in (entry for group in GROUPS for entry in group):
            name, key = tr(entry.name), keys.get(entry.tool)
            heading = tr("{name} ({key})", name=name, key=key) if key else name
            button = self.buttons[entry.tool]
            button.setToolTip(f"{heading}\n{tr(entry.tip)}")
            button.setAccessibleName(heading)
            button.setAccessibleDescription(tr(entry.tip))

    def minimumSizeHint(self) -> QSize:
        return QSize(_width(self._columns), self._height(MOST_COLUMNS))

    def sizeHint(self) -> QSize:
        return QSize(_width(self._columns), self._height(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (n for n in range(1, MOST_COLUMNS) if self._height(n) <= self.height())
        self._arrange(next(fitting, MOST_COLUMNS))

    def _add(self, entry: Entry) -> None:
        button = tool_button(entry.icon, tr(entry.name))
        button.setCheckable(True)
        button.clicked.connect(lambda: self._choose(entry.tool))
        self._group.addButton(button)
        self.buttons[entry.tool] = button

    def _choose(self, tool: Tool) -> None:
        self._options.tool = tool

    def _show(self) -> None:
        self.buttons[self._options.tool].setChecked(True)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0):
            pass
        for number in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(number, 0)
            self._grid.setRowStretch(number, 0)
        row = 0
        for group in self._groups:
            for number, button in enumerate(group):
                self._grid.addWidget(button, row + number // columns, number % columns)
            row += _rows(len(group), columns)
            self._grid.setRowMinimumHeight(row, GAP - SPACE)
            row += 1
        self._grid.setRowStretch(row, 1)
        self.updateGeometry()

    def _height(self, columns: int) -> int:
        """Return what all groups take in so many columns, with the gaps between them."""
        rows = sum(_rows(len(group), columns) for group in self._groups)
        return 2 * GAP + rows * (CONTROL + SPACE) + len(self._groups) * GAP


def _width(columns: int) -> int:
    return columns * (CONTROL + SPACE) + SPACE


def _rows(count: int, columns: int) -> int:
    return -(-count // columns)
