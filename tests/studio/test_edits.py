import numpy as np
import pytest

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.layers import MASK, Layer
from t2i_studio.studio.edits import Exchange, Inversion, PixelEdit, Shift
from t2i_studio.studio.history import Edit
from t2i_studio.studio.patches import patches
from t2i_studio.studio.sheets import Held, Sheets, blank
from tests.studio.documents import SMALL, noise_rgba

DELTA = np.pad(np.full((3, 4), 5, np.uint8), ((2, 35), (6, 50)))


@pytest.fixture
def sheets() -> Sheets:
    sheets = Sheets()
    mask = noise_rgba(seed=1)[..., 0].copy()
    sheets.exchange(Held((Layer("a", "A", noise_rgba()),), mask))
    sheets.take_touched()
    return sheets


@pytest.mark.parametrize(
    "make",
    [
        lambda sheets: PixelEdit(sheets, MASK, patches(DELTA)),
        lambda sheets: Inversion(sheets, MASK),
        lambda sheets: Shift(sheets, MASK, 7, -3),
        lambda sheets: Shift(sheets, "a", -70, 2),
        lambda sheets: Exchange(sheets, Held((Layer("b", "B", noise_rgba()),), blank(SMALL))),
    ],
    ids=["pixels", "inversion", "mask moved", "layer moved out", "exchange"],
)
def test_an_edit_leads_there_and_back_any_number_of_times(sheets: Sheets, make: object) -> None:
    edit: Edit[object] = make(sheets)  # type: ignore[operator]  # a lambda

    def arrays() -> dict[str, bytes]:
        return {target: each.tobytes() for target, each in sheets.held.arrays.items()}

    before = arrays()
    edit.apply(None)
    after = arrays()
    assert after != before
    for _ in range(2):
        edit.revert(None)
        assert arrays() == before
        edit.apply(None)
        assert arrays() == after


def test_a_pixel_edit_touches_its_bounds(sheets: Sheets) -> None:
    PixelEdit(sheets, MASK, patches(DELTA)).apply(None)
    assert sheets.take_touched().mask == Bounds(6, 2, 4, 3)


def test_an_exchange_holds_what_the_other_side_does_not(sheets: Sheets) -> None:
    both = Held((*sheets.held.layers, Layer("b", "B", noise_rgba())), sheets.held.mask)
    edit = Exchange(sheets, both)
    edit.apply(None)
    assert edit.size_bytes == 0
    edit.revert(None)
    assert edit.size_bytes == 4 * SMALL.area
