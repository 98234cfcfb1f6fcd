from dataclasses import dataclass, field

import numpy as np
import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import RANDOM_SEED, Generate
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.explorer.prior_lab import QUICK_STEPS, PriorLab
from tests.studio.conftest import Bench

PRIORLESS = CAPABILITIES.model_copy(
    update={"title": "Plain", "stages": CAPABILITIES.stages[1:], "priors": ()}
)


@dataclass
class Setting:
    bench: Bench
    lab: PriorLab = field(init=False)

    def __post_init__(self) -> None:
        self.lab = PriorLab(self.bench.session)

    def draw(self) -> None:
        self.lab.draw()
        self.bench.run()

    def compare(self) -> None:
        self.lab.compare()
        self.bench.run()

    def asked(self) -> list[Generate]:
        return [f.request for f in self.lab.candidates.frames if isinstance(f.request, Generate)]


@pytest.fixture
def setting(bench: Bench) -> Setting:
    return Setting(bench)


def test_candidates_are_made_small_of_one_draw_each(setting: Setting) -> None:
    setting.draw()
    asked = setting.asked()
    assert [request.prior.draw for request in asked] == list(range(8))
    assert {request.prior.candidates for request in asked} == {8}
    assert {request.size for request in asked} == {Extent(64, 64)}
    assert {request.decoder.steps for request in asked} == {QUICK_STEPS}
    assert len({request.seed for request in asked}) == 1


def test_they_are_shown_best_first_with_their_spread(setting: Setting) -> None:
    setting.draw()
    scores = [candidate.score or 0.0 for candidate in setting.lab.shown]
    assert scores == sorted(scores, reverse=True)
    assert setting.lab.spread == pytest.approx(scores[0] - scores[-1])
    assert all(candidate.image is not None for candidate in setting.lab.shown)


def test_before_there_are_scores_they_wait_in_order(setting: Setting) -> None:
    setting.lab.draw()
    assert [candidate.draw for candidate in setting.lab.shown] == list(range(8))
    assert setting.lab.spread is None


def test_as_many_are_drawn_as_are_asked_for_and_possible(setting: Setting) -> None:
    setting.lab.set_count(3)
    setting.draw()
    assert len(setting.lab.shown) == 3
    setting.lab.set_count(99)
    assert setting.lab.count == CAPABILITIES.max_candidates
    setting.lab.set_count(None)
    assert setting.lab.count == 8


def test_the_prior_of_the_settings_draws_with_the_seed_of_the_lab(setting: Setting) -> None:
    settings = setting.bench.session.settings
    settings.prior_steps, settings.prior_guidance, settings.negative_prompt = 5, 1.5, "snow"
    setting.lab.set_seed(11)
    setting.draw()
    first = setting.asked()[0]
    assert (first.prior.steps, first.prior.guidance) == (5, 1.5)
    assert (first.seed, first.negative_prompt) == (11, "snow")


def test_a_pinned_candidate_is_what_generate_makes(setting: Setting) -> None:
    setting.draw()
    setting.lab.pin(2)
    assert setting.lab.pinned == 2
    session = setting.bench.session
    job = session.generate()
    setting.bench.run()
    assert job is not None
    assert job.request.prior.draw == setting.lab.shown[2].draw
    assert job.request.prior.candidates == 8
    assert job.request.seed == setting.asked()[0].seed != RANDOM_SEED


def test_a_new_prompt_unpins_and_its_old_candidates_cannot_be_pinned(setting: Setting) -> None:
    setting.draw()
    setting.lab.pin(0)
    setting.bench.session.settings.prompt = "a blue cube"
    assert not setting.lab.is_current
    assert setting.lab.pinned is None
    setting.lab.pin(0)
    assert setting.bench.session.settings.prior_draw is None
    assert "draw again" in setting.bench.said


def test_a_pin_can_be_taken_away(setting: Setting) -> None:
    setting.draw()
    setting.lab.pin(1)
    setting.lab.unpin()
    assert setting.lab.pinned is None


def test_nothing_is_pinned_before_the_seed_is_known(setting: Setting) -> None:
    setting.lab.draw()
    setting.lab.pin(0)
    assert setting.bench.session.settings.prior_draw is None


def test_the_ablation_compares_full_pictures_of_one_seed(setting: Setting) -> None:
    setting.compare()
    frames = setting.lab.ablation.frames
    assert [frame.caption for frame in frames] == ["Caption only", "Text embedding", "Prior"]
    assert [frame.request.prior.kind for frame in frames] == ["caption", "none", "diffusion"]
    assert len({frame.request.seed for frame in frames}) == 1
    assert {image.extent for image in setting.lab.ablation.images} == {Extent(256, 256)}


def test_the_ablation_has_the_settings_of_generate_but_no_pin(setting: Setting) -> None:
    setting.bench.session.settings.decoder_steps = 3
    setting.bench.session.settings.pin(draw=1, candidates=4, seed=3)
    setting.compare()
    request = setting.lab.ablation.frames[-1].request
    assert (request.decoder.steps, request.prior.candidates, request.prior.draw) == (3, 4, None)


def test_a_picture_of_the_ablation_can_be_kept(setting: Setting) -> None:
    setting.lab.compare()
    setting.lab.keep(0)  # not made yet
    setting.bench.run()
    setting.lab.keep(1)
    session = setting.bench.session
    [picture] = session.shelf.pictures
    assert session.staging.candidates[0].recipe.request.prior.kind == "none"
    assert picture.path.exists()


def test_a_picture_of_the_ablation_can_be_explored(setting: Setting) -> None:
    setting.compare()
    setting.lab.explore(2)
    before = setting.bench.session.explorer.before
    image = setting.lab.ablation.frames[2].image
    assert before is not None
    assert image is not None
    assert np.array_equal(before.pixels, image.pixels)


def test_it_says_what_is_missing(setting: Setting) -> None:
    session = setting.bench.session
    assert setting.lab.problem == ""
    session.settings.prompt = " "
    assert "prompt" in setting.lab.problem
    session.capabilities = PRIORLESS
    assert setting.lab.problem.startswith("Plain has no prior")
    assert setting.lab.compared == ()
    session.capabilities = None
    assert setting.lab.problem == "Load a model first."
    assert setting.lab.most == 1


def test_settings_that_cannot_work_are_told_and_not_run(setting: Setting) -> None:
    setting.bench.session.settings.prior_steps = 0
    setting.draw()
    assert setting.lab.shown == ()
    assert "steps" in setting.bench.said


def test_another_model_starts_afresh(setting: Setting) -> None:
    setting.draw()
    setting.bench.session.describe_model()
    assert setting.lab.shown == ()
    assert setting.lab.spread is None


def test_a_second_draw_takes_the_place_of_the_first(setting: Setting) -> None:
    setting.lab.draw()
    setting.lab.set_count(2)
    setting.draw()
    assert [candidate.image is not None for candidate in setting.lab.shown] == [True, True]
    assert not setting.lab.candidates.is_busy


def test_a_model_without_a_decoder_stage_takes_its_own_steps(setting: Setting) -> None:
    setting.bench.session.capabilities = CAPABILITIES.model_copy(
        update={"stages": CAPABILITIES.stages[:1]}
    )
    setting.lab.draw()
    assert {request.decoder.steps for request in setting.asked()} == {None}


def test_what_still_comes_for_another_model_is_not_shown(setting: Setting) -> None:
    def leave() -> None:
        if len(setting.lab.candidates.images) == 1:
            setting.bench.session.describe_model()

    setting.lab.changed.connect(leave)
    setting.draw()
    assert setting.lab.shown == ()


def test_candidates_are_of_what_the_model_reads(setting: Setting) -> None:
    settings = setting.bench.session.settings
    settings.prompt, settings.style = "a {red|blue} (fox:1.2)", "Winter"
    setting.draw()
    prompts = {request.prompt for request in setting.asked()}
    assert len(prompts) == 1
    assert prompts <= {f"a {colour} fox in a winter landscape" for colour in ("red", "blue")}
    assert setting.lab.is_current
    settings.style = "Night"
    assert not setting.lab.is_current


def test_a_prompt_that_cannot_be_understood_draws_nothing(setting: Setting) -> None:
    setting.bench.session.settings.prompt = "__none__"
    setting.draw()
    assert setting.asked() == []
    assert "no wildcard none" in setting.bench.said
