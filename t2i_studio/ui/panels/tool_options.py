"""The bar under the canvas: what the tool in hand can be told, the mask, and the zoom."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.session import Session
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.dialogs.canvas_size import ask_canvas_size
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.panels.brush_options import BrushOptions
from t2i_studio.ui.panels.crop_options import CropOptions
from t2i_studio.ui.panels.frame_options import FrameOptions
from t2i_studio.ui.panels.mask_menu import MaskMenu
from t2i_studio.ui.panels.mask_popover import MaskPopover
from t2i_studio.ui.panels.text_options import TextOptions
from t2i_studio.ui.panels.tool_column import TIPS
from t2i_studio.ui.theme import GAP, MARGIN, set_kind
from t2i_studio.ui.widgets.folding_row import FoldingRow

ZOOM_WIDTH: Final = 64  # px: "2000 %"


class ToolOptionsBar(QWidget):
    """Shows the options of one tool; what there is no room for waits behind a button."""

    def __init__(self, session: Session, view: CanvasView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self.row = FoldingRow(self)
        self.brush = BrushOptions(session.tools, self.row)
        self.text = TextOptions(session.tools, self.row)
        self.frame = FrameOptions(session, self.row)
        self.crop = CropOptions(view.tools, self.row)
        self.hint = QLabel(self.row)
        self.look_button = tool_button("eye", tr("How the mask looks: colour, opacity, outline"))
        self.look_popover = MaskPopover(session.tools, self.look_button)
        self.mask_button = tool_button(
            "mask", tr("Mask: invert, grow, shrink, feather, clear, files")
        )
        self.mask_menu = MaskMenu(session.document, view.covers, self.mask_button)
        self.zoom = QPushButton()
        self.fit = tool_button("fit", tr("Fit the picture into the view"))
        self._bindings = Bindings()
        self._set_up()
        self._bind()
        self._show_tool()
        self._show_zoom(view.zoom)

    def unbind(self) -> None:
        self._bindings.clear()
        for part in (self.brush, self.text, self.frame, self.look_popover):
            part.unbind()

    def _set_up(self) -> None:
        for tool in Tool:  # nothing is seen before it is asked for
            for item in self._items(tool, has_layer=True):
                item.setParent(self.row)
                item.hide()
        for part in (self.text, self.frame, self.crop):
            part.hide()
        self.mask_button.setMenu(self.mask_menu)
        self.mask_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setToolTip(tr("Zoom to 100 %"))
        self.zoom.setAccessibleName(tr("Zoom to 100 %"))
        self.zoom.setFixedWidth(ZOOM_WIDTH)
        set_kind(self.zoom, "flat")
        set_kind(self.hint, "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 4, MARGIN, 4)
        line.setSpacing(GAP)
        line.addWidget(self.row, 1)
        for widget in (self.look_button, self.mask_button, self.zoom, self.fit):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _bind(self) -> None:
        session, view = self._session, self._view
        self._bindings.add(
            on(session.tools.events.tool, lambda _: self._show_tool()),
            on(session.tools.events.is_mask_visible, lambda _: self._show_look()),
            on(session.document.active_changed, self._show_tool),
            on(session.document.layers_changed, self._show_tool),
        )
        self.look_button.clicked.connect(lambda: self.look_popover.open_at(self.look_button))
        self.crop.canvas_size.clicked.connect(lambda: ask_canvas_size(session, self.window()))
        self.zoom.clicked.connect(lambda: view.set_zoom(1.0))
        self.fit.clicked.connect(view.fit)
        view.zoom_changed.connect(self._show_zoom)
        self._show_look()

    def _show_tool(self) -> None:
        """Show what counts for this tool on what is worked on."""
        layer = self._session.document.active_layer
        self.hint.setText(self._hint())
        self.row.show_items(self._items(self._session.tools.tool, has_layer=layer is not None))

    def _items(self, tool: Tool, *, has_layer: bool) -> list[QWidget]:
        brush, crop, text = self.brush, self.crop, self.text
        colours: list[QWidget] = [brush.colours] if has_layer else []
        paint = [*colours, brush.opacity] if has_layer else []
        items: dict[Tool, list[QWidget]] = {
            Tool.brush: [brush.size, *colours, brush.hardness, brush.opacity, brush.pressure],
            Tool.eraser: [brush.size, brush.hardness, brush.opacity, brush.pressure],
            Tool.rectangle: [*paint, self.hint],
            Tool.lasso: [*paint, self.hint],
            Tool.fill: [brush.tolerance, brush.contiguous, *paint],
            Tool.colour_select: [brush.tolerance, brush.select_contiguous],
            Tool.text: [text.font_box, text.size_box, text.looks, brush.colours],
            Tool.eyedropper: [brush.colours, self.hint],
            Tool.move: [self.hint],
            Tool.frame: [self.frame.sides, self.frame.growing, self.frame.fitting],
            Tool.crop: [crop.sides, crop.acts, crop.canvas_size],
        }
        return items.get(tool, [self.hint])

    def _hint(self) -> str:
        """Say how the tool is used, where there is room for it."""
        layer, tool = self._session.document.active_layer, self._session.tools.tool
        if tool is Tool.move:
            name = layer.name if layer else ""
            return tr("Moves the layer “{name}”", name=name) if layer else tr("Moves the mask")
        return tr(TIPS[tool])

    def _show_look(self) -> None:
        self.look_button.setIcon(icon("eye" if self._session.tools.is_mask_visible else "eye_off"))

    def _show_zoom(self, factor: float) -> None:
        self.zoom.setText(tr("{percent} %", percent=round(factor * 100)))
