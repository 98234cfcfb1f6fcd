from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Mask, Pixels
from t2i_studio.core.layers import MASK
from t2i_studio.studio.blending import Ink, Paint, painted
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab
from tests.studio.documents import (
    ERASE,
    GREY,
    PAINT,
    SMALL,
    Heard,
    composite_anew,
    noise,
    noise_rgba,
    paint,
    state,
)

RED_BRUSH = Brush(Ink.paint, colour=(255, 0, 0))


@pytest.fixture
def document() -> Document:
    document = Document()
    document.start(noise())
    return document


@pytest.fixture
def layered(document: Document) -> Document:
    """A sketch over a picture; the sketch is worked on."""
    document.add_layer("Sketch")
    return document


def test_painting_on_a_layer_changes_it_and_what_is_seen(layered: Document) -> None:
    heard = Heard(layered)
    before = layered.composite_pixels.copy()
    paint(layered, (20, 20), (40, 20), brush=RED_BRUSH)
    assert set(heard.names) == {"picture_changed"}
    assert layered.composite_pixels[20, 30].tolist() == [255, 0, 0, 255]
    assert layered.layers[1].pixels[20, 30].tolist() == [255, 0, 0, 255]
    assert np.array_equal(layered.composite_pixels, composite_anew(layered))
    assert not layered.has_mask
    assert layered.history.undo_name == "Paint"
    layered.undo()
    assert np.array_equal(layered.composite_pixels, before)


def test_erasing_on_the_only_layer_makes_it_transparent(document: Document) -> None:
    document.activate(document.layers[0].id)
    paint(document, (20, 20), brush=ERASE)
    assert document.history.undo_name == "Erase"
    assert document.composite_pixels[20, 20, 3] == 0
    assert document.has_transparency
    document.undo()
    assert not document.has_transparency


def test_the_opacity_is_that_of_the_stroke_not_of_the_dabs(layered: Document) -> None:
    there_and_back = [(20.0, 20.0), (40.0, 20.0), (20.0, 20.0)]
    paint(layered, *there_and_back, brush=Brush(Ink.paint, opacity=0.5, colour=(255, 0, 0)))
    assert layered.layers[1].pixels[20, 30].tolist() == [255, 0, 0, 128]
    paint(layered, (30, 20), brush=Brush(Ink.paint, opacity=0.5, colour=(255, 0, 0)))
    assert layered.layers[1].pixels[20, 30, 3] == 192


def test_a_stroke_on_a_layer_equals_one_laying_on_of_all_it_covers(layered: Document) -> None:
    brush = Brush(Ink.paint, hardness=0.4, opacity=0.7, colour=(9, 200, 30))
    layered.activate(layered.layers[0].id)
    before = layered.layers[0].pixels.copy()
    paint(layered, (10, 10), (50, 30), (12, 33), brush=brush, size=14)
    copy = Document()
    copy.start(GREY)
    paint(copy, (10, 10), (50, 30), (12, 33), brush=Brush(Ink.paint, 0.4), size=14)
    expected = painted(before, copy.mask_pixels, Paint(Ink.paint, (9, 200, 30), 0.7))
    assert np.array_equal(layered.layers[0].pixels, expected)


@pytest.mark.parametrize("hide", [True, False], ids=["hidden", "no picture"])
def test_where_one_cannot_paint_nothing_happens(layered: Document, hide: bool) -> None:
    if hide:
        layered.change_layer(layered.active, is_visible=False)
    else:
        layered.start()
    before, position = state(layered), layered.history.position
    assert not layered.can_paint
    heard = Heard(layered)
    layered.begin_stroke(PAINT, Dab(20, 20, 10))
    assert not layered.is_painting
    layered.extend_stroke(Dab(30, 20, 10))
    layered.end_stroke()
    layered.apply_cover(np.full((9, 9), 255, np.uint8), Bounds(3, 3, 9, 9), Ink.paint)
    layered.shift_active(3, 3)
    assert state(layered) == before
    assert layered.history.position == position
    assert heard.said == []


def test_a_layer_of_no_opacity_can_be_painted_on_unseen(layered: Document) -> None:
    layered.change_layer(layered.active, opacity=0.0)
    heard = Heard(layered)
    paint(layered, (20, 20), brush=RED_BRUSH)
    assert heard.said == []
    layered.change_layer(layered.active, opacity=1.0)
    assert layered.composite_pixels[20, 20].tolist() == [255, 0, 0, 255]


def test_working_on_something_else_ends_the_stroke_and_keeps_it(layered: Document) -> None:
    heard = Heard(layered, "active_changed")
    layered.begin_stroke(RED_BRUSH, Dab(20, 20, 10))
    layered.activate(MASK)
    assert layered.history.undo_name == "Paint"
    assert heard.names == ["active_changed"]
    layered.activate(MASK)
    assert heard.names == ["active_changed"]
    assert layered.active_layer is None


def test_going_through_the_history_takes_an_unfinished_stroke_back(layered: Document) -> None:
    before = state(layered)
    layered.begin_stroke(RED_BRUSH, Dab(20, 20, 10))
    layered.history.go_to(0)
    layered.history.go_to(1)
    assert not layered.is_painting
    assert state(layered) == before


def test_the_mask_takes_what_it_is_changed_to_and_keeps_patches_only(document: Document) -> None:
    values = document.mask_pixels.copy()
    values[3:9, 4:20] = np.arange(16)
    document.change_mask(values, "Grow mask")
    assert np.array_equal(document.mask_pixels, values)
    assert (document.history.undo_name, document.history.size_bytes < 200) == ("Grow mask", True)
    document.undo()
    assert not document.has_mask


def test_a_mask_of_another_size_is_refused(document: Document) -> None:
    with pytest.raises(ValueError, match="3x2 for a picture of 60x40"):
        document.change_mask(np.zeros((2, 3), np.uint8), "Grow mask")


COVER = np.random.default_rng(3).integers(0, 256, (20, 30), np.uint8)
TARGETS: dict[str, Callable[[Document], str]] = {
    "mask": lambda document: MASK,
    "layer": lambda document: document.layers[0].id,
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("ink", Ink)
@pytest.mark.parametrize(
    "at", [Bounds(5, 6, 30, 20), Bounds(-9, -7, 30, 20), Bounds(50, 35, 30, 20)], ids=str
)
def test_a_cover_is_laid_on_where_it_lies(
    document: Document, target: str, ink: Ink, at: Bounds
) -> None:
    document.set_mask(Mask(noise_rgba(seed=4)[..., 0].copy()))
    document.activate(TARGETS[target](document))
    layer = document.active_layer
    before = (layer.pixels if layer else document.mask_pixels).copy()
    document.apply_cover(COVER, at, ink, (1, 2, 3), 0.8, "Fill")
    after = layer.pixels if layer else document.mask_pixels
    whole = np.pad(np.zeros((40, 60), np.uint8), 50)
    whole[at.moved(50, 50).slices] = COVER
    expected = painted(before, whole[50:90, 50:110], Paint(ink, (1, 2, 3), 0.8))
    assert np.array_equal(after, expected)
    assert np.array_equal(document.composite_pixels, composite_anew(document))
    assert document.history.undo_name == "Fill"
    document.undo()
    assert np.array_equal(after, before)


def test_a_cover_outside_or_without_effect_is_no_step(document: Document) -> None:
    document.apply_cover(COVER, Bounds(60, 0, 30, 20), Ink.paint)
    document.apply_cover(COVER, Bounds(0, 0, 30, 20), Ink.erase)
    assert not document.history.can_undo


def test_a_cover_without_a_name_is_called_what_it_does(layered: Document) -> None:
    layered.apply_cover(COVER, Bounds(0, 0, 30, 20), Ink.paint)
    layered.activate(MASK)
    layered.apply_cover(COVER, Bounds(0, 0, 30, 20), Ink.paint)
    assert layered.history.steps == ("Add layer", "Paint", "Paint mask")


def test_a_cover_that_does_not_fit_its_place_is_refused(document: Document) -> None:
    with pytest.raises(ValueError, match=r"\(20, 30\)"):
        document.apply_cover(COVER, Bounds(0, 0, 20, 30), Ink.paint)


def moved(pixels: Pixels, dx: int, dy: int) -> Pixels:
    around = [(300, 300), (300, 300), (0, 0)][: pixels.ndim]
    height, width = pixels.shape[:2]
    return np.pad(pixels, around)[300 - dy :, 300 - dx :][:height, :width]


ways = st.tuples(st.integers(-70, 70), st.integers(-50, 50))


@given(st.lists(ways, min_size=1, max_size=4), st.sampled_from(list(TARGETS)))
def test_moves_in_a_row_are_one_and_lose_nothing_on_the_way(
    way: list[tuple[int, int]], target: str
) -> None:
    document = Document()
    document.start(noise(), Mask(noise_rgba(seed=4)[..., 0].copy()))
    document.activate(TARGETS[target](document))
    layer = document.active_layer
    live = layer.pixels if layer else document.mask_pixels
    start, before = state(document), live.copy()
    for dx, dy in way:
        document.shift_active(dx, dy)
    dx, dy = (sum(each) for each in zip(*way, strict=True))
    assert np.array_equal(live, moved(before, dx, dy))
    assert np.array_equal(document.composite_pixels, composite_anew(document))
    assert document.history.position == bool(dx or dy)
    end = state(document)
    document.history.go_to(0)
    assert state(document) == start
    document.redo()
    assert state(document) == end


def test_a_move_there_and_back_is_no_step(document: Document) -> None:
    document.activate(document.layers[0].id)
    before = state(document)
    document.shift_active(50, -7)
    document.shift_active(-50, 7)
    assert state(document) == before
    assert not document.history.can_undo


def test_a_move_holds_only_what_it_pushed_out(document: Document) -> None:
    document.activate(document.layers[0].id)
    document.shift_active(3, 0)
    assert document.history.undo_name == "Move"
    assert document.history.size_bytes <= 3 * 40 * 4 + 100


def test_moves_of_different_things_are_different_steps(layered: Document) -> None:
    paint(layered, (20, 20))
    layered.shift_active(5, 5)
    layered.activate(MASK)
    paint(layered, (20, 20))
    layered.shift_active(5, 5)
    layered.shift_active(0, 0)
    assert layered.history.steps[-3:] == ("Move", "Paint mask", "Move mask")


def test_a_small_thing_moves_within_its_own_bounds(layered: Document) -> None:
    paint(layered, (20, 20), size=4)
    heard = Heard(layered)
    layered.shift_active(10, 2)
    assert heard.said == [("picture_changed", Bounds(18, 18, 14, 6))]


def test_inverting_keeps_nothing(document: Document) -> None:
    document.invert_mask()
    assert document.history.size_bytes == 0
    assert document.mask == Mask.empty(SMALL).inverted()


def test_a_clear_mask_is_cleared_without_a_step(document: Document) -> None:
    document.clear_mask()
    document.set_mask(Mask.empty(Extent(60, 40)))
    assert not document.history.can_undo


@pytest.mark.parametrize(
    "do",
    [
        pytest.param(Document.invert_mask, id="invert"),
        pytest.param(Document.clear_mask, id="clear"),
        pytest.param(lambda each: each.shift_active(3, 4), id="shift"),
        pytest.param(lambda each: each.add_layer("Sketch"), id="layer"),
        pytest.param(Document.close, id="close"),
    ],
)
def test_what_is_done_in_the_middle_of_a_stroke_keeps_the_stroke(
    document: Document, do: Callable[[Document], object]
) -> None:
    document.begin_stroke(PAINT, Dab(30, 30, 8))
    document.extend_stroke(Dab(40, 30, 8))
    painted = document.mask

    do(document)
    document.extend_stroke(Dab(50, 30, 8))
    document.undo()

    assert document.mask == painted
    assert document.history.steps[0] == "Paint mask"


def test_the_end_of_a_stroke_is_told(document: Document) -> None:
    ends: list[str] = []
    document.stroke_ended.connect(lambda: ends.append("end"))

    document.end_stroke()
    assert ends == []
    paint(document, (20, 20))
    document.begin_stroke(PAINT, Dab(30, 30, 8))
    document.abandon_stroke()

    assert ends == ["end", "end"]
