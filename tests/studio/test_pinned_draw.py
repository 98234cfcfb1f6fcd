import pytest

from t2i_studio.core.request import Generate
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.pinned_draw import DRAWN_WITH, PinnedDraw
from t2i_studio.studio.settings import Settings

CHANGES = {
    "model": "other",
    "prompt": "a blue cube",
    "negative_prompt": "snow",
    "style": "Night",
    "seed": 8,
    "prior_kind": "none",
    "prior_steps": 3,
    "prior_guidance": 2.5,
    "candidates": 4,
}


@pytest.fixture
def settings() -> Settings:
    settings = Settings(prompt="a red cube", count=3)
    settings.pin(draw=2, candidates=8, seed=7)
    return settings


def test_a_pin_makes_one_picture_of_that_draw(settings: Settings) -> None:
    prior = settings.stages()["prior"]
    assert (prior.draw, prior.candidates) == (2, 8)
    assert (settings.seed, settings.count) == (7, 1)


@pytest.mark.parametrize("field", DRAWN_WITH)
def test_it_goes_with_what_it_was_drawn_with(settings: Settings, field: str) -> None:
    pinned, said = PinnedDraw(settings), list[Notice]()
    pinned.noticed.connect(said.append)
    setattr(settings, field, CHANGES[field])
    assert settings.prior_draw is None
    [notice] = said
    assert notice.text == f"Candidate 3 is no longer pinned: the {DRAWN_WITH[field]} changed."


def test_what_it_does_not_depend_on_leaves_it(settings: Settings) -> None:
    pinned, said = PinnedDraw(settings), list[Notice]()
    pinned.noticed.connect(said.append)
    settings.decoder_steps, settings.size, settings.prompt = 9, None, "a red cube"
    assert settings.prior_draw == 2
    assert said == []


def test_a_reset_and_a_recipe_change_it_without_a_word(settings: Settings) -> None:
    pinned, said = PinnedDraw(settings), list[Notice]()
    pinned.noticed.connect(said.append)
    stages = {"prompt": "a green cube", "seed": 1, **settings.stages()}
    settings.reset()
    assert settings.prior_draw is None
    settings.recall(Generate.model_validate(stages))
    assert (settings.prompt, settings.prior_draw, settings.candidates) == ("a green cube", 2, 8)
    assert said == []


def test_it_survives_a_restart(settings: Settings) -> None:
    back = Settings(prompt="another")
    pinned = PinnedDraw(back)
    assert back.restore(settings.to_json()) == []
    assert back.prior_draw == 2
    assert pinned is not None
