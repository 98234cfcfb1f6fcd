"""Settings survive a restart, field by field, and snapshot into requests."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Generate
from t2i_studio.studio.settings import HISTORY_LENGTH, Settings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def test_settings_round_trip_through_json() -> None:
    settings = Settings(prompt="a fox 🦊", seed=7, count=3, size=Extent(64, 64), history=("a", "b"))
    settings.decoder_guidance, settings.sampler = 4.5, "ddim"
    back = Settings()
    assert back.restore(json.loads(json.dumps(settings.to_json()))) == []
    assert back == settings


def test_a_bad_field_is_named_and_the_others_are_kept() -> None:
    settings = Settings()
    assert settings.restore({"prompt": "x", "seed": "many", "unknown": 1}) == ["seed"]
    assert settings.prompt == "x"
    assert settings.seed == -1


@given(st.dictionaries(st.sampled_from(list(Settings().to_json())), JSON))
def test_no_json_breaks_the_settings(data: dict[str, object]) -> None:
    settings = Settings()
    settings.restore(data)
    json.dumps(settings.to_json())


def test_changes_are_told_by_field() -> None:
    settings, heard = Settings(), []
    settings.events.prompt.connect(heard.append)
    settings.prompt = "a cube"
    settings.prompt = "a cube"
    assert heard == ["a cube"]


def test_the_history_keeps_each_prompt_once_and_the_newest_first() -> None:
    settings = Settings()
    for prompt in ("a", "b", "a"):
        settings.prompt = prompt
        settings.remember_prompt()
    assert settings.history == ("a", "b")


def test_the_history_ends_somewhere() -> None:
    settings = Settings()
    for number in range(HISTORY_LENGTH + 5):
        settings.prompt = str(number)
        settings.remember_prompt()
    assert len(settings.history) == HISTORY_LENGTH


@pytest.mark.parametrize("field", ["steps", "guidance"])
def test_a_default_stays_the_models_own(field: str) -> None:
    stages = Settings().stages()
    assert getattr(stages["prior"], field) is None
    assert getattr(stages["decoder"], field) is None


def test_a_reset_keeps_what_was_written() -> None:
    settings = Settings(prompt="a", negative_prompt="b", seed=3, count=4, history=("a",))
    settings.reset()
    assert settings == Settings(prompt="a", negative_prompt="b", history=("a",))


def test_steps_of_each_upsampler_are_asked_for_and_recalled() -> None:
    asked = Settings(prompt="a", upsampler_steps=9, upsampler_1024_steps=5)
    request = Generate.model_validate({"prompt": "a", **asked.stages()})
    assert (request.upsampler.steps, request.upsampler_1024.steps) == (9, 5)
    recalled = Settings()
    recalled.recall(request)
    assert (recalled.upsampler_steps, recalled.upsampler_1024_steps) == (9, 5)
