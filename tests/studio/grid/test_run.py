import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Inpaint, Strip
from t2i_studio.studio.grid.run import GridRun
from t2i_studio.studio.jobs import JobState
from tests.studio.conftest import Bench

PICTURE = Image.filled(Extent(64, 64), (200, 180, 160))


@pytest.fixture
def grid(bench: Bench) -> GridRun:
    grid = bench.session.grid
    grid.x, grid.y = ("decoder-steps", "2,3"), ("seed", "7-9")
    return grid


def test_cells_fill_in_order_and_are_kept_like_any_picture(bench: Bench, grid: GridRun) -> None:
    heard: list[int] = []
    grid.cell_changed.connect(lambda place: heard.append(place))
    job = grid.start()
    assert isinstance(job.request, Strip)
    assert grid.is_busy
    bench.run()

    assert grid.made == 6
    assert not grid.is_busy
    assert sorted(set(heard)) == list(range(6))
    assert len(bench.session.shelf.pictures) == 6
    requests = [cell.recipe.request for cell in grid.cells if cell]
    assert [(each.seed, each.decoder.steps) for each in requests] == [
        (7, 2), (7, 3), (8, 2), (8, 3), (9, 2), (9, 3)
    ]  # fmt: skip
    assert all(cell and cell.path and cell.path.exists() for cell in grid.cells)


def test_nothing_is_staged_until_somebody_wants_a_cell(bench: Bench, grid: GridRun) -> None:
    grid.start()
    bench.run()
    staging = bench.session.staging
    assert staging.candidates == []
    grid.stage(4)
    grid.stage(1)
    grid.stage(4)

    assert [each.recipe.request.seed for each in staging.candidates] == [9, 7]
    assert staging.selected is not None
    assert staging.selected.recipe.request.seed == 9


def test_the_cell_in_work_shows_its_preview(bench: Bench, grid: GridRun) -> None:
    seen: list[int] = []
    grid.cell_changed.connect(lambda _: seen.append(grid.preview[0]) if grid.preview else None)
    grid.start()
    bench.run()

    assert sorted(set(seen)) == list(range(6))
    assert grid.preview is None
    assert bench.session.staging.live is None


def test_how_long_it_takes_is_known_once_a_picture_was_made(bench: Bench, grid: GridRun) -> None:
    found, _ = grid.plan()
    assert grid.seconds(found) is None
    bench.session.generate()
    bench.run()
    seconds = grid.seconds(found)

    assert seconds is not None
    assert seconds > 0


def test_what_is_made_stays_when_it_is_cancelled(bench: Bench, grid: GridRun) -> None:
    def stop(_: int) -> None:
        if grid.made == 2:
            grid.cancel()

    grid.cell_changed.connect(stop)
    grid.start()
    bench.run()

    assert grid.made == 2
    assert not grid.is_busy
    assert [cell is None for cell in grid.cells] == [False, False, True, True, True, True]
    sheet = grid.sheet()
    assert len(sheet.frames) == 2
    assert (sheet.x_title, sheet.y_labels) == ("Decoder steps", ("7", "8", "9"))
    grid.cancel()
    grid.stage(5)
    assert bench.session.staging.candidates == []


def test_what_was_asked_for_before_goes_on_into_the_gallery(bench: Bench, grid: GridRun) -> None:
    grid.start()
    grid.x, grid.y = ("decoder-guidance", "1,2"), ("", "")
    second = grid.start()
    bench.run()

    assert second.state is JobState.finished
    assert grid.made == len(grid.cells) == 2
    assert len(bench.session.shelf.pictures) == 8
    assert bench.session.staging.candidates == []
    assert grid.sheet().y_labels == ()


def test_what_is_left_of_a_grid_goes_where_it_belongs(bench: Bench, grid: GridRun) -> None:
    job = grid.start()
    bench.session.dispatcher.cancel(job)
    bench.run()
    job.made = 4
    bench.session.dispatcher.add(job.rest())
    assert grid.is_busy
    bench.run()

    assert [cell is None for cell in grid.cells] == [True] * 4 + [False] * 2


def test_a_cell_that_the_disk_refuses_is_staged_and_shown(
    bench: Bench, grid: GridRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MachineError("The disk is full.")

    grid.x, grid.y = ("seed", "1"), ("", "")
    monkeypatch.setattr(bench.session.shelf.gallery, "add", full)
    grid.start()
    bench.run()

    assert grid.made == 1
    assert [each.is_saved for each in bench.session.staging.candidates] == [False]
    assert "not saved" in bench.said


@pytest.mark.parametrize(
    ("x", "problem"),
    [(("seed", ""), "no values"), (("colour", "1"), "no axis colour"),
     (("sampler", "magic"), "no sampler"), (("decoder-steps", "1-300 "), "400 are possible")],
)  # fmt: skip
def test_grids_that_cannot_be(
    bench: Bench, grid: GridRun, x: tuple[str, str], problem: str
) -> None:
    grid.x = x
    with pytest.raises(UserError, match=problem):
        grid.start()
    assert grid.grid is None
    assert len(bench.session.jobs) == 0


def test_an_empty_prompt_makes_no_grid(bench: Bench, grid: GridRun) -> None:
    bench.session.settings.prompt = " "
    with pytest.raises(UserError, match="prompt is empty"):
        grid.start()


def test_a_repaint_can_be_seen_at_several_strengths(bench: Bench, grid: GridRun) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    session.document.set_mask(Mask.empty(PICTURE.extent).inverted())
    grid.x, grid.y = ("strength", "0.5, 1"), ("feather", "0, 4")
    grid.start()
    bench.run()

    requests = [cell.recipe.request for cell in grid.cells if cell]
    assert all(isinstance(each, Inpaint) for each in requests)
    assert [(r.strength, r.feather) for r in requests if isinstance(r, Inpaint)] == [
        (0.5, 0), (1.0, 0), (0.5, 4), (1.0, 4)
    ]  # fmt: skip
    grid.stage(3)
    session.accept()
    assert session.document.picture != PICTURE


def test_other_jobs_are_none_of_its_business(bench: Bench, grid: GridRun) -> None:
    grid.start()
    bench.session.generate()
    bench.run()

    assert len(bench.session.staging.candidates) == 1
    assert grid.made == 6
