from collections.abc import Callable

import numpy as np
import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink

GREY = Image.filled(Extent(60, 40), (90, 90, 90))
RED = Image.filled(Extent(60, 40), (200, 0, 0))
WIDE = Image.filled(Extent(300, 20), (0, 0, 200))
WHOLE = Bounds(0, 0, 60, 40)


class Heard:
    """What a document has said, in order."""

    def __init__(self, document: Document) -> None:
        self.said: list[tuple[str, object]] = []
        for name in ("extent_changed", "picture_changed", "mask_changed"):
            getattr(document, name).connect(self._listener(name))

    def _listener(self, name: str) -> Callable[[object], None]:
        def hear(what: object) -> None:
            self.said.append((name, what))

        return hear


@pytest.fixture
def document() -> Document:
    document = Document()
    document.start(GREY)
    return document


def paint(document: Document, *points: tuple[float, float], ink: Ink = Ink.paint) -> None:
    document.begin_stroke(Brush(ink), Dab(*points[0], 10))
    for point in points[1:]:
        document.extend_stroke(Dab(*point, 10))
    document.end_stroke()


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
    heard = Heard(document)
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
    heard = Heard(document)
    document.close()
    assert document.picture is None
    assert heard.said[0] == ("extent_changed", None)
    document.undo()
    assert document.picture == GREY


def test_place_keeps_only_what_changed_and_clears_the_mask(document: Document) -> None:
    paint(document, (20, 20))
    painted = document.mask
    pixels = GREY.pixels.copy()
    pixels[10:15, 20:30] = 255
    heard = Heard(document)
    document.place(Image(pixels))
    assert heard.said[0] == ("picture_changed", Bounds(20, 10, 10, 5))
    assert not document.has_mask
    assert document.history.size_bytes < 1500
    document.undo()
    assert document.picture == GREY
    assert document.mask == painted
    document.redo()
    assert document.picture == Image(pixels)


def test_place_of_an_equal_picture_without_a_mask_is_no_step(document: Document) -> None:
    document.place(Image(GREY.pixels.copy()))
    assert not document.history.can_undo


@pytest.mark.parametrize("before", [None, WIDE], ids=["nothing", "another size"])
def test_place_on_another_extent_opens(before: Image | None) -> None:
    document = Document()
    document.start(before)
    document.place(RED)
    assert document.picture == RED
    assert document.history.undo_name == "Accept result"
    document.undo()
    assert document.picture == before


def test_a_stroke_is_one_step(document: Document) -> None:
    paint(document, (10, 10), (30, 20), (50, 10))
    assert document.history.undo_name == "Paint mask"
    assert document.mask.pixels[20, 30] == 255
    document.undo()
    assert not document.has_mask
    assert not document.history.can_undo


def test_erasing_has_its_own_name(document: Document) -> None:
    paint(document, (10, 10))
    paint(document, (10, 10), ink=Ink.erase)
    assert document.history.undo_name == "Erase mask"


def test_a_stroke_shows_while_it_is_painted(document: Document) -> None:
    heard = Heard(document)
    document.begin_stroke(Brush(Ink.paint), Dab(20, 20, 4))
    assert document.is_painting
    assert heard.said == [("mask_changed", Bounds(18, 18, 4, 4))]
    assert document.mask_pixels[20, 20] == 255
    assert not document.history.can_undo


def test_a_stroke_that_changes_nothing_is_no_step(document: Document) -> None:
    paint(document, (20, 20), ink=Ink.erase)
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
        lambda document: document.place(RED),
        lambda document: document.close(),
        lambda document: document.clear_mask(),
        lambda document: document.invert_mask(),
        lambda document: document.set_mask(Mask.empty(GREY.extent)),
        lambda document: document.redo(),
    ],
    ids=["open", "place", "close", "clear", "invert", "set", "redo"],
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
    heard = Heard(document)
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
        document.place(RED)
    document.picture_changed.disconnect(fail)
    assert document.picture == RED
    document.undo()
    assert document.picture == GREY


def test_a_transaction_around_several_changes_is_one_step(document: Document) -> None:
    heard = Heard(document)
    with document.history.transaction("Both"):
        document.place(RED)
        document.invert_mask()
        assert heard.said == []
    assert heard.said == [("picture_changed", WHOLE), ("mask_changed", WHOLE)]
    document.undo()
    assert document.picture == GREY
