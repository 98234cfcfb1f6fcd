"""What can be done to the pixels of the mask or a layer; each is one step."""

from typing import Final

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Mask, Pixels
from t2i_studio.core.layers import MASK, window
from t2i_studio.core.words import later, tr
from t2i_studio.studio.blending import BLACK, Colour, Ink, Paint, painted
from t2i_studio.studio.edits import Inversion, PixelEdit
from t2i_studio.studio.patches import patches
from t2i_studio.studio.strokes import Brush, Dab, Stroke
from t2i_studio.studio.surface import Surface

MASK_STROKES: Final = {Ink.paint: later("Paint mask"), Ink.erase: later("Erase mask")}
LAYER_STROKES: Final = {Ink.paint: later("Paint"), Ink.erase: later("Erase")}


class PixelEdits(Surface):
    """Nothing happens, and there is no step, where one cannot paint."""

    def set_mask(self, mask: Mask, name: str = "") -> None:
        """Replace the mask by one of the same size."""
        self.change_mask(self._own(mask), name or tr("Load mask"))

    def change_mask(self, pixels: Pixels, name: str) -> None:
        """Replace the mask by (H, W) values: one step, which keeps only what changed."""
        if pixels.shape != self.mask_pixels.shape:
            raise ValueError(f"A mask of {pixels.shape} for a picture of {self.extent}.")
        with self._step(name):
            self._replace_mask(pixels)

    def clear_mask(self) -> None:
        self.change_mask(np.zeros_like(self._sheets.held.mask), tr("Clear mask"))

    def invert_mask(self) -> None:
        self.abandon_stroke()
        if self.extent is not None:
            with self._step(tr("Invert mask")):
                self.history.do(Inversion(self._sheets, MASK))

    def apply_cover(
        self,
        cover: Pixels,
        at: Bounds,
        ink: Ink,
        colour: Colour = BLACK,
        opacity: float = 1.0,
        name: str = "",
    ) -> None:
        """Paint or erase by (H, W) coverage, 0 to 255, that lies at `at`; it may stick out."""
        self.abandon_stroke()
        if cover.shape != (at.height, at.width):
            raise ValueError(f"A cover of {cover.shape} for {at}")
        inside = at.intersection(self.bounds)
        if not self.can_paint or inside.is_empty:
            return
        before = self._sheets.pixels(self.active)[inside.slices]
        seen = cover[inside.moved(-at.x, -at.y).slices]
        after = painted(before, seen, Paint(ink, colour, opacity))
        with self._step(name or self._stroke_name(ink)):
            self._change_pixels(self.active, patches(before ^ after, inside.x, inside.y))

    def shift_active(self, dx: int, dy: int) -> None:
        """Move what is on the active layer, or the mask; what leaves the document is cut off."""
        self.abandon_stroke()
        if self.can_paint and (dx or dy):
            pixels = self._sheets.pixels(self.active)
            moved = window(pixels, self.bounds.moved(-dx, -dy))
            with self._step(tr("Move")):
                self._change_pixels(self.active, patches(pixels ^ moved))

    def begin_stroke(self, brush: Brush, at: Dab) -> None:
        """Put the brush on what is active; it shows at once and is one step when it ends."""
        self.end_stroke()
        if self.can_paint:
            self._ink = brush.ink
            self._stroke = Stroke(self._sheets.pixels(self.active), brush)
            self.extend_stroke(at)

    def extend_stroke(self, to: Dab) -> None:
        """Draw on; nothing happens if the stroke has been abandoned meanwhile."""
        if self._stroke:
            self._sheets.touch(self.active, self._stroke.extend(to))
            self._announce()

    def end_stroke(self) -> None:
        """Keep the stroke as one step, if there is one."""
        stroke, self._stroke = self._stroke, None
        if stroke and (changes := stroke.patches()):
            with self.history.transaction(self._stroke_name(self._ink)):
                self.history.record(PixelEdit(self._sheets, self.active, changes))

    def _stroke_name(self, ink: Ink) -> str:
        return tr((MASK_STROKES if self.active == MASK else LAYER_STROKES)[ink])

    def _own(self, mask: Mask) -> Pixels:
        if mask.extent != self.extent:
            raise ValueError(f"A mask of {mask.extent} for a picture of {self.extent}.")
        return mask.pixels

    def _replace_mask(self, pixels: Pixels) -> None:
        self._change_pixels(MASK, patches(self._sheets.held.mask ^ pixels))
