from t2i_studio.core.errors import Blame
from t2i_studio.core.events import Failed
from t2i_studio.core.request import Generate
from t2i_studio.studio.explorer.strip import FilmStripRun
from tests.studio.conftest import Bench
from tests.studio.conftest import bench as bench  # a fixture

FRAMES = [Generate(prompt="red"), Generate(prompt="blue")]


def run_of(bench: Bench) -> FilmStripRun:
    return FilmStripRun(bench.session.explorer.desk)


def test_frames_come_in_order_with_their_recipes(bench: Bench) -> None:
    run = run_of(bench)
    ends: list[bool] = []
    run.finished.connect(lambda: ends.append(run.is_complete))
    run.make(FRAMES, ["one", "two"])
    assert run.is_busy
    bench.run()
    assert [frame.caption for frame in run.frames] == ["one", "two"]
    assert run.frames[0].recipe is not None
    assert run.frames[0].recipe.request.seed == run.frames[1].request.seed >= 0
    assert ends == [True]


def test_a_new_strip_takes_the_place_of_the_old(bench: Bench) -> None:
    run = run_of(bench)
    run.make(FRAMES, ["one", "two"])
    run.make(FRAMES[:1], ["new"])
    bench.run()
    assert [frame.caption for frame in run.frames] == ["new"]
    assert run.is_complete


def test_a_cancelled_strip_keeps_what_is_made_and_is_not_complete(bench: Bench) -> None:
    run = run_of(bench)
    run.make(FRAMES, ["one", "two"])
    run.changed.connect(lambda: run.cancel() if len(run.images) == 1 else None)
    bench.run()
    assert len(run.images) == 1
    assert not run.is_complete
    assert not run.is_busy


def test_a_failure_is_kept_as_a_message(bench: Bench) -> None:
    run = run_of(bench)
    run.make(FRAMES, ["one", "two"])
    bench.session.handle(Failed(request_id=run._run, blame=Blame.machine, message="No memory."))
    assert run.message == "No memory."
    assert not run.is_busy


def test_clearing_forgets_all(bench: Bench) -> None:
    run = run_of(bench)
    run.make(FRAMES, ["one", "two"])
    run.clear()
    bench.run()
    assert run.frames == ()
