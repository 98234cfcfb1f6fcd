"""Where the corners of the mix board lie, and what a place on it means; in pixels, y down."""

from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[float, float]
SLOTS = 4
LEAST = 2  # corners that can be mixed

# Where the cards lie for 2, 3 and 4 filled corners, as shares of the free run: first those that
# are filled, in the order of `core.concept.Mix`, then the empty ones.
_LAYOUTS: dict[int, tuple[Place, ...]] = {
    2: ((0, 0.5), (1, 0.5), (0, 1), (1, 1)),
    3: ((0, 0), (1, 0), (0.5, 1), (1, 1)),
    4: ((0, 0), (1, 0), (0, 1), (1, 1)),
}


def places(filled: Sequence[bool]) -> tuple[Place, ...]:
    """Return where each slot's card lies, as shares of the free run; fewer than two lie like two.

    `filled`: of the slots top left, top right, bottom left, bottom right.
    """
    count = max(LEAST, sum(filled))
    order = sorted(range(SLOTS), key=lambda slot: not filled[slot])
    order = sorted(order[:count]) + sorted(order[count:])
    layout = dict(zip(order, _LAYOUTS[count], strict=True))
    return tuple(layout[slot] for slot in range(SLOTS))


def weights(count: int, x: float, y: float) -> tuple[float, ...]:
    """Return the share of each of 2 to 4 corners at a point; they sum to 1."""
    if count == 2:
        return 1 - x, x
    top = (1 - x) * (1 - y), x * (1 - y)
    return (*top, y) if count == 3 else (*top, (1 - x) * y, x * y)


def vertex(place: Place, side: float, board: float) -> Place:
    """Return the middle or corner of a card that looks into a board of `board` x `board`."""
    x, y = (share * (board - side) + side / 2 + (0.5 - share) * side for share in place)
    return x, y


@dataclass(frozen=True)
class Field:
    """The line, triangle or square that the point moves on; vertices in the order of `Mix`."""

    vertices: tuple[Place, ...]

    @property
    def has_height(self) -> bool:
        """Whether y means something."""
        return len(self.vertices) > 2

    def place(self, x: float, y: float) -> Place:
        """Return where the point (x, y), both in [0, 1], lies."""
        left, right = self._row(y)
        return _between(left, right, x)

    def share(self, place: Place, x: float) -> Place:
        """Return the point (x, y) nearest to a place; `x` where all x are one place."""
        y = 0.0
        if self.has_height:
            top, bottom = self.vertices[0][1], self.vertices[2][1]
            y = _unit((place[1] - top) / (bottom - top))
        left, right = self._row(y)
        width = right[0] - left[0]
        return (_unit((place[0] - left[0]) / width) if width > 1e-6 else x), y

    def _row(self, y: float) -> tuple[Place, Place]:
        left, right, *below = self.vertices
        if not below:
            return left, right
        return _between(left, below[0], y), _between(right, below[-1], y)


def _between(a: Place, b: Place, share: float) -> Place:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))
