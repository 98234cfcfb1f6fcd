from collections.abc import Iterator

import numpy as np
import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.concept import Concept, FromEmbedding, TextDiff
from t2i_studio.core.errors import Blame
from t2i_studio.core.events import (
    BaseReady,
    Cancelled,
    CandidatesRanked,
    Estimate,
    Event,
    Failed,
    Finished,
    LatentReady,
    Loading,
    PlannedStage,
    Preview,
    Progress,
    Started,
)
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Space, Vectors
from t2i_studio.core.request import AnyRequest, Decode, Embed, Generate, Load, Strip, Work
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings
from t2i_studio.engine.backends.fake import CAPABILITIES, FakeBackend
from t2i_studio.studio.ribbon import Ribbon
from t2i_studio.studio.stages import Cosine, Frame, StageState, StageView, Token

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
    assert text.detail == "2 of 2 tokens, 1 cut"


@pytest.mark.parametrize(
    ("tokens", "detail"),
    [([], ""), (["cube"], "1 of 30 tokens"), (["red", "cube"], "2 of 30 tokens")],
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
    assert view(ribbon, "decoder").picture == "picture 1 of 3"
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
    assert view(ribbon, "text").detail == "2 of 2 tokens"


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


@pytest.mark.parametrize(
    "other",
    [Load(), Embed(inputs=("a cube",))],
    ids=lambda other: other.kind,
)
def test_runs_without_pictures_leave_the_stages_as_they_are(
    ribbon: Ribbon, other: AnyRequest
) -> None:
    for event in run(request()):
        ribbon.handle(event)
    before = ribbon.stages
    ribbon.handle(Started(request_id="other", request=other, plan=()))
    ribbon.handle(progress("decoder", 1, 4))
    ribbon.handle(Failed(request_id="other", blame=Blame.user, message="No."))
    assert ribbon.stages == before


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


def test_the_decoders_estimates_gather_while_it_works(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 1))
    ribbon.handle(preview(1))
    ribbon.handle(progress("decoder", 3, 4))  # the preview of step 2 was dropped
    ribbon.handle(preview(3))
    assert view(ribbon, "decoder").frames == (Frame(1, grey(1)), Frame(3, grey(3)))
    ribbon.handle(preview(4))
    assert view(ribbon, "decoder").frames == (Frame(1, grey(1)), Frame(3, grey(4)))


def test_at_its_end_the_decoder_shows_every_estimate(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 4))
    estimates = tuple(Estimate(step=step, image=grey(step)) for step in (1, 2, 4))
    ribbon.handle(BaseReady(request_id="r", index=0, image=GREY, estimates=estimates))
    frames = view(ribbon, "decoder").frames
    assert [(frame.step, frame.image) for frame in frames] == [
        (each.step, each.image) for each in estimates
    ]


def test_without_estimates_the_previews_stay(ribbon: Ribbon) -> None:
    for event in run(request()):
        ribbon.handle(event)
    assert [frame.step for frame in view(ribbon, "decoder").frames] == [1, 2, 3, 4]
    assert view(ribbon, "upsampler").frames == ()


def test_of_several_pictures_the_last_one_stays(ribbon: Ribbon) -> None:
    advance(ribbon, until=("decoder", 4), wanted=request(count=2))
    ribbon.handle(progress("prior", 1, 2, index=1))
    assert view(ribbon, "decoder").frames == ()
    for event in run(request(count=2)):
        ribbon.handle(event)
    assert view(ribbon, "decoder").picture == "picture 2 of 2"
    assert len(view(ribbon, "decoder").frames) == 4


@pytest.mark.parametrize(
    ("draw", "chosen", "detail"),
    [(None, 0, "best of 2"), (0, 1, "Candidate 1 pinned"), (7, 0, "best of 2")],
    ids=["best", "pinned", "not drawn"],
)
def test_the_decoded_candidate_is_known(
    ribbon: Ribbon, draw: int | None, chosen: int, detail: str
) -> None:
    prior = PriorSettings(steps=2, guidance=2.0, candidates=8, draw=draw)
    ribbon.handle(started(request(prior=prior)))
    ribbon.handle(CandidatesRanked(request_id="r", index=0, scores=(0.4, 0.3), draws=(1, 0)))
    prior_view = view(ribbon, "prior")
    assert (prior_view.draws, prior_view.chosen, prior_view.detail) == ((1, 0), chosen, detail)


def test_candidates_of_an_untold_run_are_ranked_only(ribbon: Ribbon) -> None:
    ribbon.handle(CandidatesRanked(request_id="r", index=0, scores=(0.4, 0.3), draws=(1, 0)))
    assert view(ribbon, "prior").chosen == 0


def test_an_embedding_is_decoded_without_text_and_prior(ribbon: Ribbon) -> None:
    ribbon.handle(planned(decode(), decoder=4, upsampler=1))
    assert states(ribbon) == ["skipped", "skipped", "waiting", "waiting"]
    ribbon.handle(Failed(request_id="r", blame=Blame.machine, message="Out of memory."))
    assert states(ribbon) == ["skipped", "skipped", "failed", "idle"]


@pytest.mark.parametrize(
    ("wanted", "plan"),
    [("", {"prior": 2, "decoder": 4}), ("", {"text": 1, "decoder": 4}), ("snow", {"decoder": 4})],
    ids=["for the prior", "planned", "for the decoder"],
)
def test_text_is_read_where_it_is_needed(ribbon: Ribbon, wanted: str, plan: dict[str, int]) -> None:
    ribbon.handle(planned(decode(prompt=wanted), **plan))
    assert view(ribbon, "text").state is StageState.running


def test_the_inversion_comes_before_the_decoder_and_goes_with_the_next_run(ribbon: Ribbon) -> None:
    listed = []
    ribbon.listed.connect(lambda: listed.append([view.key for view in ribbon.stages]))
    ribbon.handle(planned(decode(), inversion=6, decoder=4))
    ribbon.handle(progress("inversion", 2, 6))
    assert states(ribbon) == ["skipped", "skipped", "running", "waiting", "skipped"]
    ribbon.handle(planned(decode(), inversion=6, decoder=4))
    ribbon.handle(planned(decode(), decoder=4))
    with_it = ["text", "prior", "inversion", "decoder", "upsampler"]
    assert listed == [with_it, ["text", "prior", "decoder", "upsampler"]]


def test_frames_of_a_strip_are_counted(ribbon: Ribbon) -> None:
    frames = (decode(), request(prior=PriorSettings(steps=2, guidance=2.0, draw=1)), decode())
    ribbon.handle(planned(Strip(frames=frames), prior=2, decoder=12))
    assert view(ribbon, "decoder").steps == 4
    ribbon.handle(progress("prior", 2, 2, index=1))
    ribbon.handle(CandidatesRanked(request_id="r", index=1, scores=(0.4, 0.3), draws=(0, 1)))
    assert view(ribbon, "prior").picture == "frame 2 of 3"
    assert view(ribbon, "prior").chosen == 1


def test_the_decoded_embedding_tells_where_it_lies(ribbon: Ribbon) -> None:
    ribbon.handle(planned(decode("autumn", "night"), decoder=4))
    ribbon.handle(latent(0.83, 0.3, 0.2))
    near = (Cosine("start", 0.83), Cosine("“autumn”", 0.3), Cosine("“night”", 0.2))
    assert view(ribbon, "prior").cosines == near
    ribbon.handle(progress("decoder", 1, 4))
    assert view(ribbon, "prior").cosines == near
    ribbon.handle(planned(decode(), decoder=4))
    assert view(ribbon, "prior").cosines == ()


def test_models_without_a_prior_tell_it_at_the_decoder() -> None:
    ribbon = Ribbon()
    ribbon.reset(stages_of("decoder"))
    ribbon.handle(planned(decode(), decoder=4))
    ribbon.handle(latent(1.0))
    assert view(ribbon, "decoder").cosines == (Cosine("start", 1.0),)


def test_an_unedited_embedding_has_nothing_to_tell(ribbon: Ribbon) -> None:
    ribbon.handle(started(request()))
    ribbon.handle(latent(1.0))
    assert view(ribbon, "prior").cosines == ()


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


def progress(stage: str, step: int, steps: int, index: int = 0) -> Progress:
    return Progress(
        request_id="r",
        index=index,
        stage=stage,
        stage_step=step,
        stage_steps=steps,
        step=step,
        total=steps,
    )


def grey(level: int) -> Image:
    return Image.filled(Extent(8, 8), (level, level, level))


def preview(level: int) -> Preview:
    return Preview(request_id="r", index=0, image=grey(level))


SPACE = Space(id="tiny", dim=2)
Z = Embeddings(space=SPACE, vectors=Vectors(np.ones((1, 2))))


def decode(*texts: str, prompt: str = "") -> Decode:
    edits = tuple(TextDiff(before="", after=text, theta=0.3) for text in texts)
    concept = Concept(base=FromEmbedding(embedding=Z), edits=edits)
    return Decode(id="r", prompt=prompt, seed=1, concept=concept)


def planned(wanted: Work, **steps: int) -> Started:
    plan = tuple(PlannedStage(key=key, steps=count) for key, count in steps.items())
    return Started(request_id="r", request=wanted, plan=plan)


def latent(to_start: float, *to_texts: float) -> LatentReady:
    return LatentReady(request_id="r", index=0, embedding=Z, to_start=to_start, to_texts=to_texts)


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
