import numpy as np

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.layers import Layer
from t2i_studio.studio.composite import Composite
from tests.studio.documents import SMALL, noise_rgba

WHOLE = Bounds.at_origin(SMALL)
BELOW, ABOVE = Layer("a", "A", noise_rgba(seed=1)), Layer("b", "B", noise_rgba(seed=2))


def test_only_what_was_spoiled_is_made_anew() -> None:
    composite = Composite()
    above = Layer("b", "B", ABOVE.pixels.copy())
    before = composite.pixels([BELOW, above], SMALL).copy()
    above.pixels[:] = 0
    composite.spoil(Bounds(10, 10, 5, 5))
    composite.spoil(Bounds(12, 14, 5, 5))
    expected = before.copy()
    expected[10:19, 10:17] = BELOW.pixels[10:19, 10:17]
    assert np.array_equal(composite.pixels([BELOW, above], SMALL), expected)


def test_a_layer_more_costs_only_where_there_is_something_on_it() -> None:
    composite = Composite()
    assert composite.pixels([BELOW], SMALL) is BELOW.pixels
    composite.spoil(Bounds(0, 0, 20, 40))
    seen = composite.pixels([BELOW, ABOVE], SMALL)
    assert seen is not BELOW.pixels
    assert np.array_equal(seen[:, 20:], BELOW.pixels[:, 20:])
    assert not np.array_equal(seen[:, :20], BELOW.pixels[:, :20])


def test_the_array_stays_the_same_while_it_can() -> None:
    composite = Composite()
    seen = composite.pixels([BELOW, ABOVE], SMALL)
    composite.spoil(WHOLE)
    assert composite.pixels([ABOVE, BELOW], SMALL) is seen
    assert composite.pixels([], SMALL) is seen


def test_without_a_picture_there_is_nothing() -> None:
    composite = Composite()
    composite.pixels([BELOW], SMALL)
    assert composite.pixels([], None).shape == (0, 0, 4)
    composite.spoil(WHOLE)
    assert not composite.pixels([], SMALL).any()
