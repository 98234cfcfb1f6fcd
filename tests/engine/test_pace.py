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


def test_pace_follows_the_latest_steps_slowly() -> None:
    pace = Pace()
    pace.learn("m", "prior", 1.0)
    pace.learn("m", "prior", 2.0)

    assert pace.left("m", PLAN[:1], Counter(prior=1)) == pytest.approx(1.3)


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
