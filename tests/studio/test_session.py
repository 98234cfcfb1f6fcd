"""From Generate to a saved, staged and accepted picture, without Qt and torch."""

import numpy as np
import pytest

from t2i_studio.core.capabilities import Stage
from t2i_studio.core.errors import Blame, MachineError, UserError
from t2i_studio.core.events import Cancelled, Failed, Loading, Progress
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import ModelRef
from t2i_studio.core.request import Generate, Inpaint
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.compose import Task
from t2i_studio.studio.frame import Direction
from t2i_studio.studio.jobs import JobState
from t2i_studio.studio.notices import Level
from t2i_studio.studio.session import Session, describe
from t2i_studio.studio.stages import StageState
from t2i_studio.studio.strokes import Brush, Dab, Ink
from tests.studio.conftest import PICTURE, Bench


def half_mask(extent: Extent) -> Mask:
    pixels = np.zeros((extent.height, extent.width), np.uint8)
    pixels[:, : extent.width // 2] = 255
    return Mask(pixels)


def test_generate_ends_in_a_saved_and_staged_picture(bench: Bench) -> None:
    job = bench.session.generate()
    bench.run()
    assert job is not None
    assert job.state is JobState.finished
    [candidate] = bench.session.staging.candidates
    [saved] = bench.session.shelf.pictures
    assert read_picture(saved.path) == candidate.image


def test_a_picture_is_on_disk_before_it_is_shown(bench: Bench) -> None:
    shown_after_saved = []
    staging, gallery = bench.session.staging, bench.session.shelf.gallery
    staging.listed.connect(
        lambda: staging.candidates and shown_after_saved.append(bool(gallery.newest(1)))
    )
    bench.session.generate()
    bench.run()
    assert shown_after_saved
    assert all(shown_after_saved)


def test_each_press_snapshots_the_settings(bench: Bench) -> None:
    bench.session.settings.seed = 1
    first = bench.session.generate()
    bench.session.settings.prompt, bench.session.settings.seed = "a blue star", 2
    second = bench.session.generate()
    bench.run()
    assert first is not None
    assert second is not None
    assert [job.request.prompt for job in (first, second)] == ["a red cube", "a blue star"]
    assert [c.recipe.request.seed for c in bench.session.staging.candidates] == [1, 2]


def test_random_seeds_are_drawn_before_the_job_waits(bench: Bench) -> None:
    seeds = {job.request.seed for _ in range(4) if (job := bench.session.generate())}
    assert len(seeds) == 4
    assert min(seeds) >= 0


def test_the_seed_that_ran_can_be_reused(bench: Bench) -> None:
    heard: list[int] = []
    bench.session.last_seed_changed.connect(heard.append)
    job = bench.session.generate()
    bench.run()
    assert job is not None
    assert heard == [job.request.seed] == [bench.session.last_seed]


def test_an_empty_prompt_is_a_notice_and_no_job(bench: Bench) -> None:
    bench.session.settings.prompt = "  \n"
    assert bench.session.generate() is None
    assert "prompt is empty" in bench.said
    assert len(bench.session.jobs) == 0


def test_a_mask_makes_the_job_an_inpainting(bench: Bench) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    session.document.set_mask(half_mask(PICTURE.extent))
    job = session.generate()
    bench.run()
    assert job is not None
    assert isinstance(job.request, Inpaint)
    [candidate] = session.staging.candidates
    kept = slice(PICTURE.extent.width // 2, None)
    assert np.array_equal(candidate.image.pixels[:, kept], PICTURE.pixels[:, kept])
    assert candidate.image != PICTURE


def test_accept_is_one_undo_step_that_brings_back_picture_and_mask(bench: Bench) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    mask = half_mask(PICTURE.extent)
    session.document.set_mask(mask)
    session.generate()
    bench.run()
    result = session.staging.candidates[0].image
    session.accept()
    assert session.document.picture == result
    assert not session.document.has_mask
    assert not session.staging.is_active
    session.document.undo()
    assert session.document.picture == PICTURE
    assert session.document.mask == mask


def test_accepting_a_repaint_keeps_what_was_done_elsewhere_meanwhile(bench: Bench) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    session.document.set_mask(half_mask(PICTURE.extent))
    session.generate()
    bench.run()
    changed = PICTURE.pixels.copy()
    changed[:, -4:] = 7
    session.document.paste(Image(changed), name="Something else")
    session.accept()
    assert session.document.picture is not None
    assert (session.document.picture.pixels[:, -4:] == 7).all()
    assert (session.document.picture.pixels[:, :4] != PICTURE.pixels[:, :4]).any()


def test_a_new_picture_replaces_one_of_another_size(bench: Bench) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    session.generate()
    bench.run()
    session.accept()
    assert session.document.extent == Extent(256, 256)


def test_a_new_picture_of_the_same_size_takes_its_place(bench: Bench) -> None:
    session = bench.session
    session.open_picture(Image.filled(Extent(256, 256), (1, 2, 3)))
    session.generate()
    bench.run()
    result = session.staging.candidates[0].image
    session.accept()
    assert session.document.picture == result


def test_accept_without_a_result_does_nothing(bench: Bench) -> None:
    bench.session.accept()
    assert bench.session.document.picture is None


def test_opening_a_picture_leaves_the_staging(bench: Bench) -> None:
    bench.session.generate()
    bench.run()
    bench.session.open_picture(PICTURE)
    assert not bench.session.staging.is_active
    assert bench.session.document.picture == PICTURE


def test_a_failed_save_keeps_the_picture_and_offers_to_try_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MachineError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(bench.session.shelf.gallery, "add", full)
        bench.session.generate()
        bench.run()
    [candidate] = bench.session.staging.candidates
    assert not candidate.is_saved
    assert "not saved: The disk is full." in bench.said
    retry = bench.notices[-1].action
    assert retry is not None
    retry()
    assert len(bench.session.shelf.pictures) == 1
    assert [c.is_saved for c in bench.session.staging.candidates] == [True]


def test_cancelled_while_waiting_never_starts(bench: Bench) -> None:
    job = bench.session.generate()
    assert job is not None
    bench.session.cancel(job)
    bench.run()
    assert job.state is JobState.cancelled
    assert bench.session.shelf.pictures == []


def test_cancel_all_leaves_nothing_in_the_queue(bench: Bench) -> None:
    for _ in range(3):
        bench.session.generate()
    bench.session.cancel_all()
    bench.run()
    assert len(bench.session.jobs) == 0


def test_cancel_current_stops_what_runs_and_the_queue_goes_on(bench: Bench) -> None:
    session = bench.session
    first, second = session.generate(), session.generate()
    heard = session.jobs.changed

    def stop(job: object) -> None:
        if job is first and first is not None and first.progress and not first.is_cancelling:
            session.cancel_current()

    heard.connect(stop)
    bench.run()
    assert first is not None
    assert second is not None
    assert first.state is JobState.cancelled
    assert second.state is JobState.finished


def test_cancel_without_jobs_or_engine_does_nothing(bench: Bench) -> None:
    bench.session.cancel_current()
    bench.session.cancel_all()
    assert bench.notices == []


def test_what_the_model_cannot_do_is_told_at_once(bench: Bench) -> None:
    bench.session.settings.size = Extent(100, 100)
    assert bench.session.generate() is None
    assert "256x256" in bench.said
    assert bench.notices[-1].level is Level.warn


def test_a_failure_in_the_engine_is_told_with_its_way_out(bench: Bench) -> None:
    bench.session.capabilities = None
    bench.session.settings.size = Extent(100, 100)
    job = bench.session.generate()
    bench.run()
    assert job is not None
    assert job.state is JobState.failed
    assert "256x256" in bench.said
    assert bench.notices[-1].level is Level.warn


def test_a_model_that_cannot_be_described_is_told(bench: Bench) -> None:
    def missing(model: str) -> None:
        raise UserError(f"There is no model {model!r}.")

    bench.session._describe = missing  # type: ignore[assignment]  # a model that went away
    bench.session.settings.model = "gone"
    assert bench.session.capabilities is None
    assert "no model 'gone'" in bench.said


def test_warming_up_tells_phases_and_then_what_is_ready(bench: Bench) -> None:
    phases: list[str] = []
    bench.session.model_changed.connect(lambda: phases.append(bench.session.phase))
    bench.session.warm_up()
    bench.run()
    assert "Loading nothing" in phases
    assert phases[-1] == ""
    assert bench.session.ready is not None
    assert bench.session.ready.device == "cpu"


def test_a_failed_load_ends_its_phase(bench: Bench) -> None:
    bench.session.handle(Loading(request_id="x", phase="Loading"))
    bench.session.handle(Failed(request_id="x", blame="machine", message="No memory."))
    assert bench.session.phase == ""
    assert "No memory." in bench.said


def test_events_of_unknown_runs_are_ignored(bench: Bench) -> None:
    bench.session.handle(
        Progress(
            request_id="x", index=0, stage="prior", stage_step=1, stage_steps=2, step=1, total=2
        )
    )
    bench.session.handle(Cancelled(request_id="x"))
    assert bench.notices == []


def test_previews_are_staged_while_a_picture_grows(bench: Bench) -> None:
    lives: list[bool] = []
    bench.session.staging.shown_changed.connect(
        lambda: lives.append(bench.session.staging.shows_live)
    )
    bench.session.generate()
    bench.run()
    assert any(lives)
    assert not bench.session.staging.shows_live


@pytest.mark.parametrize("what", ["prompt", "seed", "all"])
def test_recall_takes_what_was_asked_for(bench: Bench, what: str) -> None:
    session = bench.session
    session.settings.seed, session.settings.negative_prompt = 77, "a blur"
    session.settings.decoder_steps = 3
    session.generate()
    bench.run()
    recipe = session.staging.candidates[0].recipe
    session.settings.restore(
        {"prompt": "x", "negative_prompt": "", "seed": 1, "decoder_steps": None}
    )
    session.recall(recipe, what=what)
    settings = session.settings
    assert (settings.prompt == "a red cube") is (what != "seed")
    assert (settings.seed == 77) is (what != "prompt")
    assert (settings.decoder_steps == 3) is (what == "all")


def test_recalling_a_repaint_takes_its_feather(bench: Bench) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    session.document.set_mask(half_mask(PICTURE.extent))
    session.settings.feather = 9
    session.generate()
    bench.run()
    recipe = session.staging.candidates[0].recipe
    session.settings.feather = 1
    session.recall(recipe, what="all")
    assert session.settings.feather == 9


def test_jobs_wait_for_an_engine(bench: Bench) -> None:
    session = Session(bench.session.shelf, InlineBackground(), lambda model: CAPABILITIES)
    session.settings.prompt = "a red cube"
    job = session.generate()
    assert job is not None
    assert isinstance(job.request, Generate)
    assert job.state is JobState.waiting
    session.connect(bench.engine)
    assert job.state is JobState.running


def test_models_are_described_from_their_files() -> None:
    assert describe("scenes").title == "Scenes"


def test_the_queue_knows_its_jobs(bench: Bench) -> None:
    running, waiting = bench.session.generate(), bench.session.generate()
    assert running is not None
    assert waiting is not None
    assert list(bench.session.jobs) == [running, waiting]
    assert bench.session.jobs.current is running
    assert bench.session.jobs.find(waiting.id) is waiting
    assert bench.session.jobs.find("x") is None
    assert bench.session.jobs.waiting == 1


def test_cancelling_a_waiting_job_leaves_the_running_one_in_sight(bench: Bench) -> None:
    session = bench.session
    running, waiting = session.generate(), session.generate()
    seen: list[tuple[bool, bool]] = []

    def cancel_the_other(job: object) -> None:
        if job is running and waiting is not None and session.staging.shows_live and not seen:
            session.cancel(waiting)
            is_at_work = any(s.state is StageState.running for s in session.ribbon.stages)
            seen.append((session.staging.shows_live, is_at_work))

    session.jobs.changed.connect(cancel_the_other)
    bench.run()
    assert seen == [(True, True)]


def test_loading_goes_on_when_something_else_is_cancelled(bench: Bench) -> None:
    bench.session.handle(Loading(request_id="load", phase="Loading weights"))
    bench.session.handle(Cancelled(request_id="other"))
    assert bench.session.phase == "Loading weights"
    bench.session.handle(Cancelled(request_id="load"))
    assert bench.session.phase == ""


def test_a_former_model_that_becomes_ready_is_not_the_current_one(bench: Bench) -> None:
    bench.session.warm_up()
    bench.session.settings.model = "another"
    bench.engine.cancel("none")
    bench.run()
    assert bench.session.ready is not None
    assert bench.session.ready.model == "another"


def test_previews_leave_a_stroke_alone(bench: Bench) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    session.document.set_mask(half_mask(PICTURE.extent))
    session.generate()
    session.document.begin_stroke(Brush(Ink.paint), Dab(40, 10, 5))
    bench.run()
    assert session.document.is_painting
    assert session.staging.selected is None
    session.document.end_stroke()


def test_a_result_for_another_picture_replaces_it_as_a_whole(bench: Bench) -> None:
    session = bench.session
    session.open_picture(PICTURE)
    session.document.set_mask(half_mask(PICTURE.extent))
    session.generate()
    bench.run()
    result = session.staging.candidates[0].image
    session.document.open(Image.filled(PICTURE.extent, (9, 9, 9)))
    session.accept()
    assert session.document.picture == result


def test_recall_takes_the_model_if_it_is_installed(bench: Bench) -> None:
    session = bench.session
    session.generate()
    bench.run()
    recipe = session.staging.candidates[0].recipe
    session.recall(recipe, what="all")
    assert "made with Fake, which is not installed" in bench.said
    scenes = recipe.model_copy(update={"model": ModelRef(name="scenes", title="S", sha256="0")})
    session.settings.model = "another"
    session.recall(scenes, what="all")
    assert session.settings.model == "scenes"


def test_the_ribbon_keeps_the_tokens_of_the_run_while_another_prompt_is_written(
    bench: Bench,
) -> None:
    session = bench.session
    text_stage = Stage(key="text", title="CLIP text", steps=1, max_steps=1)
    tokenizer = describe("scenes").tokenizer
    counted = {"stages": (text_stage, *CAPABILITIES.stages), "token_limit": 32}
    session._describe = lambda model: CAPABILITIES.model_copy(
        update={**counted, "tokenizer": tokenizer}
    )
    session.describe_model()
    job = session.generate()
    assert job is not None

    def write(_: object) -> None:
        if job.progress is not None:
            session.settings.prompt = "something else"

    session.jobs.changed.connect(write)
    bench.run()
    text = session.ribbon.stage("text")
    assert text is not None
    assert [token.text for token in text.tokens] == ["a", "red", "cube"]
    session.settings.prompt = "a fox"
    text = session.ribbon.stage("text")
    assert text is not None
    assert [token.text for token in text.tokens] == ["a", "fox"]


def test_what_is_shown_is_the_result_or_the_picture(bench: Bench) -> None:
    session = bench.session
    assert session.shown_picture is None
    session.open_picture(PICTURE)
    session.generate()
    bench.run()
    assert session.shown_picture == session.staging.candidates[0].image
    session.undo()
    assert session.shown_picture == PICTURE
    session.undo()
    assert session.shown_picture is None


def test_an_unsaved_picture_is_known_until_the_disk_takes_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MachineError("The disk is full.")

    session = bench.session
    assert not session.keeper.has_unsaved
    with monkeypatch.context() as patch:
        patch.setattr(session.shelf.gallery, "add", full)
        session.generate()
        bench.run()
    assert session.keeper.has_unsaved
    session.keeper.keep_again()
    assert not session.keeper.has_unsaved


def test_variations_of_a_picture_are_a_job_of_four_with_noise_of_their_own(bench: Bench) -> None:
    red = Image.filled(Extent(8, 8), (200, 40, 40))
    bench.session.open_picture(red)
    bench.session.vary_shown()
    bench.run()
    candidates = bench.session.staging.candidates
    assert len(candidates) == 4
    assert len({candidate.recipe.request.seed for candidate in candidates}) == 4
    assert np.allclose(candidates[0].image.pixels.mean(axis=(0, 1)), (200, 40, 40), atol=3)


def test_nothing_is_varied_without_a_picture(bench: Bench) -> None:
    bench.session.vary_shown()
    assert "to vary it" in bench.said
    assert not len(bench.session.jobs)


def test_a_load_that_fails_for_the_explorer_ends_too(bench: Bench) -> None:
    session = bench.session
    session.explore(Image.filled(Extent(8, 8), (200, 40, 40)))
    [request_id] = session.explorer.desk._ears
    session.handle(Loading(request_id=request_id, phase="Loading"))
    assert session.phase == "Loading"
    session.handle(Failed(request_id=request_id, blame=Blame.machine, message="Damaged."))
    assert session.phase == ""
    assert bench.said.count("Damaged.") == 1


def test_choices_are_drawn_from_the_seed_of_each_picture(bench: Bench) -> None:
    session = bench.session
    session.settings.prompt, session.settings.count = "a {red|green|blue} cube # not a comment", 4
    session.settings.seed = 3
    job = session.generate()
    assert job is not None
    bench.run()
    made = [candidate.recipe.request for candidate in session.staging.candidates]
    assert len({request.prompt for request in made}) > 1
    assert {request.raw_prompt for request in made} == {"a {red|green|blue} cube # not a comment"}
    assert session.settings.history == ("a {red|green|blue} cube # not a comment",)


def test_a_wildcard_that_is_missing_is_a_notice_and_no_job(bench: Bench) -> None:
    bench.session.settings.prompt = "a __none__ cube"
    assert bench.session.generate() is None
    assert "There is no wildcard none." in bench.said


def test_recall_takes_what_was_written_and_the_style(bench: Bench) -> None:
    session = bench.session
    session.settings.prompt, session.settings.style = "a {red|blue} fox", "Night"
    session.generate()
    bench.run()
    [candidate] = session.staging.candidates
    session.settings.prompt, session.settings.style = "else", ""
    session.recall(candidate.recipe, what="prompt")
    assert (session.settings.prompt, session.settings.style) == ("a {red|blue} fox", "Night")


def test_another_picture_has_no_frame_yet(bench: Bench) -> None:
    bench.session.open_picture(PICTURE)
    bench.session.outpaint(Direction.right, 50, "%")

    bench.session.open_picture(Image.filled(Extent(16, 16), (1, 2, 3)))

    assert bench.session.frame.bounds is None
    assert bench.session.intent.task is Task.generate


def test_a_duplicate_from_another_seed_has_the_words_of_that_seed(bench: Bench) -> None:
    session = bench.session
    session.settings.prompt = "a {1|2|3|4|5|6|7|8|9} cube"
    job = session.generate()
    assert job is not None
    twins = [session.dispatcher.duplicate(job).request for _ in range(12)]
    assert len({twin.prompt for twin in twins}) > 2
    for twin in twins:
        assert twin.prompt == session.desk.preview(twin.seed).prompt
    session.cancel_all()
