import json
from collections import Counter

import pytest

from t2i_studio.core.events import PlannedStage, Progress
from t2i_studio.engine.pace import Countdown, Pace

PLAN = (PlannedStage(key="prior", steps=2), PlannedStage(key="decoder", steps=4))


def progress(stage: str) -> Progress:
    return Progress(
        request_id="a", index=0, stage=stage, stage_step=1, stage_steps=1, step=1, total=6
    )


def test_nothing_is_known_at_first() -> None:
    assert Pace().left("m", PLAN, Counter()) is None


def test_unseen_stage_is_taken_for_an_average_one() -> None:
    pace = Pace()
    pace.learn("m", "prior", 2.0)

    assert pace.left("m", PLAN, Counter(prior=1)) == pytest.approx(2.0 + 4 * 2.0)


def test_every_stage_has_its_own_pace() -> None:
    pace = Pace()
    pace.learn("m", "prior", 1.0)
    pace.learn("m", "decoder", 10.0)

    assert pace.left("m", PLAN, Counter(prior=2, decoder=1)) == pytest.approx(30.0)


def test_models_do_not_learn_from_each_other() -> None:
    pace = Pace()
    pace.learn("fast", "prior", 1.0)

    assert pace.left("slow", PLAN, Counter()) is None


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([1.0], 1.0, id="one step"),
        pytest.param([1.0, 2.0], 1.5, id="two steps"),
        pytest.param([1.0, 1.0, 90.0, 1.0, 1.0], 1.0, id="a step that was held up"),
        pytest.param([9.0] * 16 + [2.0] * 9, 2.0, id="it is slower now"),
        pytest.param([9.0] * 16 + [2.0] * 7, 9.0, id="not for sure yet"),
        pytest.param([-1.0], 0.0, id="a clock that was set back"),
    ],
)
def test_pace_is_the_median_of_the_latest_steps(steps: list[float], expected: float) -> None:
    pace = Pace()
    for seconds in steps:
        pace.learn("m", "prior", seconds)

    assert pace.step("m", "prior") == pytest.approx(expected)
    assert pace.left("m", PLAN[:1], Counter(prior=1)) == pytest.approx(expected)


def test_unknown_stage_has_no_pace() -> None:
    assert Pace().step("m", "prior") is None


def test_more_steps_than_planned_leave_nothing() -> None:
    pace = Pace()
    pace.learn("m", "prior", 1.0)

    assert pace.left("m", PLAN[:1], Counter(prior=5)) == 0.0


def test_paces_can_be_kept() -> None:
    pace, other = Pace(), Pace()
    pace.learn("m", "prior", 1.0)
    pace.learn("m", "decoder", 0.25)
    other.restore(json.loads(json.dumps(pace.to_json())))

    assert other.left("m", PLAN, Counter()) == pytest.approx(2 * 1.0 + 4 * 0.25)


@pytest.mark.parametrize(
    "kept",
    [None, [], {"m": None}, {"m": {"prior": "x"}}, {"m": {"prior": -1}}, {"m": {"prior": 1e9}}],
)
def test_what_is_no_pace_is_left_out(kept: object) -> None:
    pace = Pace()
    pace.restore(kept)

    assert pace.to_json() == {}


def test_progress_tells_how_long_its_step_took() -> None:
    countdown = Countdown(Pace(), "m", PLAN, started=100.0)

    assert countdown.timed(progress("prior"), 100.25).step_s == pytest.approx(0.25)
    assert countdown.timed(progress("prior"), 101.0).step_s == pytest.approx(0.75)


def test_run_that_is_done_has_nothing_left() -> None:
    countdown, now = Countdown(Pace(), "m", PLAN, started=100.0), 100.0
    left = []
    for stage in ("prior", "prior", "decoder", "decoder", "decoder", "decoder"):
        now += 1.0
        left.append(countdown.timed(progress(stage), now).eta_s)

    assert left == pytest.approx([5.0, 4.0, 3.0, 2.0, 1.0, 0.0])


def test_second_run_knows_its_length_from_the_first_step() -> None:
    pace = Pace()
    for _ in range(2):
        pace.learn("m", "prior", 1.0)
        pace.learn("m", "decoder", 10.0)

    timed = Countdown(pace, "m", PLAN, started=0.0).timed(progress("prior"), 1.0)

    assert timed.eta_s == pytest.approx(41.0)
