from pathlib import Path

import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.request import Generate
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.grid.axes import Draft, side
from t2i_studio.studio.grid.plan import Grid, check_size, plan
from t2i_studio.studio.prompting.desk import reader
from t2i_studio.studio.prompting.evaluate import Means
from t2i_studio.studio.prompting.styles import Style
from t2i_studio.studio.prompting.wildcards import Wildcards

STYLES = (Style(name="Loud", prompt="{prompt}!"),)
DRAFT = Draft(Generate(prompt="a {red|blue} cube", seed=5, count=4, rerank=True))


@pytest.fixture
def means(tmp_path: Path) -> Means:
    return Means(Wildcards(tmp_path), STYLES, reader(CAPABILITIES))


def grid(means: Means, x: tuple[str, str], y: tuple[str, str] | None = None) -> Grid:
    return plan(DRAFT, side(*x), side(*y) if y else None, means, CAPABILITIES)


def test_cells_go_row_by_row_and_are_ready_to_run(means: Means) -> None:
    found = grid(means, ("decoder-steps", "2,3"), ("seed", "7-9"))

    assert (found.columns, found.rows) == (2, 3)
    assert [(cell.seed, cell.decoder.steps) for cell in found.cells] == [
        (7, 2), (7, 3), (8, 2), (8, 3), (9, 2), (9, 3)
    ]  # fmt: skip
    assert all((cell.count, cell.rerank) == (1, False) for cell in found.cells)
    assert all(cell.size == CAPABILITIES.sizes[0] for cell in found.cells)
    assert found.strip.frames == found.cells
    assert found.caption(3) == "Decoder steps: 3, Seed: 8"


def test_each_cell_draws_its_words_from_its_own_seed(means: Means) -> None:
    found = grid(means, ("seed", "1-8"))

    assert {cell.prompt for cell in found.cells} == {"a red cube", "a blue cube"}
    assert found.title == "a {red|blue} cube"
    assert found.caption(2) == "Seed: 3"
    assert found.rows == 1


def test_styles_and_search_go_together(means: Means) -> None:
    found = grid(means, ("prompt", "cube, ball"), ("style", "none, Loud"))

    words = [cell.prompt.split()[-1] for cell in found.cells]
    assert words == ["cube", "ball", "cube!", "ball!"]


def test_a_chosen_style_is_that_of_all_cells(means: Means) -> None:
    draft = Draft(DRAFT.request, "Loud")
    found = plan(draft, side("decoder-steps", "2,3"), None, means, CAPABILITIES)

    assert all(cell.prompt.endswith("!") for cell in found.cells)


def test_without_a_seed_all_cells_share_one(means: Means) -> None:
    draft = Draft(Generate(prompt="a cube"))
    found = plan(draft, side("decoder-steps", "2-5"), None, means, CAPABILITIES)

    assert len({cell.seed for cell in found.cells}) == 1
    assert found.cells[0].seed >= 0
    assert found.title == "a cube"


def test_prompts_can_be_left_as_they_are() -> None:
    found = plan(DRAFT, side("seed", "1"), None, None, None)

    assert found.cells[0].prompt == "a {red|blue} cube"


def test_more_cells_than_are_possible_are_refused() -> None:
    x, y = side("decoder-steps", "1-25"), side("seed", "1-17")

    with pytest.raises(UserError, match="25 × 17 are 425 pictures; 400 are possible"):
        check_size(x, y)
    assert check_size(x, None) == 25


@pytest.mark.parametrize(
    ("x", "y", "problem"),
    [
        (("seed", "1"), ("seed", "2"), "Both axes are Seed"),
        (("decoder-steps", "2,9999"), None, "Decoder|steps"),
        (("sampler", "magic"), None, "no sampler 'magic'"),
        (("style", "Lod"), None, "no style Lod. Did you mean Loud"),
        (("prompt", "a {red|blue} cube,"), None, "Nothing is left of the prompt"),
    ],
)
def test_grids_that_cannot_be(
    means: Means, x: tuple[str, str], y: tuple[str, str] | None, problem: str
) -> None:
    with pytest.raises(UserError, match=problem):
        grid(means, x, y)
