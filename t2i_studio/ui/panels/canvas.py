"""The middle of the window: tools at the side, the canvas, and what stands on it while empty."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.studio.session import Session
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import set_kind
from t2i_studio.ui.widgets.colour_button import ColourButton

TOOLS = (
    (Tool.brush, "brush", "Brush: paint what to repaint (B)"),
    (Tool.eraser, "eraser", "Eraser: take mask away (E)"),
    (Tool.pan, "hand", "Hand: move the view (H, or hold Space)"),
)
# Brush widths between the slider's knots grow faster the larger they are, as in InvokeAI.
KNOTS = ((0, 1), (40, 50), (70, 200), (100, 600))


class CanvasPanel(QWidget):
    """Shows the document, what is staged over it, and the preview while a picture grows."""

    example_chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = CanvasView(session.document, session.tools)
        self.empty = EmptyState(self.view)
        self.empty.example_chosen.connect(self.example_chosen)
        self.invert = tool_button("invert", "Invert the mask (Shift+V)")
        self.clear = tool_button("clear", "Clear the mask (Shift+C)")
        self.tool_buttons = QButtonGroup(self)
        self.brush_size = QSlider(Qt.Orientation.Horizontal)
        self.brush_label = QLabel()
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.colour = ColourButton("Colour of the mask's overlay")
        self.zoom = QPushButton("100 %")
        self.fit = tool_button("fit", "Fit the picture into the view (Ctrl+0)")
        self._bindings = Bindings()
        self._lay_out()
        self._bind()
        self.show_staging()
        self.follow_model()

    def unbind(self) -> None:
        self._bindings.clear()
        self.view.unbind()

    def follow_model(self) -> None:
        """Offer examples that work with the model, and the frame of its pictures."""
        capabilities = self._session.capabilities
        self.empty.show_examples(capabilities.examples if capabilities else ())
        if capabilities:
            self.view.set_blank_extent(self._session.settings.size or capabilities.sizes[0])

    def show_staging(self) -> None:
        """Lay what is staged over the document."""
        staging = self._session.staging
        if staging.shows_live and staging.live:
            self.view.show_overlay(staging.live.image, staging.live.frame)
        elif staging.selected:
            self.view.show_overlay(staging.selected.image)
        else:
            self.view.show_overlay(None)
        is_blank = self._session.document.picture is None and not staging.is_active
        self.empty.setVisible(is_blank)
        self.view.is_mask_editable = not staging.is_active or (
            staging.selected is None and not staging.shows_live
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._tool_column())
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self._options())
        row.addLayout(middle, 1)

    def _tool_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for tool, name, tip in TOOLS:
            button = tool_button(name, tip)
            button.setCheckable(True)
            self.tool_buttons.addButton(button, list(Tool).index(tool))
            column.addWidget(button)
        column.addSpacing(8)
        column.addWidget(self.invert)
        column.addWidget(self.clear)
        column.addStretch(1)
        return column

    def _options(self) -> QWidget:
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 4, 12, 4)
        line.setSpacing(8)
        self.brush_size.setRange(0, 100)
        self.brush_size.setMaximumWidth(140)
        self.brush_size.setAccessibleName("Brush size")
        self.brush_size.setToolTip("Width of brush and eraser in px ([ and ], or Ctrl+wheel).")
        self.brush_label.setMinimumWidth(48)
        self.opacity.setRange(10, 90)
        self.opacity.setMaximumWidth(100)
        self.opacity.setAccessibleName("Mask opacity")
        self.opacity.setToolTip("How strongly the mask covers the picture on the screen.")
        self.zoom.setToolTip("Zoom; press for 100 % (Ctrl+1).")
        self.zoom.setAccessibleName("Zoom to 100 %")
        set_kind(self.zoom, "flat")
        brush = (QLabel("Brush"), self.brush_size, self.brush_label)
        for widget in (*brush, QLabel("Mask"), self.opacity, self.colour):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.zoom)
        line.addWidget(self.fit)
        return bar

    def _bind(self) -> None:
        tools, session = self._session.tools, self._session
        self._bindings.add(
            on(tools.events.tool, lambda _: self._show_tools()),
            on(tools.events.brush_size, lambda _: self._show_tools()),
            on(tools.events.mask_opacity, lambda _: self._show_tools()),
            on(tools.events.mask_colour, lambda _: self._show_tools()),
            on(session.staging.shown_changed, self.show_staging),
            on(session.document.extent_changed, lambda _: self.show_staging()),
            on(session.settings.events.size, lambda _: self.follow_model()),
        )
        self.tool_buttons.idClicked.connect(self._choose_tool)
        self.brush_size.valueChanged.connect(self._choose_size)
        self.opacity.valueChanged.connect(self._choose_opacity)
        self.colour.colour_changed.connect(self._choose_colour)
        self.invert.clicked.connect(session.document.invert_mask)
        self.clear.clicked.connect(session.document.clear_mask)
        self.zoom.clicked.connect(lambda: self.view.set_zoom(1.0))
        self.fit.clicked.connect(self.view.fit)
        self.view.zoom_changed.connect(self._show_zoom)
        self._show_tools()
        self._show_zoom(self.view.zoom)

    def _choose_tool(self, number: int) -> None:
        self._session.tools.tool = list(Tool)[number]

    def _choose_size(self, place: int) -> None:
        if place != _place_of(self._session.tools.brush_size):
            self._session.tools.brush_size = _size_at(place)

    def _choose_opacity(self, percent: int) -> None:
        self._session.tools.mask_opacity = percent / 100

    def _choose_colour(self, colour: str) -> None:
        self._session.tools.mask_colour = colour

    def _show_tools(self) -> None:
        tools = self._session.tools
        self.tool_buttons.button(list(Tool).index(tools.tool)).setChecked(True)
        self.brush_size.setValue(_place_of(tools.brush_size))
        self.brush_label.setText(f"{round(tools.brush_size)} px")
        self.opacity.setValue(round(tools.mask_opacity * 100))
        self.colour.set_colour(tools.mask_colour)

    def _show_zoom(self, factor: float) -> None:
        self.zoom.setText(f"{round(factor * 100)} %")


class EmptyState(QWidget):
    """What an empty canvas says: three prompts that work, and how to open a picture."""

    example_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._examples = QVBoxLayout()
        title = QLabel("Describe a picture, or try one of these")
        note = QLabel("Drop, paste or open a picture to paint over it")
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._examples)
        column.addWidget(note, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        holder = QVBoxLayout(parent)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def show_examples(self, prompts: tuple[str, ...]) -> None:
        for button in self.buttons:
            self._examples.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._example(prompt) for prompt in prompts]

    def _example(self, prompt: str) -> QPushButton:
        button = QPushButton(prompt)
        button.setToolTip("Write this prompt and generate.")
        button.clicked.connect(lambda: self.example_chosen.emit(prompt))
        self._examples.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button


def _size_at(place: float) -> int:
    for (low, small), (high, large) in pairwise(KNOTS):
        if place <= high:
            return round(small + (large - small) * (place - low) / (high - low))
    return KNOTS[-1][1]


def _place_of(size: float) -> int:
    for (low, small), (high, large) in pairwise(KNOTS):
        if size <= large:
            return round(low + (high - low) * (size - small) / (large - small))
    return KNOTS[-1][0]
