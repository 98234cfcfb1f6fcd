"""The generation frame: the part of the canvas in which the model works, at its own size."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final

from psygnal import Signal, SignalGroupDescriptor
from pydantic import Field

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.request import MIN_FRAME
from t2i_studio.studio.restoring import restore_fields

MAX_PADDING: Final = 256  # px
LITTLE_KNOWN: Final = 0.25  # of the frame: with less the model has hardly anything to go on
MAX_SIDE: Final = 16_384  # px


class Area(StrEnum):
    """Which part of the picture the model sees while it repaints."""

    auto = "auto"  # the mask with as much around it as is useful
    picture = "picture"
    mask = "mask"  # with padding
    frame = "frame"  # the box on the canvas


class Direction(StrEnum):
    """Where a picture grows to."""

    left = "left"
    right = "right"
    up = "up"
    down = "down"


Padding = Annotated[int, Field(ge=0, le=MAX_PADDING)]
Snap = Annotated[int, Field(ge=1, le=128)]


@dataclass
class GenerationFrame:
    """One field per control; emits `events.<field>`. `bounds` may stick out over the picture."""

    events: ClassVar[SignalGroupDescriptor] = SignalGroupDescriptor()
    outpainting: ClassVar[Signal] = Signal()  # the box has been put over a border

    area: Area = Area.auto
    bounds: Bounds | None = None  # px of the picture
    padding: Padding = 32  # px around the mask
    snap: Snap = 8  # px
    is_locked: bool = True  # to the shape that it has

    def put(self, bounds: Bounds) -> None:
        """Make the box what the model works in."""
        self.bounds = bounds
        self.area = Area.frame

    def move_to(self, x: int, y: int, *, snaps: bool = True) -> None:
        """Move the left upper corner there, or to the nearest point of the grid."""
        if self.bounds:
            step = self.snap if snaps else 1
            self.put(replace(self.bounds, x=_nearest(x, step), y=_nearest(y, step)))

    def resize(self, bounds: Bounds, *, snaps: bool = True, is_locked: bool | None = None) -> None:
        """Take other sides: those that have moved snap to the grid, the others stay.

        Locked, the box keeps its shape: the other side follows the one that changed more.
        """
        old, step = self.bounds or bounds, self.snap if snaps else 1
        left, right = _edges((old.x, old.right), (bounds.x, bounds.right), step)
        top, bottom = _edges((old.y, old.bottom), (bounds.y, bounds.bottom), step)
        new = Bounds(left, top, right - left, bottom - top)
        keeps_shape = self.is_locked if is_locked is None else is_locked
        self.put(_in_shape(old, new) if keeps_shape and self.bounds else new)

    def fit_optimal(self, native: Extent, picture: Extent) -> None:
        """Make the box as large as the model works, around the middle of where it was."""
        around = self.bounds or Bounds.at_origin(picture)
        x = around.x + (around.width - native.width) // 2
        y = around.y + (around.height - native.height) // 2
        self.put(Bounds(x, y, native.width, native.height))

    def outpaint(self, direction: Direction, by: int, picture: Extent) -> None:
        """Let a box stick out `by` px over one border and no other: there the picture will grow.

        It is as long as that border and, if the picture reaches so far, as deep; where `by` is
        more than half of that, 1.5 times as deep: the model then sees a third of known picture.
        """
        across = direction in (Direction.left, Direction.right)
        sides = picture.width, picture.height
        depth, along = sides if across else sides[::-1]
        known = min(max(along - by, by // 2, 1), depth)
        length, width = max(by + known, MIN_FRAME), max(along, MIN_FRAME)
        is_before = direction in (Direction.left, Direction.up)
        start = known - length if is_before else depth - known
        self.put(Bounds(start, 0, length, width) if across else Bounds(0, start, width, length))
        self.outpainting.emit()

    def leave(self) -> None:
        """Forget the box: it belonged to another picture."""
        self.bounds = None
        if self.area is Area.frame:
            self.area = Area.auto

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over every field that is valid; return the names of those that were not."""
        refused = restore_fields(self, data)
        if self.bounds and not _is_possible(self.bounds):
            self.bounds = None
            refused.append("bounds")
        if self.bounds is None and self.area is Area.frame:
            self.area = Area.auto
        return refused


def in_pixels(amount: float, unit: str, direction: Direction, picture: Extent) -> int:
    """Return how far "px" or "%" of the picture's side reach; at least one pixel."""
    side = picture.width if direction in (Direction.left, Direction.right) else picture.height
    return max(1, round(amount * side / 100 if unit == "%" else amount))


def _is_possible(bounds: Bounds) -> bool:
    sides = bounds.width, bounds.height
    return min(sides) >= MIN_FRAME and max(*sides, abs(bounds.x), abs(bounds.y)) <= MAX_SIDE


def _nearest(value: int, step: int) -> int:
    return round(value / step) * step


def _edges(old: tuple[int, int], new: tuple[int, int], step: int) -> tuple[int, int]:
    """Snap what has moved; the side that has moved gives way to the smallest size."""
    low, high = (
        after if after == before else _nearest(after, step)
        for before, after in zip(old, new, strict=True)
    )
    if high - low >= MIN_FRAME:
        return low, min(high, low + MAX_SIDE)
    return (high - MIN_FRAME, high) if low != old[0] else (low, low + MIN_FRAME)


def _in_shape(old: Bounds, new: Bounds) -> Bounds:
    """Give `new` the shape of `old`; a corner or side that has not moved stays where it is."""
    factor = _more_changed(new.width / old.width, new.height / old.height)
    factor = max(factor, MIN_FRAME / min(old.width, old.height))
    width, height = round(old.width * factor), round(old.height * factor)
    x = new.right - width if new.x != old.x else new.x
    y = new.bottom - height if new.y != old.y else new.y
    return Bounds(x, y, width, height)


def _more_changed(across: float, down: float) -> float:
    return across if abs(across - 1) >= abs(down - 1) else down
