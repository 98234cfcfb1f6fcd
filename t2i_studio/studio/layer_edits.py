"""What can be done to the layers of a document as a whole; each is one step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import MAX_PIXELS, Pixels
from t2i_studio.core.layers import MASK, Layer, clear, is_rgba, new_id, window
from t2i_studio.core.words import later, tr
from t2i_studio.studio.blending import stack
from t2i_studio.studio.sheets import Held, blank
from t2i_studio.studio.surface import Surface

MAX_BYTES: Final = 2 * 2**30  # of all layers together
CHANGES: Final = {
    "name": later("Rename layer"),
    "is_visible": later("Show or hide layer"),
    "opacity": later("Layer opacity"),
}


class LayerEdits(Surface):
    """Raises UserError for what cannot be done, LookupError for a layer that is not there."""

    def add_layer(self, name: str, pixels: Pixels | None = None, step: str = "") -> Layer:
        """Put a layer over the active one, clear or with (H, W, 4) `pixels`, and work on it.

        Without a picture `pixels` are one, of their own size.
        """
        extent = self._extent_for(pixels)
        require_room(extent, len(self.layers) + 1)
        with self._step(step or tr("Add layer")):
            layer = Layer(new_id(), name, clear(extent) if pixels is None else _own(pixels))
            at = len(self.layers) if self.active == MASK else self._index(self.active) + 1
            self._insert(at, layer)
        return self.layer(layer.id)

    def duplicate_layer(self, wanted: str) -> Layer:
        """Put a copy over the layer, and work on it."""
        layer = self._sheets.layer(wanted)
        require_room(layer.extent, len(self.layers) + 1)
        name = tr("{name} copy", name=layer.name)
        with self._step(tr("Duplicate layer")):
            copy = replace(layer, id=new_id(), name=name, pixels=layer.pixels.copy())
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
        """Move a layer to another place in `layers`, 0 being the bottom."""
        index, held = self._index(wanted), self._sheets.held
        rest = [layer for layer in held.layers if layer.id != wanted]
        rest.insert(min(max(to_index, 0), len(rest)), held.layers[index])
        if rest[index].id != wanted:
            with self._step(tr("Move layer")):
                self._exchange(replace(held, layers=tuple(rest)))

    def merge_down(self, wanted: str) -> None:
        """Make one layer of this one and the one below, which looks as they did together."""
        index, held = self._index(wanted), self._sheets.held
        if index == 0:
            raise UserError(tr("There is no layer below."), tr("Choose one that lies higher."))
        both = held.layers[index - 1 : index + 1]
        if not all(layer.is_visible for layer in both):
            raise UserError(tr("A hidden layer cannot be merged."), tr("Show both layers first."))
        with self._step(tr("Merge down")):
            merged = _merged(both)
            active = merged.id if held.active in {layer.id for layer in both} else held.active
            layers = (*held.layers[: index - 1], merged, *held.layers[index + 1 :])
            self._exchange(Held(layers, held.mask, active))

    def flatten(self) -> None:
        """Make one layer of all that show; hidden ones go."""
        self._require_picture()
        held = self._sheets.held
        shown = [layer for layer in held.layers if layer.shows]
        if not shown:
            raise UserError(tr("All layers are hidden."), tr("Show one of them first."))
        if len(held.layers) == 1 and shown[0].opacity >= 1:
            return
        with self._step(tr("Flatten picture")):
            merged = _merged(shown)
            active = MASK if held.active == MASK else merged.id
            self._exchange(Held((merged,), held.mask, active))

    def change_layer(
        self,
        wanted: str,
        *,
        name: str | None = None,
        is_visible: bool | None = None,
        opacity: float | None = None,
    ) -> None:
        """Change what a layer is called, or how it shows (`opacity`: 0 to 1).

        Changes of the same property of the same layer that follow each other are one step.
        """
        if opacity is not None and not 0 <= opacity <= 1:
            raise ValueError(f"An opacity of {opacity}")
        given = {"name": name, "is_visible": is_visible, "opacity": opacity}
        changes = {key: value for key, value in given.items() if value is not None}
        if not changes or not _differs(self._sheets.layer(wanted), changes):
            return
        title = tr(CHANGES[next(iter(changes))]) if len(changes) == 1 else tr("Change layer")
        with self._step(title, (*changes, wanted)):
            self._change(wanted, changes)

    def recanvas(self, bounds: Bounds, name: str = "") -> None:
        """Make the document this window on itself; what is new is clear, and 0 on the mask."""
        self._require_picture()
        if bounds == self.bounds:
            return
        if bounds.intersection(self.bounds).is_empty:
            raise UserError(
                tr("Nothing of the picture lies inside."), tr("Choose a part that overlaps it.")
            )
        require_room(bounds.extent, len(self.layers))
        with self._step(name or tr("Resize canvas")):
            held = self._sheets.held
            self._displace(bounds)
            self._exchange(replace(self._through(bounds), mask=window(held.mask, bounds)))

    def _change(self, wanted: str, changes: dict[str, Any]) -> None:
        layer, held = self._sheets.layer(wanted), self._sheets.held
        if _differs(layer, changes):  # a slider may have been dragged back to where it was
            changed = replace(layer, **changes)
            layers = tuple(changed if each is layer else each for each in held.layers)
            self._exchange(replace(held, layers=layers))

    def _through(self, bounds: Bounds) -> Held:
        """Return the layers as seen through a window, in arrays of their own; the mask is clear."""
        held = self._sheets.held
        layers = (replace(each, pixels=window(each.pixels, bounds)) for each in held.layers)
        return Held(tuple(layers), blank(bounds.extent), held.active)

    def _insert(self, index: int, layer: Layer) -> None:
        held = self._sheets.held
        layers = (*held.layers[:index], layer, *held.layers[index:])
        mask = held.mask if held.layers else blank(layer.extent)
        self._exchange(Held(layers, mask, layer.id))

    def _index(self, wanted: str) -> int:
        return self._sheets.held.layers.index(self._sheets.layer(wanted))

    def _extent_for(self, pixels: Pixels | None) -> Extent:
        if pixels is None:
            return self._require_picture()
        own = Extent(pixels.shape[1], pixels.shape[0])
        if not is_rgba(pixels) or self.extent not in (None, own):
            raise ValueError(f"A layer of {pixels.dtype} {pixels.shape} for {self.extent}")
        return own


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


def _differs(layer: Layer, changes: dict[str, Any]) -> bool:
    return any(getattr(layer, key) != value for key, value in changes.items())


def _own(pixels: Pixels) -> Pixels:
    return np.array(pixels, order="C")


def _merged(layers: Sequence[Layer]) -> Layer:
    """Return a new layer, with the name of the lowest, that looks as they do together."""
    pixels = np.empty_like(layers[0].pixels)
    stack(layers, pixels, Bounds.at_origin(layers[0].extent))
    return Layer(new_id(), layers[0].name, pixels)
