from time import perf_counter

import pytest

from t2i_studio.studio.notices import Level
from t2i_studio.studio.prompting.many import Queued, queue_prompts
from tests.studio.conftest import Bench


def test_each_prompt_is_a_job_with_the_other_settings_as_they_are(bench: Bench) -> None:
    session = bench.session
    session.settings.decoder_steps, session.settings.style = 3, "Night"

    queued = queue_prompts(session, ["a fox", "a {red|blue} cube"])
    bench.run()

    assert queued.notice.text == "2 jobs queued."
    first, second = (each.recipe.request for each in session.staging.candidates)
    assert first.prompt == "a fox in a field under the stars"
    assert first.decoder.steps == 3
    assert second.raw_prompt == "a {red|blue} cube <style:Night>"
    assert session.settings.prompt == "a red cube"


def test_prompts_that_cannot_be_used_are_told_and_the_others_made(bench: Bench) -> None:
    queued = queue_prompts(bench.session, ["a fox", "__none__", "a cube", "<style:none>"])

    assert len(bench.session.jobs) == 2
    assert [number for number, _ in queued.problems] == [2, 4]
    assert queued.notice.level is Level.warn
    assert queued.notice.text.startswith(
        "2 jobs queued. Prompt 2 cannot be used: There is no wildcard none."
    )
    assert queued.notice.text.endswith("The same goes for 1 more.")


@pytest.mark.parametrize(
    ("queued", "text"),
    [
        (Queued(1), "1 job queued."),
        (Queued(0, ((1, "No."),)), "0 jobs queued. Prompt 1 cannot be used: No."),
    ],
)
def test_what_is_said(queued: Queued, text: str) -> None:
    assert queued.notice.text == text


def test_nothing_is_queued_for_no_prompt(bench: Bench) -> None:
    assert queue_prompts(bench.session, ["__none__"]).count == 0
    assert len(bench.session.jobs) == 0


def test_a_thousand_prompts_wait_at_once(bench: Bench) -> None:
    start = perf_counter()
    queue_prompts(bench.session, [f"a {{red|blue}} cube {n}" for n in range(1000)])

    assert len(bench.session.jobs) == 1000
    assert perf_counter() - start < 5.0
    bench.session.cancel_all()


def test_what_comes_is_a_result_that_knows_its_own_prompt(bench: Bench) -> None:
    queue_prompts(bench.session, ["a fox"])
    bench.run()
    [candidate] = bench.session.staging.candidates
    assert candidate.placement.settings is not None
    assert candidate.placement.settings["settings"]["prompt"] == "a fox"
