"""Tools that look at the pixel under the pointer: fill, select by colour, eyedropper."""

import math

from t2i_studio.core.image import Pixels
from t2i_studio.core.mask_tools import Cover, flood
from t2i_studio.core.words import later, tr
from t2i_studio.studio.blending import Ink, Paint, painted
from t2i_studio.ui.canvas.cursors import tool_cursor
from t2i_studio.ui.canvas.gestures import Gesture
from t2i_studio.ui.canvas.refusal import Need
from t2i_studio.ui.canvas.tool import Bench, CanvasTool, Cursor, ink_of
from t2i_studio.ui.canvas.touch import Touch

WHITE = 255


class FillTool(CanvasTool):
    """Fills what looks like the pixel that was hit, on the mask or the layer."""

    def cursor(self, _touch: Touch | None) -> Cursor:
        return tool_cursor("fill")

    def press(self, touch: Touch, ink: Ink) -> None:
        ink, options = ink_of(touch, ink), self.bench.options
        at, tolerance, contiguous = pixel_at(touch), options.tolerance, options.contiguous
        target = self.bench.document.active

        def make(pixels: Pixels) -> Cover:
            return flood(pixels, at, tolerance, contiguous=contiguous)

        def take(cover: Cover) -> None:
            if self.bench.document.active == target:  # it is looked for while one goes on
                self.bench.lay(cover, ink, self._name(ink))

        self.bench.covers.look(make, take)

    def confirm(self, touch: Touch) -> bool:
        self.press(touch, Ink.paint)
        return True

    def _name(self, ink: Ink) -> str:
        if ink is Ink.erase:
            return later("Erase fill")
        return later("Fill") if self.bench.document.active_layer else later("Fill mask")


class ColourSelectTool(CanvasTool):
    """Adds what has the colour that was hit to the mask, whatever is worked on."""

    needs = Need.canvas

    def cursor(self, _touch: Touch | None) -> Cursor:
        return tool_cursor("colour_select")

    def press(self, touch: Touch, ink: Ink) -> None:
        ink, options = ink_of(touch, ink), self.bench.options
        at, tolerance, contiguous = pixel_at(touch), options.tolerance, options.select_contiguous

        def make(pixels: Pixels) -> Cover:
            return flood(pixels, at, tolerance, contiguous=contiguous)

        self.bench.covers.look(make, lambda cover: self._select(cover, ink))

    def confirm(self, touch: Touch) -> bool:
        self.press(touch, Ink.paint)
        return True

    def _select(self, cover: Cover, ink: Ink) -> None:
        if cover.at.is_empty:
            return
        mask = self.bench.document.mask_pixels.copy()
        mask[cover.at.slices] = painted(mask[cover.at.slices], cover.pixels, Paint(ink))
        self.bench.document.change_mask(mask, tr("Select colour"))


class EyedropperTool(CanvasTool):
    """Takes the colour of the picture under the pointer, as long as the button is held."""

    needs = Need.canvas

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.colour: str | None = None  # under the pointer

    def cursor(self, _touch: Touch | None) -> Cursor:
        return tool_cursor("pipette")

    def press(self, touch: Touch, _ink: Ink) -> Gesture:
        self.take(touch)
        return _Picking(self)

    def hover(self, touch: Touch) -> None:
        self.colour = self._look(touch)

    def confirm(self, touch: Touch) -> bool:
        self.take(touch)
        return True

    def forget(self) -> None:
        self.colour = None

    def take(self, touch: Touch) -> None:
        self.hover(touch)
        if self.colour:
            self.bench.options.colour = self.colour

    def _look(self, touch: Touch) -> str | None:
        """Return the colour as people see it: what is transparent is seen on white."""
        pixels, (x, y) = self.bench.document.composite_pixels, pixel_at(touch)
        if not (0 <= y < pixels.shape[0] and 0 <= x < pixels.shape[1]):
            return None
        *colour, alpha = (int(value) for value in pixels[y, x])
        seen = (round(WHITE + (each - WHITE) * alpha / 255) for each in colour)
        return "#" + "".join(f"{each:02X}" for each in seen)


class _Picking:
    pans = False

    def __init__(self, tool: EyedropperTool) -> None:
        self._tool = tool

    def move(self, touch: Touch) -> None:
        self._tool.take(touch)

    def end(self) -> None:
        pass

    def cancel(self) -> bool:
        return False


def pixel_at(touch: Touch) -> tuple[int, int]:
    return math.floor(touch.place.x()), math.floor(touch.place.y())
