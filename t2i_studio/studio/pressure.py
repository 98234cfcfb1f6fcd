"""How a pen's pressure is felt: a curve from what the tablet tells to what the brush does."""

from collections.abc import Callable
from typing import Annotated, Final

from pydantic import Field

Unit = Annotated[float, Field(ge=0.0, le=1.0)]
# Control points (x1, y1, x2, y2) of a cubic Bezier curve from (0, 0) to (1, 1).
Curve = tuple[Unit, Unit, Unit, Unit]

LINEAR: Final[Curve] = (0.25, 0.25, 0.75, 0.75)
HALVINGS: Final = 24  # of the range of t: far finer than a tablet


def felt(curve: Curve, pressure: float) -> float:
    """Return the height of the curve above `pressure`; both are 0 to 1.

    With control points inside the unit square x grows with t, so halving finds the one t.
    """
    x1, y1, x2, y2 = curve
    across, up = bezier(x1, x2), bezier(y1, y2)
    pressure = min(max(pressure, 0.0), 1.0)
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if across(middle) < pressure else (low, middle)
    return up(high)


def bezier(first: float, second: float) -> Callable[[float], float]:
    """Return one coordinate of the curve from 0 to 1 over t, 0 to 1."""

    def at(t: float) -> float:
        rest = 1 - t
        return 3 * rest * rest * t * first + 3 * rest * t * t * second + t * t * t

    return at
