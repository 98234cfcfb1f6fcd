"""The points of a scatter, the part of them that is shown, and what is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from t2i_studio.ui.widgets.scatter_geometry import (
    CLOSEST,
    FARTHEST,
    Points,
    Room,
    View,
    enclosed,
    fitting,
    nearest,
    neighbour,
)


class PointMap:
    """Points by their index; `pixels` (N, 2) is where they lie in the widget."""

    def __init__(self, points: Points, groups: Sequence[int] | None, room: Room) -> None:
        """`points`: (N, 2), finite; `groups`: N numbers from 0, or none."""
        if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
            raise ValueError(f"A map takes finite points (N, 2), not {points.shape}.")
        self._points = points.astype(np.float64)
        self.groups = np.asarray(np.zeros(len(points)) if groups is None else groups, np.intp)
        self.chosen = np.zeros(len(points), np.bool_)
        self._take(fitting(self._points, room))

    def __len__(self) -> int:
        return len(self._points)

    @property
    def selection(self) -> tuple[int, ...]:
        return tuple(np.flatnonzero(self.chosen).tolist())

    @property
    def middle(self) -> tuple[float, float]:
        x, y, width, height = self.view.room
        return x + width / 2, y + height / 2

    def select(self, indices: Iterable[int]) -> None:
        self.chosen[:] = False
        self.chosen[list(indices)] = True

    def fit(self) -> None:
        """Show all points."""
        self._take(fitting(self._points, self.view.room))

    def resize(self, room: Room) -> None:
        self._take(replace(self.view, room=room))

    def zoom(self, factor: float, x: float, y: float) -> None:
        """Enlarge around a pixel, but to nothing absurdly small or large."""
        view, whole = self.view.zoomed(x, y, factor), fitting(self._points, self.view.room)
        if CLOSEST <= view.width / whole.width <= FARTHEST:
            self._take(view)

    def move(self, dx: float, dy: float) -> None:
        """Push what is shown by pixels."""
        self._take(self.view.moved(dx, dy))

    def bring_into_view(self, index: int) -> None:
        """Move a point that cannot be seen to the middle."""
        if not self.view.holds(self.pixels[index : index + 1])[0]:
            way = self.middle - self.pixels[index]
            self.move(float(way[0]), float(way[1]))

    def pick(self, x: float, y: float, reach: float) -> int | None:
        """Return the point nearest to a pixel, if one is within reach."""
        return nearest(self.pixels, x, y, reach)

    def step(self, index: int | None, dx: int, dy: int) -> int | None:
        """Return the next point that way, or the same; the one in the middle to begin with."""
        if index is None:
            return nearest(self.pixels, *self.middle, float("inf"))
        found = neighbour(self.pixels, index, dx, dy)
        return index if found is None else found

    def inside(self, loop: Points) -> list[int]:
        """Return which points that can be seen lie in a loop of pixels."""
        found = self.in_view[enclosed(loop, self.pixels[self.in_view])]
        return [int(index) for index in found]

    def _take(self, view: View) -> None:
        self.view = view
        self.pixels = view.to_room(self._points)
        self.in_view = np.flatnonzero(view.holds(self.pixels))
