import numpy as np
import pytest

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.layers import MASK, Layer
from t2i_studio.studio.sheets import Held, Sheets, blank
from tests.studio.documents import SMALL, noise_rgba


def layer(name: str, **how: object) -> Layer:
    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[5:9, 10:30] = 200
    return Layer(name, name.upper(), pixels, **how)  # type: ignore[arg-type]  # of a test


@pytest.fixture
def sheets() -> Sheets:
    sheets = Sheets()
    sheets.exchange(Held((layer("a"), layer("b", is_visible=False)), blank(SMALL)))
    sheets.take_touched()
    return sheets


def test_holds_nothing_to_begin_with() -> None:
    sheets = Sheets()
    assert sheets.held.extent is None
    assert sheets.bounds.is_empty
    assert sheets.pixels(MASK).shape == (0, 0)
    with pytest.raises(LookupError):
        sheets.layer("a")


def test_what_is_touched_is_told_once(sheets: Sheets) -> None:
    sheets.touch("a", Bounds(1, 1, 2, 2))
    sheets.touch("a", Bounds(5, 5, 1, 1))
    sheets.touch(MASK, Bounds(3, 3, 1, 1))
    touched = sheets.take_touched()
    assert (touched.picture, touched.mask) == (Bounds(1, 1, 5, 5), Bounds(3, 3, 1, 1))
    assert sheets.take_touched().picture.is_empty


def test_a_touch_of_what_is_hidden_is_not_seen(sheets: Sheets) -> None:
    version, revision = sheets.version, sheets.revisions["b"]
    sheets.touch("b", Bounds(1, 1, 2, 2))
    assert sheets.take_touched().picture.is_empty
    assert sheets.version == version
    assert sheets.revisions["b"] > revision


def test_an_empty_touch_is_none(sheets: Sheets) -> None:
    before = dict(sheets.revisions)
    sheets.touch("a", Bounds(3, 3, 0, 0))
    assert sheets.revisions == before


def test_an_exchange_touches_only_where_a_layer_has_something(sheets: Sheets) -> None:
    a, b = sheets.held.layers
    old = sheets.exchange(Held((a, b, layer("c")), sheets.held.mask, "c"))
    touched = sheets.take_touched()
    assert touched.picture == Bounds(10, 5, 20, 4)
    assert (touched.extent, touched.layers, touched.active) == (False, True, True)
    assert touched.mask.is_empty
    assert old.layers == (a, b)


def test_layers_that_stay_keep_what_is_active(sheets: Sheets) -> None:
    sheets.activate("a")
    a, b = sheets.held.layers
    sheets.exchange(Held((b, a), sheets.held.mask, "b"))
    assert sheets.held.active == "a"
    sheets.exchange(Held((a,), sheets.held.mask, MASK))
    assert sheets.held.active == MASK


def test_the_size_beside_another_counts_no_array_that_both_hold() -> None:
    mask, shared, own = blank(SMALL), layer("a"), layer("b")
    one = Held((shared, own), mask)
    other = Held((Layer("a", "Renamed", shared.pixels),), mask)
    assert one.size_beside(other) == own.pixels.nbytes
    assert other.size_beside(one) == 0
    assert one.size_beside(Held()) == shared.pixels.nbytes + own.pixels.nbytes + mask.nbytes


def test_a_copy_is_made_again_when_the_pixels_differ(sheets: Sheets) -> None:
    first = sheets.copy("a")
    assert sheets.copy("a") is first
    sheets.touch("a", Bounds(0, 0, 1, 1))
    assert sheets.copy("a") is not first
    assert not first.flags.writeable


def test_presence_is_asked_of_what_is_held_now(sheets: Sheets) -> None:
    assert sheets.has_transparency
    assert not sheets.has_mask
    opaque = Layer("d", "D", noise_rgba() | np.uint8([0, 0, 0, 255]))
    sheets.exchange(Held((opaque,), np.full_like(sheets.held.mask, 9)))
    assert not sheets.has_transparency
    assert sheets.has_mask
