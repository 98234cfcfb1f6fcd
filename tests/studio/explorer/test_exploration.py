from dataclasses import replace

import numpy as np
import pytest

from t2i_studio.core.concept import (
    Concept,
    FromEmbedding,
    FromPicture,
    Mix,
    Reconstruct,
    Shift,
    TextDiff,
)
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings, Space, Vectors
from t2i_studio.core.request import Decode
from t2i_studio.studio.explorer.exploration import DiffRow, Exploration, Pick

RED = Image.filled(Extent(4, 4), (200, 40, 40))
SPACE, OTHER = Space(id="here", dim=3), Space(id="there", dim=3)
BASIS = Basis(
    space=SPACE,
    mean=Vectors(np.zeros((1, 3))),
    components=Vectors(np.eye(3)[:2]),
    variances=(2.0, 1.0),
    total_variance=4.0,
    count=9,
)
DIFF = TextDiff(before="a", after="b", theta=0.3)


def embedding(space: Space) -> Pick:
    known = Embeddings(space=space, vectors=Vectors(np.ones((1, 3))))
    return Pick.embedding(FromEmbedding(embedding=known))


def test_edits_are_diffs_in_order_then_components() -> None:
    rows = (DiffRow("a", "b", 0.3), DiffRow("c", "", 0.5), DiffRow("d", "e", 0.2))
    state = Exploration(
        origin=Pick.picture(RED), rows=rows, basis=BASIS, shifts=(0.0, -1.5), kept=1
    )
    concept = state.concept
    assert concept is not None
    assert [edit.kind for edit in concept.edits] == [
        *("text_diff", "text_diff"),
        *("reconstruct", "shift"),
    ]
    assert concept.edits[2] == Reconstruct(basis=BASIS.first(1))
    assert concept.edits[3] == Shift(basis=BASIS.only(1), amount=-1.5)


def test_without_edits_every_slider_rests_and_what_it_is_for_stays() -> None:
    state = Exploration(rows=(DiffRow("a", "b", 0.3),), basis=BASIS, shifts=(1.0, 0.0), kept=2)
    still = state.without_edits()
    assert still.edits == ()
    assert still.rows == (DiffRow("a", "b", 0.0),)
    assert still.basis == BASIS


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param((DIFF,), id="a diff"),
        pytest.param((DIFF, Shift(basis=BASIS.only(0), amount=1)), id="then a component"),
        pytest.param((Reconstruct(basis=BASIS), DIFF), id="a component, then a diff"),
    ],
)
def test_a_request_comes_back_with_its_concept(edits: tuple[TextDiff, ...]) -> None:
    concept = Concept(base=FromPicture(image=RED), edits=edits)
    state = Exploration.of(Decode(concept=concept, noise="drawn", seed=4))
    assert state.concept == concept
    assert state.seed == 4
    assert not state.is_inverted


def test_a_mix_comes_back_with_its_board() -> None:
    starts = tuple(FromPicture(image=RED) for _ in range(3))
    concept = Concept(base=Mix(corners=starts, x=0.2, y=0.7))
    state = Exploration.of(Decode(concept=concept, noise="inverted"))
    assert state.concept == concept
    assert state.point == (0.2, 0.7)
    assert state.is_inverted


def test_another_space_keeps_what_belongs_to_every_space() -> None:
    state = Exploration(
        origin=embedding(SPACE),
        corners=(Pick.picture(RED), embedding(SPACE), embedding(OTHER), None),
        rows=(DiffRow("a", "b", 0.3),),
        basis=BASIS,
        shifts=(1.0, 0.0),
        extra=(Shift(basis=BASIS.only(0), amount=1),),
    )
    there = state.in_space(OTHER)
    assert there.origin is None
    assert there.corners == (Pick.picture(RED), None, embedding(OTHER), None)
    assert (there.basis, there.shifts, there.extra) == (None, (), ())
    assert there.rows == state.rows
    assert state.in_space(SPACE) == replace(state, corners=(*state.corners[:2], None, None))
