"""How long jobs are said to take."""

import pytest

from t2i_studio.core.concept import Concept, FromPrompt
from t2i_studio.core.events import PlannedStage, Progress
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Decode, Generate, Making, Strip
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings, UpsamplerSettings
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.pace import Forecast


def request(steps: int = 4, count: int = 1, edge: int = 256, prior: str = "diffusion") -> Generate:
    return Generate(
        prompt="a",
        seed=1,
        count=count,
        size=Extent(edge, edge),
        prior=PriorSettings.model_validate({"kind": prior, "steps": 2}),
        decoder=DecoderSettings(steps=steps),
        upsampler=UpsamplerSettings(steps=1),
    )


def plan(**stages: int) -> tuple[PlannedStage, ...]:
    return tuple(PlannedStage(key=key, steps=steps) for key, steps in stages.items())


def taught(forecast: Forecast, asked: Making, **stages: int) -> Forecast:
    """Let a run go by in which a step of the prior takes 1 s, of any other stage 2 s."""
    forecast.start(asked, plan(**stages))
    job = Job(asked, plan=plan(**stages))
    for stage, steps in stages.items():
        for step in range(steps):
            forecast.timed(job, progress(stage, step + 1, steps, 1.0 if stage == "prior" else 2.0))
    return forecast


def progress(stage: str, step: int, steps: int, seconds: float | None) -> Progress:
    return Progress(
        request_id="a",
        index=0,
        stage=stage,
        stage_step=step,
        stage_steps=steps,
        step=1,
        total=1,
        step_s=seconds,
    )


def test_nothing_is_known_at_first() -> None:
    forecast = Forecast()
    job = Job(request())
    assert forecast.seconds(job) is None
    assert forecast.stage_left(job) is None
    assert forecast.time(forecast.work([])) == 0


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(request(), 2 + 8 + 2, id="the same"),
        pytest.param(request(count=3), 3 * 12, id="more pictures"),
        pytest.param(request(steps=8), 2 + 16 + 2, id="more steps"),
        pytest.param(request(edge=64), 2 + 8 + 2, id="a size not seen"),
        pytest.param(request(edge=64, prior="none"), 8 + 2, id="no prior"),
        pytest.param(Strip(frames=(request(), request())), 2 * 12, id="a strip"),
    ],
)
def test_what_waits_is_told_from_the_last_run_of_its_kind(asked: Making, expected: float) -> None:
    forecast = taught(Forecast(), request(count=2), prior=4, decoder=8, upsampler=2)
    assert forecast.seconds(Job(asked)) == pytest.approx(expected)


def test_a_kind_not_seen_is_told_by_what_it_says_itself() -> None:
    forecast = taught(Forecast(), request(), prior=2, decoder=4, upsampler=1)
    asked = Decode(
        concept=Concept(base=FromPrompt(prompt="a")),
        prior=PriorSettings.model_validate({"kind": "none", "steps": 2}),
        decoder=DecoderSettings(steps=4),
    )
    assert forecast.seconds(Job(asked)) == pytest.approx(8)
    with_prior = asked.model_copy(update={"prior": PriorSettings(steps=2)})
    assert forecast.seconds(Job(with_prior)) == pytest.approx(10)


def test_what_says_nothing_of_its_steps_is_not_known() -> None:
    forecast = taught(Forecast(), request(), prior=2, decoder=4)
    asked = Decode(concept=Concept(base=FromPrompt(prompt="a")))
    assert forecast.seconds(Job(asked)) is None


def test_stages_that_no_setting_names_count_as_often_as_last_time() -> None:
    forecast = taught(Forecast(), request(), inversion=3, decoder=4)
    assert forecast.seconds(Job(request(steps=2))) == pytest.approx(3 * 2 + 2 * 2)


def test_all_that_waits_takes_the_sum() -> None:
    forecast = taught(Forecast(), request(), prior=2, decoder=4, upsampler=1)
    work = forecast.work([Job(request()), Job(request(count=2))])
    assert forecast.time(work) == pytest.approx(36)


def test_one_that_is_not_known_leaves_the_sum_open() -> None:
    forecast = taught(Forecast(), request(), prior=2)
    other = Generate(prompt="a", model="another")
    assert forecast.time(forecast.work([Job(request()), Job(other)])) is None


def test_what_runs_is_told_by_its_own_plan_and_progress() -> None:
    forecast = taught(Forecast(), request(), prior=2, decoder=4)
    job = Job(request(), plan=plan(prior=2, decoder=4))
    forecast.start(job.request, job.plan)
    assert forecast.seconds(job) == pytest.approx(10)
    job.progress = forecast.timed(job, progress("prior", 1, 2, 1.0))
    assert forecast.seconds(job) == pytest.approx(9)
    assert forecast.stage_left(job) == pytest.approx(1)
    job.progress = forecast.timed(job, progress("unseen", 1, 2, None))
    assert forecast.stage_left(job) is None


def test_a_first_run_without_times_tells_nothing() -> None:
    forecast, job = Forecast(), Job(request(), plan=plan(prior=2))
    event = progress("prior", 1, 2, None)
    forecast.start(job.request, job.plan)
    assert forecast.timed(job, event) is event


def test_what_was_learnt_can_be_kept() -> None:
    forecast, later = taught(Forecast(), request(), prior=2, decoder=4, upsampler=1), Forecast()
    later.restore(forecast.to_json())
    assert later.seconds(Job(request())) == pytest.approx(12)
