"""Jobs one at a time through an engine without a thread."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from t2i_studio.catalogue.store import Checkpoint
from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import Event, Finished, Progress, Started
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Embed, Generate
from t2i_studio.engine.backends import fake
from t2i_studio.engine.inline import InlineEngine
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.runner import Runner
from t2i_studio.studio.dispatch import Dispatcher, Round
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.studio.notices import Level, Notice

STEPS = 7  # of a picture of the fake backend


@dataclass
class Desk:
    """A dispatcher, its engine, and the names of the jobs that have started."""

    dispatcher: Dispatcher
    engine: InlineEngine
    before_step: Callable[[str, int], None] = lambda stage, step: None
    started: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, *names: str, count: int = 1, at_front: bool = False) -> list[Job]:
        jobs = [Job(Generate(prompt=name, seed=5, count=count)) for name in names]
        self.dispatcher.add(*jobs, at_front=at_front)
        return jobs

    def hear(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, Started) and isinstance(event.request, Generate):
            self.started.append(event.request.prompt)
        self.dispatcher.handle(event)

    def step(self, stage: str, step: int) -> None:
        self.seconds += 0.5
        self.before_step(stage, step)

    def press_button(self) -> None:
        """Press that of the last notice."""
        action = self.notices.pop().action
        assert action is not None
        action()

    @property
    def order(self) -> str:
        return "".join(job.request.prompt for job in self.dispatcher.jobs)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    def clock() -> float:
        return desk.seconds

    registry = Registry(
        families={"fake": "t2i_studio.engine.backends.fake:load"},
        find=lambda model: Checkpoint(model, Path(), "fake"),
    )
    make = fake.FakeBackend
    monkeypatch.setattr(fake, "FakeBackend", lambda: make(lambda *at: desk.step(*at)))
    engine = InlineEngine(Runner(registry, clock), lambda event: desk.hear(event))
    desk = Desk(Dispatcher(clock), engine)
    desk.dispatcher.drained.connect(desk.rounds.append)
    desk.dispatcher.noticed.connect(desk.notices.append)
    desk.dispatcher.connect(engine)
    yield desk
    engine.close()


def test_jobs_are_done_in_the_order_of_the_queue(desk: Desk) -> None:
    jobs = desk.add("a", "b", "c")
    desk.dispatcher.jobs.step(jobs[2], -1)
    desk.engine.run_pending()
    assert desk.started == ["a", "c", "b"]
    assert {job.state for job in jobs} == {JobState.finished}


def test_the_engine_holds_one_job_and_at_its_last_step_the_next(desk: Desk) -> None:
    desk.add("a", "b", "c")
    held: list[int] = []
    desk.before_step = lambda stage, step: held.append(len(desk.engine._inbox._waiting))
    desk.engine.run_pending()
    assert held == [0] * 3 * STEPS

    desk.add("a", "b", "c")
    at_events: list[int] = []
    desk.dispatcher.jobs.changed.connect(
        lambda job: at_events.append(len(desk.engine._inbox._waiting)) if job.progress else None
    )
    desk.engine.run_pending()
    assert max(at_events) == 1
    assert at_events.count(1) == 2  # the picture is ready, and the next job is there


def test_the_next_job_is_in_the_engine_when_the_last_event_has_been_heard(desk: Desk) -> None:
    first, second = desk.add("a", "b")
    desk.dispatcher.handle(Finished(request_id=first.id, seconds=1.0))
    assert second.state is JobState.running
    assert [each.id for each in desk.engine._inbox._waiting] == [first.id, second.id]


def last_step(job: Job) -> Progress:
    return Progress(
        request_id=job.id, index=0, stage="decoder", stage_step=4, stage_steps=4, step=7, total=7
    )


def test_what_is_with_the_engine_already_is_dropped_first(desk: Desk) -> None:
    first, second, third = desk.add("a", "b", "c")
    request, token = desk.engine._inbox.take() or (None, None)
    assert request is first.request
    assert token is not None
    desk.dispatcher.handle(last_step(first))
    assert [job.is_running for job in (first, second, third)] == [True, True, False]
    assert desk.dispatcher.jobs.current is first
    desk.dispatcher.cancel_all()
    assert token.is_cancelled
    assert [job.state for job in (second, third)] == [JobState.cancelled] * 2
    assert desk.order == "a"  # until the engine says that it has stopped


def test_what_is_with_the_engine_already_can_be_cancelled_alone(desk: Desk) -> None:
    first, second, third = desk.add("a", "b", "c")
    desk.engine._inbox.take()
    desk.dispatcher.handle(last_step(first))
    desk.dispatcher.cancel(second)
    assert second.state is JobState.cancelled
    assert third.is_running  # it takes the place
    assert not first.is_cancelling


def test_a_job_for_the_front_is_done_next(desk: Desk) -> None:
    desk.add("a", "b", "c")
    desk.add("d", at_front=True)
    desk.engine.run_pending()
    assert desk.started == ["a", "d", "b", "c"]


def test_a_job_that_comes_while_another_runs_may_be_next(desk: Desk) -> None:
    desk.add("a", "b")

    def push(stage: str, step: int) -> None:
        if desk.order == "ab" and stage == "decoder":
            desk.add("d", at_front=True)

    desk.before_step = push
    desk.engine.run_pending()
    assert desk.started == ["a", "d", "b"]


def test_what_is_asked_next_by_the_explorer_comes_between_jobs(desk: Desk) -> None:
    desk.add("a", "b")

    def ask(stage: str, step: int) -> None:
        if (desk.started, stage, step) == (["a"], "prior", 1):
            desk.engine.submit_next(Embed(inputs=("red",)))

    desk.before_step = ask
    desk.engine.run_pending()
    kinds = [event.request.kind for event in desk.events if isinstance(event, Started)]
    assert kinds == ["generate", "embed", "generate"]


def test_paused_finishes_what_runs_and_begins_nothing(desk: Desk) -> None:
    heard: list[bool] = []
    desk.dispatcher.paused_changed.connect(heard.append)
    desk.add("a", "b")
    desk.before_step = lambda stage, step: desk.dispatcher.pause()
    desk.engine.run_pending()
    desk.add("c")
    desk.engine.run_pending()
    assert (desk.started, desk.order) == (["a"], "bc")
    assert desk.dispatcher.is_held
    desk.before_step = lambda stage, step: None
    desk.dispatcher.resume()
    desk.engine.run_pending()
    assert desk.started == ["a", "b", "c"]
    assert heard == [True, False]
    assert not desk.dispatcher.is_held


def test_a_job_for_a_paused_queue_says_that_it_waits(desk: Desk) -> None:
    desk.dispatcher.pause()
    desk.add("a")
    assert desk.notices[-1].text == "The queue is paused: the job waits."
    desk.press_button()
    desk.engine.run_pending()
    assert desk.started == ["a"]


def test_restored_jobs_wait_until_somebody_lets_them_go_on(desk: Desk) -> None:
    old = Job(Generate(prompt="old", seed=1), state=JobState.restored)
    desk.dispatcher.add(old)
    desk.add("new")
    desk.engine.run_pending()
    assert desk.started == ["new"]
    assert desk.dispatcher.is_held
    desk.dispatcher.resume()
    desk.engine.run_pending()
    assert desk.started == ["new", "old"]


def test_a_waiting_job_that_is_cancelled_never_starts(desk: Desk) -> None:
    _, second = desk.add("a", "b")
    desk.dispatcher.cancel(second)
    desk.engine.run_pending()
    assert desk.started == ["a"]
    assert second.state is JobState.cancelled


def test_a_running_job_stops_within_a_step_and_the_next_begins(desk: Desk) -> None:
    first, second = desk.add("a", "b")

    def stop(stage: str, step: int) -> None:
        if desk.started == ["a"] and stage == "decoder":
            desk.dispatcher.cancel(first)
            desk.dispatcher.cancel(first)
            assert first.is_cancelling

    desk.before_step = stop
    desk.engine.run_pending()
    assert (first.state, second.state) == (JobState.cancelled, JobState.finished)
    steps = sum(event.kind == "progress" for event in desk.events)
    assert steps == 3 + STEPS


def test_cancel_all_begins_nothing_in_between(desk: Desk) -> None:
    jobs = desk.add("a", "b", "c")
    desk.before_step = lambda stage, step: desk.dispatcher.cancel_all()
    desk.engine.run_pending()
    assert desk.started == ["a"]
    assert {job.state for job in jobs} == {JobState.cancelled}
    assert len(desk.dispatcher.jobs) == 0


def test_cancel_all_of_nothing_is_nothing(desk: Desk) -> None:
    desk.dispatcher.cancel_all()
    assert desk.events == []


def test_what_was_dropped_can_be_brought_back(desk: Desk) -> None:
    desk.add("a", "b", "c")
    desk.dispatcher.cancel_all()
    assert desk.notices[-1].text == "2 jobs that waited were dropped."
    desk.press_button()
    desk.engine.run_pending()
    assert desk.started == ["b", "c"]


def test_what_was_dropped_comes_back_once(desk: Desk) -> None:
    _, second = desk.add("a", "b")
    desk.dispatcher.drop(second)
    desk.dispatcher.bring_back([second])
    desk.dispatcher.bring_back([second])
    assert desk.order == "ab"


def test_one_job_that_was_dropped_can_be_brought_back(desk: Desk) -> None:
    _, second = desk.add("a", "b")
    desk.dispatcher.drop(second)
    assert desk.notices[-1].text == "A job that waited was dropped."
    desk.press_button()
    assert desk.order == "ab"


def test_a_failed_job_stays_with_its_message_and_the_others_go_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = desk.add("a", "b")

    def fail(stage: str, step: int) -> None:
        if desk.started == ["a"]:
            raise MemoryError

    desk.before_step = fail
    desk.engine.run_pending()
    assert (first.state, second.state) == (JobState.failed, JobState.finished)
    assert first.message == (
        "There is not enough memory for this. "
        "Close other programs, or make fewer or smaller pictures."
    )
    assert desk.order == "a"
    assert "MemoryError" in caplog.text


def test_retrying_makes_what_was_not_made(desk: Desk) -> None:
    [job] = desk.add("a", count=3)

    def fail(stage: str, step: int) -> None:
        if job.made == 1 and stage == "decoder":
            raise MachineError("Too hot.")

    desk.before_step = fail
    desk.engine.run_pending()
    desk.before_step = lambda stage, step: None
    again = desk.dispatcher.retry(job)
    desk.engine.run_pending()
    seeds = [event.recipe.request.seed for event in desk.events if event.kind == "image_ready"]
    assert seeds == [5, 6, 7]
    assert again.state is JobState.finished
    assert len(desk.dispatcher.jobs) == 0


def test_a_failure_offers_to_try_again_once(desk: Desk) -> None:
    [job] = desk.add("a")

    def fail(stage: str, step: int) -> None:
        raise MachineError("Too hot.", "Wait a while.")

    desk.before_step = fail
    desk.engine.run_pending()
    notice = desk.notices[-1]
    assert (notice.level, notice.text) == (Level.danger, "Too hot. Wait a while.")
    desk.before_step = lambda stage, step: None
    desk.press_button()
    assert desk.dispatcher.retry(job) is job  # it is no longer there
    desk.engine.run_pending()
    assert desk.started == ["a", "a"]


def test_a_request_that_cannot_work_is_not_tried_again(desk: Desk) -> None:
    desk.dispatcher.add(Job(Generate(prompt="a", size=Extent(1, 1))))
    desk.engine.run_pending()
    notice = desk.notices[-1]
    assert notice.level is Level.warn
    assert notice.action is None


def test_a_failed_job_can_be_dismissed(desk: Desk) -> None:
    failed = Job(Generate(prompt="a"), state=JobState.failed)
    desk.dispatcher.add(failed)
    desk.dispatcher.cancel(failed)
    assert len(desk.dispatcher.jobs) == 0
    assert desk.notices == []  # nothing to bring back


@pytest.mark.parametrize(("which", "expected"), [(0, "abca"), (1, "abbc"), (2, "abcc")])
def test_a_duplicate_waits_behind_its_original(desk: Desk, which: int, expected: str) -> None:
    jobs = desk.add("a", "b", "c")
    twin = desk.dispatcher.duplicate(jobs[which])
    assert desk.order == expected
    assert twin.id != jobs[which].id


def test_the_time_left_follows_the_steps(desk: Desk) -> None:
    first, second = desk.add("a", "b")
    left: list[float | None] = []
    desk.dispatcher.jobs.changed.connect(
        lambda job: left.append(job.progress.eta_s) if job is first and job.progress else None
    )
    desk.engine.run_pending()
    assert left[:STEPS] == pytest.approx([3.0, 2.5, 2.0, 1.5, 1.0, 0.5, 0.0])
    assert second.state is JobState.finished


def test_the_time_of_the_queue_is_that_of_all_its_jobs(desk: Desk) -> None:
    desk.add("a", "b", count=2)
    assert desk.dispatcher.seconds_left is None
    left: list[float | None] = []
    desk.dispatcher.jobs.changed.connect(
        lambda job: left.append(desk.dispatcher.seconds_left) if job.progress else None
    )
    desk.engine.run_pending()
    assert left[0] == pytest.approx(13.5)
    assert left[STEPS] == pytest.approx(10.5)  # when the first picture is there
    assert left[-1] == pytest.approx(0.0)
    assert desk.dispatcher.seconds_left == 0.0


def test_a_round_tells_what_was_done_until_nothing_was_left(desk: Desk) -> None:
    desk.add("a", "b", count=2)
    desk.engine.run_pending()
    desk.add("c")
    desk.engine.run_pending()
    assert desk.rounds == [Round(14.0, 4, 0), Round(3.5, 1, 0)]


def test_a_round_counts_what_has_failed(desk: Desk) -> None:
    desk.add("a")

    def fail(stage: str, step: int) -> None:
        raise MachineError("Too hot.")

    desk.before_step = fail
    desk.engine.run_pending()
    assert desk.rounds == [Round(0.5, 0, 1)]


def test_nothing_is_told_of_a_round_that_somebody_has_stopped(desk: Desk) -> None:
    [job] = desk.add("a")
    desk.before_step = lambda stage, step: desk.dispatcher.cancel(job)
    desk.engine.run_pending()
    assert desk.rounds == []


def test_events_of_other_runs_are_not_its_business(desk: Desk) -> None:
    desk.dispatcher.handle(Finished(request_id="x", seconds=1.0))
    assert desk.rounds == []
