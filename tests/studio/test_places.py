"""Where results belong, while the document under them is cropped or grows."""

import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate
from t2i_studio.studio.document import Document
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.places import keep_places
from t2i_studio.studio.staging import Candidate, Staging

PICTURE = Image.filled(Extent(64, 48), (1, 2, 3))
REQUEST = Generate(prompt="a fox")
RECIPE = Recipe(
    request=REQUEST,
    model=ModelRef(name="m", title="M", sha256=""),
    device="cpu",
    dtype="float32",
    numerics={},
    versions={},
)


@pytest.fixture
def document() -> Document:
    made = Document()
    made.start(PICTURE)
    return made


def test_a_job_and_its_results_move_once(document: Document) -> None:
    job, staging = Job(REQUEST, Placement((10, 10))), Staging()
    staging.add(Candidate(PICTURE, RECIPE, placement=job.placement))
    keep_places(document, [job], staging)

    document.recanvas(Bounds(4, 6, 30, 30))

    assert job.placement.origin == staging.candidates[0].origin == (6, 4)
    document.undo()
    assert job.placement.origin == (10, 10)


def test_a_draft_of_a_live_mode_moves(document: Document) -> None:
    staging = Staging()
    staging.preview(PICTURE, None, draft := Candidate(PICTURE, RECIPE))
    keep_places(document, (), staging)

    document.recanvas(Bounds(-5, 0, 69, 48))

    assert draft.origin == (5, 0)


def test_what_is_cut_at_the_right_moves_nothing(document: Document) -> None:
    job = Job(REQUEST, Placement((10, 10)))
    keep_places(document, [job], Staging())

    document.recanvas(Bounds(0, 0, 30, 30))

    assert job.placement.origin == (10, 10)
