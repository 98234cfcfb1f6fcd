"""What can be done to the pixels of the mask or a layer; each is one step."""

import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Mask, Pixels
from t2i_studio.core.layers import MASK
from t2i_studio.core.words import tr
from t2i_studio.studio.blending import BLACK, Colour, Ink, Paint, painted
from t2i_studio.studio.edits import Inversion, Shift
from t2i_studio.studio.patches import patches
from t2i_studio.studio.strokes import Brush, Dab, Stroke
from t2i_studio.studio.surface import Surface


class PixelEdits(Surface):
    """Nothing happens, and there is no step, where one cannot paint.

    A stroke that is being painted ends before anything else is done, and is kept.
    """

    def activate(self, target: str) -> None:
        """Work on the mask (MASK) or on another layer; this is not a step."""
        if target != MASK:
            self._sheets.layer(target)
        self.end_stroke()
        self._sheets.activate(target)
        self._announce()

    def set_mask(self, mask: Mask, name: str = "") -> None:
        """Replace the mask by one of the same size."""
        self.change_mask(mask.pixels, name or tr("Load mask"))

    def change_mask(self, pixels: Pixels, name: str) -> None:
        """Replace the mask by (H, W) values: one step, which keeps only what changed."""
        self.end_stroke()
        if pixels.shape != self.mask_pixels.shape:
            size = "x".join(map(str, reversed(pixels.shape)))
            raise ValueError(f"A mask of {size} for a picture of {self.extent}.")
        with self._step(name):
            self._replace_mask(pixels)

    def clear_mask(self) -> None:
        self.change_mask(np.zeros_like(self._sheets.held.mask), tr("Clear mask"))

    def invert_mask(self) -> None:
        self.end_stroke()
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
        """Paint or erase by (H, W) coverage, 0 to 255, which lies at `at` and may stick out."""
        self.end_stroke()
        if cover.shape != (at.height, at.width):
            raise ValueError(f"A cover of {cover.shape} for {at}")
        inside = at.intersection(self.bounds)
        if not self.can_paint or inside.is_empty:
            return
        before = self._sheets.pixels(self.active)[inside.slices]
        seen = cover[inside.moved(-at.x, -at.y).slices]
        with self._step(name or self._stroke_name(ink)):
            after = painted(before, seen, Paint(ink, colour, opacity))
            self._change_pixels(self.active, patches(before ^ after, inside.x, inside.y))

    def shift_active(self, dx: int, dy: int) -> None:
        """Move what is on the active layer, or the mask; what leaves the document is cut off.

        Moves that follow each other are one step, and nothing is lost on the way.
        """
        self.end_stroke()
        if not self.can_paint or not (dx or dy):
            return
        name = tr("Move mask") if self.active == MASK else tr("Move")
        with self._step(name, ("shift", self.active)) as replaced:
            for edit in replaced:
                assert isinstance(edit, Shift)
                dx, dy = dx + edit.dx, dy + edit.dy
            if dx or dy:
                self.history.do(Shift(self._sheets, self.active, dx, dy))

    def begin_stroke(self, brush: Brush, at: Dab) -> None:
        """Put the brush on what is active; it shows at once and is one step when it ends."""
        self.end_stroke()
        if self.can_paint:
            self._stroke = Stroke(self._sheets.pixels(self.active), brush)
            self.extend_stroke(at)

    def extend_stroke(self, to: Dab) -> None:
        """Draw on; nothing happens if the stroke has been abandoned meanwhile."""
        if self._stroke:
            self._sheets.touch(self.active, self._stroke.extend(to))
            self._announce()

    def undo(self) -> None:
        """Take back the last step, or just the stroke if one is being painted."""
        if self._stroke:
            self.abandon_stroke()
        else:
            self.history.undo()

    def redo(self) -> None:
        self.abandon_stroke()
        self.history.redo()

    def _replace_mask(self, pixels: Pixels) -> None:
        self._change_pixels(MASK, patches(self._sheets.held.mask ^ pixels))
