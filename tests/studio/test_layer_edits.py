import numpy as np
import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import MAX_PIXELS, Pixels
from t2i_studio.core.layers import MASK, clear, opaque
from t2i_studio.studio import layer_edits
from t2i_studio.studio.document import Document
from t2i_studio.studio.layer_edits import MAX_BYTES, require_room
from t2i_studio.studio.strokes import Brush, Ink
from tests.studio.documents import (
    GREY,
    RED,
    SMALL,
    Heard,
    composite_anew,
    noise_rgba,
    paint,
    state,
)

WHOLE = Bounds.at_origin(SMALL)


@pytest.fixture
def document() -> Document:
    """Two layers, A below and B above, and some mask."""
    document = Document()
    document.start(GREY)
    paint(document, (30, 20))
    first = document.layers[0]
    document.change_layer(first.id, name="A")
    document.add_layer("B", noise_rgba())
    document.activate(MASK)
    return document


def names(document: Document) -> list[str]:
    return [layer.name for layer in document.layers]


def id_of(document: Document, name: str) -> str:
    return next(layer.id for layer in document.layers if layer.name == name)


def undone_and_redone(document: Document) -> None:
    """The last step leads there and back, and the composite with it."""
    after = state(document)
    document.undo()
    before = state(document)
    assert before != after
    assert np.array_equal(document.composite_pixels, composite_anew(document))
    document.redo()
    assert state(document) == after
    document.undo()
    assert state(document) == before
    document.redo()
    assert np.array_equal(document.composite_pixels, composite_anew(document))


def test_a_new_layer_is_clear_lies_over_the_active_one_and_is_worked_on(document: Document) -> None:
    document.activate(id_of(document, "A"))
    layer = document.add_layer("Sketch")
    assert names(document) == ["A", "Sketch", "B"]
    assert not layer.pixels.any()
    assert document.active_layer is not None
    assert document.active_layer.id == layer.id
    assert document.history.undo_name == "Add layer"
    undone_and_redone(document)


def test_while_the_mask_is_worked_on_a_new_layer_lies_on_top(document: Document) -> None:
    document.add_layer("Sketch")
    assert names(document) == ["A", "B", "Sketch"]


def test_an_empty_layer_changes_nothing_that_can_be_seen(document: Document) -> None:
    before = document.composite_pixels.copy()
    heard = Heard(document)
    document.add_layer("Sketch")
    assert heard.names == ["layers_changed", "active_changed"]
    assert np.array_equal(document.composite_pixels, before)


def test_a_layer_with_pixels_is_a_copy_of_them(document: Document) -> None:
    pixels = clear(SMALL)
    pixels[3:5, 7:17] = 255
    heard = Heard(document, "picture_changed")
    layer = document.add_layer("Text", pixels, "Add text")
    pixels[:] = 0
    assert layer.pixels[3, 7].tolist() == [255] * 4
    assert heard.said == [("picture_changed", Bounds(7, 3, 10, 2))]
    assert document.history.undo_name == "Add text"


def test_a_layer_can_be_the_first_one() -> None:
    document = Document()
    document.add_layer("Pasted", opaque(RED))
    assert document.picture == RED
    assert not document.has_mask
    document.undo()
    assert document.extent is None
    assert document.active == MASK


@pytest.mark.parametrize(
    "pixels",
    [clear(Extent(3, 3)), np.zeros((40, 60, 3), np.uint8), np.zeros((40, 60, 4), np.uint16)],
    ids=["another size", "no alpha", "another type"],
)
def test_a_layer_that_does_not_fit_is_refused(document: Document, pixels: Pixels) -> None:
    with pytest.raises(ValueError, match="60x40"):
        document.add_layer("Bad", pixels)
    assert names(document) == ["A", "B"]


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.add_layer("Empty"),
        lambda document: document.flatten(),
        lambda document: document.recanvas(Bounds(0, 0, 3, 3)),
        lambda document: document.paste(RED),
    ],
    ids=["add", "flatten", "recanvas", "paste"],
)
def test_what_needs_a_picture_says_so(change: object) -> None:
    document = Document()
    with pytest.raises(UserError, match="There is no picture"):
        change(document)  # type: ignore[operator]  # a lambda
    assert not document.history.can_undo


def test_a_duplicate_lies_over_its_layer_and_shares_nothing_with_it(document: Document) -> None:
    first = id_of(document, "A")
    document.change_layer(first, opacity=0.5)
    copy = document.duplicate_layer(first)
    assert names(document) == ["A", "A copy", "B"]
    assert (copy.opacity, document.active) == (0.5, copy.id)
    before = document.layer(first).pixels.copy()
    paint(document, (10, 10), brush=Brush(Ink.paint, colour=(1, 2, 3)))
    assert np.array_equal(document.layer(first).pixels, before)
    undone_and_redone(document)


@pytest.mark.parametrize(
    ("active", "removed", "now"),
    [("B", "B", "A"), ("A", "A", "B"), ("A", "B", "A"), (MASK, "B", MASK)],
)
def test_the_neighbour_of_a_removed_layer_is_worked_on(
    document: Document, active: str, removed: str, now: str
) -> None:
    document.activate(MASK if active == MASK else id_of(document, active))
    document.remove_layer(id_of(document, removed))
    assert document.active == (MASK if now == MASK else id_of(document, now))
    undone_and_redone(document)


def test_undo_of_a_removal_works_on_that_layer_again(document: Document) -> None:
    removed = id_of(document, "B")
    document.activate(removed)
    document.remove_layer(removed)
    document.undo()
    assert document.active == removed


def test_the_last_layer_stays(document: Document) -> None:
    document.remove_layer(id_of(document, "A"))
    with pytest.raises(UserError, match="Close the picture"):
        document.remove_layer(id_of(document, "B"))
    assert names(document) == ["B"]


@pytest.mark.parametrize(
    ("to_index", "expected"), [(0, "CAB"), (1, "ACB"), (9, "ABC"), (-3, "CAB")]
)
def test_a_layer_moves_to_a_place(document: Document, to_index: int, expected: str) -> None:
    document.add_layer("C")
    document.move_layer(id_of(document, "C"), to_index)
    assert "".join(names(document)) == expected


def test_moving_changes_what_is_seen(document: Document) -> None:
    before = document.composite_pixels.copy()
    document.move_layer(id_of(document, "A"), 1)
    assert not np.array_equal(document.composite_pixels, before)
    undone_and_redone(document)


def test_moving_a_layer_to_where_it_is_is_no_step(document: Document) -> None:
    before = document.history.position
    document.move_layer(id_of(document, "B"), 5)
    assert document.history.position == before


def test_merged_layers_look_as_before(document: Document) -> None:
    document.change_layer(id_of(document, "B"), opacity=0.4)
    before = document.composite_pixels.copy()
    document.merge_down(id_of(document, "B"))
    (merged,) = document.layers
    assert (merged.name, merged.opacity) == ("A", 1.0)
    assert np.array_equal(document.composite_pixels, before)
    undone_and_redone(document)


@pytest.mark.parametrize(("active", "expected"), [(MASK, MASK), ("A", "A"), ("B", "A"), ("C", "C")])
def test_who_worked_on_a_merged_layer_works_on_what_it_became(
    document: Document, active: str, expected: str
) -> None:
    document.add_layer("C")
    document.activate(MASK if active == MASK else id_of(document, active))
    document.merge_down(id_of(document, "B"))
    assert document.active == (MASK if expected == MASK else id_of(document, expected))


def test_the_lowest_layer_has_nothing_to_merge_with(document: Document) -> None:
    with pytest.raises(UserError, match="no layer below"):
        document.merge_down(id_of(document, "A"))


@pytest.mark.parametrize("hidden", ["A", "B"])
def test_a_hidden_layer_is_not_merged_away(document: Document, hidden: str) -> None:
    document.change_layer(id_of(document, hidden), is_visible=False)
    with pytest.raises(UserError, match="hidden"):
        document.merge_down(id_of(document, "B"))
    assert names(document) == ["A", "B"]


def test_a_flat_picture_looks_as_before_and_has_one_layer(document: Document) -> None:
    document.change_layer(id_of(document, "A"), opacity=0.6)
    document.duplicate_layer(id_of(document, "B"))
    document.change_layer(document.active, is_visible=False)
    before = document.composite_pixels.copy()
    document.flatten()
    assert np.array_equal(document.composite_pixels, before)
    assert names(document) == ["A"]
    assert document.active == document.layers[0].id
    undone_and_redone(document)


def test_flattening_keeps_the_mask_as_what_is_worked_on(document: Document) -> None:
    document.flatten()
    assert document.active == MASK
    assert document.has_mask


def test_flattening_what_is_flat_is_no_step() -> None:
    document = Document()
    document.start(GREY)
    document.flatten()
    assert not document.history.can_undo


def test_of_hidden_layers_alone_no_picture_is_made(document: Document) -> None:
    for layer in document.layers:
        document.change_layer(layer.id, is_visible=False)
    with pytest.raises(UserError, match="hidden"):
        document.flatten()


def test_dragging_a_slider_is_one_step(document: Document) -> None:
    layer = id_of(document, "B")
    before = document.history.position
    heard = Heard(document)
    for opacity in (0.9, 0.5, 0.2):
        document.change_layer(layer, opacity=opacity)
        assert np.array_equal(document.composite_pixels, composite_anew(document))
    assert document.history.position == before + 1
    assert document.history.undo_name == "Layer opacity"
    assert heard.names == ["layers_changed", "picture_changed"] * 3
    document.undo()
    assert document.layer(layer).opacity == 1.0


def test_a_slider_that_comes_back_leaves_no_step(document: Document) -> None:
    before = document.history.position
    document.change_layer(id_of(document, "B"), opacity=0.5)
    document.change_layer(id_of(document, "B"), opacity=1.0)
    assert document.history.position == before
    assert np.array_equal(document.composite_pixels, composite_anew(document))


def test_changes_of_another_property_or_layer_are_steps_of_their_own(document: Document) -> None:
    before = document.history.position
    document.change_layer(id_of(document, "B"), opacity=0.5)
    document.change_layer(id_of(document, "A"), opacity=0.5)
    document.change_layer(id_of(document, "A"), is_visible=False)
    document.change_layer(id_of(document, "A"), name="Z", opacity=0.2)
    assert document.history.steps[before:] == (
        "Layer opacity",
        "Layer opacity",
        "Show or hide layer",
        "Change layer",
    )
    undone_and_redone(document)


def test_a_new_name_changes_nothing_that_can_be_seen(document: Document) -> None:
    heard = Heard(document)
    picture = document.picture
    document.change_layer(id_of(document, "B"), name="Sky")
    assert names(document) == ["A", "Sky"]
    assert heard.names == ["layers_changed"]
    assert document.picture is picture


def test_a_change_to_what_is_already_so_is_no_step(document: Document) -> None:
    before = document.history.position
    document.change_layer(id_of(document, "B"), name="B", opacity=1.0)
    document.change_layer(id_of(document, "B"))
    assert document.history.position == before


@pytest.mark.parametrize("opacity", [-0.1, 1.1, float("nan")])
def test_an_opacity_beyond_its_range_is_refused(document: Document, opacity: float) -> None:
    with pytest.raises(ValueError, match="opacity"):
        document.change_layer(id_of(document, "B"), opacity=opacity)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.remove_layer("none"),
        lambda document: document.duplicate_layer("none"),
        lambda document: document.move_layer("none", 0),
        lambda document: document.merge_down("none"),
        lambda document: document.change_layer("none", name="x"),
        lambda document: document.activate("none"),
        lambda document: document.layer("none"),
        lambda document: document.snapshot("none"),
        lambda document: document.remove_layer(MASK),
    ],
)
def test_a_layer_that_is_not_there_is_told(document: Document, change: object) -> None:
    before = state(document)
    with pytest.raises(LookupError):
        change(document)  # type: ignore[operator]  # a lambda
    assert state(document) == before


@pytest.mark.parametrize(
    "bounds",
    [Bounds(10, 5, 20, 30), Bounds(-7, -3, 80, 60), Bounds(50, 30, 20, 20), Bounds(-10, 0, 60, 40)],
    ids=["crop", "extend", "both", "same size"],
)
def test_the_canvas_becomes_a_window_on_itself(document: Document, bounds: Bounds) -> None:
    layers, mask = [layer.pixels.copy() for layer in document.layers], document.mask_pixels.copy()
    heard = Heard(document)
    document.recanvas(bounds, "Crop")

    def seen(pixels: Pixels) -> Pixels:
        around = [(100, 100), (100, 100), (0, 0)][: pixels.ndim]
        return np.pad(pixels, around)[bounds.moved(100, 100).slices]

    for layer, before in zip(document.layers, layers, strict=True):
        assert np.array_equal(layer.pixels, seen(before))
    assert np.array_equal(document.mask_pixels, seen(mask))
    assert document.extent == bounds.extent
    assert document.history.undo_name == "Crop"
    is_resized = bounds.extent != SMALL
    assert heard.names == [
        *(["extent_changed"] if is_resized else []),
        "layers_changed",
        "picture_changed",
        "mask_changed",
    ]
    assert np.array_equal(document.composite_pixels, composite_anew(document))
    undone_and_redone(document)


def test_the_canvas_as_it_is_is_no_step(document: Document) -> None:
    before = document.history.position
    document.recanvas(WHOLE)
    assert document.history.position == before


@pytest.mark.parametrize(
    "bounds", [Bounds(60, 0, 10, 10), Bounds(-9, -9, 9, 9), Bounds(3, 3, 0, 0)]
)
def test_a_window_beside_the_picture_is_refused(document: Document, bounds: Bounds) -> None:
    before = state(document)
    with pytest.raises(UserError, match="Nothing of the picture"):
        document.recanvas(bounds)
    assert state(document) == before


def test_too_large_a_canvas_is_refused_before_anything_happens(document: Document) -> None:
    before = state(document)
    side = int(MAX_PIXELS**0.5) + 1
    with pytest.raises(UserError, match=r"too large.*100 megapixels"):
        document.recanvas(Bounds(0, 0, side, side))
    assert state(document) == before


def test_more_layers_than_memory_holds_are_refused() -> None:
    extent = Extent(4096, 4096)
    require_room(extent, MAX_BYTES // (4 * extent.area))
    with pytest.raises(UserError, match="33 layers of 4096x4096"):
        require_room(extent, MAX_BYTES // (4 * extent.area) + 1)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.add_layer("C"),
        lambda document: document.duplicate_layer(document.layers[0].id),
        lambda document: document.paste(GREY, as_layer="C"),
        lambda document: document.recanvas(Bounds(0, 0, 60, 41)),
        lambda document: document.paste(GREY, at=(0, 1)),
    ],
    ids=["add", "duplicate", "paste", "recanvas", "grow"],
)
def test_whatever_needs_more_memory_than_there_is_says_so(
    document: Document, change: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer_edits, "MAX_BYTES", 2 * 4 * SMALL.area)
    before = state(document)
    with pytest.raises(UserError, match="Merge layers, or crop"):
        change(document)  # type: ignore[operator]  # a lambda
    assert state(document) == before


class Exhausting:
    size_bytes = 0

    def apply(self, _: object) -> None:
        raise MemoryError

    revert = apply


def test_when_memory_runs_out_everything_is_as_before(document: Document) -> None:
    before = state(document)
    with pytest.raises(MachineError, match="not enough memory"):
        document.paste(RED, also=[Exhausting()])
    assert state(document) == before
    assert np.array_equal(document.composite_pixels, composite_anew(document))


def test_a_step_counts_only_what_it_alone_holds(document: Document) -> None:
    size, layer_bytes = document.history.size_bytes, 4 * SMALL.area
    document.add_layer("C")
    document.move_layer(document.active, 0)
    document.change_layer(document.active, opacity=0.5)
    assert document.history.size_bytes == size
    document.remove_layer(document.active)
    assert document.history.size_bytes == size + layer_bytes
    document.history.go_to(document.history.position - 3)
    assert document.history.size_bytes == size
    document.undo()
    assert document.history.size_bytes == size + layer_bytes
