from collections.abc import Callable

import numpy as np
import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import MASK, Content, opaque, window
from t2i_studio.studio import layer_edits
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink
from tests.studio.documents import (
    ERASE,
    GREY,
    RED,
    WIDE,
    Heard,
    composite_anew,
    noise,
    paint,
    state,
)

WHOLE = Bounds(0, 0, 60, 40)
CHANGES = ("extent_changed", "picture_changed", "mask_changed")


@pytest.fixture
def document() -> Document:
    document = Document()
    document.start(GREY)
    return document


def test_begins_empty() -> None:
    document = Document()
    assert document.picture is None
    assert document.extent is None
    assert document.bounds.is_empty
    assert document.mask_pixels.shape == (0, 0)
    assert not document.has_mask
    assert not document.history.can_undo
    with pytest.raises(LookupError):
        _ = document.mask


def test_start_leaves_nothing_to_undo(document: Document) -> None:
    mask = Mask(np.full((20, 300), 7, np.uint8))
    document.start(WIDE, mask)
    assert document.picture == WIDE
    assert document.mask == mask
    assert not document.history.can_undo


def test_start_with_a_mask_that_does_not_fit_changes_nothing(document: Document) -> None:
    with pytest.raises(ValueError, match="60x40"):
        document.start(WIDE, Mask.empty(Extent(60, 40)))
    assert document.picture == GREY


def test_open_is_one_step_that_also_clears_the_mask(document: Document) -> None:
    paint(document, (20, 20))
    painted = document.mask
    document.open(WIDE, "Open wide.png")
    assert document.mask == Mask.empty(WIDE.extent)
    assert document.history.undo_name == "Open wide.png"
    document.undo()
    assert document.picture == GREY
    assert document.mask == painted
    document.redo()
    assert document.picture == WIDE
    assert not document.has_mask


def test_open_announces_the_extent_first_and_only_if_it_differs(document: Document) -> None:
    heard = Heard(document, *CHANGES)
    document.open(RED)
    document.open(WIDE)
    assert heard.said == [
        ("picture_changed", WHOLE),
        ("mask_changed", WHOLE),
        ("extent_changed", WIDE.extent),
        ("picture_changed", Bounds(0, 0, 300, 20)),
        ("mask_changed", Bounds(0, 0, 300, 20)),
    ]


def test_opening_the_same_picture_again_just_clears_the_mask(document: Document) -> None:
    paint(document, (20, 20))
    document.open(GREY)
    assert not document.has_mask
    document.undo()
    assert document.has_mask


def test_close_can_be_undone(document: Document) -> None:
    heard = Heard(document, *CHANGES)
    document.close()
    assert document.picture is None
    assert heard.said[0] == ("extent_changed", None)
    document.undo()
    assert document.picture == GREY


def test_paste_keeps_only_what_changed_and_clears_the_mask(document: Document) -> None:
    paint(document, (20, 20))
    painted = document.mask
    pixels = GREY.pixels.copy()
    pixels[10:15, 20:30] = 255
    heard = Heard(document, *CHANGES)
    document.paste(Image(pixels))
    assert heard.said[0] == ("picture_changed", Bounds(20, 10, 10, 5))
    assert not document.has_mask
    assert document.history.size_bytes < 1500
    document.undo()
    assert document.picture == GREY
    assert document.mask == painted
    document.redo()
    assert document.picture == Image(pixels)


def test_paste_of_an_equal_picture_without_a_mask_is_no_step(document: Document) -> None:
    document.paste(Image(GREY.pixels.copy()))
    assert not document.history.can_undo


def test_a_stroke_is_one_step(document: Document) -> None:
    paint(document, (10, 10), (30, 20), (50, 10))
    assert document.history.undo_name == "Paint mask"
    assert document.mask.pixels[20, 30] == 255
    document.undo()
    assert not document.has_mask
    assert not document.history.can_undo


def test_erasing_has_its_own_name(document: Document) -> None:
    paint(document, (10, 10))
    paint(document, (10, 10), brush=ERASE)
    assert document.history.undo_name == "Erase mask"


def test_a_stroke_shows_while_it_is_painted(document: Document) -> None:
    heard = Heard(document, *CHANGES)
    document.begin_stroke(Brush(Ink.paint), Dab(20, 20, 4))
    assert document.is_painting
    assert heard.said == [("mask_changed", Bounds(18, 18, 4, 4))]
    assert document.mask_pixels[20, 20] == 255
    assert not document.history.can_undo


def test_a_stroke_that_changes_nothing_is_no_step(document: Document) -> None:
    paint(document, (20, 20), brush=ERASE)
    paint(document, (-90, -90))
    assert not document.history.can_undo


def test_beginning_a_stroke_ends_the_one_before(document: Document) -> None:
    document.begin_stroke(Brush(Ink.paint), Dab(10, 10, 4))
    document.begin_stroke(Brush(Ink.paint), Dab(30, 30, 4))
    document.end_stroke()
    document.undo()
    assert document.mask_pixels[10, 10] == 255
    assert document.mask_pixels[30, 30] == 0


def test_an_abandoned_stroke_leaves_no_trace(document: Document) -> None:
    paint(document, (10, 10))
    before = document.mask
    document.begin_stroke(Brush(Ink.erase), Dab(10, 10, 30))
    document.abandon_stroke()
    assert document.mask == before
    assert document.history.undo_name == "Paint mask"
    assert not document.is_painting


def test_undo_while_painting_takes_back_the_stroke_only(document: Document) -> None:
    paint(document, (10, 10))
    before = document.mask
    document.begin_stroke(Brush(Ink.paint), Dab(30, 30, 9))
    document.undo()
    assert document.mask == before
    document.extend_stroke(Dab(50, 30, 9))
    assert document.mask == before


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.open(RED),
        lambda document: document.paste(RED),
        lambda document: document.close(),
        lambda document: document.clear_mask(),
        lambda document: document.invert_mask(),
        lambda document: document.set_mask(Mask.empty(GREY.extent)),
        lambda document: document.redo(),
    ],
    ids=["open", "paste", "close", "clear", "invert", "set", "redo"],
)
def test_whatever_else_happens_ends_an_unfinished_stroke(
    document: Document, change: Callable[[Document], None]
) -> None:
    document.begin_stroke(Brush(Ink.paint), Dab(30, 30, 9))
    change(document)
    assert not document.is_painting
    while document.history.can_undo:
        document.undo()
    assert document.picture == GREY
    assert not document.has_mask


def test_the_mask_is_a_snapshot_and_the_view_is_not(document: Document) -> None:
    snapshot, view = document.mask, document.mask_pixels
    paint(document, (20, 20))
    assert snapshot.is_empty
    assert view.any()
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0] = 1


def test_set_mask_announces_what_differs(document: Document) -> None:
    pixels = np.zeros((40, 60), np.uint8)
    pixels[3:7, 5:6] = 200
    heard = Heard(document, *CHANGES)
    document.set_mask(Mask(pixels))
    assert heard.said == [("mask_changed", Bounds(5, 3, 1, 4))]
    assert document.mask == Mask(pixels)
    document.undo()
    assert not document.has_mask


def test_set_mask_of_another_size_is_refused(document: Document) -> None:
    with pytest.raises(ValueError, match="3x3"):
        document.set_mask(Mask.empty(Extent(3, 3)))


def test_invert_twice_is_nothing(document: Document) -> None:
    paint(document, (20, 20))
    before = document.mask
    document.invert_mask()
    assert document.mask == before.inverted()
    document.invert_mask()
    assert document.mask == before
    document.undo()
    assert document.mask == before.inverted()


def test_without_a_picture_the_mask_cannot_be_changed() -> None:
    document = Document()
    document.invert_mask()
    document.clear_mask()
    paint(document, (5, 5))
    assert not document.history.can_undo


def test_a_listener_that_fails_leaves_the_step_complete(document: Document) -> None:
    def fail(bounds: Bounds) -> None:
        raise KeyError(bounds)

    document.picture_changed.connect(fail)
    with pytest.raises(Exception, match="fail"):
        document.paste(RED)
    document.picture_changed.disconnect(fail)
    assert document.picture == RED
    document.undo()
    assert document.picture == GREY


def test_a_transaction_around_several_changes_is_one_step(document: Document) -> None:
    heard = Heard(document, *CHANGES)
    with document.history.transaction("Both"):
        document.paste(RED)
        document.invert_mask()
        assert heard.said == []
    assert heard.said == [("picture_changed", WHOLE), ("mask_changed", WHOLE)]
    document.undo()
    assert document.picture == GREY


# layers ----------------------------------------------------------------------------------------


def layered() -> Document:
    """A sketch over noise, and some mask."""
    document = Document()
    document.start(noise())
    document.add_layer("Sketch")
    paint(document, (20, 20), (40, 30), brush=Brush(Ink.paint, 0.2, 0.6, (250, 10, 10)))
    document.activate(MASK)
    paint(document, (30, 20))
    return document


def seen(document: Document) -> Pixels:
    pixels = document.composite_pixels.copy()
    assert np.array_equal(pixels, composite_anew(document))
    return pixels


def half(image: Image) -> Mask:
    pixels = np.zeros(image.pixels.shape[:2], np.uint8)
    pixels[:, ::2] = 255
    pixels[0] = 1
    return Mask(pixels)


def test_begins_with_the_mask_to_work_on_and_a_layer_called_background(document: Document) -> None:
    assert document.active == MASK
    assert [layer.name for layer in document.layers] == ["Background"]


@pytest.mark.parametrize("cover", [None, half(RED)], ids=["everywhere", "in places"])
@pytest.mark.parametrize("as_layer", [None, "Result"])
@pytest.mark.parametrize("at", [(0, 0), (7, -3), (-12, 5), (59, 39)], ids=str)
def test_a_result_is_seen_exactly_where_it_covers(
    at: tuple[int, int], as_layer: str | None, cover: Mask | None
) -> None:
    document, result = layered(), noise(Extent(60, 40), seed=7)
    before = seen(document)
    start = state(document)
    position = document.history.position
    document.paste(result, at, cover, as_layer, "Accept")
    assert (document.history.position, document.history.undo_name) == (position + 1, "Accept")
    assert not document.has_mask

    grown = Bounds(0, 0, 60, 40).union(Bounds(*at, 60, 40))
    assert document.extent == grown.extent
    expected = window(before, grown)
    place = Bounds(*at, 60, 40).moved(-grown.x, -grown.y).slices
    is_new = cover.pixels > 0 if cover else np.ones((40, 60), bool)
    expected[place][is_new] = opaque(result)[is_new]
    assert np.array_equal(seen(document), expected)

    if as_layer:
        top = document.layers[-1]
        assert top.name == "Result"
        alpha = np.zeros((grown.height, grown.width), np.uint8)
        alpha[place][is_new] = 255
        assert np.array_equal(top.pixels[..., 3], alpha)
    assert len(document.layers) == (3 if as_layer else 2)
    end = state(document)
    document.undo()
    assert state(document) == start
    seen(document)
    document.redo()
    assert state(document) == end
    seen(document)


@pytest.mark.parametrize("opacity", [0.5, 1.0])
@pytest.mark.parametrize("hidden", [False, True])
def test_a_result_goes_into_the_topmost_layer_that_shows_if_it_can_be_seen_there(
    opacity: float, hidden: bool
) -> None:
    document = layered()
    below, above = document.layers
    document.change_layer(below.id if hidden else above.id, opacity=opacity)
    document.change_layer(above.id, is_visible=not hidden)
    result = noise(seed=8)
    document.paste(result)
    assert document.picture == result
    names = [layer.name for layer in document.layers]
    assert names == ["Background", "Sketch"] + ([] if opacity == 1 else ["Result"])
    if opacity == 1:
        target = document.layers[0 if hidden else 1]
        assert np.array_equal(target.pixels, opaque(result))


def test_a_result_over_hidden_layers_only_gets_its_own() -> None:
    document = layered()
    for layer in document.layers:
        document.change_layer(layer.id, is_visible=False)
    document.paste(RED)
    assert document.picture == RED
    assert len(document.layers) == 3


def test_what_is_worked_on_stays_so_when_a_result_comes() -> None:
    document = layered()
    document.paste(RED, as_layer="Result")
    assert document.active == MASK
    document.activate(document.layers[1].id)
    document.paste(RED, (3, 3))
    assert document.active == document.layers[1].id


def test_pasting_what_is_there_is_no_step() -> None:
    document = Document()
    document.start(RED)
    document.paste(Image(RED.pixels.copy()))
    assert not document.history.can_undo


class Noted:
    """Another thing that belongs to the step."""

    size_bytes = 5

    def __init__(self) -> None:
        self.is_done = False

    def apply(self, _: object) -> None:
        self.is_done = True

    def revert(self, _: object) -> None:
        self.is_done = False


def test_further_edits_are_part_of_the_step() -> None:
    document, noted = layered(), Noted()
    document.paste(RED, also=[noted])
    assert noted.is_done
    document.undo()
    assert not noted.is_done
    document.redo()
    assert noted.is_done


def test_a_cover_of_another_size_is_refused(document: Document) -> None:
    with pytest.raises(ValueError, match="3x3"):
        document.paste(RED, cover=Mask.empty(Extent(3, 3)))


def test_a_document_begins_with_what_a_project_holds() -> None:
    document = layered()
    document.activate(document.layers[1].id)
    content, before = document.content, state(document)
    other = Document()
    other.start_with(content)
    assert state(other) == before
    assert (other.active, other.history.can_undo) == (document.active, False)
    paint(other, (5, 5))
    assert state(document) == before
    other.start_with(Content())
    assert (other.extent, other.active, other.layers) == (None, MASK, ())


def test_content_without_a_mask_begins_with_a_clear_one() -> None:
    content = layered().content
    document = Document()
    document.start_with(Content(content.extent, content.layers))
    assert not document.has_mask
    assert document.mask.extent == content.extent


@pytest.mark.parametrize(
    "begin",
    [
        lambda document: document.open(RED),
        lambda document: document.start(RED),
        lambda document: document.start_with(layered().content),
        lambda document: document.paste(WIDE),
    ],
    ids=["open", "start", "start with", "place"],
)
def test_too_large_a_picture_is_refused_before_anything_happens(
    document: Document, begin: Callable[[Document], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    paint(document, (20, 20))
    monkeypatch.setattr(layer_edits, "MAX_PIXELS", 999)
    before = state(document)
    with pytest.raises(UserError, match="too large"):
        begin(document)
    assert state(document) == before
    assert document.history.can_undo


def test_open_replaces_all_layers_and_undo_brings_them_back() -> None:
    document = layered()
    document.activate(document.layers[1].id)
    before, active = state(document), document.active
    document.open(WIDE)
    assert document.picture is WIDE
    assert document.active == MASK
    document.undo()
    assert state(document) == before
    assert document.active == active
    seen(document)


def test_pixels_that_are_taken_are_not_copied_unless_they_cannot_be_painted_on() -> None:
    document = Document()
    given = np.full((48, 64, 4), 255, np.uint8)
    document.take(given, "Open")
    assert np.shares_memory(document.layers[0].pixels, given)
    assert (document.active, document.history.undo_name) == (MASK, "Open")
    frozen = given.copy()
    frozen.flags.writeable = False
    document.take(frozen)
    assert not np.shares_memory(document.layers[0].pixels, frozen)
    document.undo()
    assert np.shares_memory(document.layers[0].pixels, given)
    with pytest.raises(UserError, match="too large"):
        document.take(np.broadcast_to(given[:1, :1], (20000, 20000, 4)))


def test_a_result_that_changes_everything_can_be_taken_back() -> None:
    document = Document()
    document.start(Image.filled(Extent(64, 48), (1, 2, 3)))
    before, (layer,) = document.picture, document.layers
    document.paste(Image.filled(Extent(64, 48), (200, 100, 50)))
    assert document.picture == Image.filled(Extent(64, 48), (200, 100, 50))
    assert [each.id for each in document.layers] == [layer.id]
    document.undo()
    assert document.picture == before
    document.redo()
    assert document.picture == Image.filled(Extent(64, 48), (200, 100, 50))
