"""Whatever is done to a document, undo leads back to the start and redo to the end."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.layers import MASK
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink
from tests.studio.documents import GREY, RED, WIDE, Heard, composite_anew, noise, paint, state

Change = Callable[[Document], object]
NOISE = noise()


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


@dataclass(frozen=True)
class Do:
    """One call of the document; with `layer`, on one of those that there are by then."""

    name: str
    args: tuple[Any, ...] = ()
    how: Mapping[str, Any] = field(default_factory=dict)
    layer: int | None = None

    def __call__(self, document: Document) -> None:
        if self.layer is None:
            getattr(document, self.name)(*self.args, **self.how)
        elif layers := document.layers:
            wanted = layers[self.layer % len(layers)].id
            getattr(document, self.name)(wanted, *self.args, **self.how)


@dataclass(frozen=True)
class Paint:
    """A stroke, which may be left off."""

    brush: Brush
    points: tuple[tuple[float, float], ...]
    is_abandoned: bool

    def __call__(self, document: Document) -> None:
        paint(document, *self.points, brush=self.brush)
        if self.is_abandoned:
            document.begin_stroke(self.brush, Dab(*self.points[-1], 30))
            document.abandon_stroke()


def values(bounds: Bounds) -> Pixels:
    """Return a cover of that size."""
    random = np.random.default_rng(bounds.width)
    return random.integers(0, 256, (bounds.height, bounds.width), np.uint8)


def partial(image: Image) -> Mask:
    return Mask((image.pixels[..., 0] & 1) * np.uint8(255))


numbers = st.integers(0, 3)
coordinates = st.tuples(st.floats(-20, 320), st.floats(-20, 60))
shares = st.sampled_from([0.0, 0.3, 0.5, 1.0])
inks = st.sampled_from(Ink)
brushes = st.builds(Brush, inks, shares, shares, st.just((200, 20, 2)))
paths = st.lists(coordinates, min_size=1, max_size=4).map(tuple)
pictures = st.sampled_from([GREY, RED, WIDE, NOISE])
corners = st.tuples(st.integers(-70, 70), st.integers(-50, 50))
boxes = st.builds(
    Bounds, st.integers(-30, 70), st.integers(-30, 50), st.integers(1, 90), st.integers(1, 60)
)


def calls(name: str, *args: st.SearchStrategy[Any]) -> st.SearchStrategy[Do]:
    return st.builds(Do, st.just(name), st.tuples(*args))


def layer_calls(
    name: str, *args: st.SearchStrategy[Any], **how: st.SearchStrategy[Any]
) -> st.SearchStrategy[Do]:
    return st.builds(Do, st.just(name), st.tuples(*args), st.fixed_dictionaries(how), numbers)


changes = st.one_of(
    st.builds(Paint, brushes, paths, st.booleans()),
    *map(calls, ["undo", "undo", "redo", "invert_mask", "clear_mask", "close", "flatten"]),
    calls("add_layer", st.just("Sketch")),
    calls("activate", st.just(MASK)),
    calls("shift_active", st.integers(-70, 70), st.integers(-50, 50)),
    calls("open", pictures),
    calls("paste", pictures),
    calls("recanvas", boxes),
    st.builds(
        lambda at, ink, opacity: Do("apply_cover", (values(at), at, ink, (7, 8, 9), opacity)),
        boxes,
        inks,
        shares,
    ),
    st.builds(
        lambda image, at, is_partial, title: Do(
            "paste", (image, at, partial(image) if is_partial else None, title)
        ),
        pictures,
        corners,
        st.booleans(),
        st.none() | st.just("Result"),
    ),
    *map(layer_calls, ["activate", "activate", "remove_layer", "duplicate_layer", "merge_down"]),
    layer_calls("move_layer", numbers),
    layer_calls("change_layer", opacity=shares),
    layer_calls("change_layer", is_visible=st.booleans()),
)


def make(document: Document, made: list[Change]) -> None:
    for change in made:
        with suppress(UserError):
            change(document)


@given(st.lists(changes, max_size=12))
def test_undo_all_is_the_start_and_redo_all_the_end(made: list[Change]) -> None:
    document = Document()
    document.start(NOISE)
    start = state(document)
    make(document, made)
    document.history.go_to(len(document.history.steps))
    end = state(document)
    while document.history.can_undo:
        document.undo()
    assert state(document) == start
    while document.history.can_redo:
        document.redo()
    assert state(document) == end
    document.history.go_to(0)
    assert state(document) == start


@given(st.lists(changes, max_size=12))
def test_all_that_is_kept_is_as_if_worked_out_anew(made: list[Change]) -> None:
    document = Document()
    document.start(NOISE)
    for change in made:
        make(document, [change])
        composite = composite_anew(document)
        assert np.array_equal(document.composite_pixels, composite)
        assert document.has_mask == document.mask_pixels.any()
        assert document.has_transparency == (composite[..., 3] < 255).any()
        assert document.active in document.revisions
        assert set(document.revisions) == {MASK, *(layer.id for layer in document.layers)}


class Viewer:
    """Keeps what it sees, and renews only what it is told of."""

    def __init__(self, document: Document) -> None:
        self._document = document
        document.extent_changed.connect(lambda _: self._look())
        document.picture_changed.connect(self._look_at_picture)
        document.mask_changed.connect(self._look_at_mask)
        self._look()

    def _look(self) -> None:
        self.picture = self._document.composite_pixels.copy()
        self.mask = self._document.mask_pixels.copy()

    def _look_at_picture(self, bounds: Bounds) -> None:
        self.picture[bounds.slices] = self._document.composite_pixels[bounds.slices]

    def _look_at_mask(self, bounds: Bounds) -> None:
        self.mask[bounds.slices] = self._document.mask_pixels[bounds.slices]


@given(st.lists(changes, max_size=12))
def test_who_follows_the_signals_sees_everything(made: list[Change]) -> None:
    document = Document()
    document.start(NOISE)
    viewer = Viewer(document)
    for change in made:
        make(document, [change])
        assert np.array_equal(viewer.picture, document.composite_pixels)
        assert np.array_equal(viewer.mask, document.mask_pixels)


@given(st.lists(changes, max_size=12))
def test_who_follows_the_signals_knows_layers_and_what_is_active(made: list[Change]) -> None:
    document = Document()
    document.start(NOISE)
    heard = Heard(document, "layers_changed", "active_changed")

    def known() -> tuple[object, ...]:
        layers = [
            (layer.id, layer.name, layer.is_visible, layer.opacity) for layer in document.layers
        ]
        return layers, document.active

    for change in made:
        before = known()
        heard.said.clear()
        make(document, [change])
        after = known()
        assert before[0] == after[0] or "layers_changed" in heard.names
        assert before[1] == after[1] or "active_changed" in heard.names


@given(st.lists(changes, max_size=12))
def test_the_budget_is_kept(made: list[Change]) -> None:
    budget = 40_000
    document = Document(budget)
    document.start(NOISE)
    make(document, made)
    if document.extent:
        document.invert_mask()  # what was undone is not held any more
    newest = document.history.position == 1
    assert newest or document.history.can_redo or document.history.size_bytes <= budget
