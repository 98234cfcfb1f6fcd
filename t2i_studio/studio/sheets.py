"""What a document holds at the moment: layers and mask as arrays that are painted on in place."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import MASK, Layer
from t2i_studio.studio.composite import Composite
from t2i_studio.studio.patches import NOWHERE


def blank(extent: Extent | None) -> Pixels:
    """Return a mask on which nothing is painted; (0, 0) without an extent."""
    return np.zeros((extent.height, extent.width) if extent else (0, 0), np.uint8)


@dataclass(frozen=True, eq=False)
class Held:
    """Layers, bottom first, and mask: of one size, or nothing at all."""

    layers: tuple[Layer, ...] = ()
    mask: Pixels = field(default_factory=lambda: blank(None))
    active: str = MASK

    @property
    def extent(self) -> Extent | None:
        return self.layers[0].extent if self.layers else None

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(layer.id for layer in self.layers)

    @property
    def arrays(self) -> dict[str, Pixels]:
        return {MASK: self.mask} | {layer.id: layer.pixels for layer in self.layers}

    def size_beside(self, other: "Held") -> int:
        """Return the bytes that it holds and the other one does not."""
        known = {id(pixels) for pixels in other.arrays.values()}
        return sum(each.nbytes for each in self.arrays.values() if id(each) not in known)


@dataclass
class Touched:
    """What has changed and nobody has been told."""

    picture: Bounds = NOWHERE
    mask: Bounds = NOWHERE
    extent: bool = False
    layers: bool = False
    active: bool = False


class Sheets:
    """Holds layers and mask, knows what has changed, and keeps the composite (main thread)."""

    def __init__(self) -> None:
        self.held = Held()
        self.touched = Touched()
        self.revisions: dict[str, int] = {MASK: 0}  # grow with each change of pixels
        self.version = 0  # of the composite
        self._clock = count(1)
        self._composite = Composite()

    @property
    def bounds(self) -> Bounds:
        return Bounds.at_origin(self.held.extent) if self.held.extent else NOWHERE

    @property
    def composite(self) -> Pixels:
        return self._composite.pixels(self.held.layers, self.held.extent)

    def layer(self, wanted: str) -> Layer:
        """Return the layer with an id; LookupError without one."""
        for layer in self.held.layers:
            if layer.id == wanted:
                return layer
        raise LookupError(f"There is no layer {wanted!r}.")

    def pixels(self, target: str) -> Pixels:
        return self.held.mask if target == MASK else self.layer(target).pixels

    def touch(self, target: str, bounds: Bounds) -> None:
        """Note that pixels have changed inside."""
        if bounds.is_empty:
            return
        self.revisions[target] = next(self._clock)
        if target == MASK:
            self.touched.mask = self.touched.mask.union(bounds)
        elif self.layer(target).shows:
            self._spoil(bounds)
        else:
            self._composite.spoil(bounds)

    def activate(self, target: str) -> None:
        self.held = replace(self.held, active=target)

    def exchange(self, new: Held) -> Held:
        """Hold something else; return what was held before."""
        old, self.held = self.held, new
        self.touched.extent |= old.extent != new.extent
        self.touched.layers |= old.layers is not new.layers
        self.touched.active |= old.active != new.active
        if old.extent != new.extent:
            self._spoil(self.bounds)
        else:
            for layer in _differing(old.layers, new.layers):
                self._spoil(occupied(layer.pixels))
        self._renumber(old, new)
        return old

    def take_touched(self) -> Touched:
        """Return what has changed since the last call."""
        touched, self.touched = self.touched, Touched()
        return touched

    def _spoil(self, bounds: Bounds) -> None:
        self.touched.picture = self.touched.picture.union(bounds)
        self.version = next(self._clock)
        self._composite.spoil(bounds)

    def _renumber(self, old: Held, new: Held) -> None:
        before, after = old.arrays, new.arrays
        self.revisions = {
            target: self.revisions[target] if pixels is before.get(target) else next(self._clock)
            for target, pixels in after.items()
        }
        if before[MASK] is not after[MASK]:
            self.touched.mask = self.bounds


def occupied(pixels: Pixels) -> Bounds:
    """Return the smallest rectangle around all of (H, W, 4) that is not clear black."""
    return box_of(pixels.view(np.uint32)[..., 0])


def box_of(values: np.ndarray) -> Bounds:
    """Return the smallest rectangle around all values of (H, W) above 0."""
    rows = np.flatnonzero(values.any(axis=1))
    if not rows.size:
        return NOWHERE
    columns = np.flatnonzero(values[rows[0] : rows[-1] + 1].any(axis=0))
    x, y = int(columns[0]), int(rows[0])
    return Bounds(x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)


def _differing(old: Sequence[Layer], new: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the layers that make the one composite look different from the other."""
    old, new = ([layer for layer in each if layer.shows] for each in (old, new))
    while old and new and _looks_same(old[0], new[0]):
        old, new = old[1:], new[1:]
    while old and new and _looks_same(old[-1], new[-1]):
        old, new = old[:-1], new[:-1]
    return (*old, *new)


def _looks_same(a: Layer, b: Layer) -> bool:
    return a.pixels is b.pixels and a.opacity == b.opacity
