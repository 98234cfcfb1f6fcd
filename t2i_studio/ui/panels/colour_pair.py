"""The colour that paints, and the other one."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.widgets.colour_button import ColourButton


class ColourPair(QWidget):
    """Both can be chosen, swapped, and set back to black and white."""

    def __init__(self, options: ToolOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self.colour = ColourButton(tr("Colour of brush, shapes and text"))
        self.background = ColourButton(tr("The other colour"))
        self.swap = tool_button("swap", tr("Swap the colours (X)"))
        self.reset = tool_button("theme", tr("Black and white (D)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(QLabel(tr("Colour")))
        row.addSpacing(4)
        for widget in (self.colour, self.swap, self.background, self.reset):
            row.addWidget(widget)
        self._bindings = Bindings(
            [
                on(options.events.colour, self.colour.set_colour),
                on(options.events.background, self.background.set_colour),
            ]
        )
        self.colour.set_colour(options.colour)
        self.background.set_colour(options.background)
        self.colour.colour_changed.connect(self._choose)
        self.background.colour_changed.connect(self._choose_other)
        self.swap.clicked.connect(options.swap_colours)
        self.reset.clicked.connect(options.reset_colours)

    def unbind(self) -> None:
        self._bindings.clear()

    def _choose(self, colour: str) -> None:
        self._options.colour = colour

    def _choose_other(self, colour: str) -> None:
        self._options.background = colour
