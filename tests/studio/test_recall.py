"""Jobs that are taken back to the desk."""

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import Generate, Strip
from t2i_studio.studio.frame import Area
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.studio.recall import take_back
from tests.studio.conftest import Bench


def waiting(bench: Bench) -> Job:
    """Queue a job behind one that runs."""
    bench.session.generate()
    job = bench.session.generate()
    assert job is not None
    return job


def press_undo(bench: Bench) -> None:
    action = bench.notices[-1].action
    assert action is not None
    action()


def test_editing_a_job_takes_its_settings_and_its_place_in_the_queue(bench: Bench) -> None:
    session = bench.session
    session.settings.decoder_steps = 3
    session.frame.put(Bounds(0, 0, 32, 32))
    job = waiting(bench)
    session.settings.prompt, session.settings.decoder_steps = "a blue star", None
    session.frame.area = Area.auto
    session.edit(job)
    assert (session.settings.prompt, session.settings.decoder_steps) == ("a red cube", 3)
    assert session.frame.area is Area.frame
    assert session.settings.seed == -1  # it was drawn, and not chosen
    assert job not in list(session.jobs)


def test_editing_can_be_taken_back(bench: Bench) -> None:
    session = bench.session
    job = waiting(bench)
    session.settings.prompt = "a blue star"
    session.edit(job)
    press_undo(bench)
    assert session.settings.prompt == "a blue star"
    assert job in list(session.jobs)
    assert job.state is JobState.waiting


def test_a_job_that_runs_by_now_stays_in_the_queue(bench: Bench) -> None:
    session = bench.session
    job = session.generate()
    assert job
    assert job.is_running
    session.settings.prompt = "something else"
    session.edit(job)
    assert session.settings.prompt == "a red cube"
    bench.run()
    assert len(session.staging.candidates) == 1


def test_a_failed_job_comes_back_as_it_was_when_its_editing_is_taken_back(bench: Bench) -> None:
    session = bench.session
    job = Job(Generate(prompt="a", seed=3), state=JobState.failed, message="Too hot.")
    session.dispatcher.add(job)
    session.edit(job)
    assert (session.settings.prompt, session.settings.seed) == ("a", 3)
    press_undo(bench)
    assert (job.state, list(session.jobs)) == (JobState.failed, [job])


def test_editing_variations_explores_what_they_are_of(bench: Bench) -> None:
    session = bench.session
    picture = Image.filled(Extent(8, 8), (200, 40, 40))
    session.generate()
    job = session.make_variations(picture)
    assert job is not None
    session.edit(job)
    origin = session.explorer.state.origin
    assert origin is not None
    assert origin.image == picture


def test_a_strip_leaves_the_desk_as_it_is(bench: Bench) -> None:
    session = bench.session
    job = Job(Strip(model="not installed", frames=(Generate(prompt="b", model="not installed"),)))
    before = session.settings.to_json()
    take_back(job, session.settings, session.frame, session.explorer)
    assert session.settings.to_json() == before


def test_the_model_of_a_job_is_chosen_where_it_is_installed(bench: Bench) -> None:
    session = bench.session
    job = Job(Generate(prompt="a", seed=3))
    session.settings.model = "another"
    take_back(job, session.settings, session.frame, session.explorer)
    assert session.settings.model == "scenes"


def test_generate_at_the_front_is_done_next(bench: Bench) -> None:
    session = bench.session
    last = waiting(bench)
    front = session.generate(front=True)
    assert list(session.jobs)[1:] == [front, last]
