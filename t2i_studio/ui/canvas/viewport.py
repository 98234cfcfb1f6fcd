"""Where the picture lies in the view: the arithmetic of zoom and pan, without Qt."""

import math
from dataclasses import dataclass, replace
from typing import Final

from t2i_studio.core.geometry import Bounds, Extent

MIN_ZOOM: Final = 0.1
MAX_ZOOM: Final = 20.0
SNAPS: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0)
STOPS: Final = (MIN_ZOOM, *SNAPS, 7.0, 10.0, 15.0, MAX_ZOOM)
SNAP_RANGE: Final = 0.02
WHEEL_BASE: Final = 0.999  # per unit of a wheel's angle, of which a notch has 120
FIT_MARGIN: Final = 16.0  # device px on each side
IN_SIGHT: Final = 32.0  # device px of the picture that cannot be pushed out of the view


@dataclass(frozen=True)
class Viewport:
    """At zoom 1 a pixel of the picture is one of the screen; (x, y) is the picture's corner.

    All of the view is measured in device pixels. The corner is whole, so that at 100 % every
    pixel of the picture is exactly one of the screen's.
    """

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.x) / self.zoom, (y - self.y) / self.zoom

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        return self.x + x * self.zoom, self.y + y * self.zoom

    def covered(self, bounds: Bounds) -> Bounds:
        """Return the pixels of the view that a rectangle of the picture touches."""
        left, top = self.to_view(bounds.x, bounds.y)
        right, bottom = self.to_view(bounds.right, bounds.bottom)
        x, y = math.floor(left), math.floor(top)
        return Bounds(x, y, math.ceil(right) - x, math.ceil(bottom) - y)

    def panned(self, dx: float, dy: float) -> "Viewport":
        return replace(self, x=round(self.x + dx), y=round(self.y + dy))

    def zoomed(self, zoom: float, x: float, y: float) -> "Viewport":
        """Change the zoom; what is at (x, y) of the view stays there."""
        inner_x, inner_y = self.to_picture(x, y)
        return Viewport(zoom, round(x - inner_x * zoom), round(y - inner_y * zoom))

    def held(self, picture: Extent, view: Extent) -> "Viewport":
        """Return the nearest viewport in which some of the picture can be seen."""
        return replace(
            self,
            x=_held(self.x, picture.width * self.zoom, view.width),
            y=_held(self.y, picture.height * self.zoom, view.height),
        )


def fitted(picture: Extent, view: Extent, limit: float) -> Viewport:
    """Centre the picture, as large as there is room for and `limit` allows."""
    across = max(1.0, view.width - 2 * FIT_MARGIN) / picture.width
    down = max(1.0, view.height - 2 * FIT_MARGIN) / picture.height
    return centred(picture, view, min(across, down, limit))


def centred(picture: Extent, view: Extent, zoom: float) -> Viewport:
    x = (view.width - picture.width * zoom) / 2
    y = (view.height - picture.height * zoom) / 2
    return Viewport(zoom, round(x), round(y))


def clamped(zoom: float, current: float) -> float:
    """Keep within the range, which includes the current zoom: a fitted giant may be below."""
    return min(max(zoom, min(MIN_ZOOM, current)), MAX_ZOOM)


def snapped(zoom: float) -> float:
    """Return the round figure that is within 2 %, if there is one."""
    near = (snap for snap in SNAPS if abs(zoom / snap - 1) <= SNAP_RANGE)
    return next(near, zoom)


def wheeled(zoom: float, delta: float) -> float:
    """Turn the wheel: away from the user enlarges."""
    return float(zoom * WHEEL_BASE**-delta)


def stop_above(zoom: float) -> float:
    return next((stop for stop in STOPS if stop > zoom * 1.001), MAX_ZOOM)


def stop_below(zoom: float) -> float:
    return next((stop for stop in reversed(STOPS) if stop < zoom * 0.999), MIN_ZOOM)


def _held(start: float, length: float, room: float) -> float:
    least = min(IN_SIGHT, length, room)
    return round(min(max(start, least - length), room - least))
