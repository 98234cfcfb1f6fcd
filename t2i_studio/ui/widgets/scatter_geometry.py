"""Points of a plane in a room on the screen: what is shown, what is near, what a loop encloses."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (N, 2)
Room = tuple[float, float, float, float]  # x, y, width, height in px, y down

AIR = 0.05  # of the extent, around what is fitted
FEW, AIR_OF_FEW = 60, 0.12  # so few may be shown as pictures, which are wider than dots
CLOSEST, FARTHEST = 1e-5, 4.0  # how wide a view may be, as shares of what fits all


@dataclass(frozen=True)
class View:
    """A part of the plane, `x` to `x + width` and `y` upwards, over the whole of a room."""

    x: float
    y: float
    width: float
    height: float
    room: Room

    def to_room(self, points: Points) -> Points:
        """Return where points of the plane lie in the room; (N, 2) both."""
        left, top, width, height = self.room
        scale = np.array([width / self.width, -height / self.height])
        pixels: Points = (points - (self.x, self.y + self.height)) * scale + (left, top)
        return pixels

    def from_room(self, x: float, y: float) -> tuple[float, float]:
        """Return which point of the plane lies at a pixel."""
        left, top, width, height = self.room
        across, up = (x - left) / width, 1 - (y - top) / height
        return self.x + across * self.width, self.y + up * self.height

    def zoomed(self, x: float, y: float, factor: float) -> "View":
        """Enlarge around a pixel."""
        at_x, at_y = self.from_room(x, y)
        return replace(
            self,
            x=at_x - (at_x - self.x) / factor,
            y=at_y - (at_y - self.y) / factor,
            width=self.width / factor,
            height=self.height / factor,
        )

    def moved(self, dx: float, dy: float) -> "View":
        """Push what is shown by pixels."""
        _, _, width, height = self.room
        return replace(
            self, x=self.x - dx * self.width / width, y=self.y + dy * self.height / height
        )

    def holds(self, pixels: Points) -> NDArray[np.bool_]:
        """Tell which pixels lie in the room."""
        left, top, width, height = self.room
        inner = (pixels >= (left, top)) & (pixels <= (left + width, top + height))
        return np.asarray(inner.all(axis=1))


def fitting(points: Points, room: Room) -> View:
    """Return the view of all points; of something around them if they are one, or none."""
    if not len(points):
        return View(-1, -1, 2, 2, room)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = high - low
    extent = np.where(extent > 0, extent, extent.max() or 1.0)
    air = AIR_OF_FEW if len(points) <= FEW else AIR
    width, height = (float(side) for side in extent * (1 + 2 * air))
    x, y = (float(middle) for middle in (low + high) / 2)
    return View(x - width / 2, y - height / 2, width, height, room)


def nearest(pixels: Points, x: float, y: float, reach: float) -> int | None:
    """Return the index of the point nearest to a pixel, if one is not farther than `reach`."""
    if not len(pixels):
        return None
    distances = ((pixels - (x, y)) ** 2).sum(axis=1)
    index = int(distances.argmin())
    return index if distances[index] <= reach**2 else None


def neighbour(pixels: Points, index: int, dx: int, dy: int) -> int | None:
    """Return the nearest point within 45 degrees of a direction, one of the four of the arrows."""
    ways = pixels - pixels[index]
    along, across = ways @ (dx, dy), np.abs(ways @ (dy, dx))
    ahead = np.flatnonzero((along > 0) & (across <= along))
    if not ahead.size:
        return None
    return int(ahead[(ways[ahead] ** 2).sum(axis=1).argmin()])


def enclosed(loop: Points, points: Points) -> NDArray[np.bool_]:
    """Tell which of (N, 2) points lie in a closed loop of (M, 2), by the even-odd rule.

    Points are sorted by y, so that each edge looks at those of its height only.
    """
    order = np.argsort(points[:, 1])
    across, heights = points[order, 0], points[order, 1]
    is_odd = np.zeros(len(points), np.bool_)
    for (x0, y0), (x1, y1) in zip(loop, np.roll(loop, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        part = slice(*np.searchsorted(heights, sorted((y0, y1))))
        crossing = x0 + (heights[part] - y0) * (x1 - x0) / (y1 - y0)
        is_odd[part] ^= across[part] < crossing
    result = np.zeros(len(points), np.bool_)
    result[order] = is_odd
    return result
