"""The order of jobs, and what a job leaves to be made."""

import pytest

from t2i_studio.core.request import Generate, Strip
from t2i_studio.studio.jobs import Job, JobQueue, JobState, rest_of
from t2i_studio.studio.placement import Placement


def job(name: str, state: JobState = JobState.waiting) -> Job:
    return Job(Generate(prompt=name), state=state)


def queue(*names: str) -> JobQueue:
    jobs = JobQueue()
    jobs.add(*(job(name) for name in names))
    return jobs


def order(jobs: JobQueue) -> str:
    return "".join(job.request.prompt for job in jobs)


def named(jobs: JobQueue, name: str) -> Job:
    return next(job for job in jobs if job.request.prompt == name)


def test_what_runs_comes_first_and_what_failed_last() -> None:
    jobs = queue("a", "b", "c", "d")
    jobs.set_state(named(jobs, "a"), JobState.failed)
    jobs.set_state(named(jobs, "c"), JobState.running)
    assert order(jobs) == "cbda"
    assert jobs.current is named(jobs, "c")
    assert (jobs.waiting, jobs.failed, len(jobs)) == (2, 1, 4)


def test_new_jobs_wait_behind_all_others_but_before_failed_ones() -> None:
    jobs = queue("a", "b")
    jobs.set_state(named(jobs, "b"), JobState.failed)
    jobs.add(job("c"))
    assert order(jobs) == "acb"


def test_jobs_for_the_front_come_right_after_what_runs() -> None:
    jobs = queue("a", "b")
    jobs.set_state(named(jobs, "a"), JobState.running)
    jobs.add(job("c"), job("d"), at_front=True)
    assert order(jobs) == "acdb"


@pytest.mark.parametrize("state", [JobState.finished, JobState.cancelled])
def test_what_has_ended_leaves(state: JobState) -> None:
    jobs = queue("a", "b")
    ended, changed = named(jobs, "a"), []
    jobs.changed.connect(changed.append)
    jobs.set_state(ended, state)
    assert order(jobs) == "b"
    assert changed == [ended]
    assert not ended.is_open


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        pytest.param("d", "a", "dabc", id="to the head"),
        pytest.param("a", None, "bcda", id="to the end"),
        pytest.param("a", "c", "bacd", id="down"),
        pytest.param("c", "b", "acbd", id="up"),
        pytest.param("b", "b", "abcd", id="onto itself"),
        pytest.param("b", "c", "abcd", id="to where it is"),
        pytest.param("d", "d", "abcd", id="the last onto itself"),
        pytest.param("db", "a", "bdac", id="several keep their order"),
        pytest.param("bc", "c", "abcd", id="several onto themselves"),
    ],
)
def test_waiting_jobs_can_be_moved(moved: str, before: str | None, expected: str) -> None:
    jobs = queue("a", "b", "c", "d")
    goal = named(jobs, before) if before else None
    jobs.move([named(jobs, name) for name in moved], goal)
    assert order(jobs) == expected


def test_only_what_waits_is_moved() -> None:
    jobs = queue("a", "b", "c", "d")
    jobs.set_state(named(jobs, "a"), JobState.running)
    jobs.set_state(named(jobs, "d"), JobState.failed)
    jobs.move([named(jobs, "a"), named(jobs, "d"), named(jobs, "c")], named(jobs, "b"))
    assert order(jobs) == "acbd"
    jobs.move([named(jobs, "b")], named(jobs, "a"))
    assert order(jobs) == "abcd"
    jobs.move([named(jobs, "b")], named(jobs, "d"))
    assert order(jobs) == "acbd"


@pytest.mark.parametrize(
    ("name", "by", "expected"),
    [
        ("b", -1, "abcde"),
        ("c", -1, "acbde"),
        ("d", 1, "abcde"),
        ("b", 1, "acbde"),
        ("b", 9, "acdbe"),
        ("d", -9, "adbce"),
        ("a", 1, "abcde"),
        ("e", -1, "abcde"),
    ],
)
def test_a_waiting_job_steps_among_those_that_wait(name: str, by: int, expected: str) -> None:
    jobs = queue("a", "b", "c", "d", "e")
    jobs.set_state(named(jobs, "a"), JobState.running)
    jobs.set_state(named(jobs, "e"), JobState.failed)
    jobs.step(named(jobs, name), by)
    assert order(jobs) == expected


def test_a_job_goes_to_the_front() -> None:
    jobs = queue("a", "b", "c")
    jobs.set_state(named(jobs, "a"), JobState.running)
    for name, expected in (("c", "acb"), ("c", "acb"), ("a", "acb")):
        jobs.to_front(named(jobs, name))
        assert order(jobs) == expected


def test_listeners_hear_of_each_change_of_the_list() -> None:
    jobs, heard = queue("a", "b"), []
    jobs.listed.connect(lambda: heard.append(order(jobs)))
    jobs.step(named(jobs, "a"), 1)
    jobs.set_state(named(jobs, "b"), JobState.running)
    jobs.update(named(jobs, "b"))
    jobs.remove(named(jobs, "a"))
    assert heard == ["ba", "ba", "b"]


def test_jobs_are_found_by_the_id_of_their_run() -> None:
    jobs = queue("a")
    assert jobs.find(named(jobs, "a").id) is named(jobs, "a")
    assert jobs.find("x") is None


@pytest.mark.parametrize("made", [0, 1, 3])
def test_the_rest_of_a_job_makes_the_pictures_that_are_missing(made: int) -> None:
    whole = Generate(
        prompt="x", prompts=("p", "q", "r", "s"), raw_prompt="{p|q|r|s}", seed=5, count=4
    )
    asked = Job(whole, Placement((1, 2)), is_seed_drawn=True)
    asked.made = made
    rest = asked.rest()
    assert rest.id != whole.id
    assert rest.left == asked.left == 4 - made
    assert (rest.placement, rest.is_seed_drawn) == (asked.placement, True)
    assert isinstance(rest.request, Generate)
    singles = [rest.request.single(index) for index in range(rest.left)]
    wanted = [whole.single(index) for index in range(made, 4)]
    assert [(one.seed, one.prompt) for one in singles] == [(one.seed, one.prompt) for one in wanted]


def test_the_rest_of_a_strip_has_the_frames_that_are_missing() -> None:
    frames = tuple(Generate(prompt=name, seed=1) for name in "abc")
    rest = rest_of(Strip(frames=frames), 2)
    assert isinstance(rest, Strip)
    assert rest.frames == frames[2:]


def test_a_job_that_failed_after_its_last_picture_is_made_again() -> None:
    assert rest_of(Generate(prompt="a", seed=1, count=2), 2).count == 2


@pytest.mark.parametrize(("is_drawn", "expected"), [(True, 7), (False, 5)])
def test_a_twin_draws_a_seed_only_where_it_came_by_chance(is_drawn: bool, expected: int) -> None:
    asked = Job(Generate(prompt="a", seed=5), is_seed_drawn=is_drawn)
    twin = asked.twin(lambda: 7)
    assert twin.id != asked.id
    assert twin.request.seed == expected


def test_a_twin_of_a_strip_has_the_same_frames() -> None:
    strip = Strip(frames=(Generate(prompt="a", seed=5),))
    assert Job(strip, is_seed_drawn=True).twin(lambda: 7).request.seed == 5
