"""What can be done to the layers of a document as a whole; each is one step."""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import MAX_PIXELS, Pixels
from t2i_studio.core.layers import MASK, Layer, new_id, window
from t2i_studio.core.words import tr
from t2i_studio.studio.blending import stacked
from t2i_studio.studio.sheets import Held, blank
from t2i_studio.studio.surface import Surface

MAX_BYTES: Final = 2 * 2**30  # of all layers together


class LayerEdits(Surface):
    """Raises UserError for what cannot be done, LookupError for a layer that is not there."""

    def add_layer(self, name: str, pixels: Pixels | None = None, step: str = "") -> Layer:
        """Put a layer over the active one, clear or with (H, W, 4) `pixels`, and work on it."""
        extent = self.extent or (_extent(pixels) if pixels is not None else self._require_picture())
        require_room(extent, len(self.layers) + 1)
        shape = (extent.height, extent.width, 4)
        if pixels is not None and (pixels.shape != shape or pixels.dtype != np.uint8):
            raise ValueError(f"A layer of {pixels.dtype} {pixels.shape} for {shape}")
        own = np.zeros(shape, np.uint8) if pixels is None else np.array(pixels, order="C")
        layer = Layer(new_id(), name, own)
        with self._step(step or tr("Add layer")):
            self._insert(self._above_active(), layer)
        return self.layer(layer.id)

    def duplicate_layer(self, wanted: str) -> Layer:
        """Put a copy over the layer, and work on it."""
        layer, held = self._sheets.layer(wanted), self._sheets.held
        require_room(layer.extent, len(held.layers) + 1)
        name = tr("{name} copy", name=layer.name)
        copy = replace(layer, id=new_id(), name=name, pixels=layer.pixels.copy())
        with self._step(tr("Duplicate layer")):
            self._insert(self._index(wanted) + 1, copy)
        return self.layer(copy.id)

    def remove_layer(self, wanted: str) -> None:
        """Take a layer away; the last one cannot go."""
        index, held = self._index(wanted), self._sheets.held
        if len(held.layers) == 1:
            raise UserError(
                tr("The last layer cannot be removed."), tr("Close the picture instead.")
            )
        rest = held.layers[:index] + held.layers[index + 1 :]
        active = rest[max(0, index - 1)].id if held.active == wanted else held.active
        with self._step(tr("Remove layer")):
            self._exchange(Held(rest, held.mask, active))

    def move_layer(self, wanted: str, to_index: int) -> None:
        """Move a layer to another place, 0 being the bottom."""
        index, held = self._index(wanted), self._sheets.held
        rest = [layer for layer in held.layers if layer.id != wanted]
        to_index = min(max(to_index, 0), len(rest))
        if to_index == index:
            return
        rest.insert(to_index, held.layers[index])
        with self._step(tr("Move layer")):
            self._exchange(replace(held, layers=tuple(rest)))

    def merge_down(self, wanted: str) -> None:
        """Make one layer of this one and the one below, which look as they did together."""
        index, held = self._index(wanted), self._sheets.held
        if index == 0:
            raise UserError(tr("There is no layer below."), tr("Choose a layer that lies higher."))
        both = held.layers[index - 1 : index + 1]
        if not all(layer.is_visible for layer in both):
            raise UserError(tr("A hidden layer cannot be merged."), tr("Show both layers first."))
        merged = self._merged(both, both[0])
        layers = (*held.layers[: index - 1], merged, *held.layers[index + 1 :])
        with self._step(tr("Merge down")):
            self._exchange(Held(layers, held.mask, merged.id))

    def flatten(self) -> None:
        """Make one layer of all that show; hidden ones go."""
        self._require_picture()
        held = self._sheets.held
        shown = [layer for layer in held.layers if layer.shows]
        if not shown:
            raise UserError(tr("All layers are hidden."), tr("Show one of them first."))
        if len(held.layers) == 1 and shown[0].opacity >= 1:
            return
        merged = self._merged(shown, shown[0])
        active = MASK if held.active == MASK else merged.id
        with self._step(tr("Flatten picture")):
            self._exchange(Held((merged,), held.mask, active))

    def change_layer(
        self,
        wanted: str,
        *,
        name: str | None = None,
        is_visible: bool | None = None,
        opacity: float | None = None,
    ) -> None:
        """Change what a layer is called or how it shows.

        Changes of one and the same of these that follow each other are one step.
        """
        given: dict[str, Any] = {"name": name, "is_visible": is_visible, "opacity": opacity}
        given = {key: value for key, value in given.items() if value is not None}
        if opacity is not None and not 0 <= opacity <= 1:
            raise ValueError(f"An opacity of {opacity}")
        layer = self._sheets.layer(wanted)
        if all(getattr(layer, key) == value for key, value in given.items()):
            return
        title = _TITLES[min(given)]() if len(given) == 1 else tr("Change layer")
        with self._step(title, (*sorted(given), wanted)):
            layer = self._sheets.layer(wanted)  # as it was before the drag
            changed = replace(layer, **given)
            if any(getattr(layer, key) != value for key, value in given.items()):
                held = self._sheets.held
                layers = tuple(changed if each is layer else each for each in held.layers)
                self._exchange(replace(held, layers=layers))

    def recanvas(self, bounds: Bounds, name: str = "") -> None:
        """Make the document this window on itself; what is new is clear, and 0 on the mask."""
        self._require_picture()
        if bounds == self.bounds:
            return
        if bounds.intersection(self.bounds).is_empty:
            raise UserError(
                tr("Nothing of the picture lies inside."), tr("Choose a part that overlaps it.")
            )
        with self._step(name or tr("Resize canvas")):
            self._exchange(self._through(bounds))

    def _through(self, bounds: Bounds) -> Held:
        """Return the document as seen through a window, in arrays of its own."""
        held = self._sheets.held
        require_room(bounds.extent, len(held.layers))
        layers = (replace(each, pixels=window(each.pixels, bounds)) for each in held.layers)
        return Held(tuple(layers), window(held.mask, bounds), held.active)

    def _insert(self, index: int, layer: Layer) -> None:
        held = self._sheets.held
        layers = (*held.layers[:index], layer, *held.layers[index:])
        mask = held.mask if held.layers else blank(layer.extent)
        self._exchange(Held(layers, mask, layer.id))

    def _index(self, wanted: str) -> int:
        return self._sheets.held.layers.index(self._sheets.layer(wanted))

    def _above_active(self) -> int:
        return len(self.layers) if self.active == MASK else self._index(self.active) + 1

    def _merged(self, layers: Any, named: Layer) -> Layer:
        pixels = np.array(stacked(layers, self.bounds))
        return Layer(new_id(), named.name, pixels)


def require_room(extent: Extent, layers: int) -> None:
    """Refuse a size that memory cannot hold."""
    if extent.area > MAX_PIXELS:
        raise UserError(
            tr("A canvas of {size} is too large.", size=extent),
            tr("Choose at most {count} megapixels.", count=MAX_PIXELS // 1_000_000),
        )
    if 4 * extent.area * layers > MAX_BYTES:
        raise UserError(
            tr("Memory does not hold {count} layers of {size}.", count=layers, size=extent),
            tr("Merge layers, or crop the picture."),
        )


_TITLES = {
    "name": lambda: tr("Rename layer"),
    "is_visible": lambda: tr("Show or hide layer"),
    "opacity": lambda: tr("Layer opacity"),
}


def _extent(pixels: Pixels) -> Extent:
    return Extent(pixels.shape[1], pixels.shape[0])
