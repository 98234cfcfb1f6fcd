"""Whatever is done to a document, undo leads back to the start and redo to the end."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink

GREY = Image.filled(Extent(60, 40), (90, 90, 90))
PICTURES = {
    "grey": GREY,
    "red": Image.filled(Extent(60, 40), (200, 0, 0)),
    "wide": Image.filled(Extent(300, 20), (0, 0, 200)),
}


def test_sixty_strokes_take_little_memory() -> None:
    document = Document()
    document.start(Image.filled(Extent(1024, 1024), (0, 0, 0)))
    random = np.random.default_rng(0)
    for _ in range(60):
        document.begin_stroke(Brush(Ink.paint), Dab(*random.uniform(0, 1024, 2), 50))
        for _ in range(8):
            document.extend_stroke(Dab(*random.uniform(0, 1024, 2), 50))
        document.end_stroke()
        document.invert_mask()
    assert document.history.size_bytes < 2_000_000


coordinates = st.tuples(st.floats(-20, 320), st.floats(-20, 60))
changes = st.one_of(
    st.tuples(st.sampled_from(Ink), st.lists(coordinates, min_size=1, max_size=4)),
    st.sampled_from(["invert", "clear", "undo", "redo", "abandon", "close", *PICTURES]),
)


def change_by(document: Document, change: object) -> None:
    match change:
        case (Ink() as ink, list(points)):
            document.begin_stroke(Brush(ink), Dab(*points[0], 10))
            for point in points[1:]:
                document.extend_stroke(Dab(*point, 10))
            document.end_stroke()
        case "invert":
            document.invert_mask()
        case "clear":
            document.clear_mask()
        case "undo":
            document.undo()
        case "redo":
            document.redo()
        case "abandon":
            document.begin_stroke(Brush(Ink.paint), Dab(9, 9, 9))
            document.abandon_stroke()
        case "close":
            document.close()
        case str(name):
            document.place(PICTURES[name])


def state(document: Document) -> tuple[Image | None, bytes]:
    return document.picture, document.mask_pixels.tobytes()


@given(st.lists(changes, max_size=12))
def test_undo_all_is_the_start_and_redo_all_the_end(made: list[object]) -> None:
    document = Document()
    document.start(GREY)
    start = state(document)
    for change in made:
        change_by(document, change)
    while document.history.can_redo:
        document.redo()
    end = state(document)
    while document.history.can_undo:
        document.undo()
    assert state(document) == start
    while document.history.can_redo:
        document.redo()
    assert state(document) == end


@given(st.lists(changes, max_size=12))
def test_the_budget_is_kept(made: list[object]) -> None:
    budget = 4000
    document = Document(budget)
    document.start(GREY)
    for change in made:
        change_by(document, change)
    document.invert_mask()  # what was undone is not held any more
    newest = (4 + 1) * 300 * 20  # bytes: the one step that may be larger
    assert document.history.size_bytes <= budget + newest
