from collections.abc import Iterator

import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.errors import Blame
from t2i_studio.core.events import (
    BaseReady,
    Cancelled,
    Event,
    Failed,
    Finished,
    Loading,
    Preview,
    Progress,
    Started,
)
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import DecoderSettings, Generate, Load, PriorSettings
from t2i_studio.engine.backends.fake import CAPABILITIES, FakeBackend
from t2i_studio.studio.ribbon import Ribbon, StageState, StageView, Token

TEXT = Stage(key="text", title="CLIP text", steps=1, max_steps=1)
UNCLIP = CAPABILITIES.model_copy(update={"stages": (TEXT, *CAPABILITIES.stages)})
GREY = Image.filled(Extent(64, 64), (128, 128, 128))


@pytest.fixture
def ribbon() -> Ribbon:
    ribbon = Ribbon()
    ribbon.reset(UNCLIP)
    return ribbon


def test_without_a_model_there_is_nothing_to_show() -> None:
    ribbon = Ribbon()
    for event in run(request()):
        ribbon.handle(event)
    assert ribbon.stages == ()
    assert ribbon.stage("decoder") is None


def test_the_stages_of_a_model_rest(ribbon: Ribbon) -> None:
    assert [view.title for view in ribbon.stages] == ["CLIP text", "Prior", "Decoder", "Upsampler"]
    assert states(ribbon) == ["idle"] * 4
    assert view(ribbon, "decoder").steps == 4


def test_another_model_is_told(ribbon: Ribbon) -> None:
    listed = []
    ribbon.listed.connect(lambda: listed.append(ribbon.stages))
    ribbon.reset(CAPABILITIES)
    ribbon.reset(None)
    assert [len(stages) for stages in listed] == [3, 0]


def test_tokens_beyond_the_limit_are_not_kept(ribbon: Ribbon) -> None:
    ribbon.show_tokens(["a", "red", "cube"], 2)
    text = view(ribbon, "text")
    assert text.tokens == (Token("a"), Token("red"), Token("cube", is_kept=False))
    assert text.detail == "2 of 3 tokens"


@pytest.mark.parametrize(
    ("tokens", "detail"),
    [([], ""), (["cube"], "1 token"), (["red", "cube"], "2 tokens")],
    ids=["empty", "one", "two"],
)
def test_tokens_are_counted(ribbon: Ribbon, tokens: list[str], detail: str) -> None:
    ribbon.show_tokens(tokens, 30)
    assert view(ribbon, "text").detail == detail


def test_a_model_without_a_text_stage_shows_no_tokens() -> None:
    ribbon = Ribbon()
    ribbon.reset(CAPABILITIES)
    ribbon.show_tokens(["cube"], 1)
    assert all(view.tokens == () for view in ribbon.stages)


def test_stages_light_up_one_after_the_other(ribbon: Ribbon) -> None:
    seen = []
    for event in run(request()):
        ribbon.handle(event)
        seen.append(" ".join(states(ribbon)))
    assert list(dict.fromkeys(seen)) == [
        "running waiting waiting waiting",
        "done running waiting waiting",
        "done done waiting waiting",
        "done done running waiting",
        "done done done waiting",
        "done done done done",
    ]


def test_a_running_stage_tells_how_far_it_is(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 3))
    decoder = view(ribbon, "decoder")
    assert (decoder.step, decoder.steps, decoder.share) == (3, 4, 0.75)
    assert StageView("x", "X").share == 0.0


def test_stages_that_are_left_out_are_skipped(ribbon: Ribbon) -> None:
    small = request(size=Extent(64, 64), prior=PriorSettings(kind="none"))
    for event in run(small):
        ribbon.handle(event)
    assert states(ribbon) == ["done", "skipped", "done", "skipped"]
    assert view(ribbon, "decoder").after is not None


def test_candidates_are_shown_with_their_scores(ribbon: Ribbon) -> None:
    for event in run(request()):
        ribbon.handle(event)
    assert view(ribbon, "prior").scores == pytest.approx((0.9, 0.85))
    assert view(ribbon, "prior").detail == "best of 2"


def test_one_candidate_is_not_called_the_best(ribbon: Ribbon) -> None:
    one = request(prior=PriorSettings(steps=2, guidance=2.0, candidates=1))
    for event in run(one):
        ribbon.handle(event)
    assert view(ribbon, "prior").detail == ""


def test_previews_belong_to_the_stage_at_work(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 1))
    ribbon.handle(Preview(request_id="r", index=0, image=GREY))
    assert view(ribbon, "decoder").after == GREY
    assert view(ribbon, "upsampler").after is None


def test_the_upsampler_shows_before_and_after(ribbon: Ribbon) -> None:
    for event in run(request()):
        ribbon.handle(event)
    upsampler, decoder = view(ribbon, "upsampler"), view(ribbon, "decoder")
    assert upsampler.before is not None
    assert upsampler.before == decoder.after
    assert upsampler.after is not None
    assert upsampler.after.extent == Extent(256, 256)
    assert (decoder.detail, upsampler.detail) == ("64 × 64 px", "256 × 256 px")


def test_the_second_upsampler_starts_from_what_the_first_made(ribbon: Ribbon) -> None:
    ribbon.reset(stages_of("decoder", "upsampler", "upsampler_1024"))
    middle = Image.filled(Extent(256, 256), (1, 2, 3))
    ribbon.handle(BaseReady(request_id="r", index=0, image=GREY))
    ribbon.handle(progress("upsampler", 1, 1))
    ribbon.handle(Preview(request_id="r", index=0, image=middle))
    ribbon.handle(progress("upsampler_1024", 1, 2))
    first, second = view(ribbon, "upsampler"), view(ribbon, "upsampler_1024")
    assert (first.before, first.after, first.detail) == (GREY, middle, "256 × 256 px")
    assert second.before == middle


@pytest.mark.parametrize(
    ("keys", "with_picture"),
    [(("decoder",), "decoder"), (("upsampler",), "upsampler")],
    ids=["no upsampler", "nothing but an upsampler"],
)
def test_other_models_show_their_base_picture_where_they_can(
    keys: tuple[str, ...], with_picture: str
) -> None:
    ribbon = Ribbon()
    ribbon.reset(stages_of(*keys))
    ribbon.handle(BaseReady(request_id="r", index=0, image=GREY))
    shown = view(ribbon, with_picture)
    assert GREY in (shown.before, shown.after)


def test_several_pictures_are_counted(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 2), wanted=request(count=3))
    assert view(ribbon, "decoder").detail == "picture 1 of 3"
    assert view(ribbon, "decoder").steps == 4


def test_the_next_picture_goes_through_the_stages_again(ribbon: Ribbon) -> None:
    seen = []
    for event in run(request(count=2)):
        ribbon.handle(event)
        if isinstance(event, Progress) and (event.index, event.stage) == (1, "prior"):
            seen.append(states(ribbon))
    assert seen[0] == ["done", "running", "waiting", "waiting"]


def test_a_new_run_clears_what_the_last_one_made(ribbon: Ribbon) -> None:
    ribbon.show_tokens(["red", "cube"], 2)
    for event in run(request()):
        ribbon.handle(event)
    ribbon.handle(started(request()))
    assert all(view.after is None and view.scores == () for view in ribbon.stages)
    assert view(ribbon, "text").detail == "2 tokens"


def test_cancelling_leaves_stages_that_finished(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 2))
    ribbon.handle(Cancelled(request_id="r"))
    assert states(ribbon) == ["done", "done", "idle", "idle"]
    assert view(ribbon, "decoder").step == 0


def test_a_failure_is_shown_where_it_happened(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 2))
    ribbon.handle(Failed(request_id="r", blame=Blame.machine, message="Out of memory."))
    assert states(ribbon) == ["done", "done", "failed", "idle"]
    assert view(ribbon, "decoder").detail == "Out of memory."


def test_a_run_that_never_started_changes_nothing(ribbon: Ribbon) -> None:
    for event in run(request()):
        ribbon.handle(event)
    before = ribbon.stages
    ribbon.handle(Failed(request_id="next", blame=Blame.user, message="No."))
    ribbon.handle(Loading(request_id="next", phase="Reading"))
    assert ribbon.stages == before


def test_steps_of_an_unknown_stage_are_not_shown(ribbon: Ribbon) -> None:
    before = ribbon.stages
    ribbon.handle(progress("vae", 1, 1))
    assert ribbon.stages == before


def test_loading_a_model_skips_its_stages(ribbon: Ribbon) -> None:
    ribbon.handle(Started(request_id="r", request=Load(), plan=()))
    assert states(ribbon) == ["running", "skipped", "skipped", "skipped"]


def test_finishing_finishes_what_reported_no_steps(ribbon: Ribbon) -> None:
    ribbon.handle(started(request()))
    ribbon.handle(Finished(request_id="r", seconds=1.0))
    assert states(ribbon) == ["done"] * 4


def test_only_what_changed_is_told(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 1))
    told: list[str] = []
    ribbon.changed.connect(told.append)
    ribbon.handle(progress("decoder", 2, 4))
    ribbon.handle(progress("decoder", 2, 4))
    assert told == ["decoder"]


def request(**changes: object) -> Generate:
    full = Generate(
        id="r",
        prompt="a red cube",
        seed=1,
        size=Extent(256, 256),
        prior=PriorSettings(steps=2, guidance=2.0, candidates=2),
        decoder=DecoderSettings(steps=4, guidance=3.0, sampler="ddim"),
    )
    settings = changes.get("prior")
    if isinstance(settings, PriorSettings) and settings.steps is None:
        changes["prior"] = settings.model_copy(update={"steps": 2, "guidance": 2.0})
    return full.model_copy(update=changes)


def started(wanted: Generate) -> Started:
    return Started(request_id=wanted.id, request=wanted, plan=FakeBackend().plan(wanted))


def run(wanted: Generate) -> Iterator[Event]:
    yield started(wanted)
    yield from FakeBackend().run(wanted, CancelToken())
    yield Finished(request_id=wanted.id, seconds=1.0)


def advance(ribbon: Ribbon, until: tuple[str, int], wanted: Generate | None = None) -> None:
    for event in run(wanted or request()):
        ribbon.handle(event)
        if isinstance(event, Progress) and (event.stage, event.stage_step) == until:
            return


def progress(stage: str, step: int, steps: int) -> Progress:
    return Progress(
        request_id="r",
        index=0,
        stage=stage,
        stage_step=step,
        stage_steps=steps,
        step=step,
        total=steps,
    )


def view(ribbon: Ribbon, key: str) -> StageView:
    found = ribbon.stage(key)
    assert found is not None
    return found


def states(ribbon: Ribbon) -> list[str]:
    return [StageState(view.state).value for view in ribbon.stages]


def stages_of(*keys: str) -> Capabilities:
    stages = tuple(Stage(key=key, title=key.capitalize(), steps=2) for key in keys)
    return CAPABILITIES.model_copy(update={"stages": stages})


def test_another_prompt_is_not_called_read(ribbon: Ribbon) -> None:
    ribbon.show_tokens(["a", "cube"], 2)
    for event in run(request()):
        ribbon.handle(event)
    ribbon.handle(Finished(request_id="r", seconds=1))
    assert view(ribbon, "text").state is StageState.done
    ribbon.show_tokens(["a", "cube"], 2)
    assert view(ribbon, "text").state is StageState.done
    ribbon.show_tokens(["a", "ball"], 2)
    assert view(ribbon, "text").state is StageState.idle
