"""What a document holds at the moment: layers and mask as arrays that are painted on in place."""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Pixels
from t2i_studio.core.layers import ALPHA, MASK, Layer
from t2i_studio.studio.composite import Composite
from t2i_studio.studio.patches import NOWHERE, box_of
from t2i_studio.studio.presence import Presence


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
    moved: tuple[int, int] = (0, 0)
    extent: bool = False
    layers: bool = False
    active: bool = False


class Sheets:
    """Holds layers and mask, knows what has changed, and keeps the composite (main thread)."""

    def __init__(self) -> None:
        self.held = Held()
        self.corner = 0, 0  # on a plane that crops and growth leave where it is
        self.revisions: dict[str, int] = {MASK: 0}  # grow with each change of pixels
        self.version = 0  # of the composite
        self._clock = count(1)
        self._touched = Touched()
        self._composite = Composite()
        self._painted = Presence(lambda mask: mask > 0)
        self._unknown = Presence(lambda pixels: pixels.view(np.uint32)[..., 0] < ALPHA)
        self._copies: dict[str, tuple[int, weakref.ref[Pixels]]] = {}

    @property
    def bounds(self) -> Bounds:
        return Bounds.at_origin(self.held.extent) if self.held.extent else NOWHERE

    @property
    def composite(self) -> Pixels:
        return self._composite.pixels(self.held.layers, self.held.extent)

    @property
    def has_mask(self) -> bool:
        return self._painted.anywhere(self.held.mask)

    @property
    def has_transparency(self) -> bool:
        return self._unknown.anywhere(self.composite)

    def layer(self, wanted: str) -> Layer:
        """Return the layer with an id; LookupError without one."""
        for layer in self.held.layers:
            if layer.id == wanted:
                return layer
        raise LookupError(f"There is no layer {wanted!r}.")

    def pixels(self, target: str) -> Pixels:
        return self.held.mask if target == MASK else self.layer(target).pixels

    def copy(self, target: str) -> Pixels:
        """Return pixels that nothing can change; the same ones until they differ, if still kept."""
        revision, kept = self._copies.get(target, (None, None))
        if kept and revision == self.revisions[target] and (copy := kept()) is not None:
            return copy
        copy = self.pixels(target).copy()
        copy.flags.writeable = False
        self._copies[target] = self.revisions[target], weakref.ref(copy)
        return copy

    def touch(self, target: str, bounds: Bounds) -> None:
        """Note that pixels have changed inside."""
        if bounds.is_empty:
            return
        self.revisions[target] = next(self._clock)
        if target == MASK:
            self._touch_mask(bounds)
        elif self.layer(target).shows:
            self._touch_picture(bounds)
        else:
            self._composite.spoil(bounds)

    def activate(self, target: str) -> None:
        self._touched.active |= target != self.held.active
        self.held = replace(self.held, active=target)

    def exchange(self, new: Held) -> Held:
        """Hold something else; return what was held before.

        The active one stays what it is, unless layers come or go.
        """
        old = self.held
        if {layer.id for layer in old.layers} == {layer.id for layer in new.layers}:
            new = replace(new, active=old.active)
        self.held = new
        is_resized = old.extent != new.extent
        self._touched.extent |= is_resized
        self._touched.layers |= old.layers is not new.layers
        self._touched.active |= old.active != new.active
        is_another = old.arrays.keys().isdisjoint(new.arrays.keys() - {MASK})
        whole = is_resized or is_another
        places = [self.bounds] if whole else _where_different(old.layers, new.layers)
        for bounds in places:
            self._touch_picture(bounds)
        self._renumber(old, new)
        return old

    def displace(self, dx: int, dy: int) -> None:
        """Put the corner elsewhere: what stands on the plane has another place in the document."""
        self.corner = self.corner[0] + dx, self.corner[1] + dy
        self._touched.moved = self._touched.moved[0] - dx, self._touched.moved[1] - dy

    def take_touched(self) -> Touched:
        """Return what has changed since the last call."""
        touched, self._touched = self._touched, Touched()
        if touched.extent:
            touched.picture = touched.mask = self.bounds
        return touched

    def _touch_mask(self, bounds: Bounds) -> None:
        self._touched.mask = self._touched.mask.union(bounds)
        self._painted.spoil(bounds)

    def _touch_picture(self, bounds: Bounds) -> None:
        self._touched.picture = self._touched.picture.union(bounds)
        self.version = next(self._clock)
        self._composite.spoil(bounds)
        self._unknown.spoil(bounds)

    def _renumber(self, old: Held, new: Held) -> None:
        before, after = old.arrays, new.arrays
        self.revisions = {
            target: self.revisions[target] if pixels is before.get(target) else next(self._clock)
            for target, pixels in after.items()
        }
        self._copies = {target: kept for target, kept in self._copies.items() if target in after}
        if before[MASK] is not after[MASK]:
            self._touch_mask(self.bounds)


def _where_different(old: Sequence[Layer], new: Sequence[Layer]) -> list[Bounds]:
    """Return where the one composite can look different from the other."""
    old, new = ([layer for layer in each if layer.shows] for each in (old, new))
    while old and new and _looks_same(old[0], new[0]):
        old, new = old[1:], new[1:]
    while old and new and _looks_same(old[-1], new[-1]):
        old, new = old[:-1], new[:-1]
    arrays = {id(layer.pixels): layer.pixels for layer in (*old, *new)}
    return [box_of(pixels) for pixels in arrays.values()]


def _looks_same(a: Layer, b: Layer) -> bool:
    return a.pixels is b.pixels and a.opacity == b.opacity
