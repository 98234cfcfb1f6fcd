"""What is staged, what of it is shown, and what following the newest means."""

import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate, Refine
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.staging import ORIGINAL, Candidate, Staging

IMAGE = Image.filled(Extent(8, 8), (1, 2, 3))
RECIPE = Recipe(
    request=Generate(prompt="x", seed=1),
    model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
    device="cpu",
    dtype="float32",
    numerics={},
    versions={},
)
RESULT = Candidate(IMAGE, RECIPE)


@pytest.fixture
def staging() -> Staging:
    """A staging that somebody waits for."""
    staging = Staging()
    staging.begin()
    return staging


def test_nothing_is_staged_at_first(staging: Staging) -> None:
    assert not staging.is_active
    assert staging.selected is None
    assert staging.length == 1


def test_a_new_result_is_shown(staging: Staging) -> None:
    staging.add(RESULT)
    staging.add(Candidate(IMAGE, RECIPE))
    assert staging.index == 2
    assert staging.selected is staging.candidates[1]


def test_the_preview_is_shown_until_its_picture_is_ready(staging: Staging) -> None:
    staging.preview(IMAGE, Bounds(0, 0, 4, 4))
    assert staging.shows_live
    assert staging.live is not None
    assert staging.live.frame == Bounds(0, 0, 4, 4)
    staging.add(RESULT)
    assert not staging.shows_live
    assert staging.selected is RESULT


def test_who_has_selected_is_left_alone_until_the_next_job(staging: Staging) -> None:
    staging.add(RESULT)
    staging.select(ORIGINAL)
    staging.preview(IMAGE, None)
    staging.add(Candidate(IMAGE, RECIPE))
    assert staging.index == ORIGINAL
    staging.begin()
    staging.preview(IMAGE, None)
    assert staging.shows_live


def test_after_clearing_what_still_comes_stays_in_the_strip(staging: Staging) -> None:
    staging.preview(IMAGE, None)
    staging.clear()
    staging.preview(IMAGE, None)
    staging.add(RESULT)
    assert staging.index == ORIGINAL
    assert staging.candidates == [RESULT]


def test_who_works_on_the_canvas_is_left_alone(staging: Staging) -> None:
    staging.stay()
    staging.preview(IMAGE, None)
    assert not staging.shows_live


def test_stepping_goes_round(staging: Staging) -> None:
    staging.add(RESULT)
    staging.step(+1)
    assert staging.index == ORIGINAL
    staging.step(-1)
    assert staging.index == 1


def test_selecting_beyond_the_end_selects_the_last(staging: Staging) -> None:
    staging.add(RESULT)
    staging.select(99)
    assert staging.index == 1


def test_discard_drops_the_shown_result_only(staging: Staging) -> None:
    other = Candidate(Image.filled(Extent(4, 4), (9, 9, 9)), RECIPE)
    staging.add(RESULT)
    staging.add(other)
    staging.select(1)
    staging.discard()
    assert staging.candidates == [other]
    staging.select(ORIGINAL)
    staging.discard()
    assert staging.candidates == [other]


def test_a_cancelled_preview_goes_back_to_what_there_is(staging: Staging) -> None:
    staging.add(RESULT)
    staging.preview(IMAGE, None)
    staging.end_preview()
    assert staging.selected is RESULT
    staging.end_preview()
    assert staging.selected is RESULT


def test_clear_goes_back_to_the_original_and_says_so_once(staging: Staging) -> None:
    staging.add(RESULT)
    told: list[int] = []
    staging.listed.connect(lambda: told.append(staging.length))
    staging.clear()
    staging.clear()
    assert staging.index == ORIGINAL
    assert told == [1]


def test_clearing_keeps_what_is_nowhere_else(staging: Staging) -> None:
    unsaved = Candidate(Image.filled(Extent(4, 4), (9, 9, 9)), RECIPE, is_saved=False)
    staging.add(RESULT)
    staging.add(unsaved)
    staging.clear()
    assert staging.candidates == [unsaved]
    assert staging.index == ORIGINAL
    staging.select(1)
    staging.discard()
    assert not staging.is_active


def test_a_repaint_lies_where_it_was_asked_for() -> None:
    request = Refine(prompt="x", seed=1, image=IMAGE, strength=0.5)
    recipe = RECIPE.model_copy(update={"request": request})
    candidate = Candidate(IMAGE, recipe, placement=Placement((-3, 5)))
    assert candidate.bounds == Bounds(-3, 5, 8, 8)


def test_a_picture_of_its_own_covers_no_part_of_the_document() -> None:
    assert RESULT.bounds is None
