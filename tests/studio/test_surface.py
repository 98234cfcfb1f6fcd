import gc
import weakref

import numpy as np
import pytest

from t2i_studio.core.layers import MASK
from t2i_studio.studio.document import Document
from tests.studio.documents import ERASE, GREY, RED, Heard, noise_rgba, paint


@pytest.fixture
def document() -> Document:
    document = Document()
    document.start(GREY)
    return document


def test_one_layer_that_shows_fully_is_the_composite_itself(document: Document) -> None:
    seen = document.composite_pixels
    assert np.shares_memory(seen, document.layers[0].pixels)
    document.add_layer("Sketch")
    assert not np.shares_memory(document.composite_pixels, document.layers[0].pixels)
    document.change_layer(document.layers[1].id, is_visible=False)
    assert np.shares_memory(document.composite_pixels, document.layers[0].pixels)
    document.change_layer(document.layers[0].id, opacity=0.5)
    assert not np.shares_memory(document.composite_pixels, document.layers[0].pixels)


def test_nothing_can_be_written_to_what_is_shown(document: Document) -> None:
    layer = document.layers[0]
    for pixels in (layer.pixels, document.composite_pixels, document.layer(layer.id).pixels):
        with pytest.raises(ValueError, match="read-only"):
            pixels[0, 0] = 1


def test_the_picture_is_the_composite_on_white(document: Document) -> None:
    document.activate(document.layers[0].id)
    paint(document, (20, 20), brush=ERASE)
    assert document.picture is not None
    assert document.picture.pixels[20, 20].tolist() == [255, 255, 255]
    assert document.picture.pixels[39, 59].tolist() == [90, 90, 90]


def test_the_picture_is_the_same_object_until_it_changes(document: Document) -> None:
    assert document.picture is GREY
    paint(document, (20, 20))
    assert document.picture is GREY
    document.activate(document.layers[0].id)
    paint(document, (20, 20))
    changed = document.picture
    assert changed != GREY
    assert document.picture is changed


def test_what_is_not_there_is_unknown(document: Document) -> None:
    assert (document.unknown, document.has_transparency) == (None, False)
    document.activate(document.layers[0].id)
    paint(document, (20, 20), brush=ERASE)
    assert document.unknown is not None
    assert np.array_equal(document.unknown, document.composite_pixels[..., 3] < 255)
    document.change_layer(document.active, is_visible=False)
    assert document.unknown.all()
    document.add_layer("Under", noise_rgba())
    document.flatten()
    assert document.has_transparency
    document.start()
    assert (document.unknown, document.has_transparency) == (None, False)


def test_a_snapshot_stays_as_it_is(document: Document) -> None:
    layer = document.layers[0].id
    document.activate(layer)
    paint(document, (10, 10))
    content = document.content
    kept = content.layers[0].pixels.copy()
    paint(document, (30, 20))
    document.activate(MASK)
    paint(document, (30, 20))
    assert np.array_equal(content.layers[0].pixels, kept)
    assert content.mask is not None
    assert content.mask.is_empty
    assert (content.extent, content.active) == (GREY.extent, layer)
    with pytest.raises(ValueError, match="read-only"):
        content.layers[0].pixels[0, 0] = 1


def test_without_a_picture_there_is_no_content() -> None:
    content = Document().content
    assert (content.extent, content.layers, content.mask) == (None, (), None)


def test_who_keeps_a_snapshot_gets_the_next_without_what_has_not_changed(
    document: Document,
) -> None:
    document.add_layer("Sketch")
    first = document.content
    document.change_layer(document.active, name="Sky")
    paint(document, (20, 20))
    second = document.content
    assert second.layers[0].pixels is first.layers[0].pixels
    assert second.layers[1].pixels is not first.layers[1].pixels
    assert second.mask == first.mask
    assert document.snapshot(document.active).pixels is second.layers[1].pixels


def test_a_snapshot_nobody_keeps_is_not_kept(document: Document) -> None:
    gone = weakref.ref(document.content.layers[0].pixels)
    gc.collect()
    assert gone() is None
    assert document.content.layers[0].pixels.any()


def test_a_snapshot_of_a_layer_that_came_back_is_a_new_one(document: Document) -> None:
    document.add_layer("Sketch")
    first = document.snapshot(document.active)
    document.undo()
    document.redo()
    assert document.snapshot(first.id).pixels is not first.pixels


def test_a_revision_grows_with_each_change_of_pixels(document: Document) -> None:
    below = document.layers[0].id
    above = document.add_layer("Sketch").id
    assert set(document.revisions) == {MASK, below, above}

    def changed_by(change: object) -> set[str]:
        before = document.revisions
        change()  # type: ignore[operator]  # a lambda
        now = document.revisions
        assert all(now[key] >= value for key, value in before.items() if key in now)
        return {key for key, value in now.items() if value != before.get(key)}

    assert changed_by(lambda: paint(document, (20, 20))) == {above}
    assert changed_by(document.undo) == {above}
    assert changed_by(document.invert_mask) == {MASK}
    assert changed_by(lambda: document.change_layer(above, opacity=0.4)) == set()
    assert changed_by(lambda: document.move_layer(above, 0)) == set()
    assert changed_by(lambda: document.recanvas(document.bounds.padded(1))) == {MASK, below, above}
    assert changed_by(lambda: document.remove_layer(above)) == set()
    assert changed_by(document.undo) == {above}
    assert document.revision_of(above) == document.revisions[above]


def test_a_document_may_be_asked_in_the_middle_of_a_step(document: Document) -> None:
    with document.history.transaction("Both"):
        document.paste(RED)
        assert document.picture == RED
        document.invert_mask()
        assert document.has_mask


def test_all_is_told_in_order_when_a_document_begins(document: Document) -> None:
    heard = Heard(document)
    document.start(RED)
    assert heard.names == ["layers_changed", "picture_changed", "mask_changed"]
    heard.said.clear()
    document.add_layer("Sketch")
    document.start()
    assert heard.names[2:] == [
        "extent_changed",
        "layers_changed",
        "active_changed",
        "picture_changed",
        "mask_changed",
    ]
