import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.image import Pixels
from t2i_studio.studio.patches import NOWHERE
from t2i_studio.studio.presence import Presence

WIDTH, HEIGHT = 600, 300
WHOLE = Bounds(0, 0, WIDTH, HEIGHT)


class Watched:
    """An array that is looked through, and how much of it was."""

    def __init__(self) -> None:
        self.pixels = np.zeros((HEIGHT, WIDTH), np.uint8)
        self.looked_at = 0
        self.presence = Presence(self._is_it)

    def _is_it(self, part: Pixels) -> np.ndarray:
        self.looked_at += part.size
        return part > 0

    def fill(self, bounds: Bounds, value: int) -> None:
        self.pixels[bounds.slices] = value
        self.presence.spoil(bounds)

    def anywhere(self) -> bool:
        self.looked_at = 0
        return self.presence.anywhere(self.pixels)


def test_looks_only_where_something_changed() -> None:
    watched = Watched()
    watched.presence.spoil(WHOLE)
    assert not watched.anywhere()
    watched.fill(Bounds(250, 250, 20, 10), 0)
    assert not watched.anywhere()
    assert watched.looked_at == 200
    assert not watched.anywhere()
    assert watched.looked_at == 0


def test_looks_again_at_the_one_place_that_it_knows() -> None:
    watched = Watched()
    watched.fill(Bounds(550, 290, 5, 5), 9)
    assert watched.anywhere()
    watched.fill(Bounds(0, 0, 300, 300), 9)
    assert watched.anywhere()
    assert watched.looked_at == 1


def test_finds_the_rest_when_the_place_it_knew_is_gone() -> None:
    watched = Watched()
    watched.fill(Bounds(3, 3, 1, 1), 9)
    watched.fill(Bounds(590, 290, 1, 1), 9)
    assert watched.anywhere()
    watched.fill(Bounds(3, 3, 1, 1), 0)
    assert watched.anywhere()
    watched.fill(Bounds(590, 290, 1, 1), 0)
    assert not watched.anywhere()


def test_there_is_nothing_in_nothing() -> None:
    watched = Watched()
    watched.fill(WHOLE, 1)
    assert watched.anywhere()
    watched.pixels = np.zeros((0, 0), np.uint8)
    watched.presence.spoil(NOWHERE)
    assert not watched.anywhere()


boxes = st.builds(
    Bounds, st.integers(0, 500), st.integers(0, 250), st.integers(0, 100), st.integers(0, 50)
)


@given(st.lists(st.tuples(boxes, st.integers(0, 1), st.booleans()), max_size=8))
def test_always_tells_the_truth(changes: list[tuple[Bounds, int, bool]]) -> None:
    watched = Watched()
    for bounds, value, is_asked in changes:
        watched.fill(bounds, value)
        if is_asked:
            assert watched.anywhere() == watched.pixels.any()
    assert watched.anywhere() == watched.pixels.any()
